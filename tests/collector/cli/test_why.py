"""`tundish report why`: the split of a growth as table, page, spreadsheet and JSON; what cannot be is refused."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.works.localize import LANGUAGES
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

FIGURES = (
    "start,end,unit,product,tonnes\n"
    "2025-01-01,2025-02-01,mine1,coal_raw,31000\n"
    "2025-01-01,2025-02-01,mine2,coal_raw,10000\n"
    "2025-02-01,2025-03-01,mine1,coal_raw,28000\n"
    "2026-01-01,2026-02-01,mine1,coal_raw,37200\n"
    "2026-01-01,2026-02-01,mine2,coal_raw,10000\n"
    "2026-02-01,2026-03-01,mine1,coal_raw,33600\n"
)
OF_MINE = ["Approved repairs", "Mine 1"]
PERIOD = ["report", "why", "--period", "2026-01", "--to", "2025-01"]


@pytest.fixture
def stated(tundish: Command, tmp_path: Path) -> Command:
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, encoding="utf-8")
    assert tundish("import", file).code == 0
    return tundish


def parts(document: str) -> dict[str, float]:
    (coal,) = json.loads(document)
    return {each["part"]: each["t"] for each in coal["parts"]}


def test_months_that_were_stated_are_split_as_far_as_they_allow(stated: Command) -> None:
    told = stated(*PERIOD).out.replace("\xa0", " ")
    assert "Coal, Jan 2026: 47,200 t, 6,200 t more than in Jan 2025 (+15.1 %)" in told
    assert "Not divided: +6,200 t (Mine 1 +6,200), hours were not watched" in told.replace("\n", " ")
    (coal,) = json.loads(stated(*PERIOD, "--json").out)
    assert (coal["actual_t"], coal["base_t"], coal["change_t"], coal["change_pct"]) == (47200, 41000, 6200, 15.1)
    (rest,) = coal["parts"]
    assert (rest["part"], rest["t"], [unit["unit"] for unit in rest["units"]]) == ("rest", 6200.0, ["mine1"])
    assert [line["hours"] for line in rest["units"][0]["receipt"]] == [744.0, 744.0]


def test_an_approved_repair_takes_its_part_also_of_a_month_that_was_stated(stated: Command) -> None:
    window = ["--from", "2026-01-11 08:00", "--to", "2026-01-21 08:00"]
    added = stated("repair", "add", "--unit", "mine1", *window, "--kind", "current", "--approved-by", "chief")
    assert added.code == 0, added.err
    found = parts(stated(*PERIOD, "--json").out)
    # 31,000 t in 31 days and 37,200 t in 21: ten days at the mean of 1,000 and 1,771.4 t a day.
    assert found["repairs"] == pytest.approx(-13857.142857, abs=1e-6)
    assert found["rest"] == pytest.approx(20057.142857, abs=1e-6)


def test_every_repair_of_a_part_is_found_and_a_page_says_where(stated: Command, tmp_path: Path) -> None:
    for day in range(3, 10):
        window = ["--from", f"2026-01-{day:02} 08:00", "--to", f"2026-01-{day:02} {9 + day}:00"]
        added = stated("repair", "add", "--unit", "mine1", *window, "--kind", "current", "--approved-by", "chief")
        assert added.code == 0, added.err
    (coal,) = json.loads(stated(*PERIOD, "--json").out)
    (repairs,) = (each for each in coal["parts"] if each["part"] == "repairs")
    lines = repairs["units"][0]["receipt"]
    assert [line["hours"] for line in lines] == [4, 5, 6, 7, 8, 9, 10]
    assert sum(line["t"] for line in lines) == pytest.approx(repairs["t"])
    # A row for each repair, of which the first is the unit's: each row says of which part and unit it is.
    rows = [row for row in csv.reader(stated(*PERIOD, "--csv").out.splitlines()) if row[2:4] == OF_MINE]
    assert [" h, " in row[-1].replace("\xa0", " ") for row in rows] == [True] * 7
    assert [bool(row[5]) for row in rows] == [True] + [False] * 6
    sheet = tmp_path / "why.xlsx"
    assert stated(*PERIOD, "--xlsx", "--out", sheet).code == 0
    cells = list(load_workbook(sheet).active.iter_rows(values_only=True))
    assert sum(all(each in row for each in OF_MINE) for row in cells) == 7
    told = " ".join(stated(*PERIOD).out.split())
    assert "2 more" in told
    assert "Every repair, stop and unit: tundish report why --json, --csv, --xlsx." in told


def test_a_shorter_month_lacks_its_days(stated: Command) -> None:
    found = parts(stated("report", "why", "--period", "2026-02", "--to", "2026-01", "--json").out)
    assert found["calendar"] == pytest.approx(-3 * 1200)


def test_a_unit_without_data_in_the_base_is_not_known_and_no_growth_is_given(stated: Command) -> None:
    (coal,) = json.loads(stated("report", "why", "--period", "2026-01", "--to", "2025-02", "--json").out)
    assert {each["part"]: [unit["unit"] for unit in each["units"]] for each in coal["parts"]}["not_known"] == ["mine2"]
    assert sum(each["t"] for each in coal["parts"]) == coal["change_t"]


def test_several_months_are_the_sum_of_their_months(stated: Command) -> None:
    both = parts(stated("report", "why", "--period", "2026-01..2026-02", "--to", "2025-01..2025-02", "--json").out)
    single = [
        parts(stated("report", "why", "--period", f"2026-{month}", "--to", f"2025-{month}", "--json").out)
        for month in ("01", "02")
    ]
    assert both["rest"] == single[0]["rest"] + single[1]["rest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_the_same(stated: Command, tmp_path: Path, language: str) -> None:
    asked = [*PERIOD, "--lang", language]
    (coal,) = json.loads(stated(*asked, "--json").out)
    page, sheet = tmp_path / "why.html", tmp_path / "why.xlsx"
    assert stated(*asked, "--html", "--out", page).code == 0
    assert stated(*asked, "--xlsx", "--out", sheet).code == 0
    written = page.read_text(encoding="utf-8")
    assert all(sentence in written for sentence in coal["sentences"])
    cells = [cell for row in load_workbook(sheet).active.iter_rows(values_only=True) for cell in row]
    assert 6200 in cells
    assert "6200" in stated(*asked, "--csv").out.replace(".0", "")


def test_without_words_it_tells_the_last_complete_month_beside_that_of_the_year_before(stated: Command) -> None:
    told = stated("report", "why", "--product", "pig_iron")
    assert told.code == 0
    assert "Nothing is known of these products" in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--period", "2026-01", "--to", "2026-01"], "share days"),
        (["--period", "2026-01..2026-03", "--to", "2026-03..2026-04"], "share days"),
        (["--period", "2026-13"], "2026-13"),
        (["--period", "2026-03..2026-01"], "ends before it starts"),
        (["--period", "2099-01"], "is in the future"),
        (["--period", "2026-01", "--to", "2099-01"], "is in the future"),
        (["--period", "2010..2014"], "more than 1,100 days"),
        (["--period", "1-1-1"], "1-1-1"),
        (["--period", "foo"], "'foo' is no period: write a month 2026-10, a quarter 2026-Q3"),
        (["--period", "2026-01", "--to", "2025-01.."], "'2025-01..' is no period"),
        (["--product", "gold"], "name one of Coal (coal_raw)"),
        (["--json", "--html"], "exclude each other"),
        (["--xlsx"], "give --out report.xlsx"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(stated: Command, words: list[str], said: str) -> None:
    refused = stated("report", "why", *words)
    assert refused.code == 2
    assert said in " ".join(refused.err.split())
    assert "Traceback" not in refused.err
