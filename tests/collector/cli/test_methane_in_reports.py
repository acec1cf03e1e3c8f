"""What was made while methane was above a limit: in the daily report and at the desk, from what the ledger holds."""

import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest

from collector.config.load import load
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.entries.safety_desk import LedgerSafetyDesk
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.workings import read_workings
from dashboards.report.methane_line import methane_line
from dashboards.web.safety_view import LookingAtSafety, SafetyView, safety_view
from models.counting.increment import Increment
from models.counting.measured_hour import MeasuredHour
from models.detection.minutes.minutes import blank
from models.tables.accident_rates import StatedSafety
from models.works.calendar import NS, day_bounds
from models.works.localize import Language
from models.works.place import ALL
from tests.collector.entries.conftest import Command, tundish
from tests.collector.service.works_document import works_settings, works_yaml

__all__ = ["tundish"]

DAY = date(2026, 10, 15)
GAUGE = "mine1.ch4"
LIMITS = {"local": 1.3, "general": 1.0, "clause": "item 1", "approved_by": "A. B."}
LONGWALL = {
    "code": "longwall",
    "names": {"en": "Longwall 3", "ru": "Лава 3", "kk": "3-лава"},
    "unit": "mine1",
    "sensors": [{"tag": GAUGE, "kind": "methane"}],
}


def mining(folder: Path) -> Settings:
    """A mine with a counter of coal and a sensor of methane."""
    document = works_yaml()
    (mine,) = (unit for unit in document["shops"][0]["units"] if unit["code"] == "mine1")
    belt = mine["tags"][0]
    gauge = {"signal": "ch4", "kind": "gauge", "unit_of_measure": "%", "low": 0, "high": 5, "node": f"{belt['node']}_4"}
    mine["tags"].append({**belt, **gauge})
    return works_settings(folder, shops=document["shops"], mine_safety={"limits": LIMITS, "workings": [LONGWALL]})


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """Its day of 15 October: in the third hour 15 minutes above the general limit, of which five were counted in one
    sum; in the fourth two that were watched by the minute; a quiet hour after them."""
    settings = mining(tmp_path)
    plant = settings.plant
    (counter,) = (tag for tag in plant.tags if tag.unit == "mine1" and tag.product is not None)
    start_s = day_bounds(plant.shops["mines"].calendar, DAY)[0] // NS

    def hour(number: int, above_s: float, bits: int) -> MeasuredHour:
        at_s = start_s + number * 3600
        begun = MeasuredHour.begun(GAUGE, at_s, 0.4, (1.3, 1.0))
        greatest = 1.1 if bits else 0.6
        return replace(begun, known_s=3600.0, greatest=greatest, above_s=(0.0, above_s), times_above=(0, bool(bits)),
                       above_minutes=(0, bits))  # fmt: skip

    def put(connection: apsw.Connection) -> None:
        hours = [hour(2, 820.0, ((1 << 15) - 1) << 12), hour(3, 110.0, 0b11), hour(4, 0.0, 0)]
        ledger_measured.put(connection, hours, {}, 0)
        counted = [
            Increment(counter.name, "mine1", counter.product or "", start_s + 7200 + at_s, start_s + 7500 + at_s,
                      36_000_000, 30)
            for at_s in range(0, 3600, 300)
        ]  # fmt: skip
        ledger_changes.post(connection, counted, clock_ns=time.time_ns())
        watched = blank(60, [], counts=True)
        assert watched.counted_t is not None
        watched.heard[:], watched.counted_t[:] = True, 6.5
        hour_s = (start_s + 3 * 3600) // 3600 * 3600
        ledger_detection.put_hour(connection, hour_s, {"mine1": watched})

    EntryFile(settings).write(put)
    return tmp_path / "plant.yaml"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Methane: Longwall 3: above the limit of 1.00 % {at} (15.5 min, up to 1.10 %); 85.0 t were counted in 12 "
            "of these 17 min, of the others it is not known",
        ),
        (
            "ru",
            "Метан: Лава 3: выше предела 1,00 % {at} (15,5 мин, наибольшее 1,10 %); учтено 85,0 т за 12 из этих 17 "
            "мин, за остальные неизвестно",
        ),
        (
            "kk",
            "Метан: 3-лава: 1,00 % шегінен жоғары {at} (15,5 мин, ең көбі 1,10 %); осы 17 минуттың 12 минутында "
            "85,0 т есептелді, қалғаны белгісіз",
        ),
    ],
)
def test_the_daily_report_tells_what_was_made_above_a_limit_as_far_as_it_is_known(
    language: Language, said: str, works: Path, tundish: Command
) -> None:
    told = tundish("report", "day", "--period", DAY.isoformat(), "--lang", language).out.replace("\xa0", " ")
    zone, calendar = load(works).plant.zone, load(works).plant.shops["mines"].calendar
    at_s = day_bounds(calendar, DAY)[0] // NS + 7200
    clock = [time_text(at_s + minute * 60, zone) for minute in (12, 27, 60, 62)]
    assert said.format(at=f"{clock[0]}-{clock[1]}, {clock[2]}-{clock[3]}") in " ".join(told.split())


