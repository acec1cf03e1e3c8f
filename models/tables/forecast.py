"""The forecast of the month: month to date + recent daily rate x available days left, with an 80 % interval.

A total is forecast as the sum of its parts, each at its own rate over its own available days: a furnace of 10,000 t a
day that goes into repair takes its own tonnes out of the month, and not half of those of two furnaces. The interval is
that of the sum, out of the errors of the sum.

The interval is made of the place's own past: how far such forecasts, with as many days left, were off on each day of
the last two years (split conformal prediction over rolling origins, Vovk et al. 2005). Errors over windows that overlap
are not independent: only as many count as windows fit side by side, and the quantiles are widened for that number.
Nothing after a day enters its forecast.

The window of the rate, the quantiles and their widening were chosen on seeds 1 to 4 of the simulator.
`tests/models/tables/test_forecast.py` measures the interval on others: it must hold 77 to 83 of 100 months.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

RATE_DAYS = 21
"""The recent daily rate is that of so many days: three weeks, in which every weekday weighs the same. Fewer would
follow every bad day; more would be late to see that a furnace is back from a repair.
"""
HISTORY_DAYS = 730
"""Errors of the last two years: each season twice. Older ones are those of a works that ran otherwise."""
LEAST_WINDOWS = 6
"""An interval needs errors from a time that holds so many windows side by side. Six is a judgement: an interval out of
fewer is little more than the worst of them, and looks surer than it is.
"""
COVERAGE = 0.8
"""The month lies in the interval in four of five cases. At 95 % it would be too wide to act on."""
_ROUNDING = 1e-6
"""Available days below this are none: what differences of running sums leave over. Its tenth of a second is no time."""
_WIDENING = 0.25
"""Taken off each tail: a quarter of the share of one independent window. Chosen with the quantiles, see above."""


@dataclass(frozen=True, slots=True)
class MonthForecasts:
    """Tonnes of the whole month as forecast at the end of each day; NaN if it is not known.

    `lacking`: bool, (parts, days). Which parts keep the forecast of that day from being known.
    """

    point_t: Floats
    low_t: Floats
    high_t: Floats
    lacking: Bools


@dataclass(frozen=True, slots=True)
class PartMarks:
    """(parts, days). `idle`: the part does not belong to the works, and is known to make 0. `due`: it has a target."""

    idle: Bools
    due: Bools


@dataclass(frozen=True, slots=True)
class _RunningSums:
    """Running sums before each day, (places, parts, days + 1): output, known and unknown days, available days."""

    made: Floats
    known: Ints
    unknown: Ints
    available: Floats
    available_known: Floats


@dataclass(frozen=True, slots=True)
class _Rates:
    """(places, parts, known days). `rate`: tonnes per available day, 0 for a part that is not there. `missing`: no rate
    yet."""

    rate: Floats
    there: Bools
    missing: Bools


def month_forecasts(
    made_t: Floats,
    available: Floats,
    month: Ints,
    known: int,
    first: int = 0,
    *,
    marks: PartMarks | None = None,
) -> MonthForecasts:
    """The forecasts of the sum of some parts at the end of each of the days first..known-1.

    All columns are over consecutive production days and reach to the end of the month of the last known day. made_t
    (parts, days): output in tonnes, NaN if unknown; values from day `known` on are not looked at. available (parts,
    days): the share of each day outside planned repairs. month (days): equal for days of one month.

    A part that is known on no day of this month and the one before, and is due nothing, is not there, and adds nothing.
    Days on which it does not belong to the works do not count for that. A forecast is
    unknown if a part that is there is unknown on a day of the month to date, or has no rate yet. The interval is
    unknown as long as there are errors of fewer than LEAST_WINDOWS windows.
    """
    nothing = np.zeros(made_t.shape, np.bool_)
    marks = marks or PartMarks(idle=nothing, due=nothing)
    alone = PartMarks(marks.idle[np.newaxis], marks.due[np.newaxis])
    found = forecasts_of_places(made_t[np.newaxis], available[np.newaxis], month, known, first, marks=alone)
    return found[0]


def forecasts_of_places(
    made_t: Floats,
    available: Floats,
    month: Ints,
    known: int,
    first: int,
    *,
    marks: PartMarks,
) -> list[MonthForecasts]:
    """`month_forecasts` of many places that have as many parts each, at once: the columns are (places, parts, days)."""
    sums = _sums(made_t[..., :known], available, marks.idle[..., :known])
    days = np.arange(known)
    starts, ends = _month_bounds(month, known)
    rates = _recent_rates(sums, days, starts, marks.due[..., :known])
    left = _without_rounding(sums.available[..., ends] - sums.available[..., days + 1])
    unreported = rates.there & (sums.unknown[..., days + 1] > sums.unknown[..., starts])
    lacking = unreported | (rates.missing & (left > 0))
    # A day on which no part is known leaves nothing to add up, whoever is there.
    nobody = _running(np.asarray(np.isnan(made_t[..., :known]).all(axis=-2)))
    whole = ~unreported.any(axis=-2) & (nobody[..., days + 1] == nobody[..., starts])
    made = (sums.made[..., days + 1] - sums.made[..., starts]).sum(axis=-2)
    to_date = np.where(whole, made, np.nan)
    point = np.where(lacking.any(axis=-2), np.nan, to_date + (rates.rate * left).sum(axis=-2))
    low, high = np.full(point.shape, np.nan), np.full(point.shape, np.nan)
    horizon = ends - 1 - days
    for days_left in np.unique(horizon[first:]):
        wanted = first + np.flatnonzero(horizon[first:] == days_left)
        below, above = _error_bounds(sums, rates, int(days_left), wanted)
        scale = _scale(rates.rate[..., wanted], left[..., wanted])
        # Output is never negative, so the month cannot end below what it has already.
        low[:, wanted] = np.clip(point[:, wanted] + scale * below, to_date[:, wanted], point[:, wanted])
        high[:, wanted] = np.maximum(point[:, wanted] + scale * above, point[:, wanted])
    # No available day is left: what was made is the month, whatever the errors of the past were.
    certain = (left == 0).all(axis=-2) & whole
    low[certain], high[certain] = point[certain], point[certain]
    low[np.isnan(point)] = high[np.isnan(point)] = np.nan
    columns = (column[..., first:] for column in (point, low, high, lacking))
    return [MonthForecasts(*of_place) for of_place in zip(*columns, strict=True)]


def _sums(made_t: Floats, available: Floats, idle: Bools) -> _RunningSums:
    unknown = np.isnan(made_t)
    known_share = np.where(unknown, 0.0, available[..., : made_t.shape[-1]])

    return _RunningSums(
        _running(np.where(unknown, 0.0, made_t)),
        _running(~unknown & ~idle).astype(np.int64),
        _running(unknown).astype(np.int64),
        _running(available),
        _running(known_share),
    )


def _running(columns: Floats | Bools) -> Floats:
    before_first = np.zeros((*columns.shape[:-1], 1))
    return np.concatenate((before_first, np.cumsum(columns, axis=-1)), axis=-1)


def _month_bounds(month: Ints, known: int) -> tuple[Ints, Ints]:
    """For each known day, the first day of its month and the first of the next."""
    edges = np.concatenate(([0], np.flatnonzero(np.diff(month)) + 1, [len(month)]))
    which = np.searchsorted(edges, np.arange(known), side="right") - 1
    return edges[which], edges[which + 1]


def _recent_rates(sums: _RunningSums, days: Ints, starts: Ints, due: Bools) -> _Rates:
    """The rate of each part over the last RATE_DAYS days to the end of each day.

    If none of these days was available, it is the last rate before: a furnace comes back from a long repair as it went.
    """
    since = np.maximum(days + 1 - RATE_DAYS, 0)
    worked = sums.available_known[..., days + 1] - sums.available_known[..., since]
    rate: Floats = np.full(worked.shape, np.nan)
    np.divide(sums.made[..., days + 1] - sums.made[..., since], worked, out=rate, where=worked > _ROUNDING)
    newest = np.maximum.accumulate(np.where(np.isnan(rate), 0, days), axis=-1)
    rate = np.take_along_axis(rate, newest, axis=-1)
    month_before = np.where(starts > 0, starts[np.maximum(starts - 1, 0)], 0)
    there = due | (sums.known[..., days + 1] > sums.known[..., month_before])
    missing = there & np.isnan(rate)
    return _Rates(np.where(there & ~missing, rate, 0.0), there, missing)


def _scale(rate: Floats, available_days: Floats) -> Floats:
    """By how much the error of a sum of parts is larger than that of one part at a rate of 1 over one day.

    The output of single days varies nearly independently, so an error grows with the root of the days that it sums;
    and parts vary each on its own, in proportion to their rates.
    """
    found: Floats = np.sqrt((np.square(rate) * available_days).sum(axis=-2))
    return found


def _error_bounds(sums: _RunningSums, rates: _Rates, days_left: int, wanted: Ints) -> tuple[Floats, Floats]:
    """For each place and wanted day, the bounds of the error with so many days left, in units of `_scale`."""
    places = rates.rate.shape[0]
    low, high = np.full((places, len(wanted)), np.nan), np.full((places, len(wanted)), np.nan)
    origins = rates.rate.shape[-1] - days_left
    if days_left == 0 or origins <= RATE_DAYS:
        return low, high
    errors = _errors(sums, rates, days_left, origins)
    for index, day in enumerate(wanted):
        # The last error that is known at the end of `day` began `days_left` days before.
        known = errors[:, max(day - days_left + 1 - HISTORY_DAYS, 0) : max(day - days_left + 1, 0)]
        low[:, index], high[:, index] = _quantiles(known, days_left)
    return low, high


def _errors(sums: _RunningSums, rates: _Rates, days_left: int, origins: int) -> Floats:
    """(places, origins): how far a forecast of each day was off after so many days; NaN where that is not known."""
    begin, after = slice(1, 1 + origins), slice(1 + days_left, 1 + days_left + origins)
    came = (sums.made[..., after] - sums.made[..., begin]).sum(axis=-2)
    days = _without_rounding(sums.available[..., after] - sums.available[..., begin])
    rate = rates.rate[..., :origins]
    scale = _scale(rate, days)
    errors = np.full(came.shape, np.nan)
    np.divide(came - (rate * days).sum(axis=-2), scale, out=errors, where=scale > 0)
    unknown = sums.unknown[..., after] > sums.unknown[..., begin]
    spoilt = (unknown & rates.there[..., :origins]) | (rates.missing[..., :origins] & (days > 0))
    errors[spoilt.any(axis=-2)] = np.nan
    errors[:, :RATE_DAYS] = np.nan  # their rate is of too few days
    return errors


def _quantiles(errors: Floats, days_left: int) -> tuple[Floats, Floats]:
    """Of each place, the quantiles at a tail's share and at 1 less it, between two values in proportion."""
    nothing = np.full(len(errors), np.nan)
    count = errors.shape[1] - np.isnan(errors).sum(axis=1)
    windows = count / days_left
    enough = np.flatnonzero(windows >= LEAST_WINDOWS)
    if not len(enough):
        return nothing, nothing
    # What is not known is sorted behind all else.
    ascending, last = np.sort(errors[enough], axis=1), count[enough] - 1
    # The share of errors to leave out at each end: a tenth, less what so few windows cannot vouch for.
    at = np.maximum(0.0, (1 - COVERAGE) / 2 - _WIDENING / (windows[enough] + 1)) * last
    below = at.astype(np.int64)
    part, above = at - below, np.minimum(below + 1, last)
    place = np.arange(len(enough))
    lower, upper = ascending[place, below], ascending[place, last - below]
    low, high = nothing.copy(), nothing.copy()
    low[enough] = lower + part * (ascending[place, above] - lower)
    high[enough] = upper - part * (upper - ascending[place, last - above])
    return low, high


def _without_rounding(days: Floats) -> Floats:
    """Available days; differences of running sums are 0 only to their rounding."""
    return np.where(days < _ROUNDING, 0.0, days)
