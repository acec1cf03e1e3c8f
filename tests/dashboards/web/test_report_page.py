"""The reports of every span on the desk: chosen, read, printed and taken along, in the reader's language."""

import io
import time
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from collector.entries.entry_texts import entry_text
from models.works.localize import LANGUAGES, Language
from models.works.span import SpanKind, span_holding
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.reporting_desk import reporting, today_of, tundish
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["reporting"]

SHOWN = ".report table"


def opened_report(page: Page, desk: Desk, query: str) -> Page:
    page.goto(f"{desk.url}/report?{query}")
    page.wait_for_selector(SHOWN)
    return page


def asked(desk: Desk, kind: SpanKind) -> str:
    """The address of the span of that kind that holds yesterday."""
    yesterday = today_of(desk.plant).toordinal() - 1
    return f"{kind.value}={span_holding(kind, yesterday, 2).text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_on_the_widest_report_and_axe_finds_nothing(
    language: Language, reporting: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened_report(page, reporting, f"{asked(reporting, SpanKind.DAY)}&lang={language}")
        assert page.get_attribute("html", "lang") == language
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        assert violations(page) == []
        page.select_option("select.theme", "dark")
        assert violations(page) == []


def test_every_span_is_shown_without_an_error_of_the_browser(reporting: Desk, browser: Browser) -> None:
    titles = {
        SpanKind.TEN_DAYS: "Онкүндік есеп",
        SpanKind.MONTH: "Айлық жоспардың орындалуы",
        SpanKind.QUARTER: "Тоқсандық есеп",
        SpanKind.YEAR: "Жылдық есеп",
    }
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        for kind, title in titles.items():
            opened_report(page, reporting, f"{asked(reporting, kind)}&lang=kk")
            assert title in page.inner_text(".report h2")
            assert page.locator(".report tbody tr").count() > 20
        assert errors == []


