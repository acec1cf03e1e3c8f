"""`tundish recover`: what each mine still has to make for the plan of the month; what cannot be supposed is refused."""

import csv
import io
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from collector.config.load import load
from models.works.calendar import production_day
from models.works.localize import LANGUAGES, localize_day
from models.works.month import month_of, period_text, shifted
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

MINES = {"mine1": 1000, "mine2": 500}


@pytest.fixture
def today(works: Path) -> date:
    """The production date of the mines that runs."""
    return production_day(load(works).plant.shops["mines"].calendar, time.time_ns())


@pytest.fixture
def mined(tundish: Command, tmp_path: Path, today: date) -> Command:
    """Both mines made as much on each of the last hundred days, and the month has a plan."""
    days = [today - timedelta(days=number) for number in range(100, 0, -1)]
    rows = [
        f"{day},{day + timedelta(days=1)},{mine},coal_raw,{tonnes}" for day in days for mine, tonnes in MINES.items()
    ]
    figures = tmp_path / "figures.csv"
    figures.write_text("\n".join(["start,end,unit,product,tonnes", *rows]) + "\n", encoding="utf-8")
    assert tundish("import", figures).code == 0
    plans = tmp_path / "plans.csv"
    months = [month_of(today.toordinal()), shifted(month_of(today.toordinal()), 1)]
    rows = [f"{period_text(month)},{mine},coal_raw,{tonnes * 30}" for month in months for mine, tonnes in MINES.items()]
    plans.write_text("\n".join(["month,unit,product,tonnes", *rows]) + "\n", encoding="utf-8")
    told = tundish("plan", "import", plans)
    assert told.code == 0, told.err
    return tundish


def shown_day(day: str) -> str:
    """As English sentences have it."""
    return localize_day(date.fromisoformat(day), "en")


def next_month(today: date) -> tuple[str, int]:
    """The next month as people write it, and how many days it has."""
    month = shifted(month_of(today.toordinal()), 1)
    return period_text(month), shifted(month, 1) - month


def test_the_next_month_is_required_by_mine_a_day_and_a_shift(mined: Command, today: date) -> None:
    month, days = next_month(today)
    (coal,) = json.loads(mined("recover", "--month", month, "--product", "coal_raw", "--json").out)
    assert (coal["plan_t"], coal["made_t"], coal["days_left"]) == (45_000.0, 0.0, days)
    assert coal["reachable_t"] == pytest.approx(1500 * days)
    assert coal["plan_can_be_made"] is (1500 * days >= 45_000)
    required = {unit["unit"]: unit for unit in coal["units"]}
    per_day = min(45_000, 1500 * days) / days
    assert required["mine1"]["required_t_per_day"] == pytest.approx(per_day * 2 / 3, rel=1e-4)
    assert required["mine2"]["required_t_per_day"] == pytest.approx(per_day / 3, rel=1e-4)
    assert required["mine1"]["required_t_per_shift"] == pytest.approx(per_day / 3, rel=1e-4)
    assert sorted(coal["limits"]) == ["mine1", "mine2"]
    assert {remark["kind"] for remark in coal["remarks"]} == {"no_chain", "no_nameplate"}


def test_a_mine_that_stands_takes_what_it_would_make_and_nothing_is_entered(mined: Command, today: date) -> None:
    month, days = next_month(today)
    asked = ["recover", "--month", month, "--product", "coal_raw", "--json"]
    until = date.fromisoformat(f"{month}-10")
    (coal,) = json.loads(mined(*asked, "--without", "mine1", "--until", until).out)
    assert coal["reachable_t"] == pytest.approx(1500 * days - 10 * 1000)
    assert coal["plan_can_be_made"] is False
    assert coal["supposed"]["stands_until"] == {"mine1": until.isoformat()}
    (coal,) = json.loads(mined(*asked).out)
    assert coal["reachable_t"] == pytest.approx(1500 * days)


