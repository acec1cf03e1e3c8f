"""To which production date an hour or a shift belongs, of shops whose days begin at other hours."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.tables.asked_figures import FigureGrain, row_date
from models.works.plant import Calendar, Plant, Shop
from models.works.table import Row, RowKey

ZONE = ZoneInfo("Asia/Almaty")
NIGHT = Calendar(zone=ZONE, day_start=time(8), shift_starts=(time(8), time(20)))


def plant_of(**calendars: Calendar) -> Plant:
    return Plant(
        site="works",
        site_names={"en": "Works"},
        zone=ZONE,
        simulated=False,
        shops={code: Shop(code=code, names={"en": code}, calendar=calendar) for code, calendar in calendars.items()},
        units={},
        products={},
        reported=(),
        tags=(),
    )


def row_at(clock: str, shop: str) -> Row:
    at_ns = int(datetime.fromisoformat(clock).replace(tzinfo=ZONE).timestamp()) * 10**9
    tags = {
        "site": "works",
        "level": "site" if shop == "all" else "shop",
        "shop": shop,
        "unit": "all",
        "product": "coal",
    }
    return Row(RowKey.of("output_hour", at_ns, tags), {})


@pytest.mark.parametrize(
    ("grain", "clock", "shop", "day"),
    [
        (FigureGrain.HOUR, "2026-10-31T07:00", "mines", date(2026, 10, 30)),
        (FigureGrain.HOUR, "2026-10-31T08:00", "mines", date(2026, 10, 31)),
        (FigureGrain.HOUR, "2026-10-31T07:00", "bf", date(2026, 10, 31)),
        (FigureGrain.HOUR, "2026-10-31T07:00", "all", date(2026, 10, 31)),
        (FigureGrain.SHIFT, "2026-10-31T20:00", "mines", date(2026, 10, 31)),
        (FigureGrain.DAY, "2026-10-31T00:00", "mines", date(2026, 10, 31)),
        (FigureGrain.MONTH, "2026-10-01T00:00", "all", date(2026, 10, 1)),
    ],
)
def test_a_row_belongs_to_the_production_date_of_its_place(
    grain: FigureGrain, clock: str, shop: str, day: date
) -> None:
    plant = plant_of(mines=NIGHT, bf=Calendar(zone=ZONE))
    assert row_date(plant, grain, row_at(clock, shop)) == day.toordinal()


def test_a_shift_of_the_works_belongs_to_the_day_that_all_shops_share() -> None:
    plant = plant_of(mines=NIGHT, bf=NIGHT)
    assert row_date(plant, FigureGrain.SHIFT, row_at("2026-10-31T20:00", "all")) == date(2026, 10, 31).toordinal()
    # A night that begins after midnight belongs to the date on which its production day began.
    late = Calendar(zone=ZONE, day_start=time(8), shift_starts=(time(8), time(16), time(0)))
    plant = plant_of(mines=late, bf=late)
    assert row_date(plant, FigureGrain.SHIFT, row_at("2026-11-01T00:00", "all")) == date(2026, 10, 31).toordinal()
