"""The simulated fuels: gas of the furnaces goes with their iron, natural gas replaces coal, in history and alive."""

import time
from datetime import date
from pathlib import Path

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.simulation.beside import fuels
from collector.simulation.fuel_loader import load_fuel
from collector.simulation.history import History, made_t, make_history
from collector.simulation.history_fuel import history_fuel
from collector.simulation.plant_config import plant_yaml
from collector.storage.ledger.fuel import read_fuel_whole
from collector.storage.ledger.ledger import Ledger
from models.heat.fuel_span import FuelSpan
from models.works.calendar import NS
from models.works.month import shifted

pytestmark = pytest.mark.long

END_S = 1_764_547_200
"""1 December 2025, 05:00 at the works."""
OCTOBER = date(2025, 10, 1).toordinal()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file = tmp_path_factory.mktemp("works") / "plant.yaml"
    sections = {"fuel": fuels.fuel_section()}
    file.write_text(
        plant_yaml("opc.tcp://127.0.0.1:1", sections=sections, beside=(Path("beside"), 1502)), encoding="utf-8"
    )
    return load(file)


@pytest.fixture(scope="module")
def history(settings: Settings) -> History:
    return make_history(settings.plant, END_S * NS, 1)


async def test_natural_gas_replaces_coal_and_each_hour_is_known(settings: Settings, history: History) -> None:
    settings.data_dir.mkdir()
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)

    def of_month(month: int) -> FuelSpan:
        days = month, shifted(month, 1)
        return ledger.read(
            lambda connection: read_fuel_whole(connection, settings.plant, settings.fuel, days, END_S * NS)
        )

    try:
        await load_fuel(ledger, settings.fuel, history, END_S * NS, 1)
        now, before = of_month(OCTOBER), of_month(shifted(OCTOBER, -12))
    finally:
        await ledger.close()
    for span in (now, before):
        assert (span.burned_h, span.flared_known_h) == (span.hours, span.hours)
    assert now.natural_pct is not None
    assert before.natural_pct is not None
    assert 8 < before.natural_pct + 4 < now.natural_pct < 45
    coal_now, coal_before = (
        next(each.amount for each in span.totals if each.fuel.code == "steam_coal") for span in (now, before)
    )
    assert coal_now is not None
    assert coal_before is not None
    assert coal_now < 0.9 * coal_before


def test_gas_of_the_furnaces_goes_with_the_iron_of_the_same_hour(history: History) -> None:
    burned: dict[int, float] = {}
    for hours in history_fuel(history, END_S, 1):
        for hour in hours:
            if hour.tag in ("chp.furnace_gas", "chp.flare"):
                burned[hour.start_s] = burned.get(hour.start_s, 0.0) + hour.mean
    iron, starts = made_t(history)["pig_iron"], history.hours.start_s.tolist()
    for at in range(5_000, 5_400):
        assert burned[starts[at]] == pytest.approx(fuels.GAS_PER_IRON * float(iron[at]), rel=0.1)


def test_what_the_living_works_shows_goes_on_where_the_history_ends(settings: Settings) -> None:
    at_once = fuels.shown(1, END_S, END_S, fuels.MadeAnHour())
    before = fuels.shown(1, END_S - 60, END_S, fuels.MadeAnHour())
    assert at_once == fuels.shown(1, END_S + 30, END_S, fuels.MadeAnHour()), "one value a minute"
    for signal, value in at_once.items():
        assert value == pytest.approx(before[signal], rel=0.2), signal
    assert at_once != before, "no gauge stands still"
    later = fuels.shown(1, END_S + fuels.NEXT_IN_DAYS * 86_400, END_S, fuels.MadeAnHour())
    assert later["steam_coal"] < at_once["steam_coal"]
    for signal, gauge in fuels.GAUGES.items():
        assert gauge.low <= at_once[signal] <= gauge.high
    assert {f"{gauge.unit}.{signal}" for signal, gauge in fuels.GAUGES.items()} == set(settings.fuel.tags)
