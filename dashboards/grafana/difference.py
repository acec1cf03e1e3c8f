"""What differs between a desired document and the actual one. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

REDACTED = "[REDACTED]"
"""What Grafana answers in place of a secret setting of a contact point."""


def differences(desired: object, actual: object, path: str = "") -> Iterator[str]:
    """Where they differ, as paths. A key that only the actual one has is Grafana's own, and no difference."""
    if isinstance(desired, Mapping):
        if not isinstance(actual, Mapping):
            yield path
            return
        for key, value in desired.items():
            yield from differences(value, actual.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(desired, Sequence) and not isinstance(desired, str):
        if not isinstance(actual, Sequence) or isinstance(actual, str) or len(actual) != len(desired):
            yield path
            return
        for index, (ours, theirs) in enumerate(zip(desired, actual, strict=True)):
            yield from differences(ours, theirs, f"{path}[{index}]")
    elif actual == REDACTED or (actual is None and desired in ("", False)):
        return  # a secret that Grafana hides, or an empty setting that it leaves out: neither can be compared
    elif desired != actual:
        yield path


def parts(paths: Iterable[str], document: Mapping[str, object]) -> tuple[str, ...]:
    """The parts of a board or a rule that differ, each once: a panel by its title, anything else by its first key.

    A browser that saves a board writes dozens of keys of its own, which would tell nobody what was edited.
    """
    board = document.get("dashboard")
    panels = board.get("panels") if isinstance(board, Mapping) else None
    found: dict[str, None] = {}
    for path in paths:
        inner = path.removeprefix("dashboard.")
        numbered = re.match(r"panels\[(\d+)\]", inner)
        if numbered and isinstance(panels, Sequence):
            found[f"panel '{panels[int(numbered[1])].get('title')}'"] = None
        else:
            found[re.split(r"[.\[]", inner)[0]] = None
    return tuple(found)
