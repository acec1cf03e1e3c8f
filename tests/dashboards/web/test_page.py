"""The first page in a real browser."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboards.web.texts import TEXTS
from models.works.codes import UnitState
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk, done, opened
from tests.support.browser import page_of

pytestmark = pytest.mark.long

PRODUCTS = {"coal_raw": "12345.678", "pig_iron": "4000.001", "steel_liquid": "3999.500"}


def exact(page: Page, product: str) -> str | None:
    return page.get_attribute(f'[data-product="{product}"] [data-exact-t]', "data-exact-t")


def test_the_page_shows_todays_output_to_the_kilogram_and_missing_as_no_data(desk: Desk, browser: Browser) -> None:
    desk.report()
    with page_of(browser) as page:
        opened(page, desk)
        assert {product: exact(page, product) for product in PRODUCTS} == PRODUCTS
        assert page.inner_text('[data-product="coal_raw"] .actual') == "12,346"
        assert exact(page, "rolled") == ""
        assert page.inner_text('[data-product="rolled"] .actual') == "no data"
        assert page.inner_text('[data-product="rolled"] .pct') == "no data"
        size = page.eval_on_selector(".figure .actual", "e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 32


def test_numbers_change_without_a_reload_and_nothing_is_wrong_in_the_console(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        opened(page, desk)
        page.evaluate("window.stayed = true")
        desk.publish("pig_iron", 4000.002)
        page.wait_for_selector('[data-exact-t="4000.002"]')
        desk.publish("pig_iron", 4000.001)
        page.wait_for_selector('[data-exact-t="4000.001"]')
        assert page.evaluate("window.stayed") is True
        assert said == []
        foreign = [url for url in asked if not url.startswith((desk.url, f"ws://127.0.0.1:{desk.port}", "data:"))]
        assert foreign == []


def test_the_badge_says_simulated_in_every_language(desk: Desk, browser: Browser) -> None:
    for language in LANGUAGES:
        with page_of(browser) as page:
            opened(page, desk, language)
            assert "SIMULATED" in page.inner_text(".badge")


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_of_ours_is_left(language: Language, desk: Desk, browser: Browser) -> None:
    desk.report()
    with page_of(browser) as page:
        opened(page, desk, language)
        shown = page.inner_text("body")
        for word in ("SIMULATED", "UTC", "simulated_plc", "EN", "Tundish"):
            shown = shown.replace(word, "")
        assert re.findall(r"[A-Za-z]{2,}", shown) == []
        for key in ("day_target", "completeness", "units", "sources"):
            assert TEXTS[key][language] in shown
        assert re.search(r"12\u00a0346", shown), "thousands are set apart by a no-break space"


def test_the_browsers_language_is_followed_until_one_is_chosen(desk: Desk, browser: Browser) -> None:
    with page_of(browser, locale="ru-RU") as page:
        page.goto(desk.url)
        page.wait_for_selector(".card canvas")
        assert TEXTS["units"]["ru"] in page.inner_text("body")
        page.click("text=ҚАЗ")
        page.wait_for_url("**/?lang=kk")
        page.wait_for_selector(".card canvas")
        assert TEXTS["units"]["kk"] in page.inner_text("body")


def test_it_fits_a_phone_and_a_wall_screen(desk: Desk, browser: Browser) -> None:
    with page_of(browser, 390, 844) as page:
        opened(page, desk, "ru")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
    for language in LANGUAGES:
        with page_of(browser, 1920, 1080) as page:
            opened(page, desk, language)
            assert page.evaluate("document.documentElement.scrollHeight") <= 1080
            assert page.evaluate("document.documentElement.scrollWidth") <= 1920


def test_lamps_and_sources_show_the_moment(desk: Desk, browser: Browser) -> None:
    desk.report(up=False, error="opc.tcp://127.0.0.1:1 refused")
    with page_of(browser) as page:
        opened(page, desk)
        page.wait_for_selector('[data-source="simulated_plc"] .dot.down')
        row = page.inner_text('[data-source="simulated_plc"]')
        assert "no connection" in row
        assert "12,345" in row
        assert "67" in row
        assert "opc.tcp://127.0.0.1:1 refused" in row
        assert page.locator(".lamp.is-ok").count() > 10
        desk.report()
        desk.judge({"bf3": UnitState.STOPPED})
        page.wait_for_selector('[data-source="simulated_plc"] .dot.up')
        page.wait_for_selector('[data-unit="bf3"].is-stopped')
        assert "stopped since" in page.inner_text('[data-unit="bf3"]')
        assert page.get_attribute('[data-unit="bf3"]', "title") == 'BF 3: "100 %"'
        desk.judge()


def test_the_hours_are_drawn_with_the_target_and_explained_by_a_tooltip(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(page, desk)
        chart = page.locator('[data-product="coal_raw"] canvas')
        box = chart.bounding_box()
        assert box is not None
        for step in range(60):
            page.mouse.move(box["x"] + 40 + step * (box["width"] - 50) / 60, box["y"] + box["height"] * 0.8)
            told = page.inner_text('[data-product="coal_raw"] .chart')
            if "1,235" in told:
                break
        assert "1,235" in told, told
        assert "Target" in told


def test_a_desk_without_a_ledger_waits_for_one(browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path, ledger=False)
    try:
        desk.wait()
        with page_of(browser) as page:
            opened(page, desk)
            assert TEXTS["no_sources"]["en"] in page.inner_text(".warning")
            desk.ledger = desk.open_ledger()
            desk.publish("coal_raw", 5.0)
            desk.report()
            page.wait_for_selector('[data-exact-t="5.000"]')
            assert page.is_hidden(".warning")
            (tmp_path / "data" / "ledger.db").rename(tmp_path / "data" / "away.db")
            (tmp_path / "data" / "ledger.db").write_bytes(b"no ledger at all" * 300)
            page.wait_for_selector(".warning:visible")
            assert "cannot be read" in page.inner_text(".warning")
            assert exact(page, "coal_raw") == "5.000"
            (tmp_path / "data" / "away.db").replace(tmp_path / "data" / "ledger.db")
            page.wait_for_selector(".warning", state="hidden")
    finally:
        assert desk.end() == 0


def test_a_ledger_of_a_newer_version_is_named_with_the_next_step(browser: Browser, tmp_path: Path) -> None:
    desk = Desk(tmp_path, ledger=False)
    try:
        done(desk.open_ledger().close())
        with closing(sqlite3.connect(tmp_path / "data" / "ledger.db")) as file:
            file.execute("PRAGMA user_version = 999")
            file.commit()
        desk.wait()
        with page_of(browser) as page:
            opened(page, desk, "kk")
            page.wait_for_selector(".warning .reason:visible")
            assert TEXTS["read_failed_at_start"]["kk"] in page.inner_text(".warning")
            assert "newer" in page.inner_text(".warning .reason")
            page.wait_for_timeout(2500)
    finally:
        assert desk.end() == 0
    said = desk.log.read_text()
    assert said.count("desk_read_failed") == 1, said
    assert "Traceback" not in said
