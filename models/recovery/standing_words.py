"""Why units stand on the days that are left, and until when, in words: instants by the clocks of the shop. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from models.recovery.recovered import Recovery, UnitDemand
from models.recovery.recovery_texts import recovery_text
from models.recovery.standing import UnitStanding
from models.works.calendar import NS
from models.works.localize import Language, localize_day
from models.works.plant import Plant

LEAST_H = 0.5
"""A shorter standstill is not told."""
_MOST_UNITS = 4
"""Named of one product; the table has them all."""


def standing_sentence(plant: Plant, found: Recovery, language: Language) -> Iterator[str]:
    """Which units stand, the one that takes the most first; none if all of them work."""
    units = [unit for unit in (() if found.way is None else found.way.units) if unit.standing]
    units = [unit for unit in units if unit.stands_h >= LEAST_H]
    if not units:
        return
    by_weight = sorted(units, key=lambda unit: -(unit.stands_h * unit.limit_t_per_h))
    named = [f"{_name(plant, unit, language)} ({standing_words(plant, unit, language)})" for unit in by_weight]
    if len(named) > _MOST_UNITS:
        named[_MOST_UNITS:] = [recovery_text("and_more", language).format(count=len(named) - _MOST_UNITS)]
    yield recovery_text("standing_units", language).format(units="; ".join(named))


def standing_words(plant: Plant, unit: UnitDemand, language: Language) -> str:
    """What holds a unit, and until when; "" if it does not stand."""
    return ", ".join(_one(plant, unit.place.unit, each, language) for each in unit.standing)


def instant_words(plant: Plant, unit: str, at_ns: int, language: Language) -> str:
    """24 Nov 2026 08:00, by the clocks of the unit's shop."""
    at = local_instant(plant, unit, at_ns)
    return f"{localize_day(at.date(), language)} {at:%H:%M}"


def local_instant(plant: Plant, unit: str, at_ns: int) -> datetime:
    """An instant (UTC ns) in the zone of the unit's shop."""
    zone = plant.shops[plant.units[unit].shop].calendar.zone
    return datetime.fromtimestamp(at_ns // NS, UTC).astimezone(zone)


def _one(plant: Plant, unit: str, standing: UnitStanding, language: Language) -> str:
    what = recovery_text(f"held_by_{standing.held_by.value}", language).format(repair=standing.repair)
    edges: Sequence[tuple[str, int | None]] = (("start", standing.start_ns), ("end", standing.end_ns))
    known = {name: instant_words(plant, unit, at_ns, language) for name, at_ns in edges if at_ns is not None}
    key = "_".join(("held", *known))
    return recovery_text(key, language).format(what=what, **known)


def _name(plant: Plant, unit: UnitDemand, language: Language) -> str:
    return plant.units[unit.place.unit].name(language)
