"""Minutes of any span, put together from what was kept of it: observed hours, counted sums, events and gaps.

From the first observed hour on, minutes are as detection saw them, and a minute that was not observed is unheard.
Before it there are sums of counters: their growth is spread evenly over their span, and the unit counts as heard where
there were readings. If no single event is known behind a sum of an event tag, it becomes a piece every five minutes.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.counting.increment import BUCKET_S, GRAMS_PER_TONNE
from models.counting.output_plan import BucketSum
from models.detection.minutes.minutes import blank, joined
from models.detection.minutes.observed import MINUTE_S, UnitMinutes, WorksMinutes
from models.detection.watched import WatchedUnit


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event of a unit's product, in UTC seconds: its end, and when it became known."""

    unit: str
    end_s: int
    tonnes: float
    known_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a span. `sums`: of time before `hours`. `gaps`: (unit, end in UTC seconds) of gaps in
    counting."""

    hours: Sequence[tuple[int, str, UnitMinutes]] = ()
    sums: Sequence[BucketSum] = ()
    events: Sequence[PastEvent] = ()
    gaps: Sequence[tuple[str, int]] = ()


def works_minutes(units: Mapping[str, WatchedUnit], start_s: int, end_s: int, kept: Kept) -> WorksMinutes:
    """The minutes of [start_s, end_s), both whole minutes in UTC seconds, of all `units`."""
    whole = joined(start_s, end_s, [item for item in kept.hours if item[1] in units])
    sums: dict[str, list[BucketSum]] = {code: [] for code in units}
    events: dict[str, list[PastEvent]] = {code: [] for code in units}
    for item in kept.sums:
        if item.unit in units and item.product == units[item.unit].product:
            sums[item.unit].append(item)
    for event in kept.events:
        if event.unit in units and start_s <= event.known_s < end_s:
            events[event.unit].append(event)
    found: dict[str, UnitMinutes] = {}
    for code, unit in units.items():
        columns = _columns(unit, whole.get(code), (end_s - start_s) // MINUTE_S)
        pieces = _lay_sums(columns, start_s, end_s, unit, sums[code], sorted(event.end_s for event in events[code]))
        for owner, at_s in kept.gaps:
            if owner == code and start_s <= at_s < end_s:
                columns.uncertain[(at_s - start_s) // MINUTE_S] = True
        found[code] = _with_events(columns, [*events[code], *pieces])
    return WorksMinutes(start_s, found)


def unheard_hours(minutes: WorksMinutes, since_s: int) -> dict[str, float]:
    """By unit, the hours from `since_s` (UTC seconds) to the end in which nothing was heard of it."""
    first = max(0, (since_s - minutes.start_s) // MINUTE_S)
    count = (minutes.start_s - since_s) // MINUTE_S + len(minutes)
    return {code: (count - int(unit.heard[first:].sum())) * MINUTE_S / 3600 for code, unit in minutes.units.items()}


def from_first_heard(minutes: WorksMinutes) -> WorksMinutes:
    """The minutes from the first in which any unit was heard. Before it nothing is known, so nothing is missing."""
    heard = np.any([unit.heard for unit in minutes.units.values()], axis=0)
    first = int(np.argmax(heard)) if heard.any() else len(minutes)
    start_s = minutes.start_s + first * MINUTE_S
    return WorksMinutes(start_s, {code: _since(unit, first, start_s) for code, unit in minutes.units.items()})


def _since(unit: UnitMinutes, first: int, start_s: int) -> UnitMinutes:
    known = unit.event_end_s if unit.event_known_s is None else unit.event_known_s
    later = known >= start_s
    return replace(
        unit,
        values={name: column[first:] for name, column in unit.values.items()},
        quality={name: column[first:] for name, column in unit.quality.items()},
        heard=unit.heard[first:],
        moved=unit.moved[first:],
        looked=unit.looked[first:],
        uncertain=unit.uncertain[first:],
        counted_t=None if unit.counted_t is None else unit.counted_t[first:],
        event_end_s=unit.event_end_s[later],
        event_t=unit.event_t[later],
        event_known_s=known[later],
    )


def _columns(unit: WatchedUnit, observed: UnitMinutes | None, count: int) -> UnitMinutes:
    gauges = [*([] if unit.activity is None else [unit.activity]), *unit.corroborating]
    columns = observed or blank(count, [gauge.signal for gauge in gauges], counts=unit.has_counter)
    if columns.counted_t is None and unit.has_counter:
        columns = replace(columns, counted_t=np.full(count, np.nan))
    return columns


def _lay_sums(
    columns: UnitMinutes, start_s: int, end_s: int, unit: WatchedUnit, sums: Iterable[BucketSum], ends_s: Sequence[int]
) -> list[PastEvent]:
    """Enter sums into the columns. Returns the events that stand for sums behind which no event is known."""
    pieces: list[PastEvent] = []
    for item in sums:
        low, high = max(item.start_s, start_s), min(item.end_s, end_s)
        if low >= high:
            continue
        span = slice((low - start_s) // MINUTE_S, -(-(high - start_s) // MINUTE_S))
        if item.readings:
            columns.heard[span] = columns.moved[span] = True
            columns.looked[span] = unit.has_events
        tonnes_per_s = item.grams / GRAMS_PER_TONNE / (item.end_s - item.start_s)
        if columns.counted_t is not None:
            _add(columns.counted_t, span, tonnes_per_s * MINUTE_S)
        elif item.grams > 0 and bisect_left(ends_s, item.start_s) == bisect_left(ends_s, item.end_s):
            pieces += _pieces(unit.code, low, high, tonnes_per_s)
    return pieces


def _add(column: NDArray[np.float64], span: slice, tonnes: float) -> None:
    column[span] = np.nan_to_num(column[span]) + tonnes


def _pieces(unit: str, low_s: int, high_s: int, tonnes_per_s: float) -> Iterator[PastEvent]:
    for end_s in range(low_s + BUCKET_S, high_s + BUCKET_S, BUCKET_S):
        reached_s = min(end_s, high_s)
        tonnes = tonnes_per_s * (reached_s - (end_s - BUCKET_S))
        yield PastEvent(unit, reached_s - 1, tonnes, reached_s - 1)


def _with_events(columns: UnitMinutes, events: Iterable[PastEvent]) -> UnitMinutes:
    ordered = sorted(events, key=lambda event: (event.known_s, event.end_s))
    return replace(
        columns,
        event_end_s=np.array([event.end_s for event in ordered], np.int64),
        event_t=np.array([event.tonnes for event in ordered], np.float64),
        event_known_s=np.array([event.known_s for event in ordered], np.int64),
    )
