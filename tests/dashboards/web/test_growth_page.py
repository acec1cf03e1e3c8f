"""The growth page in a real browser: what the months' rows say, in three languages, and nothing else."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from dashboards.web.growth_view import growth_view
from models.tables.desk_data import MonthPoint, OutputPoint
from models.tables.row_fields import MONTH_TABLE
from models.works.calendar import stamp_ns
from models.works.localize import Language
from models.works.month import shifted
from models.works.place import ALL
from models.works.table import FieldValue, Row, RowKey
from tests.dashboards.web.conftest import Desk, done
from tests.models.tables.test_hour_rows import PLANT
from tests.support.browser import page_of
from tests.support.ledger_calls import publish

MONTH = date(2026, 8, 1).toordinal()
NEWEST: dict[str, FieldValue] = {
    "period": "2026-08",
    "status": 2,
    "actual_t": 150000.0,
    "target_t": 155000.0,
    "attainment_pct": 96.8,
    "mom_pct": -4.8,
    "yoy_pct": 7.1,
    "restated_yoy_pct": 9.3,
    "ytd_pct": 6.0,
    "completeness_pct": 100.0,
}


def month_row(desk: Desk, month: int, fields: dict[str, FieldValue]) -> Row:
    tags = {"site": desk.plant.site, "shop": ALL, "unit": ALL, "product": "pig_iron", "level": "site"}
    return Row(RowKey.of(MONTH_TABLE, stamp_ns(desk.plant.zone, date.fromordinal(month)), tags), fields)


@pytest.fixture
def months(desk: Desk) -> None:
    """Two years of pig iron; nothing of the others."""
    assert desk.ledger is not None
    older = [
        month_row(desk, shifted(MONTH, -number), {"period": "x", "status": 0, "actual_t": 140000.0 + number})
        for number in range(1, 30)
    ]
    done(publish(desk.ledger, [*older, month_row(desk, MONTH, NEWEST)], to_outbox=False))


def opened(page: Page, desk: Desk, language: str) -> Page:
    page.goto(f"{desk.url}/growth?lang={language}")
    page.wait_for_selector('[data-growth="pig_iron"] canvas')
    return page


@pytest.mark.long
@pytest.mark.usefixtures("months")
def test_the_newest_month_is_shown_as_its_row_has_it_with_the_restated_growth_beside_it(
    desk: Desk, browser: Browser
) -> None:
    with page_of(browser) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        opened(page, desk, "ru")
        card = '[data-growth="pig_iron"]'
        assert page.get_attribute(f"{card} .actual", "data-exact-t") == "150000.0"
        assert page.inner_text(f"{card} .actual") == "150\u00a0000\u00a0т"
        exact = {
            tile.get_attribute("data-field"): tile.get_attribute("data-exact")
            for tile in page.query_selector_all(f"{card} .tile")
        }
        assert exact == {"mom_pct": "-4.8", "yoy_pct": "7.1", "ytd_pct": "6.0", "attainment_pct": "96.8"}
        assert "пересчитано: +9,3" in page.inner_text(f'{card} [data-field="yoy_pct"]')
        assert page.inner_text(f"{card} .status") == "закрытые"
        assert page.inner_text('[data-growth="coal_raw"] .actual') == "нет данных"
        assert said == []


@pytest.mark.usefixtures("months")
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_word_of_ours_is_left_on_the_growth_page(language: Language, desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        text = opened(page, desk, language).inner_text(".desk")
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"SIMULATED", "EN"}


@pytest.mark.usefixtures("months")
def test_the_growth_page_fits_a_phone_and_leads_back_to_today(desk: Desk, browser: Browser) -> None:
    with page_of(browser) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        opened(page, desk, "en")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.click(".pages a >> nth=0")
        page.wait_for_selector(".card canvas")
        assert page.url.startswith(f"{desk.url}/?lang=en")


def test_two_years_are_drawn_and_the_running_month_differs_from_the_others() -> None:
    points = [
        MonthPoint(ALL, ALL, "pig_iron", "site", number * 31 * 86_400 * 10**9, {"status": 0, "actual_t": 1.0 + number})
        for number in range(40)
    ]
    running = MonthPoint(
        ALL,
        ALL,
        "pig_iron",
        "site",
        41 * 31 * 86_400 * 10**9,
        {"status": 0, "actual_t": 7.0, "in_progress_days": 3},
    )
    (_, card) = growth_view(PLANT, [*points, running], "en").cards
    assert len(card.bars) == 25
    assert [bar.running for bar in card.bars] == [False] * 24 + [True]
    assert "3 of its days" in card.remark
    assert {tile.shown for tile in card.tiles} == {"no data"}


def test_on_the_first_of_a_month_the_growth_of_the_one_that_ended_is_shown() -> None:
    ended, begun = (stamp_ns(PLANT.zone, date(2026, month, 1)) for month in (3, 4))
    march = MonthPoint(ALL, ALL, "pig_iron", "site", ended, {"status": 0, "actual_t": 7.0, "ytd_pct": 6.0})
    april = MonthPoint(ALL, ALL, "pig_iron", "site", begun, {"status": 0, "actual_t": 0.1, "in_progress_days": 0})
    (_, card) = growth_view(PLANT, [march, april], "en").cards
    assert (card.month, card.exact_t) == ("Mar 2026", 7.0)
    assert {tile.field: tile.exact for tile in card.tiles}["ytd_pct"] == 6.0
    assert len(card.bars) == 2, "the new month has its bar"
    (_, alone) = growth_view(PLANT, [april], "en").cards
    assert alone.month == "Apr 2026"


def test_each_growth_opens_the_split_of_the_days_that_it_compares() -> None:
    def why(**fields: FieldValue) -> dict[str, str]:
        time_ns = stamp_ns(PLANT.zone, date(2026, 3, 1))
        point = MonthPoint(ALL, ALL, "pig_iron", "site", time_ns, {"status": 0, "actual_t": 7.0, **fields})
        (_, card) = growth_view(PLANT, [point], "en").cards
        return {
            tile.field: tile.why.removesuffix("&lang=en").removeprefix("/why?product=pig_iron") for tile in card.tiles
        }

    # A month that is over is compared whole; of one that runs count the days that are over, and as many of its base.
    assert why() == {
        "mom_pct": "&from=2026-03-01&to=2026-03-31&base_from=2026-02-01&base_to=2026-02-28",
        "yoy_pct": "&from=2026-03-01&to=2026-03-31&base_from=2025-03-01&base_to=2025-03-31",
        "ytd_pct": "&from=2026-01-01&to=2026-03-31&base_from=2025-01-01&base_to=2025-03-31",
        "attainment_pct": "",
    }
    assert why(in_progress_days=9) == {
        "mom_pct": "&from=2026-03-01&to=2026-03-09&base_from=2026-02-01&base_to=2026-02-09",
        "yoy_pct": "&from=2026-03-01&to=2026-03-09&base_from=2025-03-01&base_to=2025-03-09",
        "ytd_pct": "&from=2026-01-01&to=2026-03-09&base_from=2025-01-01&base_to=2025-03-09",
        "attainment_pct": "",
    }
    # On the first of a month no day of it is over, and nothing is compared.
    assert set(why(in_progress_days=0).values()) == {""}


def day(number: int, **figures: float) -> OutputPoint:
    """A day of March, as it is published for the works."""
    time_ns = stamp_ns(PLANT.zone, date(2026, 3, number))
    return OutputPoint(
        shop=ALL,
        unit=ALL,
        product="pig_iron",
        level="site",
        time_ns=time_ns,
        start_ns=time_ns,
        end_ns=time_ns,
        actual_t=1.0,
        completeness_pct=100.0,
        status=0,
        **figures,
    )


def behind(*days: OutputPoint, language: Language = "en") -> tuple[str, str]:
    (coal, card) = growth_view(PLANT, [], language, days).cards
    assert (coal.behind, coal.recovery) == ("", ""), "nothing is known of it"
    return card.behind.replace("\xa0", " "), card.recovery


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Mar 2026 is forecast to come to 261,500 t, below its plan of 267,000 t."),
        ("ru", "03.2026: прогноз 261 500 т, ниже плана 267 000 т."),
        ("kk", "03.2026: болжам 261 500 т, жоспардан төмен (267 000 т)."),
    ],
)
def test_a_month_that_is_forecast_below_its_plan_leads_to_how_it_is_made(language: Language, said: str) -> None:
    short = day(9, forecast_month_t=261_500.4, month_target_t=267_000.0)
    assert behind(short, language=language) == (said, f"/recovery?product=pig_iron&lang={language}")


def test_a_month_that_is_on_its_way_or_not_forecast_leads_nowhere() -> None:
    short, good = (day(at, forecast_month_t=made, month_target_t=267_000.0) for at, made in ((8, 2e5), (9, 266_999.5)))
    assert behind(short, good) == ("", ""), "the newest day counts"
    assert behind(day(9, month_target_t=267_000.0)) == ("", "")
    assert behind(day(9, forecast_month_t=1.0)) == ("", "")
    assert behind() == ("", "")
