"""Hours and days of units, shops and the site: what is known, and how completely."""

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from models.counting.completeness import slot_share
from models.counting.increment import IncrementFlag
from models.counting.output_plan import BucketSum, OutputPlan
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.hour_rows import hour_rows
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.codes import TagKind
from models.works.plant import Calendar, Plant, Product, Reported, Shop, Tag, Unit
from models.works.table import Row
from tests.models.books.paper_book import book_of
from tests.models.counting.counter_book import S

ALMATY = ZoneInfo("Asia/Almaty")
DAY = date(2026, 1, 2)
START_NS = stamp_ns(ALMATY, DAY)
START_S = START_NS // S
HOUR = (START_NS, START_NS + HOUR_NS)
LATER_NS = START_NS + 40 * HOUR_NS


def counter(unit: str, shop: str, product: str, signal: str = "count", kind: TagKind = TagKind.TOTALIZER) -> Tag:
    return Tag(
        name=f"{unit}.{signal}",
        signal=signal,
        kind=kind,
        site="temirtau",
        shop=shop,
        unit=unit,
        source="plc",
        unit_of_measure="t",
        cadence_s=10.0,
        product=product,
        max_rate_per_h=1500.0,
        grams_per_unit=1e6,
    )


def unit(code: str, shop: str) -> Unit:
    return Unit(code=code, shop=shop, kind="furnace", names={"en": code})


def product(code: str, made_from: tuple[str, ...] = ()) -> Product:
    return Product(code=code, names={"en": code}, definition=code, basis="wet", made_from=made_from)


TAGS = (
    counter("bf2", "iron", "pig_iron", "taps", TagKind.EVENT),
    counter("bf3", "iron", "pig_iron", "taps", TagKind.EVENT),
    counter("bf3", "iron", "coal_raw", "coal_total"),
    counter("mine1", "mines", "coal_raw", "belt1"),
    counter("mine1", "mines", "coal_raw", "belt2"),
    counter("mine2", "mines", "coal_raw", "belt"),
)
PLANT = Plant(
    site="temirtau",
    site_names={"en": "Temirtau"},
    zone=ALMATY,
    simulated=False,
    shops={
        "iron": Shop(code="iron", names={"en": "Iron"}, calendar=Calendar(zone=ALMATY)),
        "mines": Shop(
            code="mines",
            names={"en": "Mines"},
            calendar=Calendar(zone=ALMATY, day_start=time(8), shift_starts=(time(8), time(20))),
        ),
    },
    units={
        "bf2": unit("bf2", "iron"),
        "bf3": unit("bf3", "iron"),
        "mine1": unit("mine1", "mines"),
        "mine2": unit("mine2", "mines"),
    },
    products={"pig_iron": product("pig_iron", made_from=("coal_raw",)), "coal_raw": product("coal_raw")},
    reported=(
        Reported(name="coal", product="coal_raw", counted_at=("mine1", "mine2")),
        Reported(name="pig_iron", product="pig_iron", counted_at=("bf2", "bf3")),
    ),
    tags=TAGS,
)
PLAN = OutputPlan(PLANT)


def hours(sums: Sequence[BucketSum], hour: tuple[int, int] = HOUR, now_ns: int = LATER_NS) -> list[Row]:
    return hour_rows(book_of(PLANT, 2026, now_ns, sums), sums, hour)


def days(sums: Sequence[BucketSum], day: date = DAY, now_ns: int = LATER_NS) -> list[Row]:
    book = book_of(PLANT, day.year, now_ns, sums)
    return day_rows(book, Forecasts(book, day.toordinal(), day.toordinal() + 1), day.toordinal())


def slot(tag: str, start_s: int, tonnes: float, readings: int = 30) -> BucketSum:
    found = next(item for item in TAGS if item.name == tag)
    return BucketSum(tag, found.unit, found.product or "", start_s, start_s + 300, round(tonnes * 1e6), readings)


def full(tag: str, start_s: int, slots: int, tonnes: float, readings: int = 30) -> list[BucketSum]:
    return [slot(tag, start_s + 300 * index, tonnes, readings) for index in range(slots)]


def found(rows: Sequence[Row], level: str, shop: str, unit_code: str, product_code: str) -> Row | None:
    wanted = {"site": "temirtau", "level": level, "shop": shop, "unit": unit_code, "product": product_code}
    matching = [row for row in rows if dict(row.key.tags) == wanted]
    assert len(matching) <= 1
    return matching[0] if matching else None


