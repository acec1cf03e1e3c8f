"""The tables of the page that says how a month can still be made: nothing in them is broken, limits are named."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from collector.cli.desk_recovery import DeskRecovery
from collector.config.load import load
from models.recovery.what_if import Supposed
from models.works.localize import LANGUAGES, Language
from models.works.month import shifted
from tests.dashboards.web.full_month import IRON
from tests.dashboards.web.test_layout import SIZES
from tests.dashboards.web.test_recovery_page import Full, month, opened
from tests.support.browser import page_of

__all__ = ["month"]

pytestmark = pytest.mark.long

BROKEN_WORDS = """cells => cells.flatMap(cell => {
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (const word of node.data.matchAll(/[^\\s\\u2010-\\u2014-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].filter(each => each.width).map(each => Math.round(each.top)));
      if (tops.size > 1) broken.push(word[0]);
    }
  return broken;
})"""
LINES_OF_DATES = """cells => cells.map(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(each => Math.round(each.top))).size;
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_or_word_of_a_table_is_broken_and_a_wide_table_scrolls(
    language: Language, month: Full, browser: Browser
) -> None:
    desk, filled = month
    with page_of(browser) as page:
        opened(page, desk, language, f"&month={date.fromordinal(shifted(filled.month, 1)):%Y-%m}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        # As many columns as a works has units: more than a screen has room for.
        page.eval_on_selector_all(
            ".recovery-way details .linked tr",
            "rows => rows.forEach(row => row.append(...Array.from({length: 24}, () => row.cells[1].cloneNode(true))))",
        )
        for width in (800, *SIZES):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.eval_on_selector_all(".recovery-way .linked :is(th, td)", BROKEN_WORDS) == [], width
            days = page.eval_on_selector_all(".recovery-way details .linked tbody td:first-child", LINES_OF_DATES)
            assert set(days) == {1}, width
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_the_page_names_the_limits_that_the_other_forms_name(month: Full, browser: Browser) -> None:
    desk, filled = month
    ahead = shifted(filled.month, 1)
    left = DeskRecovery(load(Path(desk.folder) / "plant.yaml")).read(ahead, "en")
    (found,) = left.report([IRON], Supposed(), "en").products
    assert found.way is not None
    limits = [desk.plant.units[unit.place.unit].name("en") for unit in found.way.units if unit.limits]
    assert limits
    with page_of(browser) as page:
        opened(page, desk, "en", f"&month={date.fromordinal(ahead):%Y-%m}")
        names = page.locator(".recovery-way .said").first.locator("tbody td:first-child").all_inner_texts()
        assert [name for name in names if "(limits the most)" in name] == [
            f"{name} (limits the most)" for name in limits
        ]