def test_a_repair_moves_as_supposed(mined: Command, today: date) -> None:
    month, days = next_month(today)
    window = ["--from", f"{month}-05 08:00", "--to", f"{month}-09 08:00"]
    added = mined(
        "repair", "add", "--name", "R1", "--unit", "mine1", *window, "--kind", "current", "--approved-by", "chief"
    )
    assert added.code == 0, added.err
    asked = ["recover", "--month", month, "--product", "coal_raw", "--json"]
    (coal,) = json.loads(mined(*asked).out)
    assert coal["reachable_t"] == pytest.approx(1500 * days - 4000)
    standing = {unit["unit"]: unit["standing"] for unit in coal["units"]}
    begin, end = (f"{month}-{day}T08:00:00+05:00" for day in ("05", "09"))
    assert standing == {"mine1": [{"held_by": "repair", "repair": "R1", "from": begin, "until": end}], "mine2": []}
    assert f"repair R1 from {shown_day(f'{month}-05')} 08:00 until" in " ".join(coal["sentences"])
    rows = list(csv.DictReader(io.StringIO(mined(*asked[:-1], "--csv").out)))
    assert [row["Stands"][:15] for row in rows if row["Stands"]] == ["repair R1 from "]
    (coal,) = json.loads(mined(*asked, "--move", f"R1={month}-{days - 1:02}").out)
    assert coal["reachable_t"] == pytest.approx(1500 * days - 2000), "half of it is in the month after"
    after = date.fromisoformat(f"{month}-01") + timedelta(days=days + 5)
    (coal,) = json.loads(mined(*asked, "--move", f"R1={after}").out)
    assert coal["reachable_t"] == pytest.approx(1500 * days), "put off to the month after"
    refused = mined(*asked, "--move", "R1=2099-01-01")
    last = date.fromordinal(shifted(date.fromisoformat(f"{month}-01").toordinal(), 2) - 1)
    assert f"is not a day that is left of {month}, nor of the month after it" in " ".join(refused.err.split())
    assert f"to {last}" in " ".join(refused.err.split())


def test_the_plan_of_the_days_sums_to_what_is_required(mined: Command, today: date, tmp_path: Path) -> None:
    month, days = next_month(today)
    asked = ["recover", "--month", month, "--product", "coal_raw"]
    (coal,) = json.loads(mined(*asked, "--json").out)
    assert coal["days"] == [f"{month}-{day:02}" for day in range(1, days + 1)]
    by_day = {unit["unit"]: unit["required_t_by_day"] for unit in coal["units"]}
    required = {unit["unit"]: unit["required_t"] for unit in coal["units"]}
    assert {unit: sum(tonnes) for unit, tonnes in by_day.items()} == pytest.approx(required, abs=0.1)
    assert coal["stocks"] == []
    rows = list(csv.DictReader(io.StringIO(mined(*asked, "--csv").out)))
    planned = [float(row["To make that day, t"]) for row in rows if row["To make that day, t"]]
    assert planned == [round(tonnes) for unit in coal["units"] for tonnes in by_day[unit["unit"]]]
    assert sorted({row["Day"] for row in rows if row["Day"]}) == coal["days"]
    sheet = tmp_path / "recover.xlsx"
    assert mined(*asked, "--xlsx", "--out", sheet).code == 0
    book = load_workbook(sheet)
    assert book.sheetnames == ["report", "Day"]
    lines = [[cell.value for cell in row] for row in book["Day"].iter_rows()]
    heads = next(line for line in lines if line[0] == "Plan of")
    assert heads[3:] == [shown_day(day) for day in coal["days"]]
    assert lines[lines.index(heads) + 1][3:] == pytest.approx(by_day["mine1"], abs=0.51)


def test_a_csv_has_each_sentence_that_the_other_forms_have(mined: Command, today: date) -> None:
    month, _ = next_month(today)
    asked = ["recover", "--month", month, "--product", "coal_raw"]
    rows = list(csv.DictReader(io.StringIO(mined(*asked, "--csv").out)))
    said = " ".join(row["Sentence"] for row in rows)
    (coal,) = json.loads(mined(*asked, "--json").out)
    assert len(coal["sentences"]) > 3
    assert [sentence for sentence in coal["sentences"] if sentence not in said] == []


def test_a_repair_that_runs_ends_as_supposed(mined: Command, today: date) -> None:
    begin, end = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-30, 30))
    zone = ZoneInfo("Asia/Almaty")
    window = ["--from", f"{begin.astimezone(zone):%Y-%m-%d %H:%M}", "--to", f"{end.astimezone(zone):%Y-%m-%d %H:%M}"]
    named = ["--name", "R2", "--unit", "mine1", "--kind", "current", "--approved-by", "chief"]
    added = mined("repair", "add", *named, *window)
    assert added.code == 0, added.err
    month, _ = next_month(today)
    asked = ["recover", "--month", month, "--product", "coal_raw", "--json"]
    (coal,) = json.loads(mined(*asked).out)
    approved = coal["reachable_t"]
    (coal,) = json.loads(mined(*asked, "--end", f"R2={month}-11").out)
    assert coal["supposed"]["repair_ends"] == {"R2": f"{month}-11"}
    (standing,) = next(unit["standing"] for unit in coal["units"] if unit["unit"] == "mine1")
    assert (standing["held_by"], standing["repair"]) == ("repair", "R2")
    until = datetime.fromisoformat(standing["until"])
    # The production day of the mines begins at 08:00.
    assert (until - timedelta(hours=8)).date().isoformat() == f"{month}-11"
    assert until.time() == end.astimezone(zone).time().replace(second=0, microsecond=0)
    assert approved - coal["reachable_t"] > 8 * 1000, "ten days of it, less those that it takes as approved"
    told = mined("recover", "--move", f"R2={month}-11")
    assert told.code == 2
    assert "no approved repair 'R2' begins" in told.err


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Pig iron (pig_iron)"), ("ru", "Чугун (pig_iron)"), ("kk", "Шойын (pig_iron)")]
)
def test_what_can_be_named_is_told_by_its_name_with_the_code_to_type(
    language: str, told: str, mined: Command, tmp_path: Path
) -> None:
    answer = mined("recover", "--product", "gold", "--lang", language)
    assert told in answer.err
    answer = mined("recover", "--without", "mine9", "--lang", language)
    plant = load(tmp_path / "plant.yaml").plant
    assert f"{plant.units['mine1'].name(language)} (mine1)" in answer.err