def actual(rows: Sequence[Row], *where: str) -> float | None:
    row = found(rows, *where)
    if row is None:
        return None
    value = row.fields["actual_t"]
    assert isinstance(value, float)
    return value


def completeness(rows: Sequence[Row], *where: str) -> float:
    row = found(rows, *where)
    assert row is not None
    return float(row.fields["completeness_pct"])


def test_an_hour_says_units_shops_and_the_site_each_once() -> None:
    sums = full("bf2.taps", START_S, 12, 10.0) + full("bf3.taps", START_S, 12, 20.0)
    rows = hours(sums)
    assert actual(rows, "unit", "iron", "bf2", "pig_iron") == 120.0
    assert actual(rows, "unit", "iron", "bf3", "pig_iron") == 240.0
    assert actual(rows, "shop", "iron", "all", "pig_iron") == 360.0
    assert actual(rows, "site", "all", "all", "pig_iron") == 360.0
    assert len(rows) == 4
    row = found(rows, "unit", "iron", "bf2", "pig_iron")
    assert row is not None
    assert (row.key.table, row.key.time_ns) == ("output_hour", START_NS)
    assert row.fields == {
        "actual_t": 120.0,
        "completeness_pct": 100.0,
        "planned_stop_h": 0.0,
        "status": 0,
        "start_ms": START_NS // 1_000_000,
        "end_ms": (START_NS + HOUR_NS) // 1_000_000,
    }
    assert {name: type(value) for name, value in row.fields.items()} == {
        "actual_t": float,
        "completeness_pct": float,
        "planned_stop_h": float,
        "status": int,
        "start_ms": int,
        "end_ms": int,
    }


def test_the_site_counts_a_reported_product_only_where_it_is_counted() -> None:
    sums = full("bf3.coal_total", START_S, 12, 5.0) + full("mine2.belt", START_S, 12, 50.0)
    rows = hours(sums)
    assert actual(rows, "unit", "iron", "bf3", "coal_raw") == 60.0
    assert actual(rows, "shop", "iron", "all", "coal_raw") == 60.0
    assert actual(rows, "site", "all", "all", "coal_raw") == 600.0


def test_a_total_never_adds_a_product_to_what_it_is_made_from() -> None:
    sums = full("bf3.taps", START_S, 12, 20.0) + full("bf3.coal_total", START_S, 12, 5.0)
    rows = hours(sums)
    assert actual(rows, "shop", "iron", "all", "pig_iron") == 240.0
    assert actual(rows, "shop", "iron", "all", "coal_raw") == 60.0


def test_missing_is_never_zero_but_a_counter_that_stood_still_is() -> None:
    assert hours([]) == []
    rows = hours(full("mine2.belt", START_S, 12, 0.0))
    assert actual(rows, "unit", "mines", "mine2", "coal_raw") == 0.0
    assert found(rows, "unit", "mines", "mine1", "coal_raw") is None


def test_an_event_that_moved_away_leaves_no_zero_behind() -> None:
    gone = [slot("bf2.taps", START_S, 0.0, readings=0)]
    assert hours(gone) == []


def test_completeness_is_the_share_of_expected_readings_over_slots_and_units() -> None:
    half = full("mine2.belt", START_S, 6, 1.0) + full("mine1.belt1", START_S, 12, 1.0, readings=15)
    rows = hours(half)
    assert completeness(rows, "unit", "mines", "mine2", "coal_raw") == pytest.approx(50.0)
    assert completeness(rows, "unit", "mines", "mine1", "coal_raw") == pytest.approx(25.0)  # the other belt is silent
    assert completeness(rows, "site", "all", "all", "coal_raw") == pytest.approx(37.5)


def test_more_readings_than_expected_do_not_make_up_for_missing_ones() -> None:
    sums = full("mine2.belt", START_S, 6, 1.0, readings=300)
    assert completeness(hours(sums), "unit", "mines", "mine2", "coal_raw") == 50.0


def test_readings_of_a_wide_bucket_are_taken_as_evenly_spread() -> None:
    hour = BucketSum("mine2.belt", "mine2", "coal_raw", START_S, START_S + 3600, 5_000_000, 180)
    rows = hours([hour])
    assert completeness(rows, "unit", "mines", "mine2", "coal_raw") == pytest.approx(50.0)


