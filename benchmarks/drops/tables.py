"""The scenarios as tables in the repository: scenarios, disturbances, repairs, labels.

consequences.csv has the labels that were measured by running a scenario with and without its disturbances.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from benchmarks.drops.scenario import Disturbance, Scenario, ScenarioKind, ScenarioLabel, ScenarioRepair, What
from models.detection.finding import FindingKind

FOLDER = Path(__file__).parent / "data"
SCENARIOS, DISTURBANCES, REPAIRS, LABELS, CONSEQUENCES = (
    f"{name}.csv" for name in ("scenarios", "disturbances", "repairs", "labels", "consequences")
)
_LABEL_COLUMNS = ("scenario", "units", "kind", "start_s", "end_s", "tolerance_s", "size_pct", "causes", "required")
_T = TypeVar("_T")
_TRUTH = {"yes": True, "no": False}


def written(scenarios: Sequence[Scenario]) -> dict[str, str]:
    """The text of every table except the measured one, by the name of its file."""
    return {
        SCENARIOS: _table(
            ("scenario", "class", "set", "seed", "parameters", "start", "days", "units"),
            (
                (
                    scenario.code,
                    scenario.kind.value,
                    scenario.part,
                    scenario.seed,
                    scenario.parameters,
                    scenario.start,
                    scenario.days,
                    " ".join(scenario.units),
                )
                for scenario in scenarios
            ),
        ),
        DISTURBANCES: _table(
            ("scenario", "what", "unit", "signal", "start_s", "end_s", "amount"),
            (
                (scenario.code, each.what.value, each.unit, each.signal, each.start_s, each.end_s, f"{each.amount:g}")
                for scenario in scenarios
                for each in scenario.disturbances
            ),
        ),
        REPAIRS: _table(
            ("scenario", "unit", "start_s", "end_s"),
            (
                (scenario.code, each.unit, each.start_s, each.end_s)
                for scenario in scenarios
                for each in scenario.repairs
            ),
        ),
        LABELS: written_labels({scenario.code: scenario.labels for scenario in scenarios}),
    }


def written_labels(labels: Mapping[str, Sequence[ScenarioLabel]]) -> str:
    """The text of a table of labels; `labels` are by the code of their scenario."""
    return _table(
        _LABEL_COLUMNS,
        (
            (
                code,
                " ".join(each.units),
                each.kind.value,
                each.start_s,
                each.end_s,
                each.tolerance_s,
                f"{each.size_pct:g}",
                " ".join(each.causes),
                "yes" if each.required else "no",
            )
            for code, found in labels.items()
            for each in found
        ),
    )


def read_scenarios(folder: Path = FOLDER, *, measured: bool = True) -> list[Scenario]:
    """Every scenario with its labels; those of consequences.csv too, unless `measured` is false."""
    disturbances = _by_scenario(folder / DISTURBANCES, _disturbance)
    repairs = _by_scenario(folder / REPAIRS, _repair)
    labels = _by_scenario(folder / LABELS, _label)
    if measured:
        for code, found in _by_scenario(folder / CONSEQUENCES, _label).items():
            labels[code] += found
    return [
        replace(
            _scenario(row),
            disturbances=tuple(disturbances[row["scenario"]]),
            repairs=tuple(repairs[row["scenario"]]),
            labels=tuple(labels[row["scenario"]]),
        )
        for row in _rows(folder / SCENARIOS)
    ]


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_scenario(path: Path, read: Callable[[dict[str, str]], _T]) -> defaultdict[str, list[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for row in _rows(path):
        found[row["scenario"]].append(read(row))
    return found


def _scenario(row: dict[str, str]) -> Scenario:
    return Scenario(
        code=row["scenario"],
        kind=ScenarioKind(row["class"]),
        part=row["set"],
        seed=int(row["seed"]),
        parameters=row["parameters"],
        start=date.fromisoformat(row["start"]),
        days=int(row["days"]),
        units=tuple(row["units"].split()),
    )


def _disturbance(row: dict[str, str]) -> Disturbance:
    return Disturbance(
        what=What(row["what"]),
        unit=row["unit"],
        signal=row["signal"],
        start_s=int(row["start_s"]),
        end_s=int(row["end_s"]),
        amount=float(row["amount"]),
    )


def _repair(row: dict[str, str]) -> ScenarioRepair:
    return ScenarioRepair(unit=row["unit"], start_s=int(row["start_s"]), end_s=int(row["end_s"]))


def _label(row: dict[str, str]) -> ScenarioLabel:
    return ScenarioLabel(
        units=tuple(row["units"].split()),
        kind=FindingKind(row["kind"]),
        start_s=int(row["start_s"]),
        end_s=int(row["end_s"]),
        tolerance_s=int(row["tolerance_s"]),
        size_pct=float(row["size_pct"]),
        causes=tuple(row["causes"].split()),
        required=_TRUTH[row["required"]],
    )
