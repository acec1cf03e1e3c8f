"""The page of the briefing: months in sentences, each leading to its note and its receipts, and the same as files."""

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.client import HTTPConnection
from typing import Any

import apsw
import pytest
from docx import Document
from playwright.sync_api import Browser

from collector.access.access_file import AccessFile
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger import statements as ledger_statements
from dashboards.web.texts import text
from models.access.user import User, UserRole
from models.stated.figure import Figure
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_sign_in import PASSWORD, as_user, signed_in
from tests.support.browser import page_of

DIRECTOR = User(name="director", full_name="Askar T.", roles=(UserRole.DIRECTOR,))
HALF_YEAR = "/briefing?period=2025-01..2025-06"
HOSTILE = '<img src=x onerror="document.title=1">'
SENTENCE = {
    "en": "Coal mined: up 15 %, from 100 to 115 kt.",
    "ru": "Добыча угля: рост на 15 процентов, с 100 до 115 тыс. т.",
    "kk": "Көмір өндіру: 100-ден 115 мың тоннаға дейін, яғни 15 пайызға өсті.",
}


def measured(config: dict[str, Any]) -> None:
    config["projects"] = [
        {"code": "mill", "names": {"en": f"Mill {HOSTILE}"}, "owner": HOSTILE, "currency": "KZT", "budget": 95000}
    ]


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of a works whose coal of two half-years is stated, and a payment for a project."""
    folder = tmp_path_factory.mktemp("briefing")
    AccessFile(folder / "data").add(DIRECTOR, PASSWORD, "test")
    desk = Desk(folder, edit=measured)
    entries, zone = EntryFile(load(folder / "plant.yaml")), desk.plant.zone

    def state(connection: apsw.Connection) -> None:
        figures = [
            Figure(
                start_ns=stamp_ns(zone, date(year, 1, 1)),
                end_ns=stamp_ns(zone, date(year, 7, 1)),
                shop="all",
                unit="all",
                product="coal_raw",
                grams=tonnes * 10**6,
            )
            for year, tonnes in ((2024, 100_000), (2025, 115_000))
        ]
        ledger_statements.add(connection, figures, [], time.time_ns())
        start = date(2025, 3, 1).toordinal()
        paid = StatedMeasure(
            subject="mill", kind=MeasureKind.PAID, start=start, end=start + 31, value=Decimal(2500), growth_pct=None,
            source=f"Act {HOSTILE}", stated_on=start + 40, author="P.",
        )  # fmt: skip
        ledger_measures.add(connection, [paid], time.time_ns())

    try:
        entries.write(state)
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_director_reads_it_and_gets_from_a_sentence_to_its_receipt(
    language: Language, briefing: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        as_user(page, briefing, "director", f"/report?lang={language}")
        page.click(f".report-files >> text={text('briefing_title', language)}")
        page.wait_for_selector(".briefing h2")
        page.goto(f"{briefing.url}{HALF_YEAR}&lang={language}")
        page.wait_for_selector(".briefing h2")
        said = page.inner_text(".briefing").replace("\xa0", " ")
        assert SENTENCE[language] in said
        assert f"Mill {HOSTILE}" in said
        page.click(".briefing sup a >> nth=0")
        assert page.url.endswith("#note1")
        page.click(".briefing #note1 a >> nth=0")
        page.wait_for_selector(".receipt-page")
        assert "115" in page.inner_text(".receipt-page .actual")
        assert page.title() != "1"
        assert errors == []


def test_months_are_chosen_by_links_and_what_cannot_be_is_told(briefing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, briefing, "director", f"{HALF_YEAR}&lang=en")
        page.wait_for_selector(".briefing h2")
        page.click(f".report-choice >> text={text('briefing_month_alone', 'en')}")
        page.wait_for_selector("h2:has-text('June 2025')")
        assert "No output is counted or stated for these months" in page.inner_text(".briefing")
        page.click(f".report-choice >> text={text('briefing_earlier', 'en')}")
        page.wait_for_selector("h2:has-text('May 2025')")
        for period, words in (
            ("2025-07..2026-06", "more than one year"),
            ("x", "is not a month"),
            ("2150-01", "future"),
        ):
            page.goto(f"{briefing.url}/briefing?period={period}&lang=en")
            page.wait_for_selector(".warning")
            assert words in page.inner_text(".warning")
        page.click(f".report-bar >> text={text('briefing_usual', 'en')}")
        page.wait_for_selector(".briefing h2")


def test_its_files_say_the_same_and_are_for_readers_only(briefing: Desk, tmp_path: Any) -> None:  # noqa: ANN401
    def asked(form: str, cookie: str, period: str = "2025-01..2025-06") -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", briefing.port, timeout=60)
        connection.request("GET", f"/briefing.{form}?period={period}&lang=ru", headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read()

    cookie = f"tundish={signed_in(briefing, 'director')}"
    status, html = asked("html", cookie)
    assert status == 200
    assert SENTENCE["ru"] in html.decode().replace("\xa0", " ")
    assert HOSTILE not in html.decode()
    status, pdf = asked("pdf", cookie)
    assert (status, pdf[:5]) == (200, b"%PDF-")
    status, docx = asked("docx", cookie)
    path = tmp_path / "briefing.docx"
    path.write_bytes(docx)
    assert f"{SENTENCE['ru']} [1]" in [each.text.replace("\xa0", " ") for each in Document(str(path)).paragraphs]
    assert asked("pdf", cookie, "2150-01")[0] == 404
    assert {form: asked(form, "tundish=nobody")[0] for form in ("html", "pdf", "docx")} == {
        "html": 401, "pdf": 401, "docx": 401,
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, briefing: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        as_user(page, briefing, "director", f"{HALF_YEAR}&lang={language}")
        page.wait_for_selector(".briefing h2")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
