"""A clock that a test moves by hand, and the simulated plant as the configuration resolves it."""

from zoneinfo import ZoneInfo

import pytest

from collector.simulation.catalogue import REPORTED, SHOPS
from models.works.codes import TagKind
from models.works.plant import Plant, Reported, Tag, Unit
from tests.collector.simulation.hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def plant() -> Plant:
    """The catalogue as a plant, without going through a file."""
    zone = ZoneInfo("Asia/Almaty")
    units = {
        unit.code: Unit(
            code=unit.code,
            shop=shop.code,
            kind=unit.kind,
            names={"en": unit.names[0]},
            daily_target_t=unit.daily_target_t,
        )
        for shop in SHOPS
        for unit in shop.units
    }
    tags = [
        Tag(
            name=f"{unit.code}.{tag.signal}",
            signal=tag.signal,
            kind=tag.kind,
            site="temirtau",
            shop=shop.code,
            unit=unit.code,
            source="simulated_plc",
            unit_of_measure=tag.stored_unit,
            cadence_s=60.0 if tag.kind is TagKind.TOTALIZER else 10.0,
            product=tag.product,
        )
        for shop in SHOPS
        for unit in shop.units
        for tag in unit.tags
    ]
    return Plant(
        site="temirtau",
        site_names={"en": "Temirtau works (SIMULATED)"},
        zone=zone,
        simulated=True,
        shops={},
        units=units,
        products={},
        reported=tuple(Reported(name=name, product=product, counted_at=at) for name, (product, at) in REPORTED.items()),
        tags=tuple(sorted(tags, key=lambda tag: tag.name)),
    )
