"""The tables of scenarios, written from the drafts: python -m benchmarks.drops.generate [--check]

--check writes nothing and fails if a table differs from what the drafts give.
"""

import argparse
import sys

from benchmarks.drops.draft import PARTS, Drafts
from benchmarks.drops.drafts_of_chains import consequences, published
from benchmarks.drops.drafts_of_data import counter_resets, lost_links, sensor_faults
from benchmarks.drops.drafts_of_drops import drifts, slow_downs, stops
from benchmarks.drops.drafts_of_plans import overruns, quiet_months, ramp_ups, repairs
from benchmarks.drops.scenario import Scenario
from benchmarks.drops.tables import FOLDER, written

DRAFTS = (
    stops,
    slow_downs,
    drifts,
    consequences,
    repairs,
    overruns,
    ramp_ups,
    sensor_faults,
    lost_links,
    counter_resets,
    quiet_months,
    published,
)


def generated() -> list[Scenario]:
    """Every scenario, with the labels that are known from what was done to it."""
    drafts = Drafts()
    for draft in DRAFTS:
        for part in PARTS:
            draft(drafts, part)
    return drafts.scenarios


def differing() -> list[str]:
    """Names of the tables that differ from what the drafts give."""
    return [name for name, text in written(generated()).items() if (FOLDER / name).read_text(encoding="utf-8") != text]


def main() -> None:
    """Write the tables, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        wrong = differing()
        sys.exit(f"not what the drafts give: {', '.join(wrong)}" if wrong else 0)
    FOLDER.mkdir(exist_ok=True)
    for name, text in written(generated()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
