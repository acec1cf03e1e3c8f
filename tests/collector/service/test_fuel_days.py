"""From readings of flow gauges to the published days of fuel."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.publishing import Publishing
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.storage.ledger import outbox
from models.heat.fuel_rows import FUEL_TABLE
from models.tables.row_fields import DAY_TABLE
from models.tables.shapes import CALCULATED, by_name
from models.works.table import FieldValue, Row, RowKey
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, opened_parts
from tests.collector.service.works_document import NOON_NS, NS
from tests.support.fuel_works import FLOWS, HOURLY_GJ, fuelled_settings
from tests.support.heat_works import gauge_rows

HOUR_NS = 3600 * NS
MIDNIGHT_NS = NOON_NS - 12 * HOUR_NS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return fuelled_settings(tmp_path)


async def publish(parts: WorksParts, settings: Settings) -> list[Row]:
    await parts.consumer.catch_up()
    await StatedTables(parts.ledger, Publishing(to_outbox=True), stated_tables(settings), parts.clock).run()
    return parts.ledger.read(lambda connection: outbox.published(connection, FUEL_TABLE, 0, 2**62))


def of_day(rows: list[Row], midnight_ns: int, **tags: str) -> dict[str, FieldValue]:
    """The fields of the one row of a day with these tags."""
    found = [
        row.fields for row in rows if row.key.time_ns == midnight_ns and tags.items() <= dict(row.key.tags).items()
    ]
    assert len(found) == 1, (tags, len(found))
    return dict(found[0])


async def take(parts: WorksParts, hours: range, now_ns: int, **flows: float) -> None:
    rows = [*gauge_rows(hours, **flows)]
    await parts.take(delivery_of(parts.batch(*rows), received_ns=now_ns))


def iron_of_the_day(tonnes: float, completeness: float = 100.0) -> Row:
    """The production day of pig iron that begins at midnight."""
    tags = {"site": "works", "shop": "all", "unit": "all", "product": "pig_iron", "level": "site"}
    fields: dict[str, FieldValue] = {
        "actual_t": tonnes,
        "completeness_pct": completeness,
        "status": 0,
        "start_ms": MIDNIGHT_NS // 10**6,
        "end_ms": (MIDNIGHT_NS + 24 * HOUR_NS) // 10**6,
    }
    return Row(RowKey.of(DAY_TABLE, MIDNIGHT_NS, tags), fields)


async def test_readings_become_the_fuel_of_a_day_by_fuel_kind_and_works(settings: Settings) -> None:
    clock = Clock(NOON_NS + 6 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        await take(parts, range(-12, 6), clock.now_ns, **FLOWS)
        rows = await publish(parts, settings)
    works = of_day(rows, MIDNIGHT_NS, level="works")
    # A reading each minute: the last minute before the first one is not known.
    assert works["energy_gj"] == pytest.approx(18 * HOURLY_GJ, rel=0.001)
    assert works["natural_gas_pct"] == pytest.approx(340 / HOURLY_GJ * 100, abs=0.01)
    assert works["flared_nm3"] == pytest.approx(18 * 20_000, rel=0.001)
    assert works["co2_t"] == pytest.approx(18 * (340 * 56.1 + 900 * 94.6 + 70 * 260) / 1000, rel=0.001)
    assert (works["hours"], works["burned_h"]) == (18, 18)
    gas = of_day(rows, MIDNIGHT_NS, level="fuel", fuel="gas")
    assert (gas["amount_nm3"], gas["name_kk"]) == (pytest.approx(180_000, rel=0.001), "gas, ЖЭО")
    coal = of_day(rows, MIDNIGHT_NS, level="kind", kind="coal")
    assert (coal["amount_t"], coal["month_energy_gj"]) == (pytest.approx(900, rel=0.001), coal["energy_gj"])
    shape = by_name(CALCULATED)[FUEL_TABLE]
    for row in rows:
        assert tuple(sorted(tag for tag, _ in row.key.tags)) == tuple(sorted(shape.tags))
        assert row.fields.keys() <= shape.fields.keys()


async def test_hours_without_a_reading_are_not_zero_and_stand_beside_the_amount(settings: Settings) -> None:
    clock = Clock(NOON_NS + 6 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        await take(parts, range(-12, 6), clock.now_ns, coal=50.0, flare=0.0)
        await take(parts, range(-12, -10), clock.now_ns, gas=10_000.0)
        rows = await publish(parts, settings)
    gas = of_day(rows, MIDNIGHT_NS, level="fuel", fuel="gas")
    assert gas["amount_nm3"] == pytest.approx(20_000, rel=0.01)
    assert gas["known_h"] == pytest.approx(2, abs=0.05)
    assert (gas["hours"], gas["not_known"]) == (18, "no_flow")
    works = of_day(rows, MIDNIGHT_NS, level="works")
    assert "natural_gas_pct" not in works
    assert works["share_lacks"] == "gas"


async def test_a_tonne_of_iron_has_its_energy_once_its_day_is_over_and_known(settings: Settings) -> None:
    clock = Clock(NOON_NS + 6 * HOUR_NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        made = partial(outbox.publish, new=[iron_of_the_day(4_000)], withdrawn=[], to_outbox=False)
        await parts.ledger.write(made)
        await take(parts, range(-13, 6), clock.now_ns, **FLOWS)
        running = of_day(await publish(parts, settings), MIDNIGHT_NS, level="product")
        assert running["no_gj_per_t"] == "day_runs"
        clock.now_ns = NOON_NS + 13 * HOUR_NS
        await take(parts, range(6, 13), clock.now_ns, **FLOWS)
        found = of_day(await publish(parts, settings), MIDNIGHT_NS, level="product", product="pig_iron")
        assert found["gj_per_t"] == pytest.approx(24 * HOURLY_GJ / 4_000, rel=0.001)
        assert (found["output_t"], found["month_days"], found["month_of_days"]) == (4_000, 1, 1)
        doubted = partial(outbox.publish, new=[iron_of_the_day(1_000, 40.0)], withdrawn=[], to_outbox=False)
        await parts.ledger.write(doubted)
        clock.now_ns += HOUR_NS
        found = of_day(await publish(parts, settings), MIDNIGHT_NS, level="product", product="pig_iron")
        assert (found["no_gj_per_t"], "gj_per_t" in found) == ("output_not_known", False)


async def test_a_fuel_that_is_declared_no_more_loses_its_rows(settings: Settings) -> None:
    clock = Clock(NOON_NS + 6 * HOUR_NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        await take(parts, range(-12, 6), clock.now_ns, **FLOWS)
        before = {row.key for row in await publish(parts, settings)}
        fewer = replace(settings, fuel=replace(settings.fuel, fuels=settings.fuel.fuels[:1]))
        after = {row.key for row in await publish(parts, fewer)}
        none = await publish(parts, replace(settings, fuel=type(settings.fuel)()))
    gone = {dict(key.tags)["fuel"] for key in before - after}
    assert gone == {"coal", "flare", "all"}
    assert none == []
