"""What an import asks about before it is believed: amounts far off the usual, plans too, and files one by one."""

from pathlib import Path

import pytest
import yaml

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

FIGURES = "start,end,shop,unit,product,tonnes\n"
PLANS = "month,shop,unit,product,tonnes\n"
DROPS = Path(__file__).resolve().parents[2] / "cases" / "drops" / "plant.yaml"


def plan(tonnes: str, month: str = "2026-10", place: str = "iron,bf3") -> str:
    return PLANS + f"{month},{place},pig_iron,{tonnes}\n"


def test_a_plan_is_shown_beside_the_plan_and_the_output_before_it(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-09-01,2026-10-01,,bf3,pig_iron,144000\n"))
    tundish("plan", "import", csv_file(tmp_path, plan("150000", "2026-09")))
    said = tundish("plan", "import", csv_file(tmp_path, plan("155000"))).out
    assert "Pig iron, units: 155,000.0 | plan before, as many days: 155,000.0" in said
    assert "output of last month, as many days: 148,800.0" in said
    said = tundish("plan", "import", csv_file(tmp_path, plan("155001")), "--lang", "ru").out
    assert "прежний план, столько же суток" in said


@pytest.mark.parametrize("slip", ["1550000", "15500", "155", "155000000"])
def test_a_plan_of_ten_times_or_a_tenth_of_the_plan_before_is_asked_about(
    tundish: Command, tmp_path: Path, slip: str
) -> None:
    tundish("plan", "import", csv_file(tmp_path, plan("150000", "2026-09")))
    asked = tundish("plan", "import", csv_file(tmp_path, plan(slip)))
    assert asked.code == 1
    assert "10 times or more away from the usual 155,000.0 t" in asked.err
    assert "2026-10" not in tundish("plan", "show").out
    assert tundish("plan", "import", csv_file(tmp_path, plan(slip)), "--confirm").code == 0


def test_what_is_usual_of_a_first_plan_is_the_output_or_the_rest_of_the_file(tundish: Command, tmp_path: Path) -> None:
    months = [f"2026-0{number},iron,bf3,pig_iron,{150_000 + number}\n" for number in range(1, 9)]
    year = csv_file(tmp_path, PLANS + "".join(months).replace("150005", "1500050"))
    asked = tundish("plan", "import", year)
    assert "row 6: 1,500,050.0 t in 2026-05" in asked.err
    assert asked.err.count("the usual") == 1
    two = csv_file(tmp_path, plan("155000") + "2026-11,iron,bf3,pig_iron,150\n")
    assert tundish("plan", "import", two).err.count("the usual") == 2, "nobody knows which of two is the slip"
    tundish("import", csv_file(tmp_path, FIGURES + "2026-09-01,2026-10-01,,bf3,pig_iron,144000\n"))
    assert "the usual 148,800.0 t" in tundish("plan", "import", csv_file(tmp_path, plan("155"))).err


def test_a_plan_of_a_shop_that_its_units_do_not_come_to_is_told(tundish: Command, tmp_path: Path) -> None:
    units = PLANS + "2026-10,mines,mine1,coal_raw,30000\n2026-10,mines,mine2,coal_raw,20000\n"
    assert (
        "look:" not in tundish("plan", "import", csv_file(tmp_path, units + "2026-10,mines,all,coal_raw,50000\n")).out
    )
    said = tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-10,mines,all,coal_raw,55000\n")).out
    assert (
        "look: the total mines/all coal_raw 2026-10, 55,000.000 t is not what its parts come to: 50,000.000 t" in said
    )


def test_the_amounts_of_a_first_month_are_held_against_what_counters_can_show(tundish: Command, tmp_path: Path) -> None:
    plant = tmp_path / "counted" / "plant.yaml"
    plant.parent.mkdir()
    document = yaml.safe_load(DROPS.read_text(encoding="utf-8"))
    for shop in document["shops"]:
        for unit in shop["units"]:
            unit.pop("daily_target_t", None)
    plant.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    day = "start,end,unit,product,tonnes\n2026-10-01,2026-10-02,mine1,coal_raw,{}\n"
    for tonnes, words in (("4900000", "at its greatest rate"), ("4.9", "less than one part in 100")):
        asked = tundish("import", csv_file(tmp_path, day.format(tonnes)), "--plant", plant)
        assert asked.code == 1
        assert words in asked.err
    assert tundish("import", csv_file(tmp_path, day.format("4900")), "--plant", plant).code == 0


def test_thousands_of_tonnes_taken_for_tonnes_are_asked_about(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-09-01,2026-10-01,,bf3,pig_iron,144000\n"))
    small = csv_file(tmp_path, FIGURES + "2026-10-01,2026-10-02,,bf3,pig_iron,4.9\n")
    assert "less than one part in 100 of the usual" in tundish("import", small).err
    part = csv_file(tmp_path, FIGURES + "2026-10-01,2026-10-02,,bf3,pig_iron,480\n")
    assert tundish("import", part).code == 0, "a tenth is the last day before a repair"
    hour = csv_file(tmp_path, FIGURES + "2026-10-02T08:00,2026-10-02T09:00,,bf3,pig_iron,1\n")
    assert tundish("import", hour).code == 0, "an hour may well have little"


def test_every_file_of_several_is_tried_and_told(tundish: Command, tmp_path: Path) -> None:
    good = [
        csv_file(tmp_path, FIGURES + f"2026-10-0{day},2026-10-0{day + 1},,bf3,pig_iron,4800\n", f"day-{day}.csv")
        for day in (1, 3)
    ]
    bad = csv_file(tmp_path, FIGURES + "2026-10-02,2026-10-03,,bf3,pig_iron,4800\nx,,,,,\n", "bad.csv")
    damaged = csv_file(tmp_path, "PK", "damaged.xlsx")
    answer = tundish("import", good[0], bad, damaged, good[1])
    assert answer.code == 1
    assert answer.out.count("new 1") == 2
    assert "bad.csv: nothing was imported" in answer.err
    assert "damaged.xlsx is not a valid XLSX file" in answer.err
    assert "refused: 2 of 4 files, bad.csv, damaged.xlsx" in answer.err
    assert "4,800" not in tundish("report", "day", "--period", "2026-10-02").out, "nothing of a refused file is in"
    again = tundish("import", good[0], tmp_path / "gone.csv", good[1], "--withdraw")
    assert again.code == 1
    assert again.out.count("figures withdrawn: 1") == 2


def test_what_is_no_number_of_an_import_is_told_in_the_language(tundish: Command) -> None:
    answer = tundish("import", "undo", "abc", "--lang", "ru")
    assert (answer.code, answer.err) == (2, "tundish: abc — не номер импорта: смотрите tundish import list\n")


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_reports_write_dates_as_people_of_the_language_do(tundish: Command, tmp_path: Path, language: str) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-09-01,2026-10-01,,bf3,pig_iron,144000\n"))
    change = ("--day", "2026-09-30", "--shop", "iron", "--unit", "bf3", "--product", "pig_iron", "--tonnes", "5")
    tundish("correct", *change, "--by", "A", "--reason", "r")
    repair = ("--unit", "bf3", "--from", "2026-09-30 08:00", "--to", "2026-09-30 12:00", "--approved-by", "x")
    tundish("repair", "add", *repair)
    for kind, period in (("day", "2026-09-30"), ("month", "2026-09"), ("growth", "2026-08..2026-09")):
        said = tundish("report", kind, "--period", period, "--lang", language).out
        assert "2026-09" not in said
        assert "09.2026" in said
