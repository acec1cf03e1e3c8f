"""Bounds of a YAML text, held before anything is built of it: how long it is, how deep, and what its aliases come to.

The parser goes as deep as the text says, and the machine's stack ends before it does: 100,000 brackets ended the
process without a word. Aliases may make a gigabyte of a few lines.
"""

import yaml

MOST_BYTES = 16 * 1024 * 1024
"""A plant of 10,000 tags is four megabytes of YAML."""
DEEPEST = 32
"""plant.yaml itself is nine deep."""
MOST_VALUES = 2_000_000
"""A plant of 10,000 tags has 200,000 values, aliases included."""
_OPENS, _ENDS = (yaml.MappingStartEvent, yaml.SequenceStartEvent), (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class YamlTooLarge(ValueError):
    """A text is beyond a bound; says which, and in which line."""


def check_text(text: str, loader: type[yaml.SafeLoader]) -> None:
    """Read the text as events alone, which need no stack.

    Raises:
        YamlTooLarge: it is too long, too deep, or its aliases make too many values.
        yaml.YAMLError: it is no YAML.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise YamlTooLarge(f"1 the file is over {MOST_BYTES // 2**20} MB; split it into several")
    sizes: dict[str, int] = {}
    open_parts: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        before = total
        if isinstance(event, _ENDS):
            anchor, began = open_parts.pop()
            if anchor is not None:
                sizes[anchor] = total - began
            continue
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in {anchor for anchor, _ in open_parts}:
                raise YamlTooLarge(f"{line} is nested without end: the alias stands within what it repeats")
            # One that is not defined is for the parser to refuse.
            total += sizes.get(event.anchor or "", 0)
        elif isinstance(event, (*_OPENS, yaml.ScalarEvent)):
            total += 1
            if isinstance(event, yaml.ScalarEvent) and event.anchor is not None:
                sizes[event.anchor] = 1
        if isinstance(event, _OPENS):
            open_parts.append((event.anchor, before))
        if len(open_parts) > DEEPEST:
            raise YamlTooLarge(f"{line} is over {DEEPEST} levels deep; look for a bracket or an indent too many")
        if total > MOST_VALUES:
            raise YamlTooLarge(f"{line} makes over {MOST_VALUES:,} values; write out what its aliases (*) repeat")
