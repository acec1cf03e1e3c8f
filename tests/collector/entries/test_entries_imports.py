"""Numbered imports: tried out, told on one screen, listed, and taken back so that all is as it stood before."""

import json
from pathlib import Path

import pytest

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

FIGURES = "start,end,unit,product,tonnes\n"
SEPTEMBER = FIGURES + "2026-09-01,2026-10-01,bf3,pig_iron,145000\n"
OCTOBER = FIGURES + "2026-10-01,2026-11-01,bf3,pig_iron,150000\n"


def reports(tundish: Command) -> str:
    said = [tundish("report", "growth", "--period", "2026-08..2026-10", "--json").out]
    return "\n".join([*said, tundish("report", "day", "--period", "2026-10-31", "--json").out])


def test_a_dry_run_says_all_and_records_nothing(tundish: Command, works: Path, tmp_path: Path) -> None:
    answer = tundish("import", csv_file(tmp_path, SEPTEMBER), "--dry-run")
    assert answer.code == 0
    assert "dry run, nothing was recorded; new 1, the same 0, replaced 0, refused 0" in answer.out
    assert "145,000.0" in answer.out
    assert not list(works.parent.rglob("ledger.db")), "a ledger is made by what is recorded"
    tundish("import", csv_file(tmp_path, SEPTEMBER))
    before = reports(tundish)
    assert "replaced 1" in tundish("import", csv_file(tmp_path, SEPTEMBER.replace("145", "146")), "--dry-run").out
    assert reports(tundish) == before
    assert tundish("import", "list").out.count("figures.csv") == 1


def test_one_screen_tells_what_was_read_and_what_it_comes_to(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, SEPTEMBER))
    plan = csv_file(tmp_path, "month,unit,product,tonnes\n2026-10,bf3,pig_iron,155000\n", "plan.csv")
    assert "import 2" in tundish("plan", "import", plan).out
    said = tundish("import", csv_file(tmp_path, "note," + OCTOBER.replace("\n2026", "\nx,2026"))).out
    for words in (
        "figures.csv: import 3; new 1, the same 0, replaced 0, refused 0",
        "columns read: start, end, unit, product, tonnes",
        'not read: column A "note"',
        "places: BF 3",
        "from 1 Oct 2026 through 31 Oct 2026",
        "read as CSV, UTF-8, separated by ,",
        "Pig iron, units: 150,000.0 | target: 155,000.0 | last month, as many days: 149,833.3",
    ):
        assert words in said, words
    assert len(said.splitlines()) < 25


def test_an_import_taken_back_leaves_all_as_it_stood(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, SEPTEMBER + "2026-08-01,2026-09-01,bf3,pig_iron,140000\n"))
    before = reports(tundish)
    changed = SEPTEMBER.replace("145000", "99000") + OCTOBER.partition("\n")[2]
    tundish("import", csv_file(tmp_path, changed, "wrong.csv"))
    assert reports(tundish) != before
    answer = tundish("import", "undo", "2", "--by", "Clerk")
    assert "import 2 is undone: 2 entries are as they stood before" in answer.out
    assert reports(tundish) == before
    listed = tundish("import", "list").out
    assert "Clerk" in listed
    assert "undone already, by Clerk" in tundish("import", "undo", "2").err
    assert "there is no import 9" in tundish("import", "undo", "9").err


def test_what_a_later_import_changed_stays_and_is_told(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, SEPTEMBER + OCTOBER.partition("\n")[2], "first.csv"))
    tundish("import", csv_file(tmp_path, OCTOBER.replace("150000", "151000"), "later.csv"))
    answer = tundish("import", "undo", "1", "--by", "Clerk")
    assert "1 entries are as they stood before" in answer.out
    assert "stays, for something later took its place: iron/bf3 pig_iron 2026-10-01" in answer.out
    rows = json.loads(tundish("report", "growth", "--period", "2026-09..2026-10", "--json").out)
    site = {row["period"]: row["actual_t"] for row in rows if row["level"] == "site"}
    assert site == {"2026-10": 151_000}


def test_what_was_undone_is_never_brought_back(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, SEPTEMBER))
    before = reports(tundish)
    for number, tonnes in ((2, "99000"), (3, "98000")):
        tundish("import", csv_file(tmp_path, SEPTEMBER.replace("145000", tonnes), f"{number}.csv"))
    assert "98,000.000 t" in tundish("import", "undo", "2").out, "what stays is told"
    tundish("import", "undo", "3")
    assert reports(tundish) == before
    plans = "month,unit,product,tonnes\n2026-10,bf3,pig_iron,155000\n"
    for number in (4, 5):
        tundish("plan", "import", csv_file(tmp_path, plans.replace("155", f"15{number}"), f"p{number}.csv"))
    tundish("import", "undo", "4")
    tundish("import", "undo", "5")
    assert "154,000" not in tundish("plan", "show").out


def test_a_key_that_moved_a_figure_is_moved_back(tundish: Command, tmp_path: Path) -> None:
    keyed = "key,start,end,unit,product,tonnes\nK1,2026-09-01,2026-10-01,bf3,pig_iron,145000\n"
    tundish("import", csv_file(tmp_path, keyed))
    before = reports(tundish)
    moved = keyed.replace("2026-09-01,2026-10-01", "2026-10-01,2026-11-01")
    assert tundish("import", csv_file(tmp_path, moved), "--replace").code == 0
    assert reports(tundish) != before
    tundish("import", "undo", "2")
    assert reports(tundish) == before


def test_plans_are_taken_back_too(tundish: Command, tmp_path: Path) -> None:
    plans = "month,unit,product,tonnes\n2026-10,bf3,pig_iron,155000\n"
    tundish("plan", "import", csv_file(tmp_path, plans))
    tundish("plan", "import", csv_file(tmp_path, plans.replace("155", "170") + "2026-09,bf3,pig_iron,1\n", "wrong.csv"))
    tundish("import", "undo", "2", "--by", "Planner")
    shown = tundish("plan", "show").out
    assert "155,000.000" in shown
    assert "2026-09" not in shown.replace("withdrawn", "")


def test_the_import_of_a_closed_month_is_not_taken_back(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, SEPTEMBER))
    tundish("close", "2026-09", "--by", "Chief")
    before = reports(tundish)
    assert "2026-09, whose books are closed" in tundish("import", "undo", "1").err
    assert reports(tundish) == before


@pytest.mark.parametrize("place", ["bf3", "all"])
def test_ten_times_the_usual_is_asked_about_for_units_without_a_target_and_for_totals(
    tundish: Command, tmp_path: Path, place: str
) -> None:
    usual = SEPTEMBER.replace("bf3", place).replace("unit,", "unit,shop,").replace(f"{place},", f"{place},iron,")
    tundish("import", csv_file(tmp_path, usual))
    day = usual.partition("\n")[0] + f"\n2026-10-01,2026-10-02,{place},iron,pig_iron,"
    assert tundish("import", csv_file(tmp_path, day + "40000\n", "large.csv")).code == 0
    far = csv_file(tmp_path, day + "4900000\n", "kilograms.csv")
    refused = tundish("import", far)
    assert refused.code != 0
    assert "over 10 times the usual output of the place" in refused.err
    assert tundish("import", far, "--confirm").code == 0
