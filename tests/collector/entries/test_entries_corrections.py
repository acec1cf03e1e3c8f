"""`tundish correct` and `tundish close`: history is never changed, and can always be read as it was known."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.collector.entries.conftest import Answer, Command
from tests.collector.files.forms import csv_file

FIGURES = "start,end,unit,product,tonnes,status\n"
MONTHS = (
    FIGURES
    + "2025-08-01,2025-09-01,bf3,pig_iron,140000,refined\n"
    + "2026-07-01,2026-08-01,bf3,pig_iron,148000,refined\n"
    + "2026-08-01,2026-09-01,bf3,pig_iron,150000,refined\n"
    + "2026-09-01,2026-10-01,bf3,pig_iron,145000,refined\n"
)
BY = ("--by", "Surveyor", "--reason", "stock survey")


@pytest.fixture
def figures(tundish: Command, tmp_path: Path) -> None:
    assert tundish("import", csv_file(tmp_path, MONTHS)).code == 0


def correct(tundish: Command, tonnes: str, day: str = "2026-08-31", *more: str) -> Answer:
    return tundish(
        "correct",
        "--day",
        day,
        "--shop",
        "iron",
        "--unit",
        "bf3",
        "--product",
        "pig_iron",
        "--tonnes",
        tonnes,
        *BY,
        *more,
    )


def month(tundish: Command, period: str, *more: str) -> dict[str, object]:
    answer = tundish("report", "growth", "--period", period, "--json", *more)
    assert answer.code == 0, answer.err
    found = [row for row in json.loads(answer.out) if row["level"] == "site"]
    return dict(found[0]) if found else {}


@pytest.mark.usefixtures("figures")
def test_an_open_month_takes_a_correction_and_the_log_keeps_it(tundish: Command) -> None:
    answer = correct(tundish, "-1500")
    assert "A1: -1,500.000 t of pig_iron" in answer.out
    assert "concerns 2026-08, booked in 2026-08" in answer.out
    assert month(tundish, "2026-08")["actual_t"] == 148_500
    assert "stock survey" in tundish("correct", "--list").out
    report = tundish("report", "month", "--period", "2026-08").out
    assert "Corrections: A1" in report


@pytest.mark.usefixtures("figures")
def test_a_correction_and_its_inverse_change_no_figure_but_both_stay_in_the_log(tundish: Command) -> None:
    before = tundish("report", "growth", "--period", "2026-07..2026-09", "--json").out
    correct(tundish, "1234.567")
    assert tundish("report", "growth", "--period", "2026-07..2026-09", "--json").out != before
    assert "A2: -1,234.567 t" in tundish("correct", "--undo", "A1", *BY).out
    assert tundish("report", "growth", "--period", "2026-07..2026-09", "--json").out == before
    log = tundish("correct", "--list").out
    assert "A1" in log
    assert "A2" in log
    assert "undone already" in tundish("correct", "--undo", "A1", *BY).err
    assert "there is no adjustment A9" in tundish("correct", "--undo", "A9", *BY).err


@pytest.mark.usefixtures("figures")
def test_a_closed_month_stands_and_the_restated_figure_is_beside_it_with_its_label(
    tundish: Command, tmp_path: Path
) -> None:
    assert "figures stand" in tundish("close", "2026-08", "--by", "Chief").out
    answer = correct(tundish, "3000", "2026-08-31", "--booked", "2026-09")
    assert "closed: its figure stays" in answer.out
    august, september = month(tundish, "2026-08"), month(tundish, "2026-09")
    assert (august["actual_t"], august["as_closed_t"], august["restated_t"]) == (150_000, 150_000, 153_000)
    assert (august["adjustment_t"], august["status"]) == (3000, 2)
    assert (august["yoy_pct"], august["restated_yoy_pct"]) == (7.1, 9.3)
    assert (september["actual_t"], september["restated_t"]) == (148_000, 145_000)
    text = tundish("report", "growth", "--period", "2026-08").out
    assert "as closed" in text
    assert "restated" in text
    refused = tundish("import", csv_file(tmp_path, FIGURES + "2026-08-01,2026-09-01,bf3,pig_iron,151000,refined\n"))
    assert "the books of 2026-08 are closed: post a correction" in refused.err
    booked = correct(tundish, "1", "2026-08-31", "--booked", "2026-08")
    assert "are closed" in booked.err
    assert "closed already" in tundish("close", "2026-08", "--by", "Chief").err
    plan = csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,bf3,pig_iron,5\n", "plan.csv")
    assert "its plan stands" in tundish("plan", "import", plan).err
    repair = ("repair", "add", "--unit", "bf3", "--from", "2026-08-05", "--to", "2026-08-06", "--approved-by", "x")
    assert "its repairs stand" in tundish(*repair).err


@pytest.mark.long
@pytest.mark.usefixtures("figures")
def test_every_report_can_be_read_as_it_was_known_on_an_earlier_instant(tundish: Command, tmp_path: Path) -> None:
    commands = [
        *(("report", kind, "--period", "2026-07..2026-09", "--json") for kind in ("growth", "month")),
        ("report", "day", "--period", "2026-08-31", "--json"),
    ]
    said: list[tuple[str, list[str]]] = []

    def read(*more: str) -> list[str]:
        return [tundish(*command, *more).out for command in commands]

    for change in (
        lambda: correct(tundish, "777"),
        lambda: tundish(
            "plan", "import", csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,bf3,pig_iron,155000\n", "p.csv")
        ),
        lambda: tundish("close", "2026-08", "--by", "Chief"),
        lambda: correct(tundish, "-55"),
        lambda: tundish(
            "import", csv_file(tmp_path, FIGURES + "2026-09-01,2026-10-01,bf3,pig_iron,146000,refined\n", "s.csv")
        ),
    ):
        said.append((datetime.now(UTC).isoformat(), read()))
        change()
    assert len({tuple(answers) for _, answers in said}) >= 4, "the changes were seen"
    for instant, answers in said:
        assert read("--as-known-on", instant) == answers
    assert "is in the future" in tundish(*commands[0], "--as-known-on", "2199-01-01").err


@pytest.mark.usefixtures("figures")
def test_what_cannot_be_corrected_or_closed_is_refused_with_the_reason(tundish: Command) -> None:
    for arguments, words in (
        (("2026-05-05", "5"), "there is no figure of pig_iron"),
        (("2199-01-01", "5"), "in the future"),
        (("2026-08-31", "-150000.001"), "would leave"),
        (("2026-08-31", "0"), "nothing to correct"),
        (("2026-08-31", "1,234"), "decimal point"),
    ):
        day, tonnes = arguments
        assert words in correct(tundish, tonnes, day).err
    assert "cannot book" in correct(tundish, "5", "2026-08-31", "--booked", "2026-07").err
    assert (
        "--by and --reason" in tundish("correct", "--day", "2026-08-31", "--product", "pig_iron", "--tonnes", "5").err
    )
    assert "nothing is known of 2024-01" in tundish("close", "2024-01", "--by", "Chief").err


@pytest.mark.usefixtures("figures")
def test_a_large_correction_is_booked_only_when_it_is_confirmed(tundish: Command) -> None:
    asked = correct(tundish, "9000")
    assert asked.code == 1
    assert "over 3%, and was not booked" in asked.err
    assert month(tundish, "2026-08")["actual_t"] == 150_000
    assert "no adjustments" in tundish("correct", "--list").out
    assert "over 3%" in correct(tundish, "9000", "2026-08-31", "--confirm").out
    assert month(tundish, "2026-08")["actual_t"] == 159_000
    assert "A2" in tundish("correct", "--undo", "A1", *BY).out, "what was confirmed is undone without asking"


@pytest.mark.usefixtures("figures")
def test_the_same_correction_given_twice_is_booked_once(tundish: Command) -> None:
    correct(tundish, "120")
    again = correct(tundish, "120")
    assert again.code == 1
    assert "booked already as A1 (Surveyor: stock survey)" in again.err
    assert month(tundish, "2026-08")["actual_t"] == 150_120
    assert "A2" in correct(tundish, "121").out, "another amount is another correction"
    assert "A3" in correct(tundish, "120", "2026-08-30").out, "and so is another day"
    assert "A4" in correct(tundish, "120", "2026-08-31", "--confirm").out
    tundish("correct", "--undo", "A1", *BY)
    tundish("correct", "--undo", "A4", *BY)
    assert "A7" in correct(tundish, "120").out, "what was undone may be given again"


def test_a_month_with_unknown_days_is_closed_only_on_confirmation(tundish: Command, tmp_path: Path) -> None:
    tundish("import", csv_file(tmp_path, FIGURES + "2026-08-05,2026-08-06,bf3,pig_iron,5000,\n"))
    refused = tundish("close", "2026-08", "--by", "Chief")
    assert "days of which nothing is known, at bf3/pig_iron" in refused.err
    assert tundish("close", "2026-08", "--by", "Chief", "--confirm").code == 0
    assert month(tundish, "2026-08")["as_closed_t"] == 5000


@pytest.mark.usefixtures("figures")
def test_a_month_closed_by_mistake_is_opened_again_and_both_stay_on_record(tundish: Command, tmp_path: Path) -> None:
    assert "figures stand" in tundish("close", "2026-08", "--by", "Chief").out
    while_closed = datetime.now(UTC).isoformat()
    changed = csv_file(tmp_path, FIGURES + "2026-08-01,2026-09-01,bf3,pig_iron,151000,refined\n", "later.csv")
    assert "are closed" in tundish("import", changed).err
    answer = tundish("close", "2026-08", "--reopen", "--by", "Chief", "--reason", "a report was missing")
    assert "2026-08 is open again, by Chief: a report was missing" in answer.out
    assert tundish("import", changed).code == 0
    august = month(tundish, "2026-08")
    assert (august["actual_t"], august["status"]) == (151_000, 1)
    assert "as_closed_t" not in august
    then = month(tundish, "2026-08", "--as-known-on", while_closed)
    assert (then["actual_t"], then["as_closed_t"], then["status"]) == (150_000, 150_000, 2)
    assert "figures stand" in tundish("close", "2026-08", "--by", "Chief").out
    assert month(tundish, "2026-08")["as_closed_t"] == 151_000
    assert "closed already" in tundish("close", "2026-08", "--by", "Chief").err


@pytest.mark.usefixtures("figures")
def test_a_month_of_which_a_unit_with_a_plan_has_nothing_is_not_closed_unasked(
    tundish: Command, tmp_path: Path
) -> None:
    tundish("plan", "import", csv_file(tmp_path, "month,unit,product,tonnes\n2026-08,mine1,coal_raw,9000\n", "p.csv"))
    refused = tundish("close", "2026-08", "--by", "Chief")
    assert "mine1/coal_raw" in refused.err
    assert "--confirm" in refused.err
    assert "figures stand" in tundish("close", "2026-08", "--by", "Chief", "--confirm").out


@pytest.mark.usefixtures("figures")
def test_a_month_is_reopened_by_somebody_for_a_reason_and_only_if_it_is_closed(tundish: Command) -> None:
    reopen = ("close", "2026-08", "--reopen", "--by", "Chief")
    assert "are open: there is nothing to reopen" in tundish(*reopen, "--reason", "why not").err
    assert "give --reason" in tundish(*reopen).err
    assert "give --reopen too" in tundish("close", "2026-08", "--by", "Chief", "--reason", "why not").err
    assert "the books" not in tundish("close", "2026-08", "--by", "Chief").err, "it was not closed by any of these"
