"""The page of the region: every published number with where it comes from, as known on a day."""

import pytest
from playwright.sync_api import Browser

from dashboards.web.texts import text
from models.works.localize import LANGUAGES, Language
from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.dashboards.web.test_projects_page import HOSTILE, projects, read
from tests.dashboards.web.test_sign_in import as_user
from tests.support.browser import page_of

__all__ = ["projects"]

pytestmark = pytest.mark.long


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_director_gets_from_the_briefing_to_each_series_and_its_growths(
    language: Language, projects: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        as_user(page, projects, "director", f"/briefing?lang={language}")
        page.click(f".report-files >> text={text('region_title', language)}")
        page.wait_for_selector("[data-series=output] table")
        said = read(page, "[data-series=output]")
        growth = {"en": ("+7.5 %", "+7 %", "+0.5"), "ru": ("+7,5 %", "+7 %", "+0,5"), "kk": ("+7,5 %", "+7 %", "+0,5")}
        assert all(each in said for each in growth[language])
        assert text("region_differs", language) in said
        assert "all of it" in said, "the definition"
        assert "bn tenge" in said
        assert f"Act {HOSTILE}" in said, "the source"
        assert text("indicator_base_not_above_zero", language) in read(page, "[data-series=trade]")
        assert text("indicator_nothing", language) in read(page, "[data-series=housing]")
        assert page.title() == f"{text('region_title', language)} - Tundish"
        assert errors == []


def test_a_day_before_anything_was_stated_has_no_numbers_and_a_day_that_is_none_is_told(
    projects: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, projects, "director", "/region?known=2020-01-01")
        page.wait_for_selector("[data-series=output]")
        assert text("indicator_nothing", "en") in read(page, "[data-series=output]")
        page.goto(f"{projects.url}/region?known=2150-01-01")
        page.wait_for_selector(".warning")
        assert "2150-01-01" in read(page, ".warning")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_it_is_cut_or_covered_and_axe_finds_nothing(
    language: Language, projects: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        as_user(page, projects, "director", f"/region?lang={language}")
        page.wait_for_selector("[data-series=output] table")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        for theme in themes(language):
            page.select_option("select.theme", theme)
            page.wait_for_timeout(400)
            assert violations(page, language) == []
