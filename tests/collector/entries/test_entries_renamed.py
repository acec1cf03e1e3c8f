"""Units that are renamed, come or go in plant.yaml: no tonne leaves a total without a word."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

MONTHS = (
    "start,end,unit,product,tonnes\n"
    "2026-07-01,2026-08-01,bf3,pig_iron,148000\n"
    "2026-08-01,2026-09-01,bf3,pig_iron,150000\n"
    "2026-09-01,2026-10-01,bf3,pig_iron,145000\n"
)
Change = Callable[[Callable[[dict[str, Any]], None]], None]


@pytest.fixture
def change(works: Path) -> Change:
    """Change the entry of the furnace in plant.yaml."""

    def apply(how: Callable[[dict[str, Any]], None]) -> None:
        document = yaml.safe_load(works.read_text(encoding="utf-8"))
        iron = next(shop for shop in document["shops"] if shop["code"] == "iron")
        how(next(unit for unit in iron["units"] if unit["code"].startswith("bf")))
        works.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")

    return apply


@pytest.fixture
def figures(tundish: Command, tmp_path: Path) -> None:
    assert tundish("import", csv_file(tmp_path, MONTHS)).code == 0


def august(tundish: Command, *more: str) -> dict[str, dict[str, Any]]:
    answer = tundish("report", "growth", "--period", "2026-08", "--json", *more)
    assert answer.code == 0, answer.err
    return {row["unit"] if row["level"] == "unit" else row["level"]: row for row in json.loads(answer.out)}


@pytest.mark.usefixtures("figures")
def test_a_removed_unit_is_named_by_check_and_status_and_stays_in_the_totals(tundish: Command, change: Change) -> None:
    assert "every tonne in the ledger belongs to a unit" in tundish("status").out
    change(lambda unit: unit.update(code="bf4"))
    found = august(tundish)
    assert (found["site"]["actual_t"], found["site"]["mom_pct"]) == (150_000, 1.4)
    assert (found["unclaimed"]["actual_t"], found["unclaimed"]["codes"]) == (150_000, "bf3")
    words = "443,000.000 t of pig_iron from 2026-07-01 to 2026-09-30 belong to 'bf3', which the plant does not have"
    for command in ("check", "status"):
        said = tundish(command).out.replace("\n", " ")
        assert words in said, command
        assert "retired: DATE" in said, command
    assert "(bf3)" in tundish("report", "growth", "--period", "2026-08").out


@pytest.mark.usefixtures("figures")
def test_a_renamed_unit_has_its_tonnes_and_a_report_of_before_has_the_names_of_before(
    tundish: Command, change: Change, tmp_path: Path
) -> None:
    before = datetime.now(UTC).isoformat()
    change(lambda unit: unit.update(code="bf4", renamed_from=["bf3"]))
    found = august(tundish)
    assert found["bf4"]["actual_t"] == 150_000
    assert "unclaimed" not in found
    assert "every tonne in the ledger belongs to a unit" in tundish("status").out
    # The configuration is kept with the first thing that is entered under it.
    later = "start,end,unit,product,tonnes\n2026-10-01,2026-11-01,bf4,pig_iron,146000\n"
    assert tundish("import", csv_file(tmp_path, later, "later.csv")).code == 0
    assert "bf4" not in august(tundish, "--as-known-on", before)
    assert august(tundish, "--as-known-on", before)["bf3"]["actual_t"] == 150_000


@pytest.mark.usefixtures("figures")
def test_a_retired_unit_stays_in_the_totals_and_leaves_no_year_unknown(tundish: Command, change: Change) -> None:
    change(lambda unit: unit.update(retired="2026-09-30"))
    found = august(tundish)
    assert found["bf3"]["actual_t"] == 150_000
    assert "every tonne in the ledger belongs to a unit" in tundish("status").out


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"retired": "2026-09-30", "in_service": {"until": "2026-09-30"}}, "keep one of the two"),
        ({"in_service": {"from": "2026-09-30", "until": "2026-09-01"}}, "before it begins"),
        ({"renamed_from": ["mine1"]}, "'mine1' is a unit of this plant"),
        ({"code": "unclaimed"}, "stands for tonnes of units that the configuration does not have"),
        ({"retired": "soon"}, "retired"),
    ],
)
def test_dates_and_codes_that_contradict_each_other_are_refused(
    tundish: Command, change: Change, keys: dict[str, object], words: str
) -> None:
    change(lambda unit: unit.update(keys))
    answer = tundish("check")
    assert answer.code != 0
    assert words in answer.err
