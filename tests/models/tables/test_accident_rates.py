"""Rates of accidents have a definition each, and no number where what they are divided by is not known."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from models.stated.accident import AccidentWord, accident_day, days_without, standing_accidents, today_of
from models.stated.measure import MeasureKind, StatedMeasure
from models.tables.accident_rates import NoRate, StatedSafety, accident_figures
from models.works.month import shifted
from models.works.place import ALL
from models.works.plant import Calendar, Plant, Shop, Unit

ZONE = ZoneInfo("Asia/Almaty")
EIGHT = Calendar(zone=ZONE, day_start=time(8), shift_starts=(time(8), time(20)))
PLANT = Plant(
    site="works", site_names={"en": "Works"}, zone=ZONE, simulated=False,
    shops={"mines": Shop(code="mines", names={"en": "Mines"}, calendar=EIGHT),
           "iron": Shop(code="iron", names={"en": "Iron"}, calendar=Calendar(zone=ZONE))},
    units={"mine1": Unit(code="mine1", shop="mines", kind="mine", names={"en": "Mine 1"})},
    products={}, reported=(), tags=(),
)  # fmt: skip
JANUARY = date(2025, 1, 1).toordinal()
YEAR_TO_AUGUST = JANUARY, date(2025, 9, 1).toordinal()


def at(words: str) -> int:
    return int(datetime.fromisoformat(words).replace(tzinfo=ZONE).timestamp()) * 10**9


def hurt(number: str, when: str, victims: int = 1, **more: object) -> AccidentWord:
    given: dict[str, object] = {"shop": "mines", "unit": "mine1", "fatal": 0, "days_lost": 10, "recorded_ns": at(when)}
    return AccidentWord(
        number=number, at_ns=at(when), victims=victims, kind="gas", cause="", note="", author="S.",
        **(given | more),  # type: ignore[arg-type]
    )  # fmt: skip


def people(kind: MeasureKind, values: dict[int, str], place: str = ALL) -> list[StatedMeasure]:
    return [
        StatedMeasure(
            subject=place, kind=kind, start=shifted(JANUARY, month - 1), end=shifted(JANUARY, month),
            value=Decimal(value), growth_pct=None, source="form 7", stated_on=JANUARY + 260, author="S.",
        )
        for month, value in values.items()
    ]  # fmt: skip


EMPLOYED = people(MeasureKind.EMPLOYED, dict.fromkeys(range(1, 5), "9000") | dict.fromkeys(range(5, 9), "11000"))
HOURS = people(MeasureKind.HOURS_WORKED, dict.fromkeys(range(1, 9), "1500000"))


def test_the_rates_of_eight_months_are_those_on_paper() -> None:
    accidents = [hurt("1", "2025-02-03 10:00", 2, fatal=1), hurt("2", "2025-06-03 10:00", 3), hurt("3", "2025-09-02")]
    made = accident_figures(PLANT, StatedSafety(accidents, [*EMPLOYED, *HOURS]), YEAR_TO_AUGUST)
    assert (made.victims, made.fatal, made.days_lost, made.unreported) == (5, 1, 20, ())
    assert made.per_1000.value == Decimal("0.50"), "5 victims / mean of 10,000 employed x 1,000"
    assert made.ltifr.value == Decimal("0.42"), "5 injuries / 12,000,000 h x 1,000,000 = 0.4167"


def test_days_lost_of_some_accidents_are_a_least_beside_those_that_are_not_stated() -> None:
    accidents = [hurt("1", "2025-02-03 10:00"), hurt("2", "2025-06-03 10:00", days_lost=None)]
    made = accident_figures(PLANT, StatedSafety(accidents, [*EMPLOYED, *HOURS]), YEAR_TO_AUGUST)
    assert (made.days_lost, made.days_not_stated) == (10, 1)


def test_without_hours_or_people_there_is_no_rate_and_the_reason_is_given() -> None:
    accidents = [hurt("1", "2025-02-03 10:00")]
    may = shifted(JANUARY, 4)
    known = [each for each in (*EMPLOYED, *HOURS) if each.start != may]
    made = accident_figures(PLANT, StatedSafety(accidents, known), YEAR_TO_AUGUST)
    for rate in (made.per_1000, made.ltifr):
        assert (rate.value, rate.why, rate.lacking) == (None, NoRate.NOT_STATED, (may,))
    assert made.unreported == (may,)
    nothing = people(MeasureKind.HOURS_WORKED, {2: "0"}) + people(MeasureKind.EMPLOYED, {2: "0"})
    of_february = accident_figures(PLANT, StatedSafety(accidents, nothing), (shifted(JANUARY, 1), shifted(JANUARY, 2)))
    for rate in (of_february.per_1000, of_february.ltifr):
        assert (rate.value, rate.why) == (None, NoRate.ZERO)


def test_a_shop_has_the_rates_of_its_own_people_alone() -> None:
    accidents = [hurt("1", "2025-02-03 10:00"), hurt("2", "2025-02-03 10:00", shop="iron", unit=ALL)]
    mines = people(MeasureKind.EMPLOYED, {2: "500"}, "mines")
    february = shifted(JANUARY, 1), shifted(JANUARY, 2)
    made = accident_figures(PLANT, StatedSafety(accidents, [*mines, *EMPLOYED]), february, "mines")
    assert (made.victims, made.per_1000.value, made.ltifr.why) == (1, Decimal("2.00"), NoRate.NOT_STATED)
    works = accident_figures(PLANT, StatedSafety(accidents, [*mines, *EMPLOYED]), february)
    assert (works.victims, works.per_1000.value) == (2, Decimal("0.22"))


def test_an_incident_without_victims_is_no_accident_of_the_rates_and_ends_no_count_of_days() -> None:
    accidents = [hurt("1", "2025-02-03 10:00"), hurt("2", "2025-02-20 10:00", 0)]
    made = accident_figures(PLANT, StatedSafety(accidents, [*EMPLOYED, *HOURS]), YEAR_TO_AUGUST)
    assert [word.number for word in made.accidents] == ["1"]
    assert days_without(PLANT, accidents, date(2025, 2, 24).toordinal()) == 21


@pytest.mark.parametrize(
    ("when", "shop", "day"),
    [
        ("2025-08-14 07:59", "mines", "2025-08-13"),
        ("2025-08-14 08:00", "mines", "2025-08-14"),
        ("2025-08-14 07:59", "iron", "2025-08-14"),
        ("2025-08-14 00:00", ALL, "2025-08-14"),
    ],
)
def test_an_injury_is_of_the_production_day_of_its_shop(when: str, shop: str, day: str) -> None:
    assert accident_day(PLANT, hurt("1", when, shop=shop, unit=ALL)) == date.fromisoformat(day).toordinal()


def test_the_days_count_from_the_injury_also_where_it_was_entered_weeks_later() -> None:
    day = date(2025, 8, 14).toordinal()
    early = hurt("1", "2025-07-01 10:00")
    late = hurt("2", "2025-08-14 10:00", recorded_ns=at("2025-09-05 09:00"))
    known_in_august = standing_accidents([early, late], at("2025-08-31 23:00"))
    assert days_without(PLANT, known_in_august, day + 10) == 54, "nobody knew of it yet"
    accidents = standing_accidents([early, late])
    assert [days_without(PLANT, accidents, day + after) for after in (-1, 0, 1, 10)] == [43, 0, 1, 10]
    assert days_without(PLANT, [], day) is None, "since when there was none nobody knows"
    assert days_without(PLANT, [late], day - 1) is None
    assert days_without(PLANT, standing_accidents([late, replace(late, withdrawn=True)]), day) is None


def test_the_day_that_runs_is_that_of_the_shop() -> None:
    assert today_of(PLANT, "mines", at("2025-08-14 07:00")) == date(2025, 8, 13).toordinal()
    assert today_of(PLANT, ALL, at("2025-08-14 07:00")) == date(2025, 8, 14).toordinal()
