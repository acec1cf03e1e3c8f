"""The page of gas and fuel: today, the month and each day, in words and figures, also where nothing is known."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser

from collector.config.load import load
from collector.simulation.beside import fuels
from collector.simulation.fuel_loader import load_fuel
from collector.simulation.history import make_history
from collector.simulation.plant_config import SOURCE_NAME
from dashboards.web.texts import text
from models.briefing.months_named import months_named
from models.heat.fuel_sentences import amount_words
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, period_text, shifted
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of

pytestmark = pytest.mark.long

HOSTILE = '<img src=x onerror="document.title=1">'


def with_fuel(config: dict[str, Any]) -> None:
    """The fuels of the demo, one of them with a hostile name, and a flare that nobody reads."""
    units = {unit["code"]: unit for shop in config["shops"] for unit in shop["units"]}
    for code, tag in fuels.fuel_tags(SOURCE_NAME):
        units[code]["tags"].append(tag)
    silent = {"signal": "silent", "kind": "gauge", "source": SOURCE_NAME, "node": "ns=1;s=silent", "low": 0, "high": 9}
    units["bf3"]["tags"].append({**silent, "unit_of_measure": "Nm3/h"})
    section = fuels.fuel_section()
    section["fuels"][0]["names"]["en"] += f" {HOSTILE}"
    flare = section["fuels"][-1]
    section["fuels"].append({**flare, "code": "silent", "flow": "bf3.silent", "names": {"en": "Silent flare"}})
    config["fuel"] = {**section, "gasification": "gasification"}
    config["projects"] = [
        {
            "code": "gasification",
            "names": {"en": "Gasification"},
            "owner": "A. B.",
            "currency": "KZT",
            "milestones": [{"code": "boiler", "names": {"en": "Boiler 1 on gas"}, "planned": "2020-01-31"}],
        }
    ]


@pytest.fixture(scope="module")
def fuelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the fuel of two years."""
    desk = Desk(tmp_path_factory.mktemp("fuel"), edit=with_fuel)
    try:
        assert desk.ledger is not None
        settings = load(desk.folder / "plant.yaml")
        history = make_history(settings.plant, time.time_ns(), 1)
        done(load_fuel(desk.ledger, settings.fuel, history, time.time_ns(), 1))
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_gets_from_the_reports_to_the_fuel_of_each_day(
    language: Language, fuelled: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{fuelled.url}/report?lang={language}")
        page.click(f".report-files >> text={text('fuel_title', language)}")
        page.wait_for_selector("[data-fuel=sources]")
        page.click(f"text={text('fuel_last_month', language)}")
        page.wait_for_url("**/fuel?month=2*&lang=*")
        page.wait_for_selector("[data-fuel=days] canvas")
        month = page.inner_text("[data-fuel=month]").replace("\xa0", " ")
        assert text("fuel_burned", language) in month
        assert text("fuel_share", language) in month
        assert page.locator("[data-fuel=month] table tbody tr").count() == 7
        silent = page.locator("[data-fuel=month] table tbody tr", has_text="Silent flare")
        assert text("no_data", language) in silent.inner_text()
        assert 28 <= page.locator("[data-fuel=days] table tbody tr").count() <= 31
        phases = page.locator("[data-fuel=phases] .toned")
        assert "Boiler 1 on gas" in phases.inner_text()
        assert "down" in (phases.get_attribute("class") or "")
        assert "SIMULATED" in page.inner_text("[data-fuel=sources]")
        assert page.title() == f"{text('fuel_title', language)} - Tundish"
        assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, fuelled: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{fuelled.url}/fuel?month=last&lang={language}")
        page.wait_for_selector("[data-fuel=days] canvas")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        # What a month burns has one digit in its first days and three in its last.
        widest = amount_words(888_800_000.0, "Nm3", language)
        page.evaluate(
            "(text) => document.querySelectorAll('.tile .pct').forEach(each => each.textContent = text)", widest
        )
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for theme in themes(language):
            page.select_option("select.theme", theme)
            assert violations(page, language) == [], theme


def test_a_works_without_fuel_is_told_where_to_declare_it(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{desk.url}/report?lang=en")
        page.wait_for_selector(".report-files")
        assert text("fuel_title", "en") not in page.inner_text(".report-files")
        page.goto(f"{desk.url}/fuel?lang=en")
        page.wait_for_selector(".desk")
        assert "under fuel" in page.inner_text(".desk")


def test_any_month_can_be_chosen_from_the_one_beside_it(fuelled: Desk, browser: Browser) -> None:
    this = month_of(datetime.now(UTC).date().toordinal())
    with page_of(browser) as page:
        page.goto(f"{fuelled.url}/fuel?month={period_text(shifted(this, -3))}&lang=en")
        page.wait_for_selector("[data-fuel=days] canvas")
        name = months_named((shifted(this, -3), shifted(this, -2)), "en")
        assert page.inner_text(".desk .languages [aria-current=true]") == name
        assert name.split()[0][:3] in page.inner_text("[data-fuel=days] tbody tr >> nth=0")
        page.click(f".desk .languages >> text={months_named((shifted(this, -4), shifted(this, -3)), 'en')}")
        page.wait_for_url(f"**/fuel?month={period_text(shifted(this, -4))}&lang=en")
        page.wait_for_selector("[data-fuel=days] canvas")
        assert page.locator(".warning").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "said"), [("foo", "bad_month"), ("2026-13", "bad_month"), ("2098-01", "fuel_not_begun")]
)
def test_what_is_no_month_is_refused_in_words(
    asked: str, said: str, language: Language, fuelled: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        page.goto(f"{fuelled.url}/fuel?month={asked}&lang={language}")
        page.wait_for_selector(".heat-page .warning")
        assert page.inner_text(".heat-page .warning") == text(said, language).format(given=asked)
        page.wait_for_selector("[data-fuel=sources]")
