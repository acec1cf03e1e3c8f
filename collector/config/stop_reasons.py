"""The tree of reasons of stops."""

from collections.abc import Mapping, Sequence
from typing import Any

from collector.config.document import StopReasonEntry
from collector.config.fields import names_of
from collector.config.problem import Problems
from models.stated.stop_reason import USUAL_REASONS, StopReason


def check_reasons(data: Mapping[str, Any], problems: Problems) -> None:
    """No code stands twice: records keep the code alone."""
    seen: set[str] = set()
    for number, reason in enumerate(_items(data.get("stop_reasons"))):
        kinds = enumerate(_items(reason.get("kinds")))
        places = [((), reason), *((("kinds", kind_number), kind) for kind_number, kind in kinds)]
        for place, entry in places:
            code = entry.get("code")
            if isinstance(code, str) and code in seen:
                path = ("stop_reasons", number, *place, "code")
                problems.add(path, f"the reason '{code}' is already given; choose another name")
            seen.add(str(code))


def reasons_of(entries: Sequence[StopReasonEntry]) -> tuple[StopReason, ...]:
    """The reasons, each followed by its kinds; the usual ones if there are none."""
    found: list[StopReason] = []
    for entry in entries:
        found.append(StopReason(entry.code, names_of(entry.names)))
        found += [StopReason(kind.code, names_of(kind.names), entry.code) for kind in entry.kinds]
    return tuple(found) or USUAL_REASONS


def _items(given: object) -> list[Mapping[str, Any]]:
    return [item for item in given if isinstance(item, Mapping)] if isinstance(given, list) else []
