"""What faulty sensors, PLCs, rings, counters and links make of the columns of minutes. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmarks.drops.scenario import MINUTE_S, Disturbance, What
from models.detection.minutes.observed import NO_QUALITY, UnitMinutes, WorksMinutes
from models.works.codes import Quality

_T = TypeVar("_T", bound=np.generic)
SPIKE_EVERY = 97
"""Minutes from one spike to the next. A prime, so that spikes fall on no fixed minute of the hour."""
SHOWN_BEFORE = 360
"""A stuck gauge keeps the median of this many minutes before: a usual value, and not the chance of one minute."""


def distorted(works: WorksMinutes, disturbances: Sequence[Disturbance]) -> WorksMinutes:
    """The works as seen through those of the disturbances that are faults of instruments."""
    units = dict(works.units)
    for each in disturbances:
        distort = _DISTORTIONS.get(each.what)
        if distort is None:
            continue
        first, end = each.start_s // MINUTE_S, min(each.end_s // MINUTE_S, len(works))
        for code in units if each.unit == "" else (each.unit,):
            units[code] = distort(units[code], works.start_s, first, end, each)
    return replace(works, units=units)


def _cut(unit: UnitMinutes, start_s: int, first: int, end: int, _each: Disturbance) -> UnitMinutes:
    span = slice(first, end)
    unit = _unheard_counts(unit, first, end, during=np.nan)
    return replace(
        _late_events(unit, start_s, first, end),
        values={name: _with(column, span, np.nan) for name, column in unit.values.items()},
        quality={name: _with(column, span, NO_QUALITY) for name, column in unit.quality.items()},
        heard=_with(unit.heard, span, False),
        moved=_with(unit.moved, span, False),
        looked=_with(unit.looked, span, False),
    )


def _freeze(unit: UnitMinutes, start_s: int, first: int, end: int, _each: Disturbance) -> UnitMinutes:
    span = slice(first, end)
    unit = _unheard_counts(unit, first, end, during=0.0)
    return replace(
        _late_events(unit, start_s, first, end),
        values={name: _with(column, span, _last(column, first)) for name, column in unit.values.items()},
        quality={name: _with(column, span, Quality.GOOD) for name, column in unit.quality.items()},
        moved=_with(unit.moved, span, False),
    )


def _bad(unit: UnitMinutes, _start_s: int, first: int, end: int, each: Disturbance) -> UnitMinutes:
    shown = _shown(unit, each.signal, slice(first, end), np.nan)
    quality = _with(unit.quality[each.signal], slice(first, end), Quality.BAD)
    return replace(shown, quality={**unit.quality, each.signal: quality})


def _zero(unit: UnitMinutes, _start_s: int, first: int, end: int, each: Disturbance) -> UnitMinutes:
    return _shown(unit, each.signal, slice(first, end), 0.0)


def _stuck(unit: UnitMinutes, _start_s: int, first: int, end: int, each: Disturbance) -> UnitMinutes:
    if each.signal not in unit.values:
        return _unheard_counts(unit, first, end, during=0.0)
    before = unit.values[each.signal][max(0, first - SHOWN_BEFORE) : first]
    return _shown(unit, each.signal, slice(first, end), float(np.nanmedian(before)))


def _shift(unit: UnitMinutes, _start_s: int, first: int, end: int, each: Disturbance) -> UnitMinutes:
    share = 1.0 - each.amount / 100 * np.linspace(0.0, 1.0, end - first)
    return _shown(unit, each.signal, slice(first, end), unit.values[each.signal][first:end] * share)


def _spike(unit: UnitMinutes, _start_s: int, first: int, end: int, each: Disturbance) -> UnitMinutes:
    span = slice(first, end, SPIKE_EVERY)
    return _shown(unit, each.signal, span, unit.values[each.signal][span] * each.amount)


def _reset(unit: UnitMinutes, _start_s: int, first: int, _end: int, _each: Disturbance) -> UnitMinutes:
    if unit.counted_t is None:
        raise ValueError("a unit without totalizers cannot lose a count")
    at = slice(first, first + 1)
    return replace(unit, counted_t=_with(unit.counted_t, at, np.nan), uncertain=_with(unit.uncertain, at, True))


def _silent(unit: UnitMinutes, start_s: int, first: int, end: int, _each: Disturbance) -> UnitMinutes:
    return _late_events(unit, start_s, first, end)


def _unread(unit: UnitMinutes, start_s: int, first: int, end: int, _each: Disturbance) -> UnitMinutes:
    return replace(_late_events(unit, start_s, first, end), looked=_with(unit.looked, slice(first, end), False))


def _with(column: NDArray[_T], span: slice, value: ArrayLike) -> NDArray[_T]:
    changed = column.copy()
    changed[span] = value
    return changed


def _shown(unit: UnitMinutes, signal: str, span: slice, value: ArrayLike) -> UnitMinutes:
    return replace(unit, values={**unit.values, signal: _with(unit.values[signal], span, value)})


def _last(column: NDArray[np.float32], first: int) -> float:
    """The last value before a minute."""
    known = column[:first][~np.isnan(column[:first])]
    return float(known[-1]) if len(known) else float("nan")


def _unheard_counts(unit: UnitMinutes, first: int, end: int, *, during: float) -> UnitMinutes:
    """The totalizer counts on unseen: the first minute afterwards shows all its growth."""
    if unit.counted_t is None:
        return unit
    counted = unit.counted_t.copy()
    if end < len(counted):
        counted[end] += np.nansum(counted[first:end])
    counted[first:end] = during
    return replace(unit, counted_t=counted)


def _late_events(unit: UnitMinutes, start_s: int, first: int, end: int) -> UnitMinutes:
    """Events that ended in these minutes become known at the end of them."""
    first_s, end_s = start_s + first * MINUTE_S, start_s + end * MINUTE_S
    known = unit.event_end_s if unit.event_known_s is None else unit.event_known_s
    late = (known >= first_s) & (known < end_s)
    return replace(unit, event_known_s=np.where(late, end_s, known))


_DISTORTIONS: dict[What, Callable[[UnitMinutes, int, int, int, Disturbance], UnitMinutes]] = {
    What.CUT: _cut,
    What.FREEZE: _freeze,
    What.BAD: _bad,
    What.ZERO: _zero,
    What.STUCK: _stuck,
    What.SHIFT: _shift,
    What.SPIKE: _spike,
    What.RESET: _reset,
    What.SILENT: _silent,
    What.UNREAD: _unread,
}
