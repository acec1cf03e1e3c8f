"""The page of the month and its receipts in a real browser: what a figure says, its receipt says too, to the gram."""

import json
import re
import time
import urllib.error
import urllib.request
from datetime import date
from functools import partial
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from collector.storage.ledger import moment as ledger_moment
from models.tables.desk_data import SourceStatus
from models.works.localize import LANGUAGES, Language
from models.works.month import period_text, shifted
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.full_month import AUTHOR, FILE, IRON, REASON, FullMonth, month
from tests.dashboards.web.test_accessible import violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of

pytestmark = pytest.mark.long

__all__ = ["month"]

Full = tuple[Desk, FullMonth]


def address(filled: FullMonth, what: str, language: str = "en", **more: str) -> str:
    """The pages that are looked at: a month, and receipts of the works, of a unit's day, and of a closed month."""
    # Of three weeks, so that on the first of a month there is something in it too.
    first, today = date.fromordinal(filled.today - 20), date.fromordinal(filled.today)
    of_weeks = {"from": first.isoformat(), "to": today.isoformat()}
    before = shifted(filled.month, -1)
    given = {
        "month": {"month": period_text(filled.month), "product": IRON},
        "receipt": {"product": IRON, **of_weeks},
        "day": {"product": IRON, "unit": "bf3", "from": of_weeks["to"], "to": of_weeks["to"]},
        "closed": {
            "product": IRON,
            "unit": "bf3",
            "from": date.fromordinal(before).isoformat(),
            "to": date.fromordinal(filled.month - 1).isoformat(),
        },
    }[what]
    page = "month" if what == "month" else "receipt"
    return f"/{page}?{urlencode({**given, **more, 'lang': language})}"


def opened(page: Page, desk: Desk, path: str) -> Page:
    page.goto(f"{desk.url}{path}")
    page.wait_for_selector(".month-page canvas" if path.startswith("/month") else ".receipt-page .known")
    page.wait_for_selector("select.theme")
    return page


def document(desk: Desk, path: str) -> dict[str, object]:
    with urllib.request.urlopen(desk.url + path.replace("/receipt?", "/receipt.json?"), timeout=20) as answer:  # noqa: S310
        found: dict[str, object] = json.load(answer)
    return found


