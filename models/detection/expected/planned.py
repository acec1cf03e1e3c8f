"""What units should make by their plans, and when they stand for repairs and repair shifts.

The target of an hour becomes a rate over that part of it in which the unit is to work.

Units that take turns share the plan of their shop by who is available (`models.books.shared_target`). Without a plan
the group's rate is the sum of what each should make, so a daily target of the configuration has to be what a unit makes
while it works.
"""

from models.books.targets import Targets
from models.counting.increment import GRAMS_PER_TONNE
from models.counting.output_plan import OutputPlan
from models.detection.expected.expected import Window
from models.detection.expected.standstills import Standstills
from models.detection.watched import watched_units
from models.stated.facts import Facts
from models.works.calendar import HOUR_NS, NS, production_day
from models.works.month import month_of
from models.works.place import Place, Places, place_of
from models.works.plant import Plant

HOUR_S = 3600
KEPT = 100_000
"""Rates of hours that are remembered: half a year of 20 units, a few megabytes. Detection asks for the same hour every
ten seconds, a rehearsal once a minute."""


def planned(plant: Plant, facts: Facts) -> "PlannedExpected":
    """What is expected by all that people have stated."""
    stated = [place_of(plant, plan.shop, plan.unit, plan.product) for plan in facts.plans]
    counted = [Place("unit", plant.units[unit].shop, unit, product) for unit, product in OutputPlan(plant).counters]
    places = Places(plant, counted, [place for place in stated if place is not None])
    return PlannedExpected(plant, Targets(plant, facts, places))


class PlannedExpected:
    """Fulfils `Expected`. Make a new one when facts change: results are kept.

    Repairs come from the facts of `targets`, repair shifts and rules from `plant`.
    """

    def __init__(self, plant: Plant, targets: Targets) -> None:
        self._targets = targets
        self._rates: dict[tuple[str, int], float | None] = {}
        watched = watched_units(plant, plant.detection)
        self._places = {
            code: Place("unit", unit.shop, code, unit.product) for code, unit in watched.items() if unit.product
        }
        self._standstills = {code: _standstills(plant, targets, code) for code in watched}

    def t_per_h(self, unit: str, at_s: int) -> float | None:
        """See `Expected`."""
        window = self.window(unit, at_s)
        if window is not None and at_s < window.end_s:
            return 0.0
        key = (unit, at_s // HOUR_S)
        if key not in self._rates:
            if len(self._rates) >= KEPT:
                self._rates.clear()
            self._rates[key] = self._rate(*key)
        return self._rates[key]

    def window(self, unit: str, at_s: int) -> Window | None:
        """See `Expected`."""
        standstills = self._standstills.get(unit)
        return None if standstills is None else standstills.at(at_s)

    def _rate(self, unit: str, hour: int) -> float | None:
        place = self._places.get(unit)
        if place is None:
            return None
        start_ns = hour * HOUR_NS
        grams = self._targets.between(place, start_ns, start_ns + HOUR_NS)
        if grams is None:
            return None
        month = month_of(production_day(place.calendar(self._targets.plant), start_ns).toordinal())
        working = self._targets.working_time.working(unit, month)
        working_ns = working.available_ns(start_ns, start_ns + HOUR_NS)
        return grams / GRAMS_PER_TONNE * HOUR_NS / working_ns if working_ns else 0.0


def _standstills(plant: Plant, targets: Targets, code: str) -> Standstills:
    unit = plant.units[code]
    repairs = [(start_ns // NS, end_ns // NS) for start_ns, end_ns in targets.availability(code).windows]
    return Standstills(repairs, unit.repair_shifts, plant.shops[unit.shop].calendar.zone)
