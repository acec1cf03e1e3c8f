"""The times at which a counter is set to 0, as plant.yaml names them: each hour, shift or day, or a list."""

from collections.abc import Sequence
from datetime import time

from collector.config.duration import duration_text
from collector.config.problem import Path, Problems
from collector.config.unit_document import TagEntry
from models.works.plant import Calendar

_WITHIN_S = 15 * 60.0
"""A shift man resets a counter when he comes to it, within a quarter of an hour of the change. A judgement."""
_WITHIN_OF_AN_HOUR_S = 5 * 60.0
"""A counter that is reset each hour is reset by a program, to the second by its own clock."""
_HOURS = tuple(time(hour) for hour in range(24))


def reset_times(entry: TagEntry, calendar: Calendar) -> tuple[time, ...]:
    """Local times in the order of the day; none for a counter that only grows."""
    match entry.resets:
        case None:
            return ()
        case "hour":
            return _HOURS
        case "shift":
            return tuple(sorted(calendar.shift_starts))
        case "day":
            return (calendar.day_start,)
        case list() as texts:
            return tuple(sorted({time.fromisoformat(text) for text in texts}))


def reset_within_s(entry: TagEntry) -> float:
    """How far from its time a reset may come."""
    return entry.reset_within or (_WITHIN_OF_AN_HOUR_S if entry.resets == "hour" else _WITHIN_S)


def check_resets(entry: TagEntry, path: Path, problems: Problems) -> None:
    """Resets that are planned lie further apart than two of them may be off."""
    if entry.reset_within is not None and entry.resets is None:
        problems.add((*path, "reset_within"), "the key resets is missing; say when the counter is set to 0")
    if entry.resets is None:
        return
    apart_s = 3600 if entry.resets == "hour" else _apart_s(entry.resets) if isinstance(entry.resets, list) else 4 * 3600
    within_s = reset_within_s(entry)
    if within_s * 2 >= apart_s:
        problems.add(
            (*path, "reset_within" if entry.reset_within else "resets"),
            f"resets that are {duration_text(apart_s)} apart cannot each be {duration_text(within_s)} off; give a "
            f"reset_within below {duration_text(apart_s / 2)}",
        )


def _apart_s(texts: Sequence[str]) -> float:
    """The shortest time between two of them."""
    minutes = sorted({time.fromisoformat(text).hour * 60 + time.fromisoformat(text).minute for text in texts})
    if len(minutes) == 1:
        return 86_400.0
    later = [*minutes[1:], minutes[0] + 1440]
    return min(after - before for before, after in zip(minutes, later, strict=True)) * 60.0
