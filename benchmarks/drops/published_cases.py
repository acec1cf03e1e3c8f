"""Writes the published cases, which the simulated works re-enacts, as recorded cases for `tundish rehearse`.

python -m benchmarks.drops.published_cases [tests/cases/drops]
"""

import csv
import io
import lzma
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.drops.cache import default_folder, really
from benchmarks.drops.expected import expected_of, rates_t_per_h
from benchmarks.drops.plant import whole_plant
from benchmarks.drops.scenario import DAY_S, MINUTE_S, Scenario, ScenarioLabel
from benchmarks.drops.tables import read_scenarios
from collector.simulation.plant_config import plant_yaml
from collector.simulation.unit import ZONE
from models.detection.minutes.observed import UnitMinutes, WorksMinutes

FURNACES, CONVERTERS = ("bf2", "bf3", "bf4"), ("bof1", "bof2", "bof3")
STEPS = {"blast": 2000, "blast_temperature": 10, "oxygen": 20, "speed": 0.2}
"""The step that each gauge is rounded to: records of a real works are no finer."""
RE_ENACTED = "re-enacted by the simulated works: only what happened, how large and how long is as published"


@dataclass(frozen=True, slots=True)
class Case:
    """What is kept of a scenario: `days` of it, for these units."""

    scenario: str
    folder: str
    title: str
    source: str
    days: int
    units: tuple[str, ...]


CASES = (
    Case(
        "published-h01-conveyor_fire",
        "conveyor_fire",
        "A fire on a conveyor leaves 1,800-2,000 t of pig iron a day, planned were 9,452 (re-enacted)",
        "May 2012, press service of the works: the conveyors that feed sinter to the furnaces burnt, mills stood for "
        "lack of furnace gas (http://uk.reuters.com/article/arcelormittal-kazakhstan-fire-idUKL5E8GFJP320120515); "
        f"{RE_ENACTED}",
        8,
        (*FURNACES, *CONVERTERS, "hsm"),
    ),
    Case(
        "published-h02-oxygen",
        "oxygen_pipeline",
        "An oxygen pipeline collapses: converters and rolling stop at once, furnaces go on slow (re-enacted)",
        "10 November 2018, ministry for investments: the converter shop and all rolling shops stopped, furnaces on "
        "slow blast (https://rus.azattyq.org/a/29594031.html); it lasted over two months, this is the first week; "
        f"{RE_ENACTED}",
        11,
        (*FURNACES, *CONVERTERS, "hsm"),
    ),
    Case(
        "published-h03-month",
        "furnace_out",
        "A furnace is out for a month, 4 July to 5 August 2015 (re-enacted)",
        "2015, finance department of Temirtau: the cone of a furnace fell on 4 July, it worked again on 5 August "
        "(https://ukrmet.dp.ua/2016/02/19/kazaxstan-ao-arselormittal-temirtau-v-2015-godu-presledovali-avarii.html); "
        f"{RE_ENACTED}",
        38,
        FURNACES,
    ),
)


def minutes_table(works: WorksMinutes, units: Sequence[str], minutes: int) -> str:
    """minutes.csv: the gauges and counters of these units, and whether they were heard."""
    columns: dict[str, list[str]] = {}
    for code in units:
        own = works.units[code]
        columns |= {f"{code}.{name}": _rounded(own, name, minutes) for name in own.values}
        if own.counted_t is not None:
            columns[f"{code}.counted_t"] = [f"{value:g}" for value in own.counted_t[:minutes]]
    return _csv(list(columns), zip(*columns.values(), strict=True))


def _rounded(own: UnitMinutes, name: str, minutes: int) -> list[str]:
    """What the gauge shows, minute by minute. A value of bad quality is replaced by the one before."""
    values = own.values[name][:minutes].astype(float)
    known = np.maximum.accumulate(np.where(np.isnan(values), 0, np.arange(minutes)))
    steps = np.round(np.nan_to_num(values[known]) / STEPS[name])
    return [f"{value:.6g}" for value in steps * STEPS[name]]


def events_table(works: WorksMinutes, units: Sequence[str], end_s: int) -> str:
    """events.csv: what these units finished before `end_s`."""
    found = sorted(
        (int(at_s), code, round(float(tonnes)))
        for code in units
        for at_s, tonnes in zip(works.units[code].event_end_s, works.units[code].event_t, strict=True)
        if at_s < end_s
    )
    return _csv(["unit", "end", "tonnes"], ((code, _local(at_s), tonnes) for at_s, code, tonnes in found))


def case_file(case: Case, scenario: Scenario) -> str:
    """case.yaml."""
    rates, end_s = rates_t_per_h(scenario.parameters), scenario.start_s + case.days * DAY_S
    expected = expected_of(scenario)
    document = {
        "title": case.title,
        "source": case.source,
        "plant": "../plant.yaml",
        "start": _local(scenario.start_s),
        "expected_t_per_h": {code: round(rates[code], 1) for code in case.units},
        "standstills": [
            {"unit": code, "start": _local(window.start_s), "end": _local(window.end_s)}
            for code in case.units
            for window in expected.windows.get(code, ())
            if window.start_s < end_s and window.end_s > scenario.start_s
        ],
        "labels": [
            _label(label, scenario, end_s)
            for label in scenario.labels
            if set(label.units) & set(case.units) and scenario.start_s + label.start_s < end_s
        ],
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def _label(label: ScenarioLabel, scenario: Scenario, end_s: int) -> dict[str, Any]:
    what = {"stop": "stands", "slow": "is slow"}[label.kind.value]
    cause = f", for {' and '.join(label.causes)} did" if label.causes else ""
    entry = {
        "units": list(label.units),
        "start": _local(scenario.start_s + label.start_s),
        "end": _local(min(scenario.start_s + label.end_s, end_s)),
        "what": f"{what}{cause}",
        "late": f"{label.tolerance_s // 3600}h",
    }
    return entry if label.required else entry | {"required": False}


def _local(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, ZONE).isoformat(timespec="seconds")


def _csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the folders, with the configuration of the works beside them."""
    to = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/cases/drops")
    scenarios = {scenario.code: scenario for scenario in read_scenarios()}
    for case in CASES:
        scenario = scenarios[case.scenario]
        works = really(scenario, whole_plant(), default_folder())
        folder = to / case.folder
        folder.mkdir(parents=True, exist_ok=True)
        end_s = scenario.start_s + case.days * DAY_S
        tables = {
            "minutes.csv.xz": minutes_table(works, case.units, case.days * DAY_S // MINUTE_S),
            "events.csv.xz": events_table(works, case.units, end_s),
        }
        for name, text in tables.items():
            (folder / name).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
        (folder / "case.yaml").write_text(case_file(case, scenario), encoding="utf-8")
    (to / "plant.yaml").write_text(plant_yaml("opc.tcp://127.0.0.1:4840"), encoding="utf-8")


if __name__ == "__main__":
    main()