@pytest.mark.parametrize("product", [["--product", "coal_raw"], []])
def test_what_can_have_no_effect_is_refused_and_only_units_and_repairs_of_the_chain_are_offered(
    product: list[str], mined: Command, today: date
) -> None:
    month, _ = next_month(today)
    window = ["--from", f"{month}-05 08:00", "--to", f"{month}-09 08:00", "--kind", "current", "--approved-by", "chief"]
    for name, unit in (("R1", "mine1"), ("R3", "bf3")):
        assert mined("repair", "add", "--name", name, "--unit", unit, *window).code == 0
    asked = ["recover", "--month", month, *product]
    told = mined(*asked, "--without", "bf3")
    assert told.code == 2
    assert "BF 3 (bf3) plays no part in Coal (coal_raw): name one of Mine 1 (mine1), Mine 2 (mine2)" in told.err
    told = mined(*asked, "--without", "mine9")
    assert "there is no unit 'mine9': name one of Mine 1 (mine1), Mine 2 (mine2)" in told.err
    assert "bf3" not in told.err
    told = mined(*asked, "--move", f"R3={month}-12")
    assert told.code == 2
    assert "the repair 'R3' is of BF 3 (bf3), which plays no part in Coal (coal_raw): name one of R1" in told.err
    told = mined(*asked, "--move", f"R9={month}-12")
    assert "name one of R1" in told.err
    assert "R3" not in told.err
    assert mined(*asked, "--without", "mine1", "--move", f"R1={month}-12").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_each_language_and_as_page_and_sheet(
    language: str, mined: Command, today: date, tmp_path: Path
) -> None:
    month, _ = next_month(today)
    told = mined("recover", "--month", month, "--lang", language)
    assert told.code == 0
    page = mined("recover", "--month", month, "--lang", language, "--html")
    assert page.out.startswith("<!doctype html>")
    sheet = tmp_path / f"{language}.xlsx"
    assert mined("recover", "--month", month, "--lang", language, "--xlsx", "--out", sheet).code == 0
    cells = [cell.value for row in load_workbook(sheet).active.iter_rows() for cell in row]
    for shown in ("mine1", "mine2"):
        name = load(tmp_path / "plant.yaml").plant.units[shown].name(language)  # type: ignore[arg-type]
        assert name in told.out
        assert name in page.out
        assert name in cells


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--month", "2020-01"], "2020-01 is over"),
        (["--month", "2099-01"], "more than a year ahead"),
        (["--month", "soon"], "soon"),
        (["--product", "gold"], "there is no product 'gold'"),
        (["--without", "mine9"], "there is no unit 'mine9'"),
        (["--until", "2099-01-01"], "name the unit by --without"),
        (["--without", "mine1", "--until", "2099-01-01"], "is not a day that is left"),
        (["--without", "mine1", "--until", "2099-01-01", "--until", "2099-01-02"], "1 units by --without and 2 days"),
        (["--without", "mine1", "--without", "mine1"], "is given twice"),
        (["--move", "R1"], "write NAME=2026-11-20"),
        (["--move", "R9=2099-01-01"], "no approved repair 'R9' begins"),
        (["--end", "R9=2099-01-01"], "no approved repair 'R9' runs now"),
        (["--end", "=2099-01-01"], "write NAME=2026-11-20"),
        (["--end", "R9=2099-01-01", "--end", "R9=2099-01-02"], "is given twice"),
        (["--xlsx"], "a spreadsheet needs a file"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(options: list[str], told: str, mined: Command) -> None:
    answer = mined("recover", *options)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""


def test_without_figures_nothing_is_invented(tundish: Command, works: Path) -> None:
    (works.parent / "data").mkdir(exist_ok=True)
    answer = tundish("recover")
    assert answer.code == 1
    assert "ledger" in answer.err
