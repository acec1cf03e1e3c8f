"""The page of what stops cost: figures and words are the command's, nothing is cut, refusals have reasons."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from collector.storage.ledger.why import AskedWhy, read_losses
from dashboards.report.why.losses_document import LossReport, loss_document, loss_notes
from dashboards.web.losses_view import losses_view
from dashboards.web.texts import text
from models.stated.stop_reason import USUAL_REASONS, StopPart, StopStatement
from models.why.loss_texts import loss_text
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of
from tests.support.why_works import OCTOBER, PRODUCT, Changed, end_ns, fill, hour_of, octobers

pytestmark = pytest.mark.long

DATES = "from=2026-10-01&to=2026-10-31"
SHORT_MS = 60_000
RANKINGS = ("unit", "cause", "shift", "weekday")


def state_quality(config: dict[str, Any]) -> None:
    """One furnace has all that an OEE needs, one a nameplate alone, one nothing."""
    units = {unit["code"]: unit for shop in config["shops"] for unit in shop["units"]}
    for code, nameplate_t in (("bf3", 5400.0), ("bf4", 2100.0)):
        units[code]["nameplate_t_per_day"] = {PRODUCT: nameplate_t}
    units["bf3"] |= {"quality_ratio": {PRODUCT: 0.985}, "quality_source": "laboratory, mean of 2025"}


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose furnaces stood three times in an October: with a reason, without one, and for want of sinter."""
    desk = Desk(tmp_path_factory.mktemp("stopped"), edit=state_quality)
    try:
        assert desk.ledger is not None
        spans = (("bf3", 12, 9, 15), ("bf4", 15, 2, 5), ("bf3", 20, 20, 23))
        stood = [
            (unit, hour_of(desk.plant, OCTOBER[0] + day, first), hour_of(desk.plant, OCTOBER[0] + day, end))
            for unit, day, first, end in spans
        ]
        said = [StopStatement(0, "bf3", stood[0][1], (StopPart(stood[0][1], USUAL_REASONS[0].code),), "chief")]
        done(fill(desk.ledger, desk.plant, octobers(desk.plant, 7), Changed(stands=stood, said=said)))
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def report_of(desk: Desk) -> LossReport:
    """As the command has it."""
    assert desk.ledger is not None
    asked = AskedWhy(days=OCTOBER, base=OCTOBER, products=[PRODUCT], reasons=USUAL_REASONS, now_ns=end_ns(desk.plant))
    found = desk.ledger.read(lambda connection: read_losses(connection, desk.plant, asked))
    return LossReport(plant=desk.plant, days=OCTOBER, products=found, reasons=USUAL_REASONS, as_of="")


def opened(desk: Desk, page: Page, language: Language, given: str = f"product={PRODUCT}&{DATES}") -> Page:
    page.goto(f"{desk.url}/losses?{given}&lang={language}")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_gets_from_stops_to_the_losses_and_their_figures_are_those_of_the_command(
    language: Language, stopped: Desk, browser: Browser
) -> None:
    report = report_of(stopped)
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{stopped.url}/stops?lang={language}")
        page.click(f".stops-page >> text={text('losses_link', language)}")
        page.wait_for_url("**/losses?lang=*")
        opened(stopped, page, language)
        page.wait_for_selector("[data-ranking=weekday] canvas", timeout=SHORT_MS)
        said = page.inner_text(f"[data-losses={PRODUCT}]")
        for sentence in (*loss_notes(report, report.products[0], language), loss_text("method", language)):
            assert sentence in said
        view = losses_view(report, language)
        assert view is not None
        assert view.total in said
        assert "(laboratory, mean of 2025)" in said
        oee = [line[-1].shown for line in view.rankings[0].lines]
        assert sorted(bool(shown) for shown in oee) == [False, False, True]
        assert [ranking.by for ranking in view.rankings] == list(RANKINGS)
        for ranking in view.rankings:
            lines = page.locator(f"[data-ranking={ranking.by}] tbody tr")
            cells = [lines.nth(number).locator("td").all_inner_texts() for number in range(lines.count())]
            assert cells == [[cell.shown for cell in line] for line in ranking.lines]
        names = [line.cells[2] for line in loss_document(report, language).lines if line.level == "unit"]
        assert [line[0].shown for ranking in view.rankings for line in ranking.lines] == names
        page.click("[data-ranking=unit] tbody a >> nth=0")
        page.wait_for_url("**/unit/bf3?lang=*")
        assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, stopped: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(stopped, page, language)
        page.wait_for_selector("[data-ranking=weekday] canvas", timeout=SHORT_MS)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            assert violations(page, language) == [], theme


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "given",
    [
        "product=pig_iron&from=2098-10-01&to=2098-10-31",
        "product=pig_iron&from=31.10.2026",
        "product=pig_iron&from=2026-10-31&to=2026-10-01",
        "product=%3Cimg%20src=x%3E",
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_reason(
    language: Language, given: str, stopped: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        opened(stopped, page, language, given)
        page.wait_for_selector(".losses-page .warning", timeout=SHORT_MS)
        assert len(page.inner_text(".losses-page .warning")) > 20
        assert page.locator("canvas").count() == 0


def test_units_that_nobody_watched_are_named_and_nothing_is_ranked(stopped: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(stopped, page, "en", f"product=coal_raw&{DATES}")
        page.wait_for_selector(".month-words, .not-known", timeout=SHORT_MS)
        said = page.inner_text("[data-losses=coal_raw]")
        assert "not in the ranking" in said
        assert stopped.plant.units["mine1"].name("en") in said
        assert page.locator("canvas").count() == 0


def test_a_reader_chooses_other_days_and_another_product(stopped: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(stopped, page, "en")
        page.wait_for_selector("[data-ranking=weekday] canvas", timeout=SHORT_MS)
        page.fill("input[type=date] >> nth=0", "2026-10-13")
        page.fill("input[type=date] >> nth=1", "2026-10-13")
        page.click(f"text={text('losses_show', 'en')}")
        page.wait_for_url("**from=2026-10-13&to=2026-10-13*")
        page.wait_for_selector("[data-ranking=weekday] canvas", timeout=SHORT_MS)
        assert "Stops: 1; stood 6.0 h" in page.inner_text(f"[data-losses={PRODUCT}]")
        page.click(f".products >> text={stopped.plant.products['coal_raw'].name('en')}")
        page.wait_for_url("**product=coal_raw&from=2026-10-13*")
