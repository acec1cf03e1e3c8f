"""Templates of files: filled in, each is read back as it was meant, in every language and form."""

import csv
import io
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from collector.config.load import load
from collector.files.figure_file import read_figures
from collector.files.plan_file import read_plans
from collector.files.result import FileOptions
from collector.files.sheet import read_sheets
from collector.simulation.plant_config import plant_yaml
from dashboards.web.file_templates import FileTemplate, file_template, template_csv, template_xlsx
from models.stated.entry_sheet import AskedSheet, SheetKind, figure_of, sheet_lines, sheet_spans
from models.stated.figure import Figure
from models.works.calendar import production_day
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    """The simulated works, whose mines state their shifts."""
    config: dict[str, Any] = yaml.safe_load(plant_yaml("opc.tcp://127.0.0.1:1"))
    for unit in next(shop for shop in config["shops"] if shop["code"] == "mines")["units"]:
        unit["by_hand"] = ["coal_raw"]
    file = tmp_path_factory.mktemp("plant") / "plant.yaml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load(file).plant


def filled(template: FileTemplate, form: str, language: Language, folder: Path) -> Path:
    """The file with tonnes in each row: 1, 2, 3, ..."""
    path = folder / f"{template.name}.{form}"
    if form == "csv":
        rows = list(csv.reader(io.StringIO(template_csv(template, language).decode("utf-8-sig")), delimiter=";"))
        for number, row in enumerate(rows[1:], start=1):
            row[-1] = str(number)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    else:
        path.write_bytes(template_xlsx(template))
        book = openpyxl.load_workbook(path)
        for number in range(2, book.active.max_row + 1):
            book.active.cell(number, book.active.max_column, number - 1)
        book.save(path)
    return path


def meant(plant: Plant, kind: SheetKind, now_ns: int) -> list[Figure]:
    """What sheets of the desk state at the same places and times."""
    found = []
    for shop in plant.shops.values():
        today = production_day(shop.calendar, now_ns).toordinal()
        asked = AskedSheet(kind, shop.code, today)
        asked = asked.after if kind is SheetKind.PLANS else asked.before
        for line in sheet_lines(plant, asked, ()):
            found += [figure_of(asked, line, span_ns) for span_ns in sheet_spans(shop.calendar, asked)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", SheetKind)
def test_a_template_that_is_filled_in_states_what_the_sheet_of_the_desk_would(
    kind: SheetKind, form: str, language: Language, plant: Plant, tmp_path: Path
) -> None:
    now_ns = time.time_ns()
    template = file_template(plant, kind, list(plant.shops), now_ns, language)
    path = filled(template, form, language, tmp_path)
    options = FileOptions(file=path.name, confirm=True)
    wanted = meant(plant, kind, now_ns)
    assert len(wanted) > 2
    if kind is SheetKind.PLANS:
        plans = read_plans(read_sheets(path), plant, options)
        assert [item.told("en") for item in plans.rejections] == []
        assert [(each.entry.shop, each.entry.unit, each.entry.product) for each in plans.entries] == [
            (figure.shop, figure.unit, figure.product) for figure in wanted
        ]
        assert {each.entry.month for each in plans.entries} == {
            AskedSheet(kind, "mines", production_day(plant.shops["mines"].calendar, now_ns).toordinal()).after.days[0]
        }
        return
    read = read_figures(read_sheets(path), plant, options, now_ns)
    assert [item.told("en") for item in read.rejections] == []
    assert [
        (each.entry.shop, each.entry.unit, each.entry.product, each.entry.basis, each.entry.start_ns, each.entry.end_ns)
        for each in read.entries
    ] == [(figure.shop, figure.unit, figure.product, figure.basis, figure.start_ns, figure.end_ns) for figure in wanted]
    assert [each.entry.grams for each in read.entries] == [10**6 * n for n in range(1, len(wanted) + 1)]


def test_a_template_of_ones_own_shops_has_no_others(plant: Plant) -> None:
    template = file_template(plant, SheetKind.SURVEYS, ["mines"], time.time_ns(), "en")
    assert {row[template.columns.index("shop")] for row in template.rows} == {plant.shops["mines"].names["en"]}


def test_a_template_as_it_is_handed_out_states_nothing(plant: Plant, tmp_path: Path) -> None:
    template = file_template(plant, SheetKind.SHIFTS, list(plant.shops), time.time_ns(), "ru")
    path = tmp_path / "empty.xlsx"
    path.write_bytes(template_xlsx(template))
    assert read_figures(read_sheets(path), plant, FileOptions(file=path.name), time.time_ns()).entries == []
