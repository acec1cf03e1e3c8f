"""`tundish report` of a shift, ten days, a quarter and a year, and as PDF."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.cli.report_periods import usual_period
from collector.config.load import load
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]

MONTHS = "start,end,unit,product,tonnes\n2025-01-01,2025-02-01,mine1,coal_raw,4000\n" + "".join(
    f"2026-{month:02d}-01,2026-{month + 1:02d}-01,mine1,coal_raw,{5000 + month}.125\n" for month in range(1, 7)
)


@pytest.fixture
def stated(tundish: Command, tmp_path: Path) -> Command:
    """Half a year of months, and one day by its days."""
    file = tmp_path / "figures.csv"
    file.write_text(MONTHS + "2026-07-01,2026-07-02,mine1,coal_raw,150\n", encoding="utf-8")
    assert tundish("import", file).code == 0
    return tundish


def site(command: Command, kind: str, period: str) -> dict[str, object]:
    rows = json.loads(command("report", kind, "--period", period, "--json").out)
    (row,) = (row for row in rows if row["level"] == "site" and row["product"] == "coal_raw")
    return dict(row)


def test_months_make_the_quarter_and_quarters_the_year(stated: Command) -> None:
    quarter = site(stated, "quarter", "2026-Q1")
    assert (quarter["part_1_t"], quarter["part_2_t"], quarter["part_3_t"]) == (5001.125, 5002.125, 5003.125)
    assert quarter["actual_t"] == 15006.375
    assert "in_no_part_t" not in quarter
    year = site(stated, "year", "2026")
    assert (year["part_1_t"], year["part_2_t"]) == (15006.375, 15015.375)
    assert year["actual_t"] == 15006.375 + 15015.375 + 150


def test_a_month_that_was_stated_as_one_is_in_none_of_its_ten_days_and_is_said_to_be(
    stated: Command, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("month,unit,product,tonnes\n2026-06,mine1,coal_raw,6000\n", encoding="utf-8")
    assert stated("plan", "import", plan).code == 0
    ten_days = site(stated, "ten-days", "2026-06-30")
    assert ten_days["period"] == "2026-06-21..2026-06-30"
    assert (ten_days["month_to_date_t"], ten_days["in_no_part_t"]) == (5006.125, 5006.125)


def test_a_day_is_in_its_ten_days(stated: Command) -> None:
    assert site(stated, "ten-days", "2026-07-05")["actual_t"] == 150


def test_the_same_span_of_last_year_stands_beside_it(stated: Command) -> None:
    month = site(stated, "month", "2026-01")
    assert (month["prev_year_t"], month["yoy_pct"]) == (4000, 25.0)


@pytest.mark.parametrize(
    ("instant", "shift"),
    [
        ("2026-11-28T07:59+05:00", "2026-11-27/1"),  # the second shift of the mines runs until 08:00
        ("2026-11-28T08:00+05:00", "2026-11-27/2"),
        ("2026-11-28T19:59+05:00", "2026-11-27/2"),
        ("2026-11-28T20:00+05:00", "2026-11-28/1"),
    ],
)
def test_the_shift_that_is_meant_has_ended_in_every_shop(works: Path, instant: str, shift: str) -> None:
    now_ns = int(datetime.fromisoformat(instant).astimezone(UTC).timestamp()) * 10**9
    assert usual_period(load(works).plant, "shift", now_ns) == shift


@pytest.mark.parametrize("kind", ["shift", "day", "ten-days", "month", "quarter", "year", "growth"])
def test_every_report_is_written_as_pdf_and_spreadsheet_without_a_period(
    kind: str, stated: Command, tmp_path: Path
) -> None:
    for form, begin in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        file = tmp_path / f"report.{form}"
        assert stated("report", kind, f"--{form}", "--out", file, "--lang", "kk").code == 0
        assert file.read_bytes().startswith(begin)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("shift", "--period", "2026-01-01"), "is not a shift"),
        (("shift", "--period", "2026-01-01/0"), "is not a shift"),
        (("shift", "--period", "2026-01-01/3"), "the number of the shift, 1 to 2"),
        (("shift", "--period", "2190-01-01/1"), "is in the future"),
        (("ten-days", "--period", "2026-13-01"), "is not"),
        (("quarter", "--period", "2026-Q5"), "is not a quarter"),
        (("quarter", "--period", "2190-Q1"), "is in the future"),
        (("year", "--period", "26"), "is not a year"),
        (("year", "--period", "9999"), "is not between 1900 and 2200"),
        (("year", "--pdf"), "a PDF needs a file: give --out report.pdf"),
        (("year", "--pdf", "--xlsx", "--out", "x"), "exclude each other"),
    ],
)
def test_what_cannot_be_is_one_line(tundish: Command, arguments: tuple[str, ...], words: str) -> None:
    refused = tundish("report", *arguments)
    assert refused.code == 2, refused.out
    assert words in refused.err
    assert len(refused.err.strip().splitlines()) == 1


def test_it_is_said_in_the_language_that_was_asked_for(tundish: Command) -> None:
    assert "не квартал" in tundish("report", "quarter", "--period", "x", "--lang", "ru").err
    assert "жыл емес" in tundish("report", "year", "--period", "x", "--lang", "kk").err
