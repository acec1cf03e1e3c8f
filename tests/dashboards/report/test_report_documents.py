"""Printed reports: the same figures in every form and language, nothing invented, nothing that a spreadsheet runs."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import sync_playwright

from dashboards.report import build, forms
from dashboards.report.cells import cell_text, harmless
from dashboards.report.document import Column, Line, ReportDocument, ReportHeader, ReportRow
from dashboards.report.html import to_html
from dashboards.report.texts import TEXTS
from dashboards.report.xlsx import to_xlsx
from models.works.localize import LANGUAGES, Language
from tests.models.tables.test_hour_rows import PLANT
from tests.support.browser import ARGUMENTS, chromium_path

TOTAL: ReportRow = {
    "site": "temirtau",
    "shop": "all",
    "unit": "all",
    "product": "pig_iron",
    "level": "site",
    "period": "2026-08",
    "status": 2,
    "actual_t": 150000.0,
    "as_closed_t": 150000.0,
    "adjustment_t": 3000.0,
    "restated_t": 153000.0,
    "mom_pct": 1.4,
    "yoy_pct": 7.1,
    "restated_yoy_pct": 9.3,
    "restated_ytd_t": 1_200_003.0,
    "ytd_t": 1_200_000.0,
}
DAY: ReportRow = {
    "site": "temirtau",
    "shop": "iron",
    "unit": "bf3",
    "product": "pig_iron",
    "level": "unit",
    "period": "2026-08-20",
    "status": 0,
    "actual_t": 9500.0,
    "target_t": 10000.0,
    "deviation_t": -500.0,
    "attainment_pct": 95.0,
    "month_to_date_t": 190000.0,
    "month_to_date_target_t": 200000.0,
    "month_to_date_due_t": 200000.0,
    "month_target_t": 310000.0,
    "forecast_month_t": 294500.0,
    "required_rate_t_per_day": 10909.1,
    "completeness_pct": 99.5,
}
HEADER = ReportHeader(period="2026-08-20", as_of="2026-08-21 08:00:00", repairs=["BF 3: overhaul"])


def documents(language: Language) -> list[ReportDocument]:
    return [
        build.day_report(PLANT, [DAY], HEADER, language),
        build.month_report(PLANT, [TOTAL], HEADER, language),
        build.growth_report(PLANT, [TOTAL], HEADER, language),
    ]


def test_every_text_is_there_in_all_languages() -> None:
    for key, texts in TEXTS.items():
        assert set(texts) == set(LANGUAGES), key
        assert all(texts.values()), key


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_is_left_in_the_other_languages(language: Language) -> None:
    names = {*PLANT.products, *PLANT.units, *PLANT.shops, *PLANT.site_names.values(), "BF", "overhaul"}
    for document in documents(language):
        text = forms.to_terminal(document, 400)
        words = set(re.findall(r"[A-Za-z]{2,}", text))
        assert words <= {word for name in names for word in re.findall(r"[A-Za-z]+", name)}, words


def test_the_daily_report_has_the_columns_of_the_trade_in_their_order() -> None:
    (document,) = (document for document in documents("ru") if document.title.endswith("Суточный рапорт"))
    assert [column.heading for column in document.columns] == [
        *("Цех, агрегат", "Продукция", "Ед. изм.", "Сутки, план", "Сутки, факт", "Сутки, +/-", "Сутки, %"),
        *("С начала месяца, план", "С начала месяца, факт", "С начала месяца, +/-", "С начала месяца, %"),
        *("Месяц, план", "Месяц, ожидаемое", "Месяц, ожидаемое, 80 %", "Месяц, % плана", "Месяц, требуется в сутки"),
        *("С начала года, план", "С начала года, факт", "С начала года, %", "С начала года, прошлый год"),
        *("С начала года, к прошлому году, %", "Простои, ч, плановые", "Простои, ч, вне плана"),
        *("Причина", "Полнота данных, %", "Пробелы"),
    ]
    cells = document.lines[0].cells
    assert cells[3:7] == [Decimal("10000.0"), Decimal("9500.0"), Decimal("-500.0"), Decimal("95.0")]
    assert (cells[9], cells[10], cells[14]) == (Decimal("-10000.0"), Decimal("95.0"), Decimal("95.0"))
    assert cells[17] is None, "an unknown year to date is no number"


def test_growth_as_closed_has_the_restated_one_beside_it_with_its_label() -> None:
    document = documents("en")[2]
    labels = [line.cells[4] for line in document.lines]
    assert labels == ["as closed", "restated"]
    assert [line.cells[8] for line in document.lines] == [Decimal("7.1"), Decimal("9.3")]
    assert [line.cells[5] for line in document.lines] == [Decimal("150000.0"), Decimal("153000.0")]


def test_a_month_beside_a_corrected_one_shows_its_restated_growth_too() -> None:
    row = {"restated_mom_pct": -1.6, **{key: TOTAL[key] for key in TOTAL if not key.startswith(("as_", "adj", "rest"))}}
    report = build.growth_report(PLANT, [row], HEADER, "en")
    assert [line.cells[4] for line in report.lines] == ["current", "restated"]
    assert [line.cells[5] for line in report.lines] == [Decimal("150000.0")] * 2
    assert [line.cells[6] for line in report.lines] == [Decimal("1.4"), Decimal("-1.6")]


@pytest.mark.parametrize("name", ["day", "month", "growth"])
def test_a_month_that_holds_corrections_of_another_says_so(name: str) -> None:
    make = {"day": build.day_report, "month": build.month_report, "growth": build.growth_report}[name]
    report = make(PLANT, [{**DAY, "booked_for_other_months_t": 120.0}], HEADER, "ru")
    assert any("корректировки других месяцев" in note and "+120,0" in note for note in report.notes)


def test_what_is_not_known_is_said_in_words_and_left_empty_in_csv() -> None:
    day = documents("ru")[0]
    assert "нет данных" in to_html(day)
    rows = list(csv.reader(io.StringIO(forms.to_csv(day).decode("utf-8"))))
    assert rows[1][18] == ""
    assert "0" not in rows[1][18:20]


def test_where_no_day_is_left_nothing_is_required_and_nothing_is_unknown() -> None:
    def required(*lacking: str) -> object:
        day = {key: value for key, value in DAY.items() if key not in lacking}
        document = build.day_report(PLANT, [day], HEADER, "en")
        (at,) = (
            number for number, each in enumerate(document.columns) if each.heading.lower().endswith("required per day")
        )
        return document.lines[0].cells[at]

    assert required() == Decimal("10909.1")
    assert required("required_rate_t_per_day") == "–", "in repair to the end of the month, or its last day"
    assert required("required_rate_t_per_day", "month_target_t") is None
    assert required("required_rate_t_per_day", "month_to_date_t") is None


def test_a_total_without_a_forecast_says_which_units_have_not_reported() -> None:
    total = {key: value for key, value in DAY.items() if key != "forecast_month_t"}
    total |= {"unit": "all", "shop": "all", "level": "site", "forecast_lacks": "bf2, bf3"}
    report = forms.to_terminal(build.day_report(PLANT, [total], HEADER, "ru"), 400)
    names = ", ".join(PLANT.units[code].names["en"] for code in ("bf2", "bf3"))
    assert f"нет данных: {names}" in report


def test_csv_for_spreadsheets_has_its_mark_semicolons_and_decimal_commas() -> None:
    content = forms.to_csv(documents("kk")[0], excel=True)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][4:8] == ["10000,0", "9500,0", "-500,0", "95,0"]
    plain = list(csv.reader(io.StringIO(forms.to_csv(documents("kk")[0]).decode("utf-8"))))
    assert plain[1][4:8] == ["10000.0", "9500.0", "-500.0", "95.0"]


def test_a_spreadsheet_keeps_numbers_as_numbers_and_text_as_text(tmp_path: Path) -> None:
    evil = build.day_report(PLANT, [DAY], replace(HEADER, causes={"bf3": '=HYPERLINK("x")'}), "en")
    (tmp_path / "report.xlsx").write_bytes(to_xlsx(evil))
    sheet = load_workbook(tmp_path / "report.xlsx").active
    assert sheet is not None
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells['=HYPERLINK("x")'].data_type == "s"
    assert cells[9500].number_format == "#,##0.0"
    assert sheet.freeze_panes == "C8"
    assert "'=HYPERLINK" in forms.to_csv(evil).decode()


def test_the_day_says_how_long_a_unit_stood_when_and_by_what() -> None:
    header = replace(HEADER, stops=["BF 3 has stood"], causes={"bf3": "02:14 - 05:20", "all": "no unit"})
    document = build.day_report(PLANT, [{**DAY, "unplanned_stop_h": 3.1}], header, "ru")
    shown = dict(zip((column.heading for column in document.columns), document.lines[0].cells, strict=True))
    assert shown["Простои, ч, вне плана"] == Decimal("3.1")
    assert shown["Причина"] == "02:14 - 05:20"
    assert "Внеплановые простои: BF 3 has stood" in document.notes
    total = build.day_report(PLANT, [{**DAY, "unit": "all", "level": "shop"}], header, "ru").lines[0].cells
    assert "no unit" not in total


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("BF 3") == "BF 3"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.04", "0.0"), ("-0.04", "0.0"), ("0.05", "+0.1"), ("-0.05", "-0.1"), ("12345.6", "+12,345.6")],
)
def test_signed_numbers_are_rounded_once_and_never_a_negative_zero(value: str, shown: str) -> None:
    assert cell_text(Decimal(value), Column("x", 1, signed=True), "en") == shown


@pytest.mark.parametrize("width", [40, 80, 120, 200, 400])
def test_a_narrow_terminal_leaves_columns_out_and_says_so_but_cuts_no_number(width: int) -> None:
    document = build.day_report(PLANT, [{**DAY, "year_to_date_t": 1234567.8}], HEADER, "en")
    text = forms.to_terminal(document, width)
    assert "9,500.0" in text
    assert "\u2026" not in text
    numbers = {"10,000.0", "95.0", "190,000.0", "294,500.0", "10,909.1", "1,234,567.8"}
    said = "No room here" in text
    assert said or all(number in text for number in numbers)
    assert all(len(line) <= max(width, 60) for line in text.splitlines() if line.startswith("\u2502"))
    if width == 400:
        assert not said
        assert all(number in text for number in numbers)


def test_json_keeps_the_names_of_the_tables_and_leaves_out_what_is_not_known() -> None:
    assert json.loads(forms.to_json([TOTAL, DAY])) == [TOTAL, DAY]


def test_a_simulated_works_says_so_in_every_form() -> None:
    simulated = replace(PLANT, simulated=True, site_names={"en": "Works (SIMULATED)"})
    document = build.growth_report(simulated, [TOTAL], HEADER, "kk")
    assert "SIMULATED" in forms.to_terminal(document, 200)
    assert "SIMULATED" in to_html(document)
    assert forms.to_csv(document).decode().splitlines()[1].startswith("Works (SIMULATED)")


def test_the_page_is_whole_without_scripts_and_every_text_is_escaped(tmp_path: Path) -> None:
    odd = ReportHeader(period="2026-08-20", as_of="<now>", dispatcher="<script>alert(1)</script>")
    large = {name: 1_234_567.8 for name, value in DAY.items() if name.endswith("_t") and isinstance(value, float)}
    page = to_html(build.day_report(PLANT, [{**DAY, **large}], replace(odd, causes={"bf3": "a < b & c"}), "ru"))
    assert "<script" not in page
    assert "a &lt; b &amp; c" in page
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        shown = browser.new_page(viewport={"width": 1600, "height": 900})
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(file.as_uri())
        assert shown.inner_text("h1") == "Temirtau: Суточный рапорт"
        assert shown.locator("tbody tr").count() == 1
        assert shown.evaluate("document.documentElement.scrollWidth <= 1600")
        assert asked == [file.as_uri()]
        # A4 landscape less its margins, at 96 dots an inch.
        shown.set_viewport_size({"width": 1047, "height": 718})
        shown.emulate_media(media="print")
        assert shown.evaluate("document.querySelector('table').scrollWidth <= 1047")
        browser.close()


def test_an_empty_report_says_that_nothing_is_known() -> None:
    for make in (build.day_report, build.month_report, build.growth_report):
        document = make(PLANT, [], HEADER, "en")
        assert "No figures are known" in forms.to_terminal(document, 100)
        assert "No figures are known" in to_html(document)


HOSTILE = (
    "<script>owned()</script>",
    '"><img src=x onerror="owned()">',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "bf3\x1b[2J\x00\x07",
    "\u202e999",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_every_field_runs_in_no_form_of_a_report(text: str) -> None:
    line = Line("unit", (text, Decimal("5.0")))
    columns = (Column(text), Column("t", decimals=1))
    document = ReportDocument(text, text, "en", text, [(text, text)], columns, [line], [text], text)
    page = to_html(document)
    assert "<script" not in page
    assert "<img" not in page
    book = load_workbook(io.BytesIO(to_xlsx(document)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    for excel in (False, True):
        sheet = csv.reader(io.StringIO(forms.to_csv(document, excel=excel).decode("utf-8-sig")), delimiter=",;"[excel])
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cells in sheet for cell in cells)
    assert json.loads(forms.to_json([{"unit": text}])) == [{"unit": text}]
