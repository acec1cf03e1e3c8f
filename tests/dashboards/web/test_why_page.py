"""The page that says why output changed: its words are those of the command, each part opens, nothing is cut."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboards.web.texts import text
from models.why.change_part import ChangePart
from models.why.sentences import why_sentences
from models.why.why_texts import why_text
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of
from tests.support.why_works import OCTOBER, Changed, fill, hour_of, octobers, split_in

pytestmark = pytest.mark.long

DATES = "from=2026-10-01&to=2026-10-31&base_from=2025-10-01&base_to=2025-10-31"
SHORT_MS = 60_000


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with two Octobers of the furnaces; in the later one a furnace stood, and a day was not watched."""
    desk = Desk(tmp_path_factory.mktemp("grown"))
    try:
        assert desk.ledger is not None
        day = OCTOBER[0] + 11
        stood = [("bf3", hour_of(desk.plant, day, 9), hour_of(desk.plant, day, 15))]
        stood += [("bf3", hour_of(desk.plant, day + n, 2), hour_of(desk.plant, day + n, 2 + n)) for n in range(1, 7)]
        unwatched = frozenset(hour_of(desk.plant, OCTOBER[0] + 4, hour) for hour in range(24))
        changed = Changed(stands=stood, cause_unit="bf2", unwatched=unwatched)
        done(fill(desk.ledger, desk.plant, octobers(desk.plant, 7), changed))
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def address(desk: Desk, language: Language, given: str = f"product=pig_iron&{DATES}") -> str:
    return f"{desk.url}/why?{given}&lang={language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_gets_from_growth_to_the_split_its_words_and_what_makes_up_a_part(
    language: Language, grown: Desk, browser: Browser
) -> None:
    assert grown.ledger is not None
    found = split_in(grown.ledger, grown.plant)
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{grown.url}/growth?lang={language}")
        page.click(f"[data-growth=pig_iron] [data-field=yoy_pct] >> text={text('why_link', language)}")
        page.wait_for_url(f"**/why?product=pig_iron&{DATES}&lang={language}")
        page.wait_for_selector("[data-why=pig_iron] canvas", timeout=SHORT_MS)
        shown = page.inner_text("[data-why=pig_iron]")
        for sentence in why_sentences(grown.plant, found.found, language):
            assert sentence in shown
        assert page.locator(".why-part").count() == len(found.found.parts)
        part = page.locator(f"[data-part={ChangePart.STOPS_UPSTREAM.value}]")
        part.locator("summary").first.focus()
        page.keyboard.press("Enter")
        opened = part.inner_text().replace("\xa0", " ")
        assert why_text("stops_upstream", language) in opened
        assert grown.plant.units["bf3"].name(language) in opened
        assert why_text("line_after", language).format(unit=grown.plant.units["bf2"].name(language)) in opened
        # All seven stops stand below the five that fit.
        assert why_text("and_more", language).format(count=2) in opened
        part.locator("details summary").click()
        assert part.locator("details li").count() == 7
        part.locator("a").first.click()
        page.wait_for_url("**/receipt?shop=blast_furnaces&unit=bf3&product=pig_iron&from=2026-10-01&to=2026-10-31*")
        assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, grown: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(address(grown, language))
        page.wait_for_selector("[data-why=pig_iron] canvas", timeout=SHORT_MS)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            assert violations(page, language) == [], theme


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "given",
    [
        "product=pig_iron&from=2026-10-01&to=2026-10-31&base_from=2026-10-15&base_to=2026-11-05",
        "product=pig_iron&from=2098-10-01&to=2098-10-31&base_from=2025-10-01&base_to=2025-10-31",
        "product=pig_iron&from=31.10.2026",
        "product=pig_iron&from=2026-10-31&to=2026-10-01&base_from=2025-10-01&base_to=2025-10-31",
        "product=%3Cimg%20src=x%3E",
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_reason(
    language: Language, given: str, grown: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        page.goto(address(grown, language, given))
        page.wait_for_selector(".why-page .warning", timeout=SHORT_MS)
        assert len(page.inner_text(".why-page .warning")) > 20
        assert page.locator("canvas").count() == 0


def test_a_product_of_which_nothing_is_known_says_so(grown: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(address(grown, "en", f"product=coal_raw&{DATES}"))
        page.wait_for_selector(".month-words", timeout=SHORT_MS)
        said = page.inner_text(".month-words")
        assert "nothing is known of Oct 2026, Oct 2025" in said
        assert "All of it has a reason" not in said
        assert page.locator("canvas").count() == 0


def test_a_date_that_was_emptied_leaves_the_three_others(grown: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(address(grown, "en"))
        page.wait_for_selector("[data-why=pig_iron] canvas", timeout=SHORT_MS)
        page.fill(".period-choice input >> nth=1", "")
        page.click(".period-choice button")
        page.wait_for_url("**&to=&*", timeout=10_000)
        page.wait_for_selector(".why-page .warning", timeout=10_000)
        dates = [page.locator(".period-choice input").nth(at).input_value() for at in range(4)]
        assert dates == ["2026-10-01", "", "2025-10-01", "2025-10-31"]
