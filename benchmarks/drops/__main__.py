"""Rules that look for drops of output, on scenarios with labels.

python -m benchmarks.drops [--set tuning|held_out|fresh|all] [--only CLASS ...] [--quick] [--quiet-years N] [--show]
                           [--workers 2] [--cache FOLDER]

Scenarios are simulated once and kept in the cache folder. `scenario.py` says what they are, `report.py` what the tables
show. --quick takes every sixth scenario and no month. --quiet-years adds this many unit-years of quiet works, on seeds
of their own and with the held-out parameters. --show lists every miss and every false episode.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from multiprocessing import Pool
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from benchmarks.drops.cache import default_folder, seen
from benchmarks.drops.draft import WHOLE, WORKS
from benchmarks.drops.evaluate import Judged, judge
from benchmarks.drops.expected import expected_of
from benchmarks.drops.fresh import FRESH, fresh, without_consequences
from benchmarks.drops.plant import part_of, whole_plant
from benchmarks.drops.report import faults, summary
from benchmarks.drops.rules_under_test import RULES
from benchmarks.drops.scenario import HELD_OUT, TUNING, Scenario, ScenarioKind
from benchmarks.drops.tables import read_scenarios

QUIET_SEED = 700_000
QUICK_EVERY = 6
QUICK_DAYS = 12
WIDTH = 170


def run(folder: Path, scenario: Scenario) -> dict[str, Judged]:
    """What each rule finds in one scenario, judged."""
    works = seen(scenario, whole_plant(), folder)
    plant, expected = part_of(whole_plant(), frozenset(scenario.units)), expected_of(scenario)
    found = {name: rule(plant, expected, works) for name, rule in RULES.items()}
    if scenario.part == FRESH:
        found = {name: without_consequences(episodes) for name, episodes in found.items()}
    return {name: judge(scenario, episodes) for name, episodes in found.items()}


def quiet(unit_years: float) -> list[Scenario]:
    """Quiet months of the whole works, together at least this many unit-years."""
    months = ceil(unit_years * 365.25 / (30 * len(WHOLE)))
    like = next(
        scenario for scenario in read_scenarios() if scenario.kind is ScenarioKind.QUIET and scenario.part == HELD_OUT
    )
    works = WORKS[HELD_OUT]
    return [
        replace(like, code=f"quiet-more-{number}", seed=QUIET_SEED + number, parameters=works[number % len(works)])
        for number in range(months)
    ]


def chosen(options: argparse.Namespace) -> Sequence[Scenario]:
    """The scenarios that the options ask for."""
    found = [
        scenario
        for scenario in (fresh(read_scenarios()) if options.set == FRESH else read_scenarios())
        if options.set in ("all", scenario.part) and (not options.only or scenario.kind.value in options.only)
    ]
    if options.quick:
        found = [scenario for scenario in found if scenario.days <= QUICK_DAYS][::QUICK_EVERY]
    return found + quiet(options.quiet_years)


def main() -> None:
    """Print a table for each rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=(TUNING, HELD_OUT, FRESH, "all"), default="all")
    parser.add_argument("--only", nargs="*", choices=[kind.value for kind in ScenarioKind], default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--quiet-years", type=float, default=0.0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=default_folder())
    options = parser.parse_args()
    scenarios = chosen(options)
    results: dict[str, list[Judged]] = {name: [] for name in RULES}
    with Pool(options.workers) as pool, Progress(transient=True) as progress:
        task = progress.add_task("scenarios", total=len(scenarios))
        for judged in pool.imap(partial(run, options.cache), scenarios):
            for name, each in judged.items():
                results[name].append(each)
            progress.advance(task)
    console = Console()
    console.width = max(console.width, WIDTH)
    for name, outcome in results.items():
        console.print(summary(name, outcome, next(iter(results.values()))))
        if options.show:
            console.print(*faults(outcome), sep="\n")


if __name__ == "__main__":
    main()
