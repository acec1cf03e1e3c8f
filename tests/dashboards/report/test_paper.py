"""Reports on paper: the works first, no heading twice, lines to sign, and PDF of A4 with every letter and figure."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import ImageChops

from dashboards.report import build, forms
from dashboards.report.cells import cell_text
from dashboards.report.document import ReportDocument, ReportRow
from dashboards.report.html import to_html
from dashboards.report.pdf import to_pdf
from dashboards.report.span_report import span_report
from dashboards.report.texts import report_text
from models.works.localize import LANGUAGES, Language
from models.works.span import SpanKind, span_holding
from tests.dashboards.report.test_report_documents import DAY, HEADER, documents
from tests.models.tables.test_hour_rows import PLANT

MANY = 45
"""Rows: more than fit on one sheet."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_stands_twice_in_a_report(language: Language) -> None:
    for document in documents(language):
        headings = [column.heading for column in document.columns]
        assert len(set(headings)) == len(headings)


def test_the_totals_of_the_works_come_first_and_a_shop_before_its_units() -> None:
    shop: ReportRow = {**DAY, "level": "shop", "unit": "all", "shop": "iron"}
    rows = [DAY, {**DAY, "unit": "bf2"}, shop, {**DAY, "level": "site", "unit": "all", "shop": "all"}]
    document = build.day_report(PLANT, rows, HEADER, "en")
    assert [line.level for line in document.lines] == ["site", "shop", "unit", "unit"]


def test_who_signs_stands_below_the_figures_on_paper() -> None:
    day, month, growth = documents("ru")
    assert list(day.signatures) == ["Диспетчер", "Начальник производства", "Директор"]
    assert list(month.signatures) == list(growth.signatures) == ["Плановый отдел", "Начальник производства", "Директор"]
    assert "<div class=signed><span>Диспетчер</span>" in to_html(day)


def test_a_column_that_says_nothing_takes_no_room_on_paper_and_stays_in_files() -> None:
    day = documents("en")[0]
    assert "Cause" not in to_html(day)
    assert "Cause" in forms.to_csv(day).decode()
    assert "Cause" in to_html(build.day_report(PLANT, [DAY], replace(HEADER, causes={"bf3": "02:14 - 05:20"}), "en"))


def large_day(language: Language, rows: int = MANY) -> ReportDocument:
    """A day of numbers as large as they get, with causes, of a simulated works."""
    large = {name: 1_234_567.8 for name, value in DAY.items() if name.endswith("_t") and isinstance(value, float)}
    more = {"year_to_date_t": 12_345_678.9, "ytd_target_t": 12_345_678.9, "ytd_prev_year_t": 11_345_678.9}
    stops = {"planned_stop_h": 12.0, "unplanned_stop_h": 3.5, "ytd_pct": 8.8, "gaps": 2}
    day = {**DAY, **large, **more, **stops}
    plant = replace(PLANT, simulated=True, site_names={"en": "Temirtau", "kk": "Теміртау: әғқңөұүһі ӘҒҚҢӨҰҮҺІ"})
    header = replace(HEADER, causes={"bf3": "02:14 - 05:20, follows from BF 2; 06:00 - 07:30"})
    return build.day_report(plant, [{**day, "period": f"2026-08-{n:02d}"} for n in range(rows)], header, language)


def texts(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request: pytest.FixtureRequest) -> Iterator[tuple[ReportDocument, pypdfium2.PdfDocument]]:
    """A day of many rows and its PDF."""
    document = large_day(request.param)
    pdf = pypdfium2.PdfDocument(to_pdf(document))
    yield document, pdf
    pdf.close()


def test_every_figure_and_every_word_stands_in_the_pdf(
    printed: tuple[ReportDocument, pypdfium2.PdfDocument],
) -> None:
    document, pdf = printed
    text = "".join("".join(texts(pdf)).split())
    for line in document.lines[:2]:
        for value, column in zip(line.cells, document.columns, strict=True):
            shown = "".join(cell_text(value, column, document.language).split())
            assert text.count(shown) >= MANY or not shown, (column.heading, shown)
    assert all("".join(note.split()) in text for note in document.notes)
    assert all("".join(who.split()) in text for who in document.signatures)


