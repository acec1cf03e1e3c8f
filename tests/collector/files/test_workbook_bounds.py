"""A small workbook that unpacks to a large one is refused before it takes memory or time."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from collector.errors import UnreadableFile
from collector.files.sheet import read_sheets
from tests.collector.files.damaged import SHEET, workbook

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
LEAST_MEMORY = 50_000_000


def with_large_part(path: Path, part: str, pieces: Iterable[str]) -> Path:
    """A sound workbook with one part that is written piece by piece."""
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w") as file:
            for piece in pieces:
                file.write(piece.encode())
    return path


def sheet(*rows: str, after: str = "", before: str = "") -> list[str]:
    return [f"<worksheet {NAMESPACE}>{before}<sheetData>", *rows, f"</sheetData>{after}</worksheet>"]


WIDE = [f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 1000)]
BOMBS = {
    "cells": (SHEET, sheet(*WIDE), "more than 2,500,000 cells"),
    "merged cells": (
        SHEET,
        sheet(*["<row><c/></row>"] * 60, after='<mergeCell ref="A1:XFD1048576"/>' * 100_000),
        "more than 2,500,000 merged cells",
    ),
    "columns": (SHEET, sheet(before='<cols><col min="1" max="16384" hidden="1"/></cols>' * 20_000), "columns"),
    "texts": (TEXTS, [f"<sst {NAMESPACE}>", *["<si><t/></si>" * 1000] * 1001, "</sst>"], "more than 2,000,000 texts"),
    "styles": (
        STYLES,
        [f"<styleSheet {NAMESPACE}><cellXfs>", *["<xf/>" * 1000] * 301, "</cellXfs></styleSheet>"],
        "300,000",
    ),
    "bytes": (SHEET, ["<worksheet>", *[" " * 1_000_000] * 151, "</worksheet>"], "more than 150,000,000 bytes"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_of_much_content_is_refused_in_little_time_and_memory(name: str, tmp_path: Path) -> None:
    part, pieces, words = BOMBS[name]
    file = with_large_part(tmp_path / "bomb.xlsx", part, pieces)
    assert file.stat().st_size < 400_000
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(UnreadableFile, match=words):
            read_sheets(file)
        assert tracemalloc.get_traced_memory()[1] < LEAST_MEMORY
    finally:
        tracemalloc.stop()
    assert time.monotonic() - began < 60


def test_two_far_cells_are_two_cells(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    dimension = '<dimension ref="A1:XFD1048576"/>'
    file = with_large_part(tmp_path / "far.xlsx", SHEET, sheet(rows, before=dimension))
    (found,) = read_sheets(file).sheets
    assert [number for number, _ in found.rows] == [1, 1_048_576]


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector.files.zip_bounds.MOST_SECONDS", -1.0)
    (tmp_path / "slow.xlsx").write_bytes(workbook())
    with pytest.raises(UnreadableFile, match="seconds of reading"):
        read_sheets(tmp_path / "slow.xlsx")
