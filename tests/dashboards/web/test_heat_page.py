"""The page of heat supply: each network against its graph, in words and figures, also where nothing is known."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from collector.config.load import load
from collector.simulation.beside import configuration
from collector.simulation.heat_loader import load_heat
from collector.simulation.plant_config import SOURCE_NAME
from dashboards.web.texts import text
from models.briefing.months_named import months_named
from models.heat.texts import heat_text
from models.works.calendar import local_date
from models.works.localize import LANGUAGES, Language, localize_day
from models.works.month import length, month_of, shifted
from tests.dashboards.web.conftest import Desk, done
from tests.dashboards.web.test_accessible import themes, violations
from tests.dashboards.web.test_layout import NOTHING, SIZES, faults
from tests.support.browser import page_of

pytestmark = pytest.mark.long

HOSTILE = '<img src=x onerror="document.title=1">'
VERDICT = {"en": "outside, the mean of 24", "ru": "снаружи в среднем за 24", "kk": "сыртта"}
UNDER = {"en": "nder-heating", "ru": "едогрев", "kk": "жетіспе"}


def with_heat(config: dict[str, Any]) -> None:
    """The network of the demo, with a name as long and hostile as one can be; and a second one that nobody reads."""
    (plant,) = (unit for shop in config["shops"] for unit in shop["units"] if unit["code"] == "chp")
    plant["tags"].append(configuration.outdoor_tag(SOURCE_NAME))
    config["heat_supply"] = configuration.heat_supply()
    network = config["heat_supply"]["networks"][0]
    network["names"]["en"] += f" {HOSTILE}"
    silent = {**network, "code": "silent", "names": {"en": "Silent"}, "outdoor": "bf3.blast_temperature"}
    del silent["heat"]
    for key in ("supply", "return", "flow"):
        plant["tags"].append(
            {"signal": f"silent_{key}", "kind": "gauge", "source": SOURCE_NAME, "node": f"ns=1;s={key}",
             "unit_of_measure": "t/h" if key == "flow" else "degC"}
        )  # fmt: skip
        silent[key] = f"chp.silent_{key}"
    config["heat_supply"]["networks"].append(silent)
    config["heat_supply"]["boilers"] = [{"unit": "bf3", "gcal_h": 80}, {"unit": "bf4", "gcal_h": 80}]


@pytest.fixture(scope="module")
def heated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with two months of a heat network."""
    desk = Desk(tmp_path_factory.mktemp("heat"), edit=with_heat)
    try:
        assert desk.ledger is not None
        supply = load(desk.folder / "plant.yaml").heat
        first_alone = type(supply)(networks=supply.networks[:1])
        done(load_heat(desk.ledger, first_alone, time.time_ns(), 1))
        desk.report()
        desk.judge()
        desk.wait()
        yield desk
    finally:
        desk.end()


def days_known(desk: Desk) -> int:
    """Of the last seven days, those of which an hour is over."""
    return 7 if datetime.now(desk.plant.zone).hour else 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_gets_from_the_reports_to_the_newest_hour_its_verdict_and_the_days(
    language: Language, heated: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{heated.url}/report?lang={language}")
        page.click(f".report-files >> text={text('heat_title', language)}")
        page.wait_for_selector("[data-network=town] canvas")
        town = page.inner_text("[data-network=town]").replace("\xa0", " ")
        assert VERDICT[language] in town
        assert UNDER[language] in town
        assert "SIMULATED rules, item 547" in town
        assert page.locator("[data-network=town] table tbody tr").count() == days_known(heated)
        silent = page.inner_text("[data-network=silent]")
        assert text("no_data", language) in silent
        assert page.locator("[data-network=silent] .toned.unknown").count() >= 2, "what is not known is said as that"
        page.click(f"text={text('heat_days_month', language)}")
        page.wait_for_url("**/heat?days=month&lang=*")
        page.wait_for_selector("[data-network=town] canvas, [data-network=town] .unknown")
        assert page.title() == f"{text('heat_title', language)} - Tundish"
        assert errors == []
        assert heat_text("failure_unknown", language) in page.inner_text("[data-sources]")
        assert text("heat_is_now", language) in page.inner_text("[data-sources]")
        today = local_date(heated.plant.zone, time.time_ns())
        monday = today - timedelta(days=today.weekday() + 7)
        page.click(f"nav >> text={text('heat_week', language)}")
        page.wait_for_url(f"**/heat?days={monday}..{monday + timedelta(days=6)}&lang=*")
        page.wait_for_selector("[data-network=town] table tbody tr")
        rows = page.locator("[data-network=town] table tbody tr").all_inner_texts()
        assert [row.split("\t")[0] for row in rows] == [
            localize_day(monday + timedelta(days=back), language) for back in reversed(range(7))
        ]
        assert localize_day(monday + timedelta(days=6), language) in page.inner_text(
            "[data-network=town] .when >> nth=0"
        )
        said = page.inner_text("[data-sources]")
        assert heat_text("failure_unknown", language) not in said, "boilers of now are not of that week"
        assert text("heat_is_now", language) not in said
        first = date.fromordinal(shifted(month_of(today.toordinal()), -1))
        page.click(f"nav >> text={months_named((first.toordinal(), month_of(today.toordinal())), language)}")
        page.wait_for_url(f"**/heat?days={first:%Y-%m}&lang=*")
        page.wait_for_selector("[data-network=town] table tbody tr")
        assert page.locator("[data-network=town] table tbody tr").count() == length(first.toordinal())


def test_days_that_are_none_are_told_and_seven_shown(heated: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        for asked in ("2150-01", "x", "2025-01-01..2026-01-01", "2026-02-03..2026-02-01"):
            page.goto(f"{heated.url}/heat?days={asked}&lang=en")
            page.wait_for_selector("[data-network=town] table tbody tr")
            assert asked in page.inner_text(".warning")
            assert page.locator("[data-network=town] table tbody tr").count() == days_known(heated)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_covered_and_axe_finds_nothing(language: Language, heated: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        # In the first hour of a month nothing of it is known yet.
        month = (local_date(heated.plant.zone, time.time_ns()) - timedelta(days=1)).strftime("%Y-%m")
        page.goto(f"{heated.url}/heat?days={month}&lang={language}")
        page.wait_for_selector("[data-network=town] canvas")
        assert {width: faults(page, width) for width in SIZES} == NOTHING
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for theme in themes(language):
            page.select_option("select.theme", theme)
            assert violations(page, language) == [], theme


def test_a_works_without_a_network_is_told_where_to_declare_one(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.goto(f"{desk.url}/report?lang=en")
        page.wait_for_selector(".report-files")
        assert text("heat_title", "en") not in page.inner_text(".report-files")
        page.goto(f"{desk.url}/heat?lang=en")
        page.wait_for_selector(".desk")
        assert "heat_supply" in page.inner_text(".desk")
