"""A page with a drop on it: all units are seen at once on a laptop, and before the charts on a phone."""

import time
from dataclasses import replace
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from collector.storage.ledger import detection as ledger_detection
from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.works.codes import UnitState
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done, opened
from tests.dashboards.web.findings import finding_of
from tests.support.browser import page_of

SENTENCE = {
    "en": "Sinter strand 1 has stood since 10:12: at 10:20 speed was 0.0 of 2.4 m/min (0 %); target 479 t/h; BF 2, "
    "BF 3 work",
    "ru": "Агломашина 1: стоит с 10:12, скорость в 10:20: 0,0 из 2,4 м/мин (0 %); задание 479 т/ч; работают: Доменная "
    "печь 2, Доменная печь 3",
    "kk": "1-агломашина: 10:12 бастап тұр, 10:20 жылдамдық: 2,4 м/мин орнына 0,0 (0 %); тапсырма 479 т/сағ; жұмыс "
    "істеп тұр: 2-домна пеші, 3-домна пеші",
}
TOPS = "name => [...document.querySelectorAll(name)].map(each => Math.round(each.getBoundingClientRect().top))"
MIDDLES = """() => [...document.querySelectorAll('header.head .head-line > :not(.space)')].map(each => {
    const box = each.getBoundingClientRect();
    return (box.top + box.bottom) / 2;
})"""


@pytest.fixture(scope="module")
def stopped(desk: Desk) -> Desk:
    """The desk with one drop, which lasts; its states stay fresh as long as these tests may take."""
    tell_drop(desk, "")
    return desk


def tell_drop(desk: Desk, cause: str) -> None:
    drop = OutputDrop(
        unit="sinter1", product="sinter", kind=FindingKind.STOP, severity=1, start_s=int(time.time()) - 3000,
        end_s=None, cause_unit=cause, evidence=SENTENCE,
    )  # fmt: skip
    found = finding_of(drop, 400.0, {"pig_iron": 8000.0}, SENTENCE)
    desk.judge({"sinter1": UnitState.STOPPED}, [drop], cause_unit=cause, findings=[found])
    assert desk.ledger is not None
    fresh = [replace(state, at_s=state.at_s + 3600) for state in desk.ledger.read(ledger_detection.now)]
    done(desk.ledger.write(partial(ledger_detection.put_now, units=fresh)))


def page_with_a_drop(page: Page, desk: Desk, language: Language) -> None:
    desk.report()
    opened(page, desk, language)
    page.wait_for_selector("[data-drop=sinter1]")


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_row_of_units_is_above_the_fold_of_a_laptop(
    language: Language, stopped: Desk, browser: Browser
) -> None:
    with page_of(browser, 1440, 900) as page:
        page_with_a_drop(page, stopped, language)
        assert page.evaluate("document.documentElement.scrollHeight") <= 900


@pytest.mark.parametrize("width", [1280, 1440, 1920])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_is_one_line(language: Language, width: int, stopped: Desk, browser: Browser) -> None:
    with page_of(browser, width, 900) as page:
        page_with_a_drop(page, stopped, language)
        middles = page.evaluate(MIDDLES)
        assert max(middles) - min(middles) < 3
        assert page.locator("header.head").bounding_box()["height"] <= 76, "the pages are one line below"


def test_the_units_come_before_the_charts_on_a_phone_and_after_the_drops(stopped: Desk, browser: Browser) -> None:
    with page_of(browser, 390, 844) as page:
        page_with_a_drop(page, stopped, "ru")
        (drops,), (units,), cards = (page.evaluate(TOPS, name) for name in (".drops-panel", ".units", ".card"))
        (sources,) = page.evaluate(TOPS, ".sources-panel")
        assert drops < units < min(cards) <= max(cards) < sources


@pytest.mark.long
def test_a_column_in_which_nothing_stands_is_not_there(stopped: Desk, browser: Browser) -> None:
    with page_of(browser, 1440, 900) as page:
        page_with_a_drop(page, stopped, "ru")
        assert page.locator(".drops th").all_inner_texts() == [
            *("Агрегат", "Что", "Когда", "Длительность", "По каким данным"),
        ]
        tell_drop(stopped, "bf3")
        page.get_by_text("Вследствие", exact=True).wait_for()
