"""Heat supply in the briefing and in the daily report, from the hours that the ledger holds."""

import time
from datetime import date
from pathlib import Path

import apsw
import pytest
import yaml

from collector.cli.desk_heat import DeskHeat
from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.heat import read_heat
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredState
from models.heat.heat_flow import heat_gcal_h
from models.heat.report import HeatReport
from models.heat.standby import days_in_stock
from models.stated.figure import CHARGED, STOCK, Figure
from models.stated.plan import Repair, RepairKind
from models.works.calendar import NS, stamp_ns
from tests.collector.entries.conftest import Command, tundish
from tests.support.heat_works import heated_settings

__all__ = ["tundish"]

DAY = date(2026, 10, 15)
SUPPLY_DUE, RETURN_DUE = 65 + 45 * 18 / 38, 45 + 25 * 18 / 38
"""By the graph at -10 degC."""


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """A works whose heat network was too cold on 15 October, and by its graph on the day before."""
    settings = heated_settings(tmp_path)
    zone = settings.plant.zone
    start_s, end_s = (stamp_ns(zone, date(2026, 10, day)) // NS for day in (13, 16))

    def put(connection: apsw.Connection) -> None:
        hours = []
        for at in range(start_s, end_s, 3600):
            supply = SUPPLY_DUE - (8.0 if at >= end_s - 86_400 else 0.0)
            heat = heat_gcal_h(4000, supply, RETURN_DUE)
            values = {"outdoor": -10.0, "t1": supply, "t2": RETURN_DUE, "flow": 4000.0, "town_heat": heat}
            hours += [MeasuredHour(f"chp.{tag}", at, 3600.0, value, value, value) for tag, value in values.items()]
        ledger_measured.put(connection, hours, {}, 0)
        coal = {"shop": "power", "unit": "all", "product": "coal_raw"}
        figures = [
            Figure(start_ns=end_s * NS, end_ns=end_s * NS, grams=30_000 * 10**6, basis=STOCK, **coal),  # type: ignore[arg-type]
            *(
                Figure(
                    start_ns=(end_s - (back + 1) * 86_400) * NS,
                    end_ns=(end_s - back * 86_400) * NS,
                    grams=tonnes * 10**6,
                    basis=CHARGED,
                    **coal,  # type: ignore[arg-type]
                )
                for back, tonnes in enumerate((1900, 2000, 2100))
            ),
        ]
        now_ns = time.time_ns()
        repairs = [
            Repair(name=name, unit=unit, start_ns=now_ns - 10**15, end_ns=now_ns + 10**15, kind=kind, approved_by="C.")
            for name, unit, kind in (("r1", "boiler1", RepairKind.CAPITAL), ("r2", "boiler2", RepairKind.RESERVE))
        ]
        ledger_statements.add(connection, [*figures, *repairs], [], now_ns)

    EntryFile(settings).write(put)
    return tmp_path / "plant.yaml"


def test_the_briefing_tells_days_of_under_heating_and_mean_degrees(tundish: Command) -> None:
    told = tundish("report", "briefing", "--period", "2026-10", "--lang", "ru").out.replace("\xa0", " ")
    assert "Теплоснабжение: данные не ведутся" not in told
    assert "Темиртау: отпущено" in told
    assert "Недогрев: 1 из 3 суток, в среднем на 8 °C ниже графика; 24 из 69 ч; не оценено суток: 28." in told
    assert "item 547" in told
    assert "chief engineer" in told


def test_the_daily_report_has_the_heat_of_its_day_and_the_hours_below_the_graph(tundish: Command) -> None:
    told = tundish("report", "day", "--period", DAY.isoformat(), "--lang", "en").out.replace("\xa0", " ")
    assert "Energy and heat: Temirtau:" in told
    assert "More than 3 °C below the graph: 24 of 24 h." in told
    due = 24 * heat_gcal_h(4000, SUPPLY_DUE, RETURN_DUE)
    assert f"Gcal of {due:,.0f} Gcal due by the graph" in told
    before = tundish("report", "day", "--period", "2026-10-10", "--lang", "en").out
    assert "the heat of no hour is known" in before


def test_the_stock_of_coal_is_told_in_days_and_boilers_by_what_was_stated(works: Path) -> None:
    settings = load(works)
    days = DAY.toordinal(), DAY.toordinal() + 1
    report = EntryFile(settings).read(
        lambda connection: read_heat(connection, settings.plant, settings.heat, days, time.time_ns())
    )
    assert report.coal is not None
    assert (report.coal.days, report.coal.over) == (days_in_stock(30_000, [1900, 2000, 2100]), 3)
    assert report.boilers is not None
    assert (report.boilers.repair, report.boilers.reserve, report.boilers.unknown) == (1, 1, 0)


def test_a_boiler_works_by_its_load_and_a_past_day_says_which_did(works: Path, tundish: Command) -> None:
    text = works.read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    document["heat_supply"]["boilers"][0] |= {"load": "chp.flow", "works_above": 10}
    works.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    settings = load(works)
    now_ns = time.time_ns()

    def heat(connection: apsw.Connection) -> HeatReport:
        days = DAY.toordinal(), DAY.toordinal() + 1
        return read_heat(connection, settings.plant, settings.heat, days, now_ns)

    entries = EntryFile(settings)
    assert (report := entries.read(heat)).boilers is not None
    assert report.boilers.repair == 1, "no load is known of now: the stated repair holds"
    state = MeasuredState(now_ns, 4000.0, now_ns, now_ns)
    at_s = stamp_ns(settings.plant.zone, DAY) // NS
    hours = [MeasuredHour("chp.flow", at_s, 3600.0, 9.0, 0.0, 4000.0, (1800.0,), (1,), 0.0, (10.0,))]
    entries.write(lambda connection: ledger_measured.put(connection, hours, {"chp.flow": state}, 1))
    assert (report := entries.read(heat)).boilers is not None
    assert (report.boilers.working, report.boilers.repair) == (1, 0), "what works is not in repair, whatever was stated"
    told = tundish("report", "day", "--period", DAY.isoformat(), "--lang", "en").out
    assert "Boilers: 1 of 2 worked, of 1 that is not known" in " ".join(told.split())
    assert "coal_raw: in stock for 15 d" in " ".join(told.replace("\xa0", " ").split())
    before = tundish("report", "day", "--period", "2026-10-14", "--lang", "en").out
    assert "in stock for" not in before, "the stock was stated a day later"


def test_the_desk_reads_what_the_briefing_reads(works: Path) -> None:
    desk = DeskHeat(load(works))
    assert desk.is_declared()
    day = DAY.toordinal()
    (network,) = desk.report((day, day + 1)).networks
    assert network.whole.under_heated_h == 24
    (network,) = desk.report((day - 40, day - 30)).networks
    assert network.whole.heat_gcal_alone is None, "nothing was read in these days"


def test_a_cold_day_of_before_the_first_start_is_no_incident_and_the_list_of_them_says_so(tundish: Command) -> None:
    assert "24 of 24 h" in tundish("report", "day", "--period", DAY.isoformat(), "--lang", "en").out.replace(
        "\xa0", " "
    )
    for language, words in (
        ("en", "rules look from the first start of the service on"),
        ("ru", "правила смотрят с первого запуска службы"),
        ("kk", "ережелер қызмет алғаш іске қосылғаннан бері қарайды"),
    ):
        told = tundish("alert", "list", "--all", "--lang", language).out.replace("\n", " ")
        assert words in told
