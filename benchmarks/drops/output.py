"""Tonnes over time from columns of minutes, and where they fall short. Pure."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.drops.scenario import HOUR_S, MINUTE_S, ScenarioLabel
from models.detection.finding import FindingKind
from models.detection.minutes.observed import UnitMinutes, WorksMinutes

BIN_S = 600
Floats = NDArray[np.float64]
SMOOTH = 8 * HOUR_S // BIN_S
SHORT = 0.85
JOINED = 12 * HOUR_S // BIN_S
LEAST = 4 * HOUR_S // BIN_S


def minute_t(works: WorksMinutes, unit: UnitMinutes) -> Floats:
    """Tonnes by minute, float64[n]: what was counted, or each event whole in the minute of its end; water of heat."""
    if unit.counted_t is not None:
        return np.nan_to_num(unit.counted_t)
    if "flow" in unit.values:
        return np.nan_to_num(unit.values["flow"]).astype(np.float64) * MINUTE_S / HOUR_S
    minutes = (unit.event_end_s - works.start_s) // MINUTE_S
    within = minutes < len(works)
    return np.bincount(minutes[within], weights=unit.event_t[within], minlength=len(works)).astype(np.float64)


def made_t(works: WorksMinutes, units: Sequence[str]) -> Floats:
    """Tonnes of some units together by bins of BIN_S."""
    minutes = sum((minute_t(works, works.units[unit]) for unit in units), start=np.zeros(len(works)))
    return np.asarray(minutes.reshape(-1, BIN_S // MINUTE_S).sum(axis=1))


def spans(made: Floats, usual: Floats, rate: float) -> Iterator[tuple[int, int]]:
    """Bins [first, end) in which less was made than usual, and less than the long-run `rate` for a bin.

    They are looked for in means of eight hours. The edges are where the sum of the shortfall turns.
    """
    smooth, smooth_usual = _smooth(made), _smooth(usual)
    short = (smooth < SHORT * smooth_usual) & (smooth < SHORT * rate)
    missing = np.cumsum(SHORT * rate - made)
    for first, end in _joined(short):
        low = max(0, first)
        start = low + int(np.argmin(missing[low : min(end, low + SMOOTH) + 1])) + 1
        from_end = max(start, end - SMOOTH)
        turn = from_end + int(np.argmax(missing[from_end : min(len(made), end + SMOOTH // 2)])) + 1
        if turn - start >= LEAST:
            yield start, turn


def _smooth(made: Floats) -> Floats:
    return np.convolve(made, np.ones(SMOOTH), mode="same") / np.convolve(
        np.ones(len(made)), np.ones(SMOOTH), mode="same"
    )


def _joined(short: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Runs of true values. Those that are close together are one."""
    edges = np.flatnonzero(np.diff(short.astype(np.int8), prepend=0, append=0)).tolist()
    runs: list[tuple[int, int]] = []
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if runs and first - runs[-1][1] <= JOINED:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((first, end))
    yield from runs


def share_made(disturbed: WorksMinutes, sound: WorksMinutes, label: ScenarioLabel) -> float:
    """What the units of a label made in its time, as a share of what they would have made.

    A furnace that stands is recognized by its blast: the iron in its hearth may still be tapped.
    """
    span = slice(label.start_s // MINUTE_S, label.end_s // MINUTE_S)
    made, usual = (
        float(sum(_worked(works, works.units[unit], label)[span].sum() for unit in label.units))
        for works in (disturbed, sound)
    )
    return made / usual if usual else 1.0


def _worked(works: WorksMinutes, unit: UnitMinutes, label: ScenarioLabel) -> Floats:
    if label.kind is FindingKind.STOP and "blast" in unit.values:
        return np.nan_to_num(unit.values["blast"]).astype(np.float64)
    return minute_t(works, unit)
