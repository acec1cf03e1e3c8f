"""The history of alerts as a file: what a spreadsheet shows of it, and what it must never run."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from collector.entries import alerts
from dashboards.web.texts import text
from models.works.localize import LANGUAGES, Language
from tests.collector.alerts.receivers import mail_server
from tests.collector.entries.beside import SLOW, STOP, Beside

Command = Callable[..., Any]
FORMULA = '=HYPERLINK("http://evil.example","look")'


async def a_day(folder: Path, tundish: Command) -> Beside:
    """A furnace stands, is acknowledged with a note that is a formula, and works again; a mine is slow."""
    folder.mkdir(exist_ok=True)
    with mail_server() as box:
        beside = Beside(folder, tundish, box.port)
        await beside.holds(replace(STOP, lost_t=1043.25, evidence=dict.fromkeys(LANGUAGES, FORMULA)), SLOW)
        beside.run("ack", "1", "--by", FORMULA, "--note", FORMULA)
        await beside.holds(SLOW, later_s=3600)
    await beside.ledger.close()
    return beside


def sheets_of(file: Path) -> list[Worksheet]:
    return [sheet for sheet in load_workbook(file).worksheets if isinstance(sheet, Worksheet)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_history_is_a_spreadsheet_with_real_dates_and_numbers_and_no_formula(
    tmp_path: Path, tundish: Command, language: Language
) -> None:
    beside = await a_day(tmp_path / "works", tundish)
    file = tmp_path / "history.xlsx"
    said = beside.run("list", "--xlsx", str(file), "--days", "3660", "--lang", language)
    assert said.strip() == f"written to {file}"
    incidents, record, messages = sheets_of(file)
    assert [sheet.freeze_panes for sheet in (incidents, record, messages)] == ["A2"] * 3
    assert [sheet.title for sheet in (incidents, record, messages)] == [
        text(f"history_{name}", language) for name in ("incidents", "record", "messages")
    ]
    heading = [cell.value for cell in incidents[1]]
    rows = {row[0].value: dict(zip(heading, row, strict=True)) for row in incidents.iter_rows(min_row=2)}
    stop = rows[1]
    # The clocks of the works: it stood since 11:50, and was found to work at 13:00.
    assert stop[text("history_since", language)].value == datetime(2026, 9, 30, 11, 50)  # noqa: DTZ001 - of a sheet
    assert stop[text("history_cleared", language)].value == datetime(2026, 9, 30, 13, 0)  # noqa: DTZ001 - of a sheet
    assert stop[text("history_cleared", language)].is_date
    assert stop[text("history_hours", language)].value == 1.17
    assert stop[text("history_lost", language)].value == 1043.2
    assert rows[2][text("history_hours", language)].value is None, "it lasts"
    cells = [cell for sheet in (incidents, record, messages) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}, "no formula"
    assert sum(cell.value == FORMULA for cell in cells) >= 2, "the text itself stays"


async def test_the_history_as_csv_holds_nothing_that_a_spreadsheet_would_run(tmp_path: Path, tundish: Command) -> None:
    beside = await a_day(tmp_path / "works", tundish)
    file = tmp_path / "history.csv"
    beside.run("list", "--csv", str(file), "--days", "3660")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    assert [row["No."] for row in rows] == ["2", "1"]
    assert rows[1]["Acknowledged by"] == f"'{FORMULA}"
    assert rows[1]["Since"] == "2026-09-30T06:50:00+00:00"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


async def test_too_many_incidents_for_a_file_are_refused_with_the_step_to_take_and_nothing_is_left_out_silently(
    tmp_path: Path, tundish: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = await a_day(tmp_path / "works", tundish)
    monkeypatch.setattr(alerts, "MOST_IN_A_FILE", 1)
    file = tmp_path / "history.xlsx"
    said = beside.run("list", "--xlsx", str(file), "--days", "3660", code=1)
    assert "more than 1 incidents in 3,660 days: ask for fewer days" in said
    assert not file.exists()


async def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path, tundish: Command) -> None:
    beside = await a_day(tmp_path / "works", tundish)
    assert "cannot be written" in beside.run("list", "--xlsx", str(tmp_path / "no" / "where.xlsx"), code=1)
