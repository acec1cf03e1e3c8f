"""The simulated longwall: methane below its limits, but for a gassing every third night, in history and alive."""

import time
from functools import partial
from pathlib import Path

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.simulation.beside import longwall
from collector.simulation.history_longwall import HISTORY_S, by_five_minutes
from collector.simulation.longwall_loader import load_longwall
from collector.simulation.plant_config import plant_yaml
from collector.simulation.unit import Instant
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import Increment
from models.counting.measured_hour import MeasuredHour
from models.tables.safety_rows import safety_rows
from models.works.calendar import NS
from models.works.working import Working

END_S = 1_764_547_200
"""1 December 2025, and not at the turn of an hour of the simulated history."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", beside=(Path("beside"), 1502)), encoding="utf-8")
    return load(file)


@pytest.fixture
async def history(settings: Settings) -> dict[str, tuple[MeasuredHour, ...]]:
    settings.data_dir.mkdir()
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        await load_longwall(ledger, settings.plant, (END_S + 1234) * NS, 1)
        tags = [sensor.tag for sensor in _working(settings).sensors]
        read = partial(ledger_measured.hours, tags=tags, start_s=0, end_s=2**40)
        return ledger.read(read)
    finally:
        await ledger.close()


def _working(settings: Settings) -> Working:
    (working,) = settings.workings
    return working


async def test_a_week_has_its_gassings_and_nothing_else_above_a_limit(
    settings: Settings, history: dict[str, tuple[MeasuredHour, ...]]
) -> None:
    rows = safety_rows(
        settings.plant, [_working(settings)], history, ((END_S + 1234 - HISTORY_S) * NS, (END_S + 1234) * NS)
    )
    above = [row for row in rows if row.fields["minutes_above_local"]]
    assert 2 <= len(above) <= 3, "every third night"
    for row in above:
        assert 15 < float(str(row.fields["minutes_above_local"])) < 30
        assert float(str(row.fields["methane_max_pct"])) > longwall.LIMIT_LOCAL_PCT
        assert float(str(row.fields["minutes_power_off"])) > 15, "the station cuts the power"
    quiet = [row for row in rows if row not in above]
    assert all(float(str(row.fields["methane_max_pct"])) < longwall.LIMIT_GENERAL_PCT for row in quiet)
    assert all(row.fields["silent_sensors"] == row.fields["stuck_sensors"] == 0 for row in rows)
    assert [row.fields["minutes_known"] for row in rows[1:-1]] == [60.0] * (len(rows) - 2)
    assert float(str(rows[-1].fields["minutes_known"])) == pytest.approx(1234 / 60, abs=1), "as far as it has come"


def test_the_ledger_has_five_minutes_of_the_hours_of_a_gassing_and_the_same_tonnes() -> None:
    hours = [
        Increment("mine1.coal", unit, "coal_raw", start_s, start_s + 3600, 500_000_001, 360)
        for start_s in range(END_S - 6 * 86_400, END_S, 3600)
        for unit in ("mine1", "mine2")
    ]
    found = list(by_five_minutes(hours, END_S))
    assert sum(item.grams for item in found) == sum(item.grams for item in hours)
    assert sum(item.readings for item in found) == sum(item.readings for item in hours)
    finer = [item for item in found if item.end_s - item.start_s == 300]
    assert len(finer) == 2 * 12, "two nights of six days, an hour in each"
    assert {item.unit for item in finer} == {"mine1"}
    assert all(
        any(longwall.gassing(Instant.of(at_s)) for at_s in range(hour, hour + 3600, 300))
        for hour in {item.start_s // 3600 * 3600 for item in finer}
    )


def test_the_same_second_shows_the_same_and_the_power_is_off_only_above_the_limit() -> None:
    looks = [longwall.shown(3, END_S + at_s) for at_s in range(0, 4 * 86_400, 60)]
    assert looks == [longwall.shown(3, END_S + at_s) for at_s in range(0, 4 * 86_400, 60)]
    assert all((look["power"] == 0) == (look["methane_face"] > longwall.LIMIT_LOCAL_PCT) for look in looks)
    assert {look["people"] for look in looks} == {38.0, 52.0, 46.0}
