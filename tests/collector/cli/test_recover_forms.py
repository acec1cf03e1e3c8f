"""`tundish recover`: what its forms say is the same, and they name each other."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from collector.config.load import load
from tests.collector.cli.test_recover import MINES, mined, next_month, today
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["mined", "today", "tundish", "works"]


def test_a_narrow_terminal_names_only_forms_that_the_command_has(
    mined: Command, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    month, _ = next_month(today)
    told = mined("recover", "--month", month).out
    (said,) = [line for line in told.splitlines() if "No room here" in line]
    options = re.findall(r"--[a-z]+", said)
    assert options == ["--html", "--csv", "--xlsx"]
    helped = mined("recover", "--help").out
    assert [option for option in options if option not in helped] == []


@pytest.mark.parametrize("share", [0.8, 1.2])
def test_limits_are_the_same_in_every_form_whether_the_plan_can_be_made_or_not(
    share: float, mined: Command, today: date, tmp_path: Path
) -> None:
    month, days = next_month(today)
    plans = tmp_path / "other.csv"
    rows = [f"{month},{mine},coal_raw,{tonnes * days * share}" for mine, tonnes in MINES.items()]
    plans.write_text("\n".join(["month,unit,product,tonnes", *rows]) + "\n", encoding="utf-8")
    assert mined("plan", "import", plans).code == 0
    asked = ["recover", "--month", month, "--product", "coal_raw"]
    (coal,) = json.loads(mined(*asked, "--json").out)
    assert coal["plan_can_be_made"] is (share < 1)
    names = load(tmp_path / "plant.yaml").plant.units
    limits = sorted(names[unit["unit"]].name("en") for unit in coal["units"] if unit["limits"])
    assert limits == ["Mine 1", "Mine 2"]
    lines = list(csv.DictReader(io.StringIO(mined(*asked, "--csv").out)))
    assert sorted(row["Unit"] for row in lines if row["Limits the most"] == "yes") == limits
    sheet = tmp_path / "limits.xlsx"
    assert mined(*asked, "--xlsx", "--out", sheet).code == 0
    cells = [[cell.value for cell in row] for row in load_workbook(sheet).active.iter_rows()]
    column = next(row.index("Limits the most") for row in cells if "Limits the most" in row)
    assert sorted(str(row[1]) for row in cells if row[column] == "yes") == limits
    page = mined(*asked, "--html").out
    assert page.count(">yes<") == len(limits)


def test_all_units_together_have_no_pace_of_now(mined: Command, today: date) -> None:
    month, _ = next_month(today)
    rows = list(csv.DictReader(io.StringIO(mined("recover", "--month", month, "--csv").out)))
    paces = {row["Unit"]: row["Now, t a day"] for row in rows if row["Possible, t a day"]}
    assert paces == {"All together": "", "Mine 1": "1000", "Mine 2": "500"}
