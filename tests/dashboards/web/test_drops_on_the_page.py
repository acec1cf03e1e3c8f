"""Output drops on the first page, in a real browser."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.web.texts import TEXTS
from models.detection.finding import Finding, FindingKind
from models.detection.output_drop import OutputDrop
from models.works.codes import UnitState
from models.works.localize import LANGUAGES
from tests.dashboards.web.conftest import Desk, opened
from tests.dashboards.web.findings import finding_of
from tests.support.browser import page_of

pytestmark = pytest.mark.long


def test_a_drop_stands_on_the_page_while_it_lasts_and_after_its_end(desk: Desk, browser: Browser) -> None:
    desk.judge()
    with page_of(browser) as page:
        opened(page, desk, "ru")
        assert TEXTS["no_drops"]["ru"] in page.inner_text(".drops-panel")
        desk.judge({"bf3": UnitState.STOPPED}, [drop("bf3", 1), drop("cast1", 2, "bf3")])
        page.wait_for_selector('tr.lasts[data-drop="cast1"]')
        assert page.locator("tr.lasts").first.inner_text().startswith("P1")
        assert "Доменная печь 3" in page.inner_text('[data-drop="cast1"] .cause')
        assert "не дует" in page.inner_text('[data-drop="bf3"]')
        desk.judge()
        page.wait_for_selector('tr.ended[data-drop="bf3"]')
        assert page.locator("tr.lasts").count() == 0


def test_a_drop_on_the_page_says_what_holds_now_and_what_is_short_here_and_downstream(
    desk: Desk, browser: Browser
) -> None:
    lasts = drop("bf3", 1)
    desk.judge({"bf3": UnitState.STOPPED}, [lasts], findings=[holds(lasts, "дутьё 0 %", lost_t=173.0)])
    with page_of(browser) as page:
        opened(page, desk, "ru")
        page.wait_for_selector("text=дутьё 0 %")
        row = page.locator('tr.lasts[data-drop="bf3"] .evidence')
        assert "не дует" not in row.inner_text(), "the sentence of its begin is old by now"
        assert [told.replace("\u00a0", " ").split("\n") for told in row.locator(".loss").all_inner_texts()] == [
            ["Недодано к этому времени:", "173 т (Чугун)"],
            ["Недовыпуск следующих переделов за каждые такие сутки:", "Сталь 5 410 т; Сляб 5 300 т; Прокат 5 100 т"],
        ]
        desk.judge({"bf3": UnitState.STOPPED}, [lasts], findings=[holds(lasts, "дутьё 5 %", lost_t=346.0)])
        page.wait_for_selector("text=дутьё 5 %")
        assert "346" in row.inner_text()
    desk.judge()


def test_many_drops_leave_room_for_the_cards_on_a_wall_screen_and_hide_no_unit(
    browser: Browser, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    try:
        everything = list(desk.plant.units)
        states = dict.fromkeys(everything, UnitState.STOPPED)
        drops = [drop(unit, 2, "bf3") for unit in everything]
        findings = [holds(each, "стоит: " + "дутьё 0 % " * 20, lost_t=173.0) for each in drops]
        desk.judge(states, drops, cause_unit="bf3", findings=findings)
        desk.wait()
        for language in LANGUAGES:
            with page_of(browser) as page:
                opened(page, desk, language)
                assert page.locator("tr.lasts").count() == len(everything)
                cards, units = (page.locator(part).bounding_box() for part in (".cards", ".units"))
                assert cards is not None
                assert units is not None
                assert cards["y"] + cards["height"] <= 1080
                assert page.eval_on_selector(".shops", "all => all.scrollHeight <= all.clientHeight")
                assert units["y"] + units["height"] <= page.evaluate("document.documentElement.scrollHeight")
                assert page.evaluate("document.documentElement.scrollWidth") <= 1920
    finally:
        desk.end()


def drop(unit: str, severity: int, cause: str = "") -> OutputDrop:
    evidence = dict.fromkeys(LANGUAGES, f"{unit}: не дует")
    begun_s = int(time.time()) - 3000
    return OutputDrop(
        unit=unit,
        product="pig_iron",
        kind=FindingKind.STOP,
        severity=severity,
        start_s=begun_s,
        end_s=None,
        cause_unit=cause,
        evidence=evidence,
    )


def holds(drop: OutputDrop, sentence: str, lost_t: float) -> Finding:
    """What is found of a drop of a furnace now."""
    ahead_t = {"steel_liquid": 5410.0, "slab": 5300.0, "rolled": 5100.0}
    return finding_of(drop, lost_t, ahead_t, dict.fromkeys(LANGUAGES, sentence))