def test_every_sheet_is_a4_across_with_the_headings_and_says_whose_figures_they_are(
    printed: tuple[ReportDocument, pypdfium2.PdfDocument],
) -> None:
    document, pdf = printed
    pages = texts(pdf)
    assert 2 <= len(pages) <= 5
    for number, (page, text) in enumerate(zip(pdf, pages, strict=True), start=1):
        assert [round(side) for side in page.get_size()] == [842, 595]
        assert report_text("page_of", document.language).format(page=number, pages=len(pages)) in text
        assert document.title in text
        assert document.simulated in text
    for text in pages[:-1]:
        assert report_text("group_ytd", document.language) in text
        assert report_text("place", document.language) in text


def test_every_letter_is_embedded_and_none_is_missing(printed: tuple[ReportDocument, pypdfium2.PdfDocument]) -> None:
    document, pdf = printed
    letters = 0
    for page in pdf:
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3):
            assert pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item.raw)) == 1
            letters += 1
    assert letters > MANY
    text = "".join(texts(pdf))
    assert "\ufffd" not in text
    assert document.language != "kk" or "әғқңөұүһі ӘҒҚҢӨҰҮҺІ" in text


def test_nothing_is_cut_at_the_edges_and_no_column_lies_over_the_next(
    printed: tuple[ReportDocument, pypdfium2.PdfDocument],
) -> None:
    _, pdf = printed
    for page in pdf:
        image = page.render(scale=2).to_pil().convert("L")
        box = ImageChops.invert(image).getbbox()
        edge = round(8 / 25.4 * 72 * 2)
        assert box is not None
        assert edge <= box[0]
        assert edge <= box[1]
        assert box[2] <= image.width - edge
        assert box[3] <= image.height - edge // 2
        # Words that lie over each other share points; a cell that leaves its column would lie over the next one.
        rectangles = page.get_textpage()
        found = [rectangles.get_rect(at) for at in range(rectangles.count_rects())]
        for number, one in enumerate(found):
            for other in found[number + 1 :]:
                wide = min(one[2], other[2]) - max(one[0], other[0])
                high = min(one[3], other[3]) - max(one[1], other[1])
                assert wide < 1 or high < 1.5, (one, other)


def test_a_small_report_is_one_sheet_with_its_lines_to_sign() -> None:
    for document in [large_day("ru", rows=12), *documents("kk")]:
        pages = texts(pypdfium2.PdfDocument(to_pdf(document)))
        assert len(pages) == 1
        assert report_text("sign_director", document.language) in pages[0]


def test_a_report_of_nothing_says_so_and_nobody_signs_it() -> None:
    (page,) = texts(pypdfium2.PdfDocument(to_pdf(build.day_report(PLANT, [], HEADER, "ru"))))
    assert report_text("no_rows", "ru") in page
    assert "Директор" not in page


def test_a_hostile_text_is_a_text_on_paper_too() -> None:
    header = replace(HEADER, dispatcher="<b>\x1b[2J\u202e999\x00{nb}", causes={"bf3": "A" * 400})
    (page,) = texts(pypdfium2.PdfDocument(to_pdf(build.day_report(PLANT, [DAY], header, "en"))))
    assert "<b>" in page
    assert "\x1b" not in page


QUARTER: ReportRow = {
    **{name: value for name, value in DAY.items() if not name.startswith(("month", "forecast", "required"))},
    "due_t": 10000.0,
    "part_7_t": 5000.0,
    "part_8_t": 4400.0,
    "in_no_part_t": 100.0,
    "prev_year_t": 9000.0,
    "yoy_pct": 5.6,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quarter_has_its_months_and_what_is_in_none_of_them_with_the_reason(language: Language) -> None:
    span = span_holding(SpanKind.QUARTER, 739_850)
    assert span.text == "2026-Q3"
    document = span_report(PLANT, span, [QUARTER], HEADER, language)
    headings = [column.heading for column in document.columns]
    assert len(set(headings)) == len(headings)
    shown = dict(zip((column.title for column in document.columns), document.lines[0].cells, strict=True))
    assert float(str(shown[report_text("not_split", language)])) == 100.0
    assert report_text("not_split_note", language) in document.notes
    assert shown["Sep 2026" if language == "en" else "09.2026"] is None, "a month of which nothing is known"
    plain = {name: value for name, value in QUARTER.items() if name != "in_no_part_t"}
    assert report_text("not_split", language) not in to_html(span_report(PLANT, span, [plain], HEADER, language))
