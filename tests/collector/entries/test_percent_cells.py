"""A number whose cell is shown as percent is taken as people see it: the file holds 0.07 where they see 7 %."""

from pathlib import Path

import openpyxl

from tests.collector.entries.conftest import Command, tundish, works
from tests.collector.entries.test_measures import known, stating
from tests.collector.files.workbooks import ods_file

__all__ = ["stating", "tundish", "works"]


def test_a_cell_that_is_shown_as_percent_is_taken_as_people_see_it(
    stating: Command, works: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["indicator", "period", "value", "growth", "source", "published"])
    book.active.append(["output", "2025-01", 3200, 0.07, "BNS", "2025-02-15"])
    book.active.append(["output", "2025-02", 3300, 0.115, "BNS", "2025-03-15"])
    book.active.append(["output", "2025-03", 3400, 7, "BNS", "2025-04-15"])
    for cell, number_format in (("D2", "0%"), ("D3", "0.0 %"), ("D4", '0.0" %"')):
        book.active[cell].number_format = number_format
    path = tmp_path / "growth.xlsx"
    book.save(path)
    assert stating("indicator", "import", path).code == 0
    assert [f"{each.growth_pct:f}" for each in known(works)] == ["7", "11.5", "7"]
    book = openpyxl.Workbook()
    book.active.append(["project", "month", "paid", "physical_pct", "source", "published"])
    book.active.append(["mill", "2025-01", 0.5, 0.455, "Act", "2025-02-15"])
    book.active["C2"].number_format = book.active["D2"].number_format = "0.00%"
    book.save(path)
    refused = stating("project", "import", path).err.replace("\n", " ")
    assert "the cell is formatted as percent and shows 50 %, and paid is none" in refused
    book.active["C2"].number_format = "General"
    book.save(path)
    assert stating("project", "import", path).code == 0
    assert [f"{each.value:f}" for each in known(works) if each.subject == "mill"] == ["0.5", "45.5"]


def test_a_percent_of_an_ods_file_is_taken_as_people_see_it(stating: Command, works: Path, tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    head = "".join(map(cell, ("indicator", "period", "value", "growth", "source", "published")))
    numbers = (
        '<table:table-cell office:value-type="float" office:value="3200"><text:p>3200</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.07"><text:p>7%</text:p></table:table-cell>'
    )
    row = "".join((cell("output"), cell("2025-01"), numbers, cell("BNS"), cell("2025-02-15")))
    table = f'<table:table table:name="A"><table:table-row>{head}</table:table-row><table:table-row>{row}'
    file = ods_file(tmp_path / "growth.ods", f"{table}</table:table-row></table:table>")
    assert stating("indicator", "import", file).code == 0
    assert [f"{each.growth_pct:f}" for each in known(works)] == ["7"]
