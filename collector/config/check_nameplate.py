"""A nameplate that the unit's own limits and targets contradict: a slip of a unit of measure, or of hour and day."""

from collections.abc import Iterator

from collector.config.conversion import UnitError, grams_per_unit, grams_per_unit_h
from collector.config.entries import Entries, TagPart
from collector.config.problem import Problems
from collector.config.unit_document import UnitEntry
from models.counting.increment import GRAMS_PER_TONNE

DAY_H = 24
FAR_ABOVE_RATE = 2
"""Times what the counters let through in a day: max_rate_per_h is what the unit cannot exceed in an hour, so that even
1 is a contradiction; 2 leaves room for a limit that was set a little low."""
FAR_FROM_TARGET = 10
"""Times a daily target: a unit may run at a part of what it was built for, but hardly at a tenth of it."""
_SLIPS = ((1000.0, "kg"), (24.0, "t an hour"))
"""By so much too large if the figure is in kilograms; too small if it is of an hour."""


def check_nameplates(entries: Entries, problems: Problems) -> None:
    """Refuse a nameplate far above what a unit's counters believe or its target asks, or far below that target."""
    for path, unit in entries.units:
        for product, tonnes in unit.nameplate_t_per_day.items():
            at = (*path, "nameplate_t_per_day", product)
            fault = None if problems.under(at) else _fault(entries, unit, product, tonnes)
            if fault:
                problems.add(at, fault)


def _fault(entries: Entries, unit: UnitEntry, product: str, tonnes: float) -> str | None:
    most, target = _most_t_per_day(entries, unit, product), unit.daily_target_t.get(product)
    if most is not None and tonnes > FAR_ABOVE_RATE * most:
        beside = f"more than the {most:,.0f} t that max_rate_per_h of its counters lets through in a day"
        return f"{tonnes:,.0f} t a day is {beside}; {_hint(tonnes, target or most)}"
    if target is None:
        return None
    if tonnes > FAR_FROM_TARGET * target:
        times = f"{tonnes / target:,.0f} times daily_target_t ({target:,.0f})"
        return f"{tonnes:,.0f} t a day is {times}; {_hint(tonnes, target)}"
    if tonnes * FAR_FROM_TARGET < target:
        return f"{tonnes:g} t a day is far below daily_target_t ({target:,.0f}); {_hint(tonnes, target)}"
    return None


def _hint(tonnes: float, usual: float) -> str:
    """What was probably meant, if one of the usual slips explains it."""
    (factor, kilograms), (hours, hourly) = _SLIPS
    for meant, given_in in ((tonnes / factor, kilograms), (tonnes * hours, hourly)):
        if usual / 2 <= meant <= usual * 2:
            return f"did you mean {meant:,.6g} (if it is given in {given_in})?"
    return "give what the unit was built to make in a day, in t"


def _most_t_per_day(entries: Entries, unit: UnitEntry, product: str) -> float | None:
    """What the tags that count the product believe at most; None if one of them is not bounded by the hour."""
    try:
        hourly = [_most_t_per_h(tag) for tag in _counting(entries, unit, product)]
    except UnitError:  # told elsewhere
        return None
    known = [tonnes for tonnes in hourly if tonnes is not None]
    return DAY_H * sum(known) if known and len(known) == len(hourly) else None


def _counting(entries: Entries, unit: UnitEntry, product: str) -> Iterator[TagPart]:
    return (tag for tag in entries.tags if tag.unit == unit.code and tag.entry.product == product)


def _most_t_per_h(tag: TagPart) -> float | None:
    entry = tag.entry
    if entry.kind == "totalizer" and entry.max_rate_per_h is not None:
        return entry.max_rate_per_h * grams_per_unit(entry.unit_of_measure) / GRAMS_PER_TONNE
    if entry.kind == "rate" and entry.high is not None:
        return entry.high * grams_per_unit_h(entry.unit_of_measure, entry.density_t_per_m3) / GRAMS_PER_TONNE
    return None
