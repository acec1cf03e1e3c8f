"""Light by day and dark by night: as the system asks, or as was chosen, and readable in both."""

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.dashboards.web.conftest import Desk, opened
from tests.support.browser import page_of

pytestmark = pytest.mark.long

COLOURS = (Path(__file__).parents[3] / "dashboards" / "web" / "colours.css").read_text(encoding="utf-8")
ON_CARD = ("ink", "quiet", "ok", "behind", "low", "unknown", "target", "bad")
TEXTS = [
    *product(ON_CARD, ("card",)),
    *product(("ink", "quiet"), ("ground", "ok-soft", "low-soft", "behind-soft", "unknown-soft")),
    *[(tone, f"{tone}-soft") for tone in ("ok", "behind", "low", "unknown")],
    ("on-sign", "accent"),
    ("on-sign", "badge"),
]
SIGNS = [
    *product(("ok-sign", "behind-sign", "low-sign", "unknown-sign", "planned-sign", "bad-sign", "bar"), ("card",)),
    ("target", "bar-missing"),
]


def palettes() -> dict[str, dict[str, str]]:
    """The colours of each theme; the dark one changes those of the light one."""
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", part)) for part in COLOURS.split(':root[data-theme="'))
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 has it: from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_and_sign_stands_out_from_its_ground(theme: str) -> None:
    colours = palettes()[theme]
    dim = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXTS}
    assert {pair: found for pair, found in dim.items() if found < 4.5} == {}
    dim = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SIGNS}
    assert {pair: found for pair, found in dim.items() if found < 3} == {}
    assert contrast(colours["bar"], colours["bar-running"]) > 1.8, "the hour that runs differs from the others"


def test_both_themes_name_the_same_colours() -> None:
    light, dark = (set(re.findall(r"--([a-z-]+):", part)) for part in COLOURS.split(':root[data-theme="'))
    assert light == dark


def theme(page: Page) -> tuple[str, str]:
    """The ground of the page, and the colour of the bars of its first chart."""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bars = "getElement(document.querySelector('.chart').id.slice(1)).chart.getOption().xAxis[0].axisLabel.color"
    return ground, page.evaluate(bars)


LIGHT = ("rgb(243, 245, 248)", "#55616d")
DARK = ("rgb(14, 20, 26)", "#a3b0bc")


def wait_for_theme(page: Page, wanted: tuple[str, str]) -> None:
    for _ in range(50):
        if theme(page) == wanted:
            return
        page.wait_for_timeout(100)
    assert theme(page) == wanted


def test_the_page_follows_the_system_until_a_theme_is_chosen_and_keeps_the_choice(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.emulate_media(color_scheme="dark")
        opened(page, desk)
        wait_for_theme(page, DARK)
        page.evaluate("window.stayed = true")
        page.emulate_media(color_scheme="light")
        wait_for_theme(page, LIGHT)
        page.select_option("select.theme", "dark")
        wait_for_theme(page, DARK)
        assert page.evaluate("window.stayed") is True
        page.reload()
        page.wait_for_selector(".card canvas")
        wait_for_theme(page, DARK)
        page.wait_for_function("document.querySelector('select.theme').value === 'dark'")
        page.goto(f"{desk.url}/growth?lang=ru")
        page.wait_for_selector(".growth-card")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK[0]
        page.goto(f"{desk.url}/?lang=ru")
        page.wait_for_selector(".card canvas")
        page.wait_for_function("document.querySelector('select.theme').value === 'dark'")
        page.select_option("select.theme", "system")
        wait_for_theme(page, LIGHT)


def test_a_choice_in_one_window_holds_in_the_others(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        opened(page, desk)
        other = opened(page.context.new_page(), desk)
        page.select_option("select.theme", "dark")
        wait_for_theme(other, DARK)
        assert other.input_value("select.theme") == "dark"


def test_a_page_of_old_figures_has_no_colour_but_in_the_words_that_say_so(desk: Desk, browser: Browser) -> None:
    desk.report()
    with page_of(browser) as page:
        opened(page, desk)
        page.wait_for_selector(".desk:not(.stale)")
        grey = "all => all.map(each => getComputedStyle(each).filter)"
        parts = ".desk > :not(.warning)"
        assert set(page.eval_on_selector_all(parts, grey)) == {"none"}
        page.evaluate("document.querySelector('.desk').classList.add('stale')")
        assert set(page.eval_on_selector_all(parts, grey)) == {"grayscale(1)"}
        assert page.eval_on_selector_all(".warning", grey) == ["none"]
