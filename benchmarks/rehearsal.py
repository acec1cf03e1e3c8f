"""What it costs to replay detection over past minutes: the heart of a rehearsal, for one set of rules.

python -m benchmarks.rehearsal [--days 2] [--units 60] [--rounds 3]

The units each have one counter that grows every minute, a tenth of them stands for a night; CPU of one core. A year of
60 units is 31.5 million steps of a unit, for each set of rules, in a process each.
"""

import argparse
import statistics
import time
from datetime import date

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.roll_up import works
from models.detection.expected.planned import planned
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.detection.minutes.replay import replay
from models.stated.facts import Facts
from models.works.calendar import NS, date_bounds
from models.works.plant import Plant

YEAR_MINUTES = 525_600
_TONNES = 1000.0 / 1440
"""A minute's share of the target of a day."""


def grown(plant: Plant, days: int) -> WorksMinutes:
    """Minutes of counters that grow about as they should."""
    count = days * 1440
    yes, no = np.ones(count, np.bool_), np.zeros(count, np.bool_)
    units = {}
    for number, code in enumerate(plant.units):
        tonnes = _TONNES * (0.9 + 0.2 * ((np.arange(count) * 7919 + number * 104_729) % 1000) / 1000)
        if number % 10 == 0:
            tonnes[count // 2 : count // 2 + 480] = 0.0
        units[code] = UnitMinutes(
            values={},
            quality={},
            heard=yes,
            moved=yes,
            looked=no,
            uncertain=no,
            counted_t=tonnes,
            event_end_s=np.zeros(0, np.int64),
            event_t=np.zeros(0, np.float64),
        )
    return WorksMinutes(date_bounds(plant.zone, date(2026, 9, 1))[0] // NS, units)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    plant = works(options.units)
    minutes = grown(plant, options.days)
    found = []
    for _ in range(options.rounds):
        began = time.process_time()
        episodes = replay(plant, plant.detection, planned(plant, Facts()), minutes)
        found.append(time.process_time() - began)
    step_s = statistics.median(found) / (options.days * 1440 * options.units)
    table = Table("unit steps", "episodes", "a step", "a year of these units", title="replay, one set of rules, CPU")
    year_min = step_s * YEAR_MINUTES * options.units / 60
    steps = options.days * 1440 * options.units
    table.add_row(f"{steps:,}", str(len(episodes)), f"{step_s * 1e6:.1f} us", f"{year_min:.1f} min")
    Console().print(table)


if __name__ == "__main__":
    main()
