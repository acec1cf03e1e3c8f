"""When a unit is to work: outside its repairs, outside the repair shift of every day, and while it is in service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from models.stated.availability import ALWAYS, Availability, availability_by_unit
from models.stated.facts import Facts
from models.works.calendar import day_bounds, repair_shifts_of
from models.works.month import shifted
from models.works.plant import Plant

_LONG_AGO, _FAR_AHEAD = date(1900, 1, 1), date(2200, 1, 1)
"""The years within which files and commands take dates."""


@dataclass(frozen=True)
class WorkingTime:
    """The working time of every unit. A month is the ordinal of its first day."""

    plant: Plant
    facts: Facts
    _rests: dict[tuple[str, int], Availability] = field(default_factory=dict)
    _working: dict[tuple[str, int], Availability] = field(default_factory=dict)

    @cached_property
    def _outside_repairs(self) -> Mapping[str, Availability]:
        found = availability_by_unit(self.facts.repairs)
        for code in self.plant.units:
            idle = out_of_service(self.plant, code)
            if idle:
                found[code] = Availability.outside((*found.get(code, ALWAYS).windows, *idle))
        return found

    def outside_repairs(self, unit: str) -> Availability:
        """The time outside approved repairs, in which the unit is in service. A repair shift of every day is in it."""
        return self._outside_repairs.get(unit, ALWAYS)

    def outside_rests(self, unit: str, month: int) -> Availability:
        """The time of the month outside the repair shifts of its days: that of a usual day."""
        key = (unit, month)
        if key not in self._rests:
            entry = self.plant.units.get(unit)
            if entry is None or not entry.repair_shifts:
                self._rests[key] = ALWAYS
            else:
                zone = self.plant.shops[entry.shop].calendar.zone
                # A production day may begin on the date before or end on the one after, and a shift pass midnight.
                days = range(month - 2, shifted(month, 1) + 2)
                self._rests[key] = Availability.outside(
                    span for day in days for span in repair_shifts_of(zone, entry.repair_shifts, date.fromordinal(day))
                )
        return self._rests[key]

    def working(self, unit: str, month: int) -> Availability:
        """The time of the month in which the unit is to work: outside repairs and repair shifts."""
        key = (unit, month)
        if key not in self._working:
            repairs, rests = self.outside_repairs(unit), self.outside_rests(unit, month)
            both = Availability.outside((*repairs.windows, *rests.windows)) if rests.windows else repairs
            self._working[key] = both
        return self._working[key]


def out_of_service(plant: Plant, unit: str) -> list[tuple[int, int]]:
    """The spans [start_ns, end_ns) in which a unit does not belong to the works: before it came, after it went."""
    service, calendar = plant.units[unit].in_service, plant.shops[plant.units[unit].shop].calendar
    found = []
    if service.first is not None:
        found.append((day_bounds(calendar, _LONG_AGO)[0], day_bounds(calendar, service.first)[0]))
    if service.last is not None:
        after = service.last + timedelta(days=1)
        found.append((day_bounds(calendar, after)[0], day_bounds(calendar, _FAR_AHEAD)[0]))
    return found
