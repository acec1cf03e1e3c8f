"""The simulated heat network: by its graph, but for a cold week, in history and alive."""

import time
from pathlib import Path

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.simulation.beside import weather
from collector.simulation.heat_loader import load_heat
from collector.simulation.history_heat import history_hours
from collector.simulation.plant_config import plant_yaml
from collector.simulation.unit import Instant
from collector.simulation.works_model import WorksModel
from collector.storage.ledger.heat import read_heat
from collector.storage.ledger.ledger import Ledger
from models.works.calendar import NS, local_date

WINTER_S = 1_764_547_200 - 1_764_547_200 % 3600
"""1 December 2025."""
DAY_S = 86_400


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", beside=(Path("beside"), 1502)), encoding="utf-8")
    return load(file)


async def test_a_demo_shows_under_heating_in_its_cold_week_and_hardly_any_outside_of_it(settings: Settings) -> None:
    settings.data_dir.mkdir()
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        await load_heat(ledger, settings.heat, WINTER_S * NS, 1)
        today = local_date(settings.plant.zone, WINTER_S * NS).toordinal()
        days = (today - 56, today)
        report = ledger.read(
            lambda connection: read_heat(connection, settings.plant, settings.heat, days, WINTER_S * NS)
        )
    finally:
        await ledger.close()
    (network,) = report.networks
    assert network.under.judged == 56
    assert 10 <= network.under.cold <= 14, "two cold weeks of seven days"
    assert network.under.mean_short_by is not None
    assert 6 < network.under.mean_short_by < 11
    cold = {day for day, span in network.days.items() if span.short_by is not None and span.short_by > 3}
    for day in cold:
        assert (day - 719_163) % weather.CYCLE_DAYS <= weather.COLD_DAYS + 1
    assert network.whole.of_demand_pct is not None
    assert 80 < network.whole.of_demand_pct < 105


def test_what_the_living_works_shows_goes_on_where_the_history_ends(settings: Settings) -> None:
    (network,) = settings.heat.networks
    works = WorksModel(1, WINTER_S, only=frozenset({"chp"}))
    (plant,) = works.units
    sums: dict[str, list[float]] = {}
    for second in range(WINTER_S, WINTER_S + 3 * 3600, 300):
        works.advance(second, frozenset())
        for name, value in plant.shown.gauges.items():
            sums.setdefault(f"chp.{name}", []).append(value)
    assert len(set(sums[network.tags.returned])) == 1, "it changes at midnight, and must not pass for stuck"
    assert network.limits.stuck_s > DAY_S
    last = {hour.tag: hour.mean for hour in history_hours(network, WINTER_S, 1)}
    for tag in (network.tags.supply, network.tags.returned, network.tags.heat):
        assert sum(sums[tag]) / len(sums[tag]) == pytest.approx(last[tag], rel=0.1)


def test_the_weather_is_the_same_for_the_same_seed_and_winter_is_colder_than_summer() -> None:
    assert weather.outdoor_c(1, WINTER_S) == weather.outdoor_c(1, WINTER_S)
    summer = WINTER_S - 150 * DAY_S
    year = [weather.outdoor_c(1, at) for at in range(summer, summer + 365 * DAY_S, 6 * 3600)]
    assert -45 < min(year) < -25
    assert 15 < max(year) < 35
    assert Instant.of(WINTER_S).local_day == 20_423