def time_text(at_s: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_s, zone).strftime("%H:%M")


def test_a_day_without_methane_above_a_limit_says_of_how_much_of_it_that_is_known(tundish: Command) -> None:
    told = tundish("report", "day", "--period", "2026-10-16", "--lang", "en").out
    assert "Methane: Longwall 3: not known" in told
    assert "not above a limit" not in told, "nothing is known of it"


def test_hours_below_the_limits_are_told_with_how_many_are_known(works: Path) -> None:
    settings = load(works)
    start_ns = day_bounds(settings.plant.shops["mines"].calendar, DAY)[0]
    quiet = start_ns + 4 * 3600 * NS, start_ns + 6 * 3600 * NS
    (working,) = settings.workings
    rows = EntryFile(settings).read(
        lambda connection: read_workings(connection, settings.plant, settings.workings, quiet)
    )
    told = methane_line([(working, rows)], "en").replace("\xa0", " ")
    assert told == "Longwall 3: not above a limit in the 1.0 h of 2 h of which it is known"


@pytest.mark.parametrize(
    ("language", "limit", "made"),
    [
        ("en", "1.00 % (general)", "72.0 t in 10 of 15 min; of the others not known"),
        ("ru", "1,00 % (общий)", "72,0 т за 10 из 15 мин; за остальные неизвестно"),
        ("kk", "1,00 % (жалпы)", "15 минуттың 10 минутында 72,0 т; қалғаны белгісіз"),
    ],
)
def test_the_page_shows_each_hour_with_its_minutes_newest_first(
    language: Language, limit: str, made: str, works: Path
) -> None:
    view = looked_at(works, language)
    assert view.methane is not None
    newest, oldest = ([cell.shown.replace("\xa0", " ") for cell in line] for line in view.methane)
    assert (oldest[2], oldest[4:]) == (limit, [f"{13.7 if language == 'en' else '13,7'}", made])
    assert newest[5] == ("13.0 t" if language == "en" else "13,0 т"), "both minutes were watched"


def test_a_shop_without_workings_has_no_table_of_methane(works: Path) -> None:
    assert looked_at(works, "en", "blast_furnaces").methane is None


def looked_at(works: Path, language: Language, shop: str = ALL) -> SafetyView:
    settings = load(works)
    plant = settings.plant
    span_ns = day_bounds(plant.shops["mines"].calendar, DAY)
    workings = LedgerSafetyDesk(EntryFile(settings)).workings(span_ns)
    of = LookingAtSafety(
        plant=plant, shop=shop, terms=settings.accidents, user=None, now_ns=span_ns[1], language=language
    )
    return safety_view(StatedSafety([], []), of, workings)
