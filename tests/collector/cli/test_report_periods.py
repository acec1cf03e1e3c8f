"""`tundish report` without a period is what people look at in the morning."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.cli.report_periods import usual_period
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]


@pytest.mark.parametrize(
    ("instant", "day", "month", "growth"),
    [
        ("2026-11-28T07:59+05:00", "2026-11-26", "2026-11", "2026-10"),  # the mines' day runs until 08:00
        ("2026-11-28T08:00+05:00", "2026-11-27", "2026-11", "2026-10"),
        ("2026-12-01T05:00+05:00", "2026-11-29", "2026-11", "2026-10"),
        ("2026-12-01T09:00+05:00", "2026-11-30", "2026-11", "2026-11"),
        ("2026-11-30T23:59+05:00", "2026-11-29", "2026-11", "2026-10"),
        ("2027-01-01T12:00+05:00", "2026-12-31", "2026-12", "2026-12"),
    ],
)
def test_a_day_that_is_over_in_every_shop_and_the_last_whole_month(
    works: Path, instant: str, day: str, month: str, growth: str
) -> None:
    entries = EntryFile(load(works))
    now_ns = int(datetime.fromisoformat(instant).astimezone(UTC).timestamp()) * 10**9
    assert [usual_period(entries.plant, kind, now_ns) for kind in ("day", "month", "growth")] == [day, month, growth]


def test_each_report_runs_without_a_period(tundish: Command, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("start,end,unit,product,tonnes\n2026-01-01,2026-02-01,mine1,coal_raw,5000\n", encoding="utf-8")
    assert tundish("import", file).code == 0
    for kind in ("day", "month", "growth", "balance"):
        answer = tundish("report", kind)
        assert answer.code == 0, answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("day", "--period", "0001-01-01"), "is not between 1900 and 2200"),
        (("day", "--period", "9999-12-31"), "is not between 1900 and 2200"),
        (("day", "--period", "2190-01-01"), "is in the future"),
        (("day", "--period", ""), "is not a date"),
        (("balance", "--period", "tomorrow"), "is not a date"),
        (("growth", "--period", "0001-01..9999-12"), "is not between 1900 and 2200"),
        (("growth", "--period", ""), "is not a month"),
        (("day", "--as-known-on", "0001-01-01"), "is not between 1900 and 2200"),
        (("day", "--as-known-on", ""), "is not a date"),
    ],
)
def test_a_period_that_cannot_be_is_one_line(tundish: Command, arguments: tuple[str, ...], words: str) -> None:
    refused = tundish("report", *arguments)
    assert refused.code == 2, refused.out
    assert words in refused.err
    assert len(refused.err.strip().splitlines()) == 1


def test_a_date_may_be_written_with_points_too(tundish: Command, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("start,end,unit,product,tonnes\n2026-01-01,2026-02-01,mine1,coal_raw,5000\n", encoding="utf-8")
    assert tundish("import", file).code == 0
    assert tundish("report", "day", "--period", "31.01.2026", "--json").out == (
        tundish("report", "day", "--period", "2026-01-31", "--json").out
    )
    assert tundish("report", "day", "--period", "31.01.2026").code == 0


def test_a_correction_of_a_year_that_cannot_be_is_one_line(tundish: Command) -> None:
    options = ("--unit", "bf3", "--product", "pig_iron", "--tonnes", "1", "--by", "A", "--reason", "r")
    refused = tundish("correct", "--day", "0001-01-01", *options)
    assert refused.code == 2
    assert "is not between 1900 and 2200" in refused.err
