"""The page of the month says what the rows say: to date against plan, the forecast, units, months, two periods."""

from datetime import date, datetime

import pytest

from dashboards.web.month_chart import month_options
from dashboards.web.month_view import MonthView, month_view
from dashboards.web.periods_view import AskedPeriods, periods_view
from models.tables.compared_periods import ComparedPlace, PeriodFigure
from models.tables.desk_data import MonthPoint
from models.tables.month_record import MonthRecord
from models.works.calendar import day_bounds, stamp_ns
from models.works.localize import LANGUAGES, NO_BREAK_SPACE, Language
from models.works.month import shifted
from models.works.place import ALL, UNALLOCATED, Place
from models.works.table import FieldValue
from tests.models.tables.test_hour_rows import ALMATY, PLANT

IRON = "pig_iron"
SITE = Place("site", ALL, ALL, IRON)
JUNE = date(2026, 6, 1).toordinal()
NOON_NS = int(datetime(2026, 6, 11, 12, tzinfo=ALMATY).timestamp()) * 10**9


def row(day: int, level: str = "site", unit: str = ALL, **fields: FieldValue) -> MonthPoint:
    """A published row of a day, or of a month."""
    shop = ALL if level == "site" else "iron"
    return MonthPoint(shop, unit, IRON, level, stamp_ns(ALMATY, date.fromordinal(day)), {"status": 0, **fields})


def day_row(day: int, made: float | None, to_date: float | None, **more: FieldValue) -> MonthPoint:
    start_ns, end_ns = day_bounds(PLANT.shops["iron"].calendar, date.fromordinal(day))
    known: dict[str, FieldValue] = {} if made is None else {"actual_t": made}
    if to_date is not None:
        known["month_to_date_t"] = to_date
    span = {"start_ms": start_ns // 10**6, "end_ms": end_ns // 10**6}
    return row(day, target_t=10_000.0, completeness_pct=100.0, **span, **known, **more)


FORECAST = {
    "month_target_t": 300_000.0,
    "month_to_date_due_t": 105_000.0,
    "required_rate_t_per_day": 10_250.5,
    "forecast_month_t": 290_000.0,
    "forecast_low_t": 280_000.0,
    "forecast_high_t": 301_000.0,
}


def running(last: dict[str, FieldValue] | None = None) -> MonthRecord:
    """Ten days that are over, and one that runs."""
    over = [day_row(JUNE + day, 9_500.0, 9_500.0 * (day + 1)) for day in range(10)]
    newest = day_row(JUNE + 10, 4_000.0, 99_000.0, **(FORECAST if last is None else last))
    unit = {"actual_t": 60_000.0, "in_progress_days": 10}
    months = [
        row(JUNE, actual_t=99_000.0, target_t=300_000.0, deviation_t=-201_000.0, in_progress_days=10, mom_pct=-4.8),
        row(shifted(JUNE, -1), actual_t=310_000.0, target_t=300_000.0, deviation_t=10_000.0, attainment_pct=103.3),
        row(JUNE, "unit", "bf3", **unit),
        row(JUNE, "unit", UNALLOCATED, actual_t=39_000.0, in_progress_days=10),
    ]
    to_date = row(JUNE + 10, "unit", "bf3", month_to_date_t=60_000.0, month_to_date_due_t=64_000.0)
    return MonthRecord(
        month=JUNE,
        product=IRON,
        read_ns=NOON_NS,
        days=[*over, newest, to_date],
        months=months,
        targets_g={SITE: [10_000_000_000] * 30},
    )


def view(record: MonthRecord, language: Language = "en") -> MonthView:
    return month_view(PLANT, record, language)


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ")


def test_a_month_that_runs_stands_against_what_is_due_by_now_and_says_what_is_still_to_be_made() -> None:
    found = view(running())
    assert (plain(found.made.shown), found.exact_t, found.runs) == ("99,000 t", 99_000.0, True)
    assert {(what, plain(amount), tone) for what, amount, tone in found.tiles} >= {
        ("Due by now", "105,000 t", "plain"),
        ("Deviation", "-6,000 t", "down"),
        ("Month forecast", "290,000 t", "plain"),
    }
    assert [plain(words) for words in found.words] == [
        "To meet the plan of 300,000 t, each day that is left has to give 10,251 t.",
        "Forecast for the month: 290,000 t. In four cases of five it ends between 280,000 t and 301,000 t.",
    ]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({"month_target_t": 90_000.0, "required_rate_t_per_day": 0.0}, "The plan of 90,000 t is met."),
        ({}, "There is no plan for this month. Enter one with: tundish plan import"),
        ({"forecast_lacks": "bf2"}, "No forecast: a day is missing of bf2."),
        ({}, "No forecast: a day of this month is not known, or no day is over yet."),
    ],
)
def test_what_is_not_there_is_said_with_the_next_step(last: dict[str, FieldValue], words: str) -> None:
    assert words in [plain(said) for said in view(running(last)).words]


