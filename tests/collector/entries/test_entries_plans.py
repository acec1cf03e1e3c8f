"""`tundish plan` and `tundish repair`: targets follow the newest word, and older ones stay known."""

import json
from datetime import date
from pathlib import Path

from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file

PLANS = "month,site,shop,unit,product,tonnes\n"
FIGURES = "start,end,unit,product,tonnes\n"


def day(tundish: Command, period: str) -> dict[str, object]:
    answer = tundish("report", "day", "--period", period, "--json")
    assert answer.code == 0, answer.err
    (row,) = (row for row in json.loads(answer.out) if row["unit"] == "bf3")
    return dict(row)


def test_a_plan_is_shaped_into_days_and_its_revisions_stay_known(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,4800\n"))
    first = tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,155000\n"), "--by", "Anna")
    assert "new 1," in first.out
    assert day(tundish, "2026-08-05")["attainment_pct"] == 96.0
    again = tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,155000\n"))
    assert "new 0, the same 1" in again.out
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,148800\n"), "--by", "Berik")
    row = day(tundish, "2026-08-05")
    assert (row["target_t"], row["attainment_pct"], row["month_target_t"]) == (4800, 100.0, 148800)
    shown = tundish("plan", "show").out
    assert "148,800.000" in shown
    assert "155,000.000" not in shown
    revisions = tundish("plan", "show", "--revisions").out
    assert "155,000.000" in revisions
    assert "Anna" in revisions
    days = tundish("plan", "show", "--days", "--month", "2026-08").out
    assert days.count("4,800.000") == 3 * 31, "of the unit, its shop and the site"
    assert "148,800.000" in days


def test_capacity_that_a_project_adds_moves_no_target_until_a_planner_states_a_plan(
    tundish: Command, works: Path, tmp_path: Path
) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,4800\n"))
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,155000\n"))
    before = day(tundish, "2026-08-05")
    works.write_text(
        works.read_text(encoding="utf-8")
        + "\nprojects:\n  - {code: mill, names: {en: Mill}, owner: A. B., currency: KZT, "
        + "adds_capacity: {product: pig_iron, t_per_year: 1500000, from_date: 2026-08-01}}\n",
        encoding="utf-8",
    )
    assert "1,500 kt a year" in tundish("report", "briefing", "--period", "2026-08").out.replace("\xa0", " ")
    assert day(tundish, "2026-08-05") == before
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,186000\n"))
    assert day(tundish, "2026-08-05")["target_t"] == 6000


def test_a_withdrawn_plan_takes_its_targets_with_it(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,4800\n"))
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,155000\n"))
    assert tundish("plan", "withdraw", "2026-08", "--unit", "bf3", "--product", "pig_iron").code == 0
    assert not {"target_t", "attainment_pct", "month_target_t", "deviation_t"} & day(tundish, "2026-08-05").keys()
    refused = tundish("plan", "withdraw", "2026-08", "--unit", "bf3", "--product", "pig_iron")
    assert refused.code == 1
    assert "there is no plan" in refused.err


def test_a_planned_day_that_nobody_reported_says_so_by_absence(tundish: Command, tmp_path: Path) -> None:
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,155000\n"))
    row = day(tundish, "2026-08-05")
    assert row["target_t"] == 5000
    assert "actual_t" not in row
    text = tundish("report", "day", "--period", "2026-08-05").out
    assert "no data" in text


def test_a_repair_moves_the_plan_to_the_days_that_are_left(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,0\n"))
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,150000\n"))
    added = tundish(
        *("repair", "add", "--unit", "bf3", "--from", "2026-08-05", "--to", "2026-08-06"),
        *("--kind", "capital", "--approved-by", "Chief", "--by", "Anna"),
    )
    assert "R1: capital repair of bf3" in added.out
    row = day(tundish, "2026-08-05")
    assert (row["target_t"], row["planned_stop_h"]) == (0, 24)
    assert "Chief" in tundish("repair", "list").out
    assert "Repairs: BF 3: overhaul" in tundish("report", "day", "--period", "2026-08-05").out
    assert tundish("repair", "withdraw", "R1").code == 0
    assert day(tundish, "2026-08-05")["planned_stop_h"] == 0
    assert "no repairs" in tundish("repair", "list").out
    assert "there is no repair R1" in tundish("repair", "withdraw", "R1").err


def test_required_rate_and_attainment_follow_the_worked_example(tundish: Command, tmp_path: Path) -> None:
    # Plan 310,000, actual 190,000 on day 20 of 31, uniform: 95.0 % to date, required 10,909.1 t/d, forecast 294,500.
    rows = "".join(
        f"{date(2026, 8, number)},{date(2026, 8, number + 1)},bf3,pig_iron,9500\n" for number in range(1, 21)
    )
    tundish("import", csv_file(tmp_path, FIGURES + rows))
    tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,iron,bf3,pig_iron,310000\n"))
    row = day(tundish, "2026-08-20")
    assert (row["month_to_date_t"], row["month_to_date_target_t"]) == (190_000, 200_000)
    assert (row["required_rate_t_per_day"], row["forecast_month_t"]) == (10_909.1, 294_500.0)
    report = tundish("report", "day", "--period", "2026-08-20", "--csv").out
    assert report.count(",95.0,") >= 3, "of the day, of month to date, of the forecast"


def test_bad_words_are_answered_in_sentences(tundish: Command, tmp_path: Path) -> None:
    assert "does not exist yet" in tundish("plan", "show", "--days").err
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,1\n"))
    assert "--days needs a month" in tundish("plan", "show", "--days").err
    assert "is not a month" in tundish("plan", "show", "--month", "soon").err
    assert (
        "did you mean BF 3 (bf3)"
        in tundish(
            "repair", "add", "--unit", "bf4", "--from", "2026-08-05", "--to", "2026-08-06", "--approved-by", "x"
        ).err
    )
    assert (
        "not after its start"
        in tundish(
            "repair", "add", "--unit", "bf3", "--from", "2026-08-05", "--to", "2026-08-05", "--approved-by", "x"
        ).err
    )
    refused = tundish("plan", "import", csv_file(tmp_path, PLANS + "2026-08,,mines,mine1,coal_raw,99999\n"))
    assert "--confirm" in refused.err
    plan = csv_file(tmp_path, PLANS + "2026-08,,mines,mine1,coal_raw,99999\n")
    confirmed = tundish("plan", "import", plan, "--confirm")
    assert "new 1," in confirmed.out
