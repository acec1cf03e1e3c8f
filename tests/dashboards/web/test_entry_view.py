"""A sheet in words: numbers as they are typed and read, and every text escaped."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboards.web.entry_message import MOST_CELLS, typed_sheet
from dashboards.web.entry_page import entry_path, grid_html
from dashboards.web.entry_view import Entering, grid_view, tonnes, typed_text
from models.access.entry_desk import EntrySheet, SheetCell, SheetRow
from models.access.user import User, UserRole
from models.stated.entry_sheet import PLANNED, AskedSheet, SheetKind, SheetLine, figure_of, sheet_lines, sheet_spans
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant
from tests.collector.files.forms import paper_plant

CLERK = User(name="<b>'\"clerk", full_name="", roles=(UserRole.CLERK,))
SHEET = AskedSheet(SheetKind.SHIFTS, "mines", date(2026, 10, 15).toordinal())
HOSTILE = "<img src=x onerror='window.owned = 1'>\"&"


def sheet_of(plant: Plant, grams: int | None) -> EntrySheet:
    spans = sheet_spans(plant.shops["mines"].calendar, SHEET)
    rows = []
    for line in sheet_lines(plant, SHEET, ()):
        cells = [
            SheetCell(
                id=line.cell_id(column),
                span_ns=span_ns,
                standing=None if grams is None else replace(figure_of(SHEET, line, span_ns), grams=grams),
                version=2**62 + column,
                begun=column == 0,
            )
            for column, span_ns in enumerate(spans)
        ]
        rows.append(SheetRow(line=line, cells=tuple(cells), before=(None, 5 * 10**8), usual=None, target=None))
    return EntrySheet(SHEET, tuple(rows), closed=False)


@pytest.mark.parametrize(
    ("grams", "language", "typed", "read"),
    [
        (512_345_000, "en", "512.345", "512.345"),
        (1_234_500_000, "en", "1234.5", "1,234.5"),
        (1_234_500_000, "ru", "1234,5", "1\u00a0234,5"),
        (5_000_000_000, "kk", "5000", "5\u00a0000"),
        (1, "en", "0.000001", "0.000001"),
        (0, "ru", "0", "0"),
    ],
)
def test_tonnes_are_exact_and_can_be_typed_back(grams: int, language: Language, typed: str, read: str) -> None:
    assert typed_text(grams, language) == typed
    assert tonnes(grams, language) == read


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_unit_a_product_or_a_user_is_taken_for_html(language: Language, tmp_path: Path) -> None:
    plant = paper_plant(tmp_path)
    names = dict.fromkeys(LANGUAGES, HOSTILE)
    plant = replace(
        plant,
        units={code: replace(unit, names=names) for code, unit in plant.units.items()},
        products={code: replace(product, names=names) for code, product in plant.products.items()},
        shops={code: replace(shop, names=names) for code, shop in plant.shops.items()},
    )
    of = Entering(plant, CLERK, 0, language)
    html = grid_html(grid_view(sheet_of(plant, 10**9), of), SHEET, of)
    assert "<img" not in html
    assert "<b>" not in html
    assert html.count("<input") == 4
    assert html.count(" readonly") == 2, "of a shift that has not begun nothing can be said"
    assert f'data-seen="{2**62}"' in html


def test_a_column_of_which_nothing_is_known_takes_no_room(tmp_path: Path) -> None:
    plant = paper_plant(tmp_path)
    of = Entering(plant, CLERK, 0, "en")
    html = grid_html(grid_view(sheet_of(plant, None), of), SHEET, of)
    assert "Day before" in html
    assert "Last 30" not in html
    assert "Due a day" not in html


def test_a_sheet_of_a_month_has_one_address_whatever_its_day() -> None:
    first, last = (AskedSheet(SheetKind.PLANS, "mines", date(2026, 10, day).toordinal()) for day in (1, 31))
    assert entry_path(first) == entry_path(last) == "/entry?sheet=plans&shop=mines&day=2026-10-01"
    assert last.after.days[0] == date(2026, 11, 1).toordinal()


def test_a_shop_plans_what_its_units_make_and_its_total(tmp_path: Path) -> None:
    asked = AskedSheet(SheetKind.PLANS, "iron", SHEET.day)
    assert sheet_lines(paper_plant(tmp_path), asked, ()) == [
        SheetLine("bf3", "pig_iron", PLANNED),
        SheetLine("all", "pig_iron", PLANNED),
    ]


GOOD = {"request": "0" * 32, "note": "", "cells": [["mine1/coal_raw//0", "5", "0"]]}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {**GOOD, "more": 1},
        {**GOOD, "request": "x"},
        {**GOOD, "note": 5},
        {**GOOD, "cells": [["a", "b"]]},
        {**GOOD, "cells": [["a", "b", "-1"]]},
        {**GOOD, "cells": [["a", "b" * 1000, "0"]]},
        {**GOOD, "cells": [["a", "b", "0"]] * (MOST_CELLS + 1)},
    ],
)
def test_what_the_script_would_not_send_is_not_believed(sent: object) -> None:
    assert typed_sheet(GOOD, SHEET, "en").cells[0].text == "5"
    with pytest.raises(ValueError, match=r"."):
        typed_sheet(sent, SHEET, "en")
