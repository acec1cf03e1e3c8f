"""The page that says how a month can still be made: its words are those of the command, and sliders suppose."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from collector.cli.desk_recovery import DeskRecovery
from collector.config.load import load
from collector.storage.ledger.ledger import Ledger
from dashboards.web.errors import ReportRefused
from dashboards.web.texts import text
from models.recovery.sentences import recovery_sentences
from models.recovery.what_if import Supposed
from models.stated.plan import Repair, RepairKind
from models.works.calendar import HOUR_NS
from models.works.localize import LANGUAGES, Language, localize_day
from models.works.month import shifted
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.full_month import IRON, FullMonth, month_desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of
from tests.support.ledger_calls import record

pytestmark = pytest.mark.long

Full = tuple[Desk, FullMonth]
SHORT_MS = 60_000
RUNS = "R-12"
"""A repair of BF 2 that runs."""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """A month under way, and a repair in it that runs until tomorrow or the day after."""
    desk, filled = month_desk(tmp_path_factory.mktemp("month"))
    done(repaired(filled))
    try:
        desk.wait()
        yield desk, filled
    finally:
        desk.end()


async def repaired(filled: FullMonth) -> None:
    runs = Repair(
        name=RUNS,
        unit="bf2",
        start_ns=filled.now_ns - HOUR_NS,
        end_ns=filled.now_ns + 26 * HOUR_NS,
        kind=RepairKind.CURRENT,
        approved_by="chief",
    )
    ledger = Ledger.open(filled.folder, clock_ns=lambda: filled.now_ns, demo=True)
    try:
        await record(ledger, [runs])
    finally:
        await ledger.close()


def opened(page: Page, desk: Desk, language: Language, more: str = "") -> Page:
    page.goto(f"{desk.url}/recovery?product={IRON}&lang={language}{more}")
    page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
    return page


def said(desk: Desk, language: Language, supposed: Supposed, of: int | None = None) -> list[str]:
    """What the command says now, without its figures: they grow while the test runs."""
    settings = load(Path(desk.folder) / "plant.yaml")
    report = DeskRecovery(settings).read(of, language).report([IRON], supposed, language)
    return [without_figures(each) for each in recovery_sentences(desk.plant, report.products[0], language)]


def under(desk: Desk, supposed: Supposed) -> set[str]:
    """The products that the command works out under that."""
    left = DeskRecovery(load(Path(desk.folder) / "plant.yaml")).read(None, "en")
    found = set()
    for product in dict.fromkeys(each.product for each in desk.plant.reported):
        with suppress(ReportRefused):
            left.report([product], supposed, "en")
            found.add(product)
    return found


def without_figures(sentence: str) -> str:
    return "".join(letter for letter in sentence if letter.isalpha())


def words(page: Page) -> list[str]:
    return [without_figures(each) for each in page.locator(".recovery-words .sentence").all_inner_texts()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planner_gets_from_the_month_to_its_way_and_supposes_that_a_furnace_stands(
    language: Language, month: Full, browser: Browser
) -> None:
    desk, filled = month
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{desk.url}/month?product={IRON}&lang={language}")
        page.click(f"text={text('recovery_link', language)}")
        page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
        assert words(page) == said(desk, language, Supposed())
        names = page.locator("table.linked tbody tr td:first-child").all_inner_texts()
        assert len([name for name in names if desk.plant.units["bf3"].name(language) in name]) == 1
        slider = page.locator("[data-slider='stand:bf3']")
        slider.focus()
        page.keyboard.press("End")
        page.wait_for_url(f"**stand=bf3**{date.fromordinal(shifted(filled.month, 1) - 1)}**", timeout=SHORT_MS)
        assert slider.input_value() == slider.get_attribute("max"), "no answer puts it back"
        standing = Supposed({"bf3": shifted(filled.month, 1) - 1})
        assert words(page) == said(desk, language, standing)
        assert (
            text("recovery_until", language).split("{day}")[-1].strip()
            in page.locator(".slider", has=slider).inner_text()
        )
        # The products to which it means something open under it, too; the others would refuse it.
        links = [
            str(link.get_attribute("href")) for link in page.locator(".month-choices nav").first.locator("a").all()
        ]
        kept = {parse_qs(link)["/recovery?product"][0] for link in links if "stand=bf3" in link}
        assert kept == under(desk, standing)
        assert 0 < len(kept) < len(links)
        # The address is the whole of it.
        page.reload()
        page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
        assert words(page) == said(desk, language, standing)
        assert slider.input_value() == slider.get_attribute("max")
        page.click(f"text={text('recovery_reset', language)}")
        page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
        assert "stand=" not in page.url
        assert slider.input_value() == "0"
        assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        last = date.fromordinal(shifted(filled.month, 1) - 1)
        opened(page, desk, language, f"&stand=bf3:{last}&end={RUNS}:{last}")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            assert violations(page, language) == [], theme


def test_the_plan_of_the_days_opens_and_has_each_day_that_is_left(month: Full, browser: Browser) -> None:
    desk, filled = month
    # Of the month that runs nothing may be left to make.
    ahead = shifted(filled.month, 1)
    with page_of(browser) as page:
        opened(page, desk, "en", f"&month={date.fromordinal(ahead):%Y-%m}")
        days = page.locator("details", has_text="The plan of the days")
        assert not days.locator("table").is_visible(), "the page stays calm"
        days.locator("summary").click()
        shown = days.locator("tbody tr td:first-child").all_inner_texts()
        assert shown == [localize_day(date.fromordinal(day), "en") for day in range(ahead, shifted(ahead, 1))]
        heads = days.locator("th").all_inner_texts()
        assert heads[0] == "Day"
        assert {desk.plant.units[unit].name("en") for unit in ("bf2", "bf3", "bf4")} <= set(heads)


def test_the_next_month_is_a_click_away_and_is_whole(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, "en")
        page.locator(".month-choices nav").nth(1).locator("a").nth(1).click()
        page.wait_for_url(f"**month={date.fromordinal(shifted(filled.month, 1)).strftime('%Y-%m')}**")
        page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
        assert words(page) == said(desk, "en", Supposed(), shifted(filled.month, 1))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("product=gold", "There is no product gold"),
        (f"product={IRON}&month=2020-01", "2020-01 is over"),
        (f"product={IRON}&month=2099-01", "more than a year ahead"),
        (f"product={IRON}&month=soon", "soon"),
        (f"product={IRON}&stand=bf9:2099-01-01", "there is no unit 'bf9'"),
        (f"product={IRON}&stand=bf3:2099-01-01", "2099-01-01 is not a day that is left"),
        (f"product={IRON}&move=R1:2099-01-01", "no approved repair 'R1'"),
        (f"product={IRON}&move={RUNS}:2099-01-01", f"no approved repair '{RUNS}' begins"),
        (f"product={IRON}&end=R1:2099-01-01", f"no approved repair 'R1' runs now: name one of {RUNS}"),
        (f"product={IRON}&stand=bf9:2099-01-01", "BF 3 (bf3)"),
        ("product=coal_raw&stand=bf3:2099-01-01", "BF 3 (bf3) plays no part in Coal"),
        (f"product=coal_raw&end={RUNS}:2099-01-01", "which plays no part in Coal"),
    ],
)
def test_what_cannot_be_supposed_is_said_with_the_next_step(
    address: str, told: str, month: Full, browser: Browser
) -> None:
    desk, _ = month
    with page_of(browser) as page:
        page.goto(f"{desk.url}/recovery?{address}&lang=en")
        page.wait_for_function("told => document.body.innerText.includes(told)", arg=told, timeout=SHORT_MS)
        assert "Traceback" not in page.inner_text("body")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("stand=nonsense", "stand=nonsense"),
        ("stand=bf3", "stand=bf3"),
        ("stand=bf3:2026-02-30", "stand=bf3:2026-02-30"),
        ("stand=:2026-11-20", "stand=:2026-11-20"),
        ("move=R1", "move=R1"),
        ("end=R1:soon", "end=R1:soon"),
        ("without=bf3", "without=bf3"),
        ("stand=bf3:2026-11-20&stand=bf3:2026-11-21", "stand=bf3:2026-11-21"),
        ("&".join(f"stand=bf{number}:2026-11-20" for number in range(51)), "stand=bf50:2026-11-20"),
    ],
)
def test_what_cannot_be_read_of_an_address_is_told_and_nothing_is_worked_out(
    given: str, told: str, month: Full, browser: Browser
) -> None:
    desk, _ = month
    with page_of(browser) as page:
        page.goto(f"{desk.url}/recovery?product={IRON}&{given}&lang=en")
        page.wait_for_function("told => document.body.innerText.includes(told)", arg=f"cannot be read: {told}.")
        assert page.locator(".recovery-words .sentence").count() == 0
        assert page.locator(".recovery-way canvas").count() == 0
        # In another language it is told again, and not left out.
        page.click("text=РУ")
        page.wait_for_function("told => document.body.innerText.includes(told)", arg=f"прочитать нельзя: {told}.")


def test_after_a_slider_the_links_of_the_head_lead_to_what_is_supposed_now(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, "en", f"&end={RUNS}:{date.fromordinal(filled.today)}")
        # As it stands in the head of a desk that anybody may read and users sign in to.
        way_in = f"/sign-in?next={quote(page.url.removeprefix(desk.url))}&lang=en"
        page.eval_on_selector(
            ".head .choices",
            "(head, way) => head.insertAdjacentHTML('beforeend', way)",
            f'<a class="who" href="{way_in}">',
        )
        page.locator("[data-slider='stand:bf3']").focus()
        page.keyboard.press("End")
        page.wait_for_url("**stand=bf3**", timeout=SHORT_MS)
        now = parse_qs(urlsplit(page.url).query)
        assert {"stand", "end"} <= set(now)
        for language in LANGUAGES:
            link = page.get_attribute(f".head .choices .languages a[lang={language}]", "href")
            assert parse_qs(urlsplit(str(link)).query) == {**now, "lang": [language]}
        form = urlsplit(str(page.get_attribute(".head a.who", "href")))
        assert (form.path, parse_qs(form.query)["lang"]) == ("/sign-in", ["en"])
        back = parse_qs(form.query)["next"][0]
        assert parse_qs(urlsplit(back).query) == now
        page.click(".head .choices .languages a[lang=kk]")
        page.wait_for_url("**stand=bf3**lang=kk**", timeout=SHORT_MS)
        page.wait_for_selector(".recovery-way canvas", timeout=SHORT_MS)
        standing = {"bf3": shifted(filled.month, 1) - 1}
        assert words(page) == said(desk, "kk", Supposed(standing, ended={RUNS: filled.today}))


def test_a_repair_that_runs_has_a_slider_of_its_end(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, "en")
        assert f"repair {RUNS} until " in page.inner_text(".recovery-way table.linked")
        slider = page.locator(f"[data-slider='end:{RUNS}']")
        assert "as approved" in page.locator(".slider", has=slider).inner_text()
        slider.focus()
        page.keyboard.press("Home")
        page.wait_for_url(f"**end={RUNS}**{date.fromordinal(filled.today)}**", timeout=SHORT_MS)
        assert words(page) == said(desk, "en", Supposed(ended={RUNS: filled.today}))
        assert "as approved" not in page.locator(".slider", has=slider).inner_text()
