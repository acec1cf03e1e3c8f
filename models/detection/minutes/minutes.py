"""Hours of observed minutes put together into whole columns."""

from collections.abc import Sequence

import numpy as np

from models.detection.minutes.observed import FLAGS, MINUTE_S, NO_QUALITY, UnitMinutes


def joined(start_s: int, end_s: int, found: Sequence[tuple[int, str, UnitMinutes]]) -> dict[str, UnitMinutes]:
    """Hours as whole columns over [start_s, end_s), without events. Minutes that were not observed are unheard."""
    count = (end_s - start_s) // MINUTE_S
    names: dict[str, set[str]] = {}
    counts: set[str] = set()
    for _, unit, minutes in found:
        names.setdefault(unit, set()).update(minutes.values)
        if minutes.counted_t is not None:
            counts.add(unit)
    whole = {unit: blank(count, sorted(signals), counts=unit in counts) for unit, signals in names.items()}
    for hour_s, unit, minutes in found:
        first = (hour_s - start_s) // MINUTE_S
        low, high = max(first, 0), min(first + len(minutes.heard), count)
        if low >= high:
            continue
        to, of = slice(low, high), slice(low - first, high - first)
        into = whole[unit]
        for name in FLAGS:
            getattr(into, name)[to] = getattr(minutes, name)[of]
        for name, column in minutes.values.items():
            into.values[name][to] = column[of]
            into.quality[name][to] = minutes.quality[name][of]
        if into.counted_t is not None and minutes.counted_t is not None:
            into.counted_t[to] = minutes.counted_t[of]
    return whole


def blank(count: int, signals: Sequence[str], *, counts: bool) -> UnitMinutes:
    """Minutes in which nothing was heard."""
    return UnitMinutes(
        values={name: np.full(count, np.nan, np.float32) for name in signals},
        quality={name: np.full(count, NO_QUALITY, np.uint8) for name in signals},
        heard=np.zeros(count, np.bool_),
        moved=np.zeros(count, np.bool_),
        looked=np.zeros(count, np.bool_),
        uncertain=np.zeros(count, np.bool_),
        counted_t=np.full(count, np.nan) if counts else None,
        event_end_s=np.empty(0, np.int64),
        event_t=np.empty(0, np.float64),
    )