def test_the_running_day_is_drawn_apart_and_the_fan_begins_where_the_days_that_are_over_end() -> None:
    plot = view(running()).plot
    assert plot is not None
    assert (plot.made[9], plot.made[10], plot.running[9], plot.running[10]) == (95_000, None, 95_000, 99_000)
    assert (plot.low[8], plot.low[9], plot.low[29], plot.high[29]) == (None, 95_000, 280_000, 301_000)
    assert (plot.plan[0], plot.plan[29]) == (10_000, 300_000)
    options = month_options(plot, "ru")
    assert [series["name"] for series in options["series"]][2:] == [
        "Ожидаемое за месяц",
        "План",
        "Факт",
        "Факт, текущие сутки",
    ]
    assert options["series"][1]["data"][29] == 21_000, "the height of the fan"


def test_every_figure_opens_its_own_receipt() -> None:
    found = view(running(), "kk")
    month = "/receipt?product=pig_iron&from=2026-06-01&to=2026-06-30&lang=kk"
    assert found.made.link == month
    day = found.days[2]
    assert day[1].link == "/receipt?product=pig_iron&from=2026-06-03&to=2026-06-03&lang=kk"
    assert day[3].link == "/receipt?product=pig_iron&from=2026-06-01&to=2026-06-03&lang=kk"
    assert [unit.made.link for unit in found.units] == [
        "/receipt?shop=iron&unit=bf3&product=pig_iron&from=2026-06-01&to=2026-06-30&lang=kk",
        "",
    ]
    assert [line[1].link.partition("from=")[2][:10] for line in found.months] == ["2026-06-01", "2026-05-01"]


def test_a_unit_stands_against_what_was_due_of_it_and_what_no_unit_has_is_told() -> None:
    unit, rest = view(running()).units
    assert (unit.name, plain(unit.deviation), unit.of_plan_pct, unit.tone) == ("bf3", "-4,000 t", 93.8, "down")
    assert (plain(rest.made.shown), rest.tone) == ("39,000 t", "unknown")


def test_a_day_that_nobody_knows_ends_the_sum_and_the_page_says_from_when_on() -> None:
    days = [day_row(JUNE, 9_500.0, 9_500.0), day_row(JUNE + 1, None, None), day_row(JUNE + 2, 9_500.0, None)]
    month = row(JUNE, actual_t=19_000.0, in_progress_days=3)
    found = view(MonthRecord(month=JUNE, product=IRON, read_ns=NOON_NS, days=days, months=[month]))
    assert found.words[0].startswith("From 2 Jun 2026 on the sum to date is not known")
    assert found.plot is not None
    assert found.plot.made[:3] == (9_500, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_of_which_nothing_is_known_says_the_next_step(language: Language) -> None:
    found = view(MonthRecord(month=JUNE, product=IRON, read_ns=NOON_NS), language)
    assert "tundish import" in found.empty
    assert (found.plot, found.days, found.units, found.months) == (None, (), (), ())
    assert [what for what, _ in found.neighbours] != []
    assert len(found.neighbours) == 1, "nothing leads into the future"


def compared(level: str = "site", unit: str = ALL, **more: object) -> ComparedPlace:
    place = Place(level, ALL if level == "site" else "iron", unit, IRON)
    now = PeriodFigure(days=(JUNE, JUNE + 10), grams=95 * 10**9, whole=True, restating=0)
    base = PeriodFigure(days=(JUNE - 31, JUNE - 21), grams=100 * 10**9, whole=True, restating=0)
    return ComparedPlace(place=place, **{"now": now, "base": base, **more})  # type: ignore[arg-type]


def test_two_periods_show_tonnes_tonnes_a_day_and_growth_with_their_receipts() -> None:
    asked = AskedPeriods(JUNE, IRON, (JUNE, JUNE + 30), (JUNE - 31, JUNE))
    found = periods_view(PLANT, asked, [compared(), compared("unit", "bf3")], "ru")
    (site,), (unit,) = found.products, found.units
    assert [plain(each) for each in (site.now.shown, site.now_per_day, site.growth, site.per_day)] == [
        "95 000 т",
        "9 500 т",
        "-5,0 %",
        "-5,0 %",
    ]
    assert site.now.link == "/receipt?product=pig_iron&from=2026-06-01&to=2026-06-10&lang=ru"
    assert (unit.name, unit.growth_tone) == ("bf3", "down")
    assert found.days.startswith("Период не окончен")
    assert found.dates == ("2026-06-01", "2026-06-30", "2026-05-01", "2026-05-31")


def test_a_period_with_an_unknown_day_has_its_known_tonnes_and_no_growth() -> None:
    part = PeriodFigure(days=(JUNE - 31, JUNE - 21), grams=10**9, whole=False, restating=0)
    found = periods_view(
        PLANT, AskedPeriods(JUNE, IRON, (JUNE, JUNE + 10), (JUNE - 31, JUNE - 21)), [compared(base=part)], "en"
    )
    (site,) = found.products
    assert (site.growth, site.base_per_day, site.remark) == ("no data", "no data", "not every day is known")
    assert plain(site.base.shown) == "1,000 t"