def refused(desk: Desk, path: str, method: str = "GET") -> tuple[int, str]:
    request = urllib.request.Request(desk.url + path, method=method)  # noqa: S310 - always http://127.0.0.1
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_every_receipt_of_the_page_opens_and_says_the_figure_that_stood_there(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        opened(page, desk, address(filled, "month", "ru"))
        page.click("summary")
        exact = float(page.get_attribute(".month-figure [data-exact-t]", "data-exact-t") or "nan")
        links = page.eval_on_selector_all('a[href^="/receipt"]', "all => all.map(it => [it.innerText, it.href])")
        days = filled.today - filled.month + 1
        assert len(links) > 20 + 2 * days, "of each day what was made, and to date"
        # One of each kind: the month, a day, to date, a unit, an older month, both periods.
        for shown, link in (links[0], links[1], links[2], links[-1], links[len(links) // 2]):
            found = document(desk, link.removeprefix(desk.url))
            grams = found["grams"]
            assert isinstance(grams, int)
            assert found["unexplained_grams"] == 0
            assert sum(line["grams"] or 0 for line in found["lines"]) == grams  # type: ignore[attr-defined]
            tonnes = round(grams / 1e6 + 1e-9)
            assert re.sub(r"\D", "", shown) == str(tonnes), (shown, grams)
        page.click(".month-figure .figure a")
        page.wait_for_selector(".receipt-page .known")
        assert int(page.get_attribute("[data-grams]", "data-grams") or 0) == round(exact * 1e6)
        assert said == []


def test_the_slider_goes_back_to_each_time_at_which_the_figure_changed(month: Full, browser: Browser) -> None:
    desk, filled = month
    path = address(filled, "receipt")
    changes = document(desk, path)["changes"]
    assert isinstance(changes, list)
    assert len(changes) >= 2
    with page_of(browser) as page:
        opened(page, desk, path)
        slider = page.locator('input[type="range"]')
        assert slider.get_attribute("aria-valuetext") == "now"
        with page.expect_navigation():
            slider.focus()
            page.keyboard.press("Home")
        page.wait_for_selector(".receipt-page .known")
        assert "known=" in page.url
        assert page.get_attribute("[data-grams]", "data-grams") == str(changes[0]["grams"])
        # The same by a time that somebody types, and by the list.
        page.locator('input[type="datetime-local"]').fill(f"{date.fromordinal(filled.today)}T00:00:00")
        with page.expect_navigation():
            page.get_by_role("button", name="Show").click()
        page.wait_for_selector(".receipt-page .known")
        grams = document(desk, page.url.removeprefix(desk.url))["grams"]
        assert page.get_attribute("[data-grams]", "data-grams") == str(grams)
        with page.expect_navigation():
            page.locator(".known tbody a").first.click()
        page.wait_for_selector(".receipt-page .known")
        assert page.get_attribute("[data-grams]", "data-grams") == str(changes[-1]["grams"])


def test_the_link_of_a_receipt_is_copied(month: Full, browser: Browser) -> None:
    desk, filled = month
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-US")
    try:
        page = opened(context.new_page(), desk, address(filled, "day", "kk"))
        page.get_by_role("button", name="Сілтемені көшіру").click()
        page.get_by_text("Көшірілді").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.url
    finally:
        context.close()


def test_any_two_periods_are_chosen_by_their_dates_and_stand_in_the_address(month: Full, browser: Browser) -> None:
    desk, filled = month
    dates = [date.fromordinal(filled.month - back).isoformat() for back in (40, 31, 60, 46)]
    with page_of(browser) as page:
        opened(page, desk, address(filled, "month"))
        for field, day in zip(page.locator('input[type="date"]').all(), dates, strict=True):
            field.fill(day)
        with page.expect_navigation():
            page.get_by_role("button", name="Compare").click()
        page.wait_for_selector(".compare table")
        assert "10 d against 15 d" in page.inner_text(".compare")
        assert f"base_from={dates[2]}" in page.url
        shown = [page.inner_text(f".compare tbody tr >> nth=0 >> td >> nth={number}") for number in (1, 2, 3, 4)]
        made, base = (int(re.sub(r"\D", "", shown[at])) for at in (0, 2))
        assert abs(made / 10 - int(re.sub(r"\D", "", shown[1]))) <= 1
        assert abs(base / 15 - int(re.sub(r"\D", "", shown[3]))) <= 1
        page.goto(f"{desk.url}{address(filled, 'month')}&from=2026-10-05&to=2026-10-01&base_from=x&base_to=y")
        page.wait_for_selector(".compare .not-known")
        assert "ends before it begins" in page.inner_text(".compare .not-known")


def test_what_is_not_there_is_told_with_the_next_step(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        for path, words in (
            ("/month?product=gold<b>&lang=en", "no product with the code gold<b>"),
            ("/month?month=2026-13&lang=en", "2026-13 is no month"),
            (
                "/month?month=2001-01&product=pig_iron&lang=en",
                "Choose another month, or enter them with: tundish import",
            ),
            ("/receipt?lang=en", "is no date. Write it as 2026-10-31."),
            (address(filled, "day").replace("bf3", "bf<9>"), "The books have no such place"),
            (address(filled, "day", known="2199-01-01"), "is no date and time"),
        ):
            page.goto(desk.url + path)
            page.wait_for_selector(".desk")
            assert words in page.inner_text(".desk"), path
    nowhere = address(filled, "day").replace("/receipt?", "/receipt.json?")
    assert refused(desk, "/receipt.json")[0] == 400
    status, reason = refused(desk, nowhere.replace("bf3", "bf9"))
    assert (status, json.loads(reason)["error"][:9]) == (404, "The books")
    for path in (nowhere, "/month", "/receipt"):
        assert refused(desk, path, "POST")[0] == 405


@pytest.mark.parametrize("what", ["month", "receipt", "closed"])
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_of_ours_is_left(language: Language, what: str, month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        text = opened(page, desk, address(filled, what, language)).inner_text(".desk")
    given = {"tundish", "import", "xlsx", "JSON", "taps", "bf", "SIMULATED"}
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= given


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["month", "receipt", "day"])
def test_nothing_is_cut_or_covered_on_any_screen(what: str, language: Language, month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, address(filled, what, language))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert {width: faults(page, width) for width in SIZES} == NOTHING


@pytest.mark.parametrize("what", ["month", "receipt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_by_day_and_by_night(language: Language, what: str, month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, address(filled, what, language))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for theme, width in (("light", 390), ("dark", 1920)):
            page.select_option("select.theme", theme)
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page, language) == []


def test_the_author_the_reason_and_the_file_stand_on_the_receipt(month: Full, browser: Browser) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, address(filled, "receipt", "ru"))
        assert REASON in page.inner_text('[data-table="corrections_of_figure"]')
        assert f"{AUTHOR}: {FILE}" in page.inner_text('[data-table="stated_figures"]')
        page.get_by_role("link", name="ҚАЗ").click()
        page.wait_for_url("**lang=kk")
        assert "from=" in page.url, "the same receipt in another language"


def test_figures_that_are_not_of_now_have_no_colour_but_what_was_known_then_stays(
    month: Full, browser: Browser
) -> None:
    desk, filled = month
    ledger = desk.open_ledger()
    try:
        for at_ns, stale in ((time.time_ns() - 300 * 10**9, 1), (time.time_ns() + 600 * 10**9, 0)):
            status = SourceStatus("simulated_plc", at_ns, True, 0.5, 1, 0, "")
            done(ledger.write(partial(ledger_moment.put, sources=[status], activity=())))
            time.sleep(1.5)  # the shared read is a second old at most
            with page_of(browser) as page:
                for path in (address(filled, "month"), address(filled, "day")):
                    opened(page, desk, path)
                    assert page.locator(".desk.stale").count() == stale, path
                known = address(filled, "day", known=f"{date.fromordinal(filled.today)}T00:00:01")
                assert opened(page, desk, known).locator(".desk.stale").count() == 0
    finally:
        done(ledger.close())
