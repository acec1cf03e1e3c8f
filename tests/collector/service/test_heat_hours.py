"""From readings of a heat network to its published hours."""

from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.heat_findings import HeatFindings
from collector.service.publishing import Publishing
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.storage.ledger import outbox
from collector.storage.ledger.heat import read_heat
from models.heat.heat_rows import HEAT_TABLE
from models.works.calendar import local_date
from models.works.table import Row
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, opened_parts
from tests.collector.service.works_document import NOON_NS, NS
from tests.support.heat_works import gauge_rows, heated_settings

HOUR_NS = 3600 * NS
DUE = {"t1": 65 + 45 * 18 / 38, "t2": 45 + 25 * 18 / 38}
"""By the graph at -10 degC."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return heated_settings(tmp_path)


async def publish(parts: WorksParts, settings: Settings) -> list[Row]:
    await parts.consumer.catch_up()
    await StatedTables(parts.ledger, Publishing(to_outbox=True), stated_tables(settings), parts.clock).run()
    return parts.ledger.read(lambda connection: outbox.published(connection, HEAT_TABLE, 0, 2**62))


async def test_readings_become_the_heat_of_an_hour_beside_its_demand_and_a_verdict(settings: Settings) -> None:
    clock = Clock(NOON_NS + 5 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        rows = [*gauge_rows(range(3), outdoor=-10.0, flow=4000.0, **DUE)]
        rows += [*gauge_rows(range(3, 4), outdoor=-10.0, flow=4000.0, **DUE)]
        rows += [*gauge_rows(range(4, 5), outdoor=-10.0, flow=4000.0, t1=DUE["t1"] - 12, t2=DUE["t2"])]
        rows += [*gauge_rows(range(5, 6), outdoor=-10.0, flow=4000.0, **DUE)]
        await parts.take(delivery_of(parts.batch(*rows), received_ns=clock.now_ns))
        found = {(row.key.time_ns - NOON_NS) // HOUR_NS: row.fields for row in await publish(parts, settings)}
    assert sorted(found) == [0, 1, 2, 3, 4], "the hour that runs has no row"
    assert found[2]["no_verdict"] == "no_outdoor"
    assert found[2]["heat_gcal"] == pytest.approx(4000 * (DUE["t1"] - DUE["t2"]) / 1000, abs=0.1)
    assert "demand_gcal" not in found[2]
    assert (found[3]["verdict"], found[4]["verdict"]) == (0, 3)
    assert found[3]["demand_gcal"] == pytest.approx(found[3]["heat_gcal"], abs=0.1)
    assert found[4]["short_by_degc"] == pytest.approx(12, abs=0.1)


async def test_a_flow_that_turns_counts_no_heat_and_the_row_names_the_reason(settings: Settings) -> None:
    clock = Clock(NOON_NS + 4 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        rows = [*gauge_rows(range(3), outdoor=-10.0, flow=4000.0, **DUE)]
        rows += [*gauge_rows(range(3, 4), outdoor=-10.0, flow=-50.0, **DUE)]
        await parts.take(delivery_of(parts.batch(*rows), received_ns=clock.now_ns))
        found = {(row.key.time_ns - NOON_NS) // HOUR_NS: row.fields for row in await publish(parts, settings)}
    assert found[3]["no_heat"] == "flow_reversed"
    assert "heat_gcal" not in found[3]


async def test_a_sensor_that_is_stuck_for_a_shift_is_not_believed(settings: Settings) -> None:
    clock = Clock(NOON_NS + 10 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        rows = [*gauge_rows(range(10), outdoor=-10.0, flow=4000.0, t2=DUE["t2"])]
        rows += [("chp.t1", at_s, 82.0) for at_s in range(0, 36_000, 60)]
        await parts.take(delivery_of(parts.batch(*rows), received_ns=clock.now_ns))
        found = {(row.key.time_ns - NOON_NS) // HOUR_NS: row.fields for row in await publish(parts, settings)}
    assert "no_verdict" not in found[6]
    assert (found[8]["no_verdict"], found[8]["no_heat"]) == ("supply_stuck", "supply_stuck")


async def test_days_hold_what_was_published_for_their_hours(settings: Settings) -> None:
    clock = Clock(NOON_NS + 6 * HOUR_NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        await parts.take(
            delivery_of(parts.batch(*gauge_rows(range(6), outdoor=-10.0, flow=4000.0, **DUE)), received_ns=clock.now_ns)
        )
        rows = await publish(parts, settings)
        today = local_date(settings.plant.zone, clock.now_ns).toordinal()
        report = parts.ledger.read(
            lambda connection: read_heat(connection, settings.plant, settings.heat, (today, today + 1), clock.now_ns)
        )
    (network,) = report.networks
    heats = [float(row.fields["heat_gcal"]) for row in rows if "heat_gcal" in row.fields]
    assert network.whole.heat_gcal_alone == pytest.approx(sum(heats), abs=0.01)
    assert (network.whole.hours, network.whole.judged) == (18, 3), "hours before noon were not read, three are judged"
    assert report.boilers is not None
    assert (report.boilers.unknown, report.boilers.one_may_fail) == (2, None), "nobody judged these boilers"


async def test_a_town_that_is_too_cold_is_found_and_over_when_it_is_warm_again(settings: Settings) -> None:
    clock = Clock(NOON_NS + 5 * HOUR_NS + 60 * NS)
    async with opened_parts(settings.data_dir, settings.plant, clock=clock, telemetry=True) as parts:
        findings = HeatFindings(settings.plant, parts.ledger, settings.heat, clock)
        rows = [*gauge_rows(range(4), outdoor=-10.0, flow=4000.0, **DUE)]
        cold = {"t1": DUE["t1"] - 12, "t2": DUE["t2"]}
        rows += [*gauge_rows(range(4, 5), outdoor=-10.0, flow=4000.0, **cold)]
        await parts.take(delivery_of(parts.batch(*rows), received_ns=clock.now_ns))
        await parts.consumer.catch_up()
        await findings.run()
        (found,) = findings.found
        assert (found.severity, found.since_s) == (2, (NOON_NS + 4 * HOUR_NS) // NS)
        assert "Темиртау: Т1 74" in found.evidence["ru"]
        clock.now_ns += HOUR_NS
        rows = [*gauge_rows(range(5, 6), outdoor=-10.0, flow=4000.0, **DUE)]
        await parts.take(delivery_of(parts.batch(*rows), received_ns=clock.now_ns))
        await parts.consumer.catch_up()
        await findings.run()
        assert findings.found == []
