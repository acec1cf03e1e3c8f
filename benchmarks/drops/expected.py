"""What the units of a scenario should make, and when they stand by plan."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.drops.scenario import DAY_S, HOUR_S, Scenario
from collector.simulation.rolling import REPAIR_EVERY_DAYS, REPAIR_HOURS
from collector.simulation.steelmaking import CONVERTERS, in_relining
from collector.simulation.unit import Instant
from models.detection.expected.expected import SteadyExpected, Window

RATES_FILE = Path(__file__).parent / "data" / "rates.csv"
MINE_REPAIR_HOURS = {"mine1": (8.0, 14.0), "mine2": (14.0, 20.0)}


@cache
def rates_t_per_h(parameters: str) -> dict[str, float]:
    """The rate at which each unit works in the long run while it works, by `benchmarks.drops.rates`."""
    with RATES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["unit"]: float(row["t_per_h"]) for row in csv.DictReader(file) if row["parameters"] == parameters}


def expected_of(scenario: Scenario) -> SteadyExpected:
    """The rates by the scenario's parameters, with its approved repairs, repair shifts and relinings as windows."""
    rates = rates_t_per_h(scenario.parameters)
    windows = {unit: tuple(_apart(_windows(scenario, unit))) for unit in scenario.units}
    return SteadyExpected(
        {unit: rates[unit] for unit in scenario.units if unit in rates},
        {unit: found for unit, found in windows.items() if found},
    )


def _windows(scenario: Scenario, unit: str) -> Iterator[Window]:
    for repair in scenario.repairs:
        if repair.unit == unit:
            yield Window(scenario.start_s + repair.start_s, scenario.start_s + repair.end_s)
    for day in range(-1, scenario.days + 1):
        midnight_s = scenario.start_s + day * DAY_S
        local_day = Instant.of(midnight_s).local_day
        if unit in MINE_REPAIR_HOURS:
            yield _shift(midnight_s, MINE_REPAIR_HOURS[unit], daily=True)
        elif unit == "hsm" and local_day % REPAIR_EVERY_DAYS == 0:
            yield _shift(midnight_s, REPAIR_HOURS, daily=False)
        elif unit.startswith("bof") and in_relining(int(unit[3:]), local_day):
            yield Window(midnight_s, midnight_s + DAY_S)


def _shift(midnight_s: int, hours: tuple[float, float], *, daily: bool) -> Window:
    return Window(midnight_s + int(hours[0] * HOUR_S), midnight_s + int(hours[1] * HOUR_S), daily=daily)


def _apart(windows: Iterable[Window]) -> Iterator[Window]:
    """In ascending order. Those that touch or overlap are one, which is daily only if all of it is."""
    waiting: Window | None = None
    for window in sorted(windows):
        if waiting is None or window.start_s > waiting.end_s:
            if waiting is not None:
                yield waiting
            waiting = window
        else:
            daily = waiting.daily and window.daily
            waiting = Window(waiting.start_s, max(waiting.end_s, window.end_s), daily=daily)
    if waiting is not None:
        yield waiting


def relined(scenario: Scenario) -> str:
    """The converter that is in relining on the first day."""
    local_day = Instant.of(scenario.start_s).local_day
    return next(f"bof{number}" for number in range(1, CONVERTERS + 1) if in_relining(number, local_day))
