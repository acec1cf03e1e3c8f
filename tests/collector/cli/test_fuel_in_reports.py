"""Fuel in the briefing and in the daily report, from the hours that the ledger holds."""

from datetime import date
from pathlib import Path

import apsw
import pytest

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measured as ledger_measured
from models.counting.measured_hour import MeasuredHour
from models.works.calendar import NS, stamp_ns
from tests.collector.entries.conftest import Command, tundish
from tests.support.fuel_works import FLOWS, FUEL, HOURLY_GJ, fuelled_settings

__all__ = ["tundish"]

GASIFICATION = {
    "code": "gasification",
    "names": {"en": "Gasification", "ru": "Газификация"},
    "owner": "A. B.",
    "currency": "KZT",
    "milestones": [{"code": "boilers", "names": {"en": "Boilers on gas"}, "planned": date(2027, 6, 30)}],
}


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """A works whose meters were read through September of both years; gas was a half of it in the first."""
    sections = {"fuel": {**FUEL, "gasification": "gasification"}, "projects": [GASIFICATION]}
    settings = fuelled_settings(tmp_path, **sections)
    zone = settings.plant.zone

    def put(connection: apsw.Connection) -> None:
        for year, share in ((2025, 0.5), (2026, 1.0)):
            start_s, end_s = (stamp_ns(zone, date(year, month, 1)) // NS for month in (9, 10))
            hours = [
                MeasuredHour(f"chp.{name}", at, 3600.0, value, value, value)
                for at in range(start_s, end_s, 3600)
                for name, flow in FLOWS.items()
                for value in [flow * share if name == "gas" else flow]
            ]
            ledger_measured.put(connection, hours, {}, 0)

    EntryFile(settings).write(put)
    return tmp_path / "plant.yaml"


def test_the_briefing_tells_gas_its_share_and_the_phases(tundish: Command) -> None:
    told = tundish("report", "briefing", "--period", "2026-09", "--lang", "ru").out.replace("\xa0", " ")
    told = " ".join(told.split())
    assert "Природный газ: данные не ведутся" not in told
    assert "Сожжено природного газа: 7,2 млн нм³, рост на 100 процентов к сентябрю 2025 года." in told
    assert "Его доля в энергии сожжённого топлива: 27,4 %; годом раньше 15,9 %." in told
    assert "Этапы перехода на природный газ: выполнено 0 из 1; следующий: Boilers on gas, план 30.06.2027." in told
    assert "laboratory, certificate 112" in told


def test_the_daily_report_has_the_fuel_of_its_day(tundish: Command) -> None:
    told = tundish("report", "day", "--period", "2026-09-10", "--lang", "en").out.replace("\xa0", " ")
    told = " ".join(told.split())
    assert f"Energy and heat: Fuel burned: {24 * HOURLY_GJ:,} GJ. Natural gas: 27.4 % of the energy burned." in told
    before = " ".join(tundish("report", "day", "--period", "2026-08-10", "--lang", "en").out.split())
    assert "Fuel: the energy of no hour is known." in before


def test_a_month_that_nobody_measured_is_said_to_be_missing_and_strict_refuses_it(tundish: Command) -> None:
    refused = tundish("report", "briefing", "--period", "2026-08", "--lang", "en", "--strict")
    assert refused.code != 0
    assert "Natural gas: no hour of August 2026 is known." in " ".join(refused.err.replace("\xa0", " ").split())
