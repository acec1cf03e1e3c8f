"""What was seen of the numbers of a source, as YAML that an engineer edits: tags, and the rest as remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.counting.shape_watch import ProposedShape, WatchedShape


@dataclass(frozen=True, slots=True)
class WatchedNumber:
    """A number of a server, and what it looks like.

    `path`: its name for people; `address`: where it is read; `entry`: the draft of its tag, empty where a person has to
    decide first; `tag`: the one that reads it already ("": none).
    """

    path: str
    address: str
    data_type: str
    seen: "WatchedShape"
    found: "ProposedShape"
    entry: dict[str, Any] = field(default_factory=dict)
    tag: str = ""


def proposal(watched: Sequence[WatchedNumber], seconds: float, remarks: Sequence[str] = ()) -> str:
    """The YAML of what counts and is no tag yet, each with what was seen of it; then what is a tag already."""
    from models.counting.shape_watch import NumberShape

    # One pass each: a server shows 100,000 numbers, and compared with each other those take hours.
    counting = [item for item in watched if item.found.shape is NumberShape.COUNTER]
    new = [item for item in watched if _is_new(item)]
    lines = [
        f"# {len(counting)} of {len(watched)} numbers rose in {seconds:g} s and never fell but to start again; those",
        "# without a tag yet: move each to its unit in plant.yaml, and complete unit_of_measure, product,",
        "# max_rate_per_h; modulus is in the unit of measure of the number itself.",
        "tags:" if new else "tags: []",
    ]
    for item in new:
        why = f"{item.found.sureness.value}: {'; '.join(item.found.reasons)}"
        lines += [f"  # {_seen(item, seconds)}", f"  # {why}", f"  - {_flow(item.entry)}"]
    lines += [f"# tag {item.tag}: {_seen(item, seconds)}" for item in counting if item.tag]
    others = [
        item
        for item in watched
        if item.found.shape is not NumberShape.COUNTER and not _is_new(item) and item.seen.moves
    ]
    others += [item for item in counting if not item.entry and not item.tag]
    if others:
        lines.append("# what else moved, by what it looks like; docs/sources.md says what to write for each:")
    together: dict[tuple[int, ...], list[WatchedNumber]] = {}
    for item in others:
        together.setdefault(tuple(item.seen.ticks), []).append(item)
    for shape in NumberShape:
        lines += [_other(item, together) for item in others if item.found.shape is shape]
    lines += [f"# {remark}" for remark in remarks]
    return "\n".join(lines) + "\n"


def _flow(entry: dict[str, Any]) -> str:
    import yaml

    text = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return str(text).strip()


def _is_new(item: WatchedNumber) -> bool:
    """Whether it is proposed as a tag."""
    return bool(item.entry) and not item.tag


def _other(item: WatchedNumber, together: Mapping[tuple[int, ...], Sequence[WatchedNumber]]) -> str:
    """`together`: by the looks at which they moved. Twice at the same looks: one may be the number of the other."""
    from models.counting.shape_watch import NumberShape

    found = item.found
    said = f"{_path(item)} ({item.address}): {'; '.join(found.reasons)}"
    if found.keys:
        said += f"; {', '.join(f'{key}: {value}' for key, value in found.keys.items())}"
    if item.tag:
        said += f"; tag {item.tag}"
    if found.shape is NumberShape.LAST_VALUE and len(item.seen.ticks) > 1:
        # Of four there are three others, whichever this one is.
        beside = [_path(other) for other in together[tuple(item.seen.ticks)][:4] if other is not item][:3]
        said += f"; it moves together with {', '.join(beside)}" if beside else ""
    return f"# {found.sureness.value} a {found.shape.value}: {said}"


def _path(item: WatchedNumber) -> str:
    """A name of the server's may hold a line break, which would end the comment."""
    return " ".join(item.path.split())


def _seen(item: WatchedNumber, seconds: float) -> str:
    from models.counting.shape_watch import shown

    seen = item.seen
    rate = seen.risen / seconds * 3600
    return (
        f"{_path(item)}: {item.data_type}, {shown(seen.first)} to {shown(seen.last)}, smallest step "
        f"{seen.least_rise:.6g}, {rate:.4g} an hour"
    )
