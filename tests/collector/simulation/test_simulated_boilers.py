"""Boilers, turbines and coal of the simulated power plant: one boiler is repaired in turn, and each week one fails."""

import time
from datetime import date
from pathlib import Path

import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.simulation.beside import boilers
from collector.simulation.heat_loader import load_heat
from collector.simulation.plant_config import plant_yaml
from collector.simulation.surveys import HEADER, form
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.heat import read_heat
from collector.storage.ledger.ledger import Ledger
from models.heat.report import HeatReport
from models.heat.standby import SourceReadiness
from models.stated.figure import STOCK
from models.works.calendar import NS, stamp_ns

EPOCH = date(1970, 1, 1).toordinal()
DAYS = range(20_400, 20_800)
"""From the autumn of 2025 to that of 2026."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", beside=(Path("beside"), 1502)), encoding="utf-8")
    return load(file)


def test_one_boiler_is_in_repair_and_what_fails_is_another_one() -> None:
    for week in range(DAYS.start // 7, DAYS.stop // 7):
        found = boilers.outage(week)
        days = range(int(found.start_h // 24), int(found.end_h // 24) + 1)
        assert found.number not in {boilers.boiler_in_repair(day) for day in days if day * 24 < found.end_h}
    turns = [boilers.boiler_in_repair(day) for day in range(DAYS.start, DAYS.start + 30)]
    assert {turns.count(number) for number in range(1, boilers.BOILERS + 1)} == {boilers.REPAIR_DAYS}


def test_what_is_out_gives_nothing_and_the_others_give_all_the_heat(settings: Settings) -> None:
    zone = settings.plant.zone
    for day in range(DAYS.start, DAYS.stop, 3):
        at_s = stamp_ns(zone, date.fromordinal(EPOCH + day)) // NS + 12 * 3600
        loads = boilers.shown(1, at_s)
        assert loads == boilers.shown(1, at_s), "the same for the same seed"
        assert loads[f"boiler{boilers.boiler_in_repair(day)}.load"] == 0
        failed = boilers.outage(day // boilers.WEEK_DAYS)
        if failed.start_h <= day * 24 + 12 < failed.end_h:
            assert loads[f"boiler{failed.number}.load"] == 0
        assert loads[f"turbine{boilers.turbine_in_overhaul(day)}.load"] == 0
        given = sum(load for tag, load in loads.items() if tag.startswith("boiler"))
        assert 55 < given < 190
        assert max(load for tag, load in loads.items() if tag.startswith("boiler")) < boilers.BOILER_GCAL_H


@pytest.mark.parametrize("end", [date(2026, 12, 1), date(2026, 7, 15)])
async def test_a_demo_shows_the_boiler_that_is_out_in_its_last_seven_days(settings: Settings, end: date) -> None:
    """At any time of the year: of any seven days that are over, a boiler failed in one."""
    report = await reported(settings, end)
    out = [each for each in report.sources if each.is_boiler and each.repairs]
    assert len(out) >= 2, "the one in its planned repair, and the one that failed"
    failed = [
        (each, repair) for each in out for repair in each.repairs
        if (repair.end_ns - repair.start_ns) // NS == boilers.OUT_H * 3600
    ]  # fmt: skip
    assert failed
    for source, _ in failed:
        assert source.worked_h is not None
        assert source.known_h == pytest.approx(7 * 24)
        assert source.worked_h <= 7 * 24 - boilers.OUT_H + 30, "some of it may lie before these days"
    assert {each.readiness for each in report.sources} == {None}, "of days that are over nothing is said of now"
    turbines = [each.worked_h for each in report.sources if not each.is_boiler]
    assert sorted(turbines)[1:] == [pytest.approx(168)] * 2 or sum(each or 0 for each in turbines) == pytest.approx(336)


async def test_a_demo_shows_how_long_the_coal_lasts(settings: Settings) -> None:
    report = await reported(settings, date(2026, 12, 1))
    assert report.coal is not None
    assert report.coal.over == 7
    assert 9 < report.coal.days < 17


def test_the_form_of_a_day_says_what_the_history_says() -> None:
    figures = list(boilers.coal_figures(1, [20_500]))
    lines = form([], boilers.coal_lines(1, [20_500])).splitlines()
    assert lines[0] == HEADER
    assert [line.split(",")[5] for line in lines[1:]] == [f"{(each.grams or 0) // 10**6}" for each in figures]
    assert [line.split(",")[6] for line in lines[1:]] == [each.basis for each in figures]
    (stock,) = (each for each in figures if each.basis == STOCK)
    assert stock.start_ns == stock.end_ns


def test_a_repair_of_what_failed_is_stated_once_it_failed() -> None:
    found = boilers.outage(2_960)
    day = int(found.start_h // 24)
    before = list(boilers.repairs(day, day + 2, found.start_h - 1))
    after = list(boilers.repairs(day, day + 2, found.start_h))
    (stated,) = (each for each in after if each not in before)
    assert stated.unit == f"boiler{found.number}"
    assert len({each.name for each in after}) == len(after)
    assert SourceReadiness.REPAIR == "repair"


async def reported(settings: Settings, end: date) -> HeatReport:
    """The seven days before `end`, a day later."""
    settings.data_dir.mkdir()
    end_ns = stamp_ns(settings.plant.zone, end)
    last = end.toordinal() - EPOCH
    stated = [
        *boilers.repairs(last - 30, last + 30, (last + 1) * 24),
        *boilers.coal_figures(1, range(last - 30, last)),
    ]
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        await load_heat(ledger, settings.heat, end_ns, 1)
        await ledger.write(
            lambda connection: ledger_statements.add(connection, stated, dirty=(), clock_ns=time.time_ns())
        )
        days = end.toordinal() - 7, end.toordinal()
        return ledger.read(
            lambda connection: read_heat(connection, settings.plant, settings.heat, days, end_ns + 86_400 * NS)
        )
    finally:
        await ledger.close()