def test_the_reader_goes_from_span_to_span_and_from_day_to_day(reporting: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        day = today_of(reporting.plant) - timedelta(days=1)
        opened_report(page, reporting, "lang=ru")
        assert day.strftime("%d.%m.%Y") in page.inner_text(".report dl"), "the last completed day, if none is asked for"
        page.get_by_role("link", name="Квартал").click()
        page.wait_for_selector(".report h2:has-text('Квартальный отчёт')")
        assert f"quarter={day.year}-Q{(day.month + 2) // 3}" in page.url
        page.get_by_role("link", name="Раньше").click()
        page.wait_for_function(f"!location.search.includes('{day.year}-Q{(day.month + 2) // 3}')")
        page.wait_for_selector(SHOWN)
        page.get_by_role("link", name="Сутки", exact=True).last.click()
        page.wait_for_selector(".report h2:has-text('Суточный рапорт')")
        before = (day - timedelta(days=40)).isoformat()
        page.fill(".report-date", before)
        page.wait_for_url(f"**/report?day={before}&lang=ru")
        page.wait_for_selector(SHOWN)
        page.get_by_role("link", name="Смена").click()
        page.wait_for_url(f"**/report?shift={before}/1&lang=ru")


def test_what_is_to_come_is_not_offered(reporting: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened_report(page, reporting, f"year={today_of(reporting.plant).year}&lang=en")
        assert page.get_by_role("link", name="After").count() == 0
        assert page.get_by_role("link", name="Before").count() == 1


REFUSED = {
    "day=2190-01-01": {"en": "is in the future", "ru": "это ещё впереди", "kk": "әлі басталған жоқ"},
    "shift=2026-01-01/9": {"en": "is not a shift", "ru": "не смена", "kk": "ауысым емес"},
    "quarter=<b>": {"en": "'<b>' is not a quarter", "ru": "'<b>' - не квартал", "kk": "'<b>' - тоқсан емес"},
}


@pytest.mark.parametrize("query", REFUSED)
def test_a_span_that_cannot_be_is_told_with_the_way_to_one_that_can(
    query: str, reporting: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        for language in LANGUAGES:
            page.goto(f"{reporting.url}/report?{quote(query, safe='=/')}&lang={language}")
            page.wait_for_selector(".warning")
            assert REFUSED[query][language] in page.inner_text(".warning")
            assert page.locator(".report-files a").get_attribute("href") == f"/report?lang={language}"
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{reporting.url}/report.pdf?{quote(query, safe='=/')}&lang=ru")  # noqa: S310 - http://127.0.0.1
        assert refused.value.code == 404
        assert REFUSED[query]["ru"] in refused.value.read().decode()


def test_the_files_have_the_figures_of_the_page_and_of_the_command(reporting: Desk, browser: Browser) -> None:
    query = f"{asked(reporting, SpanKind.MONTH)}&lang=ru"
    with page_of(browser) as page:
        opened_report(page, reporting, query)
        cells = [cell.replace("\u00a0", " ") for cell in page.locator(".report tbody td").all_inner_texts()]
        with page.expect_download() as pdf:
            page.get_by_role("link", name="PDF для печати").click()
        with page.expect_download() as xlsx:
            page.get_by_role("link", name="Excel").click()
        files = [each.value.path().read_bytes() for each in (pdf, xlsx)]
    assert pdf.value.suggested_filename == f"report-{asked(reporting, SpanKind.MONTH)[6:]}.pdf"
    document = pypdfium2.PdfDocument(files[0])
    printed = " ".join(" ".join(each.get_textpage().get_text_bounded() for each in document).split())
    numbers = [cell for cell in cells if cell[-1:].isdigit() and ":" not in cell]
    assert len(numbers) > 200
    assert [number for number in numbers if number not in printed.replace("\u00a0", " ")] == []
    sheet = load_workbook(io.BytesIO(files[1])).active
    assert sheet is not None
    values = {cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)}
    assert {float(number.replace(" ", "").replace(",", ".")) for number in numbers} <= values
    month = asked(reporting, SpanKind.MONTH).partition("=")[2]
    told = tundish(reporting, "report", "month", "--period", month, "--lang", "ru", "--html")
    assert all(f">{number}<" in told.replace("\u00a0", " ") for number in numbers)


def test_the_other_pages_answer_while_a_report_is_made(reporting: Desk, browser: Browser) -> None:
    """Of a fresh span nothing is kept; the first page is asked for in the middle of its making."""
    with page_of(browser) as page, page_of(browser) as other:
        other.goto(f"{reporting.url}/growth?lang=en")
        page.goto(f"{reporting.url}/report?year={today_of(reporting.plant).year - 1}&lang=kk", wait_until="commit")
        page.wait_for_selector(".report-state:has-text('Есеп жасалуда')")
        begun = time.monotonic()
        urlopen(f"{reporting.url}/growth").read()  # noqa: S310 - http://127.0.0.1
        assert time.monotonic() - begun < 5
        page.wait_for_selector(SHOWN)
        assert page.is_hidden(".report-state")


def test_on_paper_the_page_is_the_report_alone_on_sheets_of_a4_across(reporting: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened_report(page, reporting, f"{asked(reporting, SpanKind.DAY)}&lang=ru")
        page.select_option("select.theme", "dark")
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert [round(side) for side in document[0].get_size()] == [842, 595]
        texts = [each.get_textpage().get_text_bounded() for each in document]
        assert "Суточный рапорт" in texts[0]
        assert "Начальник производства" in texts[-1]
        assert all("PDF для печати" not in text and text.strip() for text in texts)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1047, "height": 718})
        assert page.evaluate("document.querySelector('.report table').scrollWidth") <= 1047
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.report')).backgroundColor") == "rgb(255, 255, 255)"
        )


def test_a_works_without_a_ledger_is_told_what_to_do(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    desk = Desk(tmp_path_factory.mktemp("empty"), ledger=False)
    try:
        desk.wait()
        with page_of(browser) as page:
            page.goto(f"{desk.url}/report?day={date(2026, 1, 5)}&lang=ru")
            page.wait_for_selector(".warning")
            assert page.inner_text(".warning") == entry_text("no_ledger", file=desk.folder / "data/ledger.db").told(
                "ru"
            )
    finally:
        desk.end()
