"""How soon the referee names a meter that errs, how often it is right, and how often it is wrong.

python -m benchmarks.referee [--seeds N]: N seeds for the drifts and as many for healthy works, none of which chose
anything.
"""

import argparse
import statistics
from collections.abc import Sequence

from benchmarks.drops.plant import whole_plant
from benchmarks.referee.measure import WATCHED_DAYS, FirstWord, Healthy, Trial, healthy, trials

SIZES_PCT = (0.5, 1.0, 3.0)
DRIFT_SEEDS, HEALTHY_SEEDS = 7_001, 8_001
YEAR_DAYS = 365.25


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    seeds = parser.parse_args().seeds
    plant = whole_plant()
    done = list(trials(plant, range(DRIFT_SEEDS, DRIFT_SEEDS + seeds), SIZES_PCT))
    print("| drift | rule | found in 90 days | median days | right | named |\n|---|---|---|---|---|---|")
    for pct in SIZES_PCT:
        same = [trial for trial in done if trial.pct == pct]
        print(_line(f"{pct:g} %", "referee", [trial.referee for trial in same]))
        print(_line(f"{pct:g} %", "beyond 3 sigma", [trial.plain for trial in same]))
    print("\n| meter | " + " | ".join(f"{pct:g} %" for pct in SIZES_PCT) + " |\n|---|---|---|---|")
    for meter in dict.fromkeys(trial.meter for trial in done):
        cells = [_cell(done, trial_pct, meter.unit) for trial_pct in SIZES_PCT]
        print(f"| {meter.unit}, {meter.product} | {' | '.join(cells)} |")
    _print_healthy(healthy(plant, range(HEALTHY_SEEDS, HEALTHY_SEEDS + seeds)))


def _line(size: str, rule: str, found: Sequence[FirstWord]) -> str:
    said = [each for each in found if each.days is not None]
    days = statistics.median(each.days if each.days is not None else WATCHED_DAYS + 1 for each in found)
    right = 100 * sum(each.right for each in said) / max(len(said), 1)
    named = statistics.mean(each.named for each in said) if said else 0
    return f"| {size} | {rule} | {100 * len(said) / len(found):.0f} % | {days:g} | {right:.0f} % | {named:.1f} |"


def _cell(done: Sequence[Trial], pct: float, unit: str) -> str:
    found = [trial.referee for trial in done if trial.pct == pct and trial.meter.unit == unit]
    said = [each for each in found if each.days is not None]
    if not said:
        return "never"
    days = statistics.median(each.days or 0 for each in said)
    named = statistics.mean(each.named for each in said)
    return f"{days:g} d, right {sum(each.right for each in said)}/{len(found)}, names {named:.1f}"


def _print_healthy(found: Healthy) -> None:
    years = found.days / YEAR_DAYS
    print(f"\nhealthy works, {years:.1f} years: false findings a year, the referee {found.referee / years:.2f}, "
          f"beyond 3 sigma {found.plain / years:.1f}")  # fmt: skip


main()
