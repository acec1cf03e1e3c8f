"""What a reading tells of a file: codes of refusals, what was read and what was not, and texts for all of it."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.config.load import load
from collector.errors import UnreadableFile
from collector.files.figure_file import read_figures
from collector.files.heading import Sense, heading_of
from collector.files.places import KnownName, NamedPlace
from collector.files.refusal import REFUSAL_TEXTS, RefusalCode
from collector.files.result import FileOptions, FileResult, SheetState
from collector.files.sheet import column_letters, read_sheets
from collector.files.words import Word
from models.stated.figure import Figure
from models.works.plant import Plant
from tests.collector.files.damaged import workbook
from tests.collector.files.forms import csv_file
from tests.collector.files.workbooks import workbook_file

PLANT = Path(__file__).resolve().parents[2] / "cases" / "forms" / "plant.yaml"
NOW_NS = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 10**9
HEADER = "start;end;unit;product;tonnes\n"


@pytest.fixture(scope="module")
def plant() -> Plant:
    return load(PLANT).plant


def read(plant: Plant, file: Path) -> FileResult[Figure]:
    return read_figures(read_sheets(file), plant, FileOptions(file.name), NOW_NS)


def test_every_reason_has_its_sentence() -> None:
    assert set(REFUSAL_TEXTS) == set(RefusalCode)


def test_a_reading_tells_what_was_read_and_what_was_not(plant: Plant, tmp_path: Path) -> None:
    described = {
        "sheets": {
            "Days": [
                ["Report", None, None, None, None, None, None],
                ["start", "end", "unit", "product", "План, т", "Факт, т", "Foreman"],
                ["01.10.2025", "02.10.2025", "mine1", "coal_raw", 6000, 5000, "Anna"],
                ["02.10.2025", "03.10.2025", "mine1", "coal_raw", 6000, 5100, None],
                ["03.10.2025", "04.10.2025", "mine2", "coal_raw", 6000, 3000, None],
            ],
            "Notes": [["by Anna"]],
            "Old": [["x"]],
        },
        "hidden_rows": [4],
        "hidden_sheets": ["Old"],
    }
    result = read(plant, workbook_file(tmp_path / "days.xlsx", described))
    told = result.reading
    assert (told.file, told.kind, told.encoding, told.rows) == ("days.xlsx", "XLSX", "", 2)
    assert {sheet.name: sheet.state for sheet in told.sheets} == {
        "Days": SheetState.READ,
        "Notes": SheetState.NOTES,
        "Old": SheetState.HIDDEN,
    }
    days = next(sheet for sheet in told.sheets if sheet.name == "Days")
    assert (days.header_row, days.rows, list(days.hidden_rows)) == (2, 2, [4])
    columns = {column.letters: (column.field, column.left, column.content) for column in days.columns}
    assert columns["E"] == ("", "plan", True)
    assert columns["F"] == ("tonnes", "", True)
    assert columns["G"] == ("", "", True)
    assert told.places == (NamedPlace("mines", "mine1", "coal_raw"), NamedPlace("mines", "mine2", "coal_raw"))
    assert told.span == (date(2025, 10, 1), date(2025, 10, 3))


def test_a_csv_file_tells_how_it_was_taken(plant: Plant, tmp_path: Path) -> None:
    text = "начало\tконец\tшахта\tпродукция\tтонны\n01.10.2025\t02.10.2025\tmine1\tУголь\t5\n"
    told = read(plant, csv_file(tmp_path, text, encoding="cp1251")).reading
    assert (told.kind, told.encoding, told.delimiter) == ("CSV", "Windows-1251", "\t")


@pytest.mark.parametrize(
    ("row", "code", "cell", "parameters"),
    [
        (
            "2025-10-01;2025-10-02;bf9;coal_raw;5",
            RefusalCode.MISSPELT_NAME,
            "C2",
            {"value": "bf9", "near": KnownName("bf3", {"en": "BF 3", "ru": "ДП-3", "kk": "ДП-3"})},
        ),
        ("2025-10-01;2025-10-02;mine1;coal_raw;-5", RefusalCode.NUMBER_NEGATIVE, "E2", {"value": "-5"}),
        ("2025-10-01;soon;mine1;coal_raw;5", RefusalCode.NOT_A_MOMENT, "B2", {"value": "soon"}),
        ("2025-10-01;2025-10-02;mine1;coal_raw;", RefusalCode.CELL_EMPTY, "E2", {"field": Word("tonnes")}),
        ("2025-10-01;2025-10-02;mine1;coal_raw;5;5", RefusalCode.MORE_CELLS, "", {"cells": 6, "columns": 5}),
        ("2026-10-01;2026-10-02;mine1;coal_raw;5", RefusalCode.IN_FUTURE, "B2", {}),
    ],
)
def test_a_refusal_is_a_code_with_its_place_and_parameters(
    plant: Plant, tmp_path: Path, row: str, code: RefusalCode, cell: str, parameters: dict[str, object]
) -> None:
    (rejection,) = read(plant, csv_file(tmp_path, HEADER + row + "\n")).rejections
    assert (rejection.refusal.code, rejection.cell, rejection.row) == (code, cell, 2)
    told = rejection.refusal.parameters
    assert {name: told[name] for name in parameters} == parameters


def test_a_file_that_is_refused_whole_has_a_code_too(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_sheets(csv_file(tmp_path, "start;end\n", encoding="utf-16").rename(tmp_path / "f.xlsx"))
    assert error.value.refusal.code is RefusalCode.NOT_A_WORKBOOK


@pytest.mark.parametrize(
    ("text", "sense", "unit"),
    [
        ("план, т", Sense.PLAN, "t"),
        ("План добычи (тыс. т)", Sense.PLAN, "kt"),
        ("Факт", Sense.FACT, None),
        ("Добыча факт, т", Sense.FACT, "t"),
        ("Нақты, мың т", Sense.FACT, "kt"),
        ("Output, kt", Sense.OUTPUT, "kt"),
        ("tonnes", Sense.AMOUNT, None),
    ],
)
def test_the_words_of_a_heading_tell_plan_from_fact(text: str, sense: Sense, unit: str | None) -> None:
    heading = heading_of(text)
    assert heading is not None
    assert (heading.field, heading.sense, heading.unit) == ("tonnes", sense, unit)


@pytest.mark.parametrize("text", ["Факт с начала месяца, т", "План/факт, %", "Номер", "№", "Выполнение плана", ""])
def test_other_headings_are_no_tonnes_and_no_key(text: str) -> None:
    assert heading_of(text) is None


@given(st.integers(0, 16_383))
def test_columns_have_the_letters_that_spreadsheets_give_them(column: int) -> None:
    from openpyxl.utils import get_column_letter

    assert column_letters(column) == get_column_letter(column + 1)


def test_whatever_bytes_of_a_workbook_are_damaged_it_is_read_or_refused(tmp_path: Path) -> None:
    chance, sound = random.Random(15), workbook()
    for number in range(150):
        content = bytearray(sound)
        for _ in range(chance.choice((1, 4, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file = tmp_path / f"{number}.{chance.choice(('xlsx', 'ods', 'xls', 'csv'))}"
        file.write_bytes(content)
        try:
            for sheet in read_sheets(file).sheets:
                list(sheet.rows)
        except UnreadableFile as error:
            assert len(str(error).splitlines()) == 1  # noqa: PT017 - most are refused, and some by luck are not
