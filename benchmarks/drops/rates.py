"""The long-run rate of every unit in each works of the benchmark, written to data/rates.csv.

python -m benchmarks.drops.rates

Forty days without any fault, with seeds that no scenario has. Mines and the mill: over the hours in which they do not
stand by plan. Converters: half of the shop's rate each. The heat plant makes no tonnes and has no rate.
"""

import csv
from datetime import UTC, datetime
from multiprocessing import Pool

from rich.progress import track

from benchmarks.drops.expected import RATES_FILE
from benchmarks.drops.scenario import DAY_S, HOUR_S
from benchmarks.drops.works_parameters import PARAMETERS
from collector.simulation.rolling import REPAIR_EVERY_DAYS
from collector.simulation.works_model import WorksModel

DAYS = 40
HOURS_A_DAY = {"mine1": 18.0, "mine2": 18.0, "hsm": 24.0 - 8.0 / REPAIR_EVERY_DAYS}
SEED = 900_000
START_S = int(datetime(2025, 2, 28, 19, tzinfo=UTC).timestamp())


def rates(name: str) -> dict[str, float]:
    """Tonnes an hour by unit, for the works with these parameters."""
    works = WorksModel(SEED + sorted(PARAMETERS).index(name), START_S, parameters=PARAMETERS[name])
    works.advance(START_S + 12 * HOUR_S, frozenset())
    before = _made_t(works)
    works.advance(START_S + 12 * HOUR_S + DAYS * DAY_S, frozenset())
    made = {unit: tonnes - before[unit] for unit, tonnes in _made_t(works).items()}
    shop = sum(tonnes for unit, tonnes in made.items() if unit.startswith("bof"))
    made |= dict.fromkeys((unit for unit in made if unit.startswith("bof")), shop / 2)
    return {unit: tonnes / DAYS / HOURS_A_DAY.get(unit, 24.0) for unit, tonnes in made.items() if tonnes > 0}


def _made_t(works: WorksModel) -> dict[str, float]:
    return {
        unit.code: (sum(unit.shown.counters.values()) + sum(event.grams for event in unit.shown.finished)) / 1e6
        for unit in works.units
    }


def main() -> None:
    """Write the file."""
    with Pool(2) as pool, RATES_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("parameters", "unit", "t_per_h"))
        for name, found in zip(PARAMETERS, track(pool.imap(rates, PARAMETERS), total=len(PARAMETERS)), strict=True):
            writer.writerows((name, unit, f"{rate:.2f}") for unit, rate in found.items())


if __name__ == "__main__":
    main()