def test_only_the_elapsed_part_of_a_bucket_is_expected() -> None:
    now_ns = START_NS + 450 * S
    sums = [slot("mine2.belt", START_S, 1.0), slot("mine2.belt", START_S + 300, 1.0, readings=15)]
    assert completeness(hours(sums, now_ns=now_ns), "unit", "mines", "mine2", "coal_raw") == 100.0


def test_a_coarse_increment_counts_only_in_buckets_that_hold_it_whole() -> None:
    coarse = BucketSum(
        "bf3.coal_total", "bf3", "coal_raw", START_S, START_S + 5400, 90_000_000, 0, IncrementFlag.COARSE
    )
    sums = [coarse, *full("bf3.coal_total", START_S + 5400, 6, 5.0)]
    second_hour = (START_NS + HOUR_NS, START_NS + 2 * HOUR_NS)
    assert hours(sums) == []
    assert actual(hours(sums, second_hour), "unit", "iron", "bf3", "coal_raw") == 30.0
    day = days(sums, DAY)
    assert actual(day, "unit", "iron", "bf3", "coal_raw") == 120.0
    assert completeness(day, "unit", "iron", "bf3", "coal_raw") == pytest.approx(100 * 6 / 288)


def test_every_day_row_is_stamped_with_the_sites_midnight_whatever_hour_the_shop_starts() -> None:
    eight = START_S + 8 * 3600
    sums = [
        *full("bf2.taps", START_S, 288, 1.0),
        *full("mine2.belt", eight - 300, 1, 7.0),  # belongs to the mines' day before
        *full("mine2.belt", eight, 288, 1.0),
    ]
    rows = days(sums, DAY)
    assert {(row.key.table, row.key.time_ns) for row in rows} == {("output_day", START_NS)}
    mine = found(rows, "unit", "mines", "mine2", "coal_raw")
    assert mine is not None
    assert mine.fields["actual_t"] == 288.0
    assert mine.fields["start_ms"] == eight * 1000
    assert mine.fields["completeness_pct"] == 100.0
    assert actual(rows, "unit", "iron", "bf2", "pig_iron") == 288.0


def test_a_day_reaches_over_the_production_days_of_all_shops() -> None:
    assert PLAN.day_range(DAY) == (START_S, START_S + 32 * 3600)


def test_the_day_of_25_hours_is_complete_with_300_slots() -> None:
    day = date(2024, 2, 29)
    start_s = stamp_ns(ALMATY, day) // S
    rows = days(full("bf2.taps", start_s, 300, 1.0), day)
    assert actual(rows, "unit", "iron", "bf2", "pig_iron") == 300.0
    assert completeness(rows, "unit", "iron", "bf2", "pig_iron") == 100.0


def test_totals_are_summed_in_grams_and_not_in_rounded_tonnes() -> None:
    sums = [slot("bf2.taps", START_S + 300 * index, 0.1) for index in range(10)] + [slot("bf3.taps", START_S, 0.2)]
    assert actual(hours(sums), "site", "all", "all", "pig_iron") == 1.2


@pytest.mark.parametrize(
    ("counts", "cadence_s", "elapsed_s", "share"),
    [
        ([29, 30, 31], 10.0, 900, 1.0),  # polling drifts over the edges of slots
        ([28, 30, 30], 10.0, 900, (28 / 30 + 2) / 3),
        ([1, 1, 0], 300.0, 900, 2 / 3),
        ([0, 1, 0], 900.0, 900, 1.0),
        ([0, 0, 0], 900.0, 900, 0.0),
        ([30, 0, 0], 10.0, 600, 0.5),
        ([], 10.0, 900, 0.0),
        ([30], 10.0, 0, 0.0),
        ([30], 10.0, -5, 0.0),
    ],
)
def test_slots_are_filled_by_what_the_cadence_expects(
    counts: list[int], cadence_s: float, elapsed_s: int, share: float
) -> None:
    readings = {START_S + 300 * index: count for index, count in enumerate(counts)}
    assert slot_share(readings, cadence_s, START_S, START_S + 900, (START_S + elapsed_s) * S) == pytest.approx(share)
