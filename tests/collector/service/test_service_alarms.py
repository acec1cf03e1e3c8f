"""Alarms of a source: kept before all else, drawn as rows, named in the evidence of a stop, and deciding nothing."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from collector.service.preparation import Preparation
from collector.service.roll_up_events import AT_ONCE
from collector.service.source_stamps import Stamping
from collector.sources.base import Delivery
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger.changes import LedgerChanges
from models.counting.stamp_rule import StampRule
from models.detection.alarm import STORM, AlarmNotice, PlantAlarm
from models.works.alarm_pattern import AlarmPattern
from models.works.calendar import HOUR_NS, MS_NS
from models.works.codes import UnitState
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.service.steel_works import WorksParts, opened_parts
from tests.collector.service.watched_works import Live
from tests.collector.service.works_document import NOON_NS, NS
from tests.models.detection.minutes_of import Works, furnace, line
from tests.models.detection.small_works import HOUR, START_S
from tests.support.ledger_calls import commit, published


def notice(at_s: float, *, active: bool | None = True, number: int = 0, name: str = "Cooling low") -> AlarmNotice:
    return AlarmNotice(
        event_id=f"{name} {at_s} {active}",
        condition=f"c.{name}.{number}" if active is not None else "",
        origin="BF3.Tuyeres",
        name=name,
        message="flow 12 m3/h",
        severity=700,
        time_ns=NOON_NS + round(at_s * NS),
        active=active,
    )


def told(at_s: float, *notices: AlarmNotice, standing: tuple[str, ...] | None = None) -> Delivery:
    return Delivery("plc", NOON_NS + round(at_s * NS), alarms=notices, standing_alarms=standing)


@pytest.fixture
def mapped(plant: Plant) -> Plant:
    units = {code: replace(unit, alarms=(AlarmPattern("plc", "bf3.*"),)) for code, unit in plant.units.items()}
    return replace(plant, units=units)


def rows(parts: WorksParts) -> list[Row]:
    return [row for row in published(parts.ledger, "plant_event") if dict(row.key.tags)["kind"] in ("alarm", "event")]


async def test_an_alarm_is_a_row_that_lasts_until_it_ends_in_three_languages(tmp_path: Path, mapped: Plant) -> None:
    async with opened_parts(tmp_path, mapped) as parts:
        await parts.take(told(-600, notice(-600)))
        await parts.settle()
        await parts.roll_up.refresh()
        (row,) = rows(parts)
        unit = next(iter(mapped.units))
        assert dict(row.key.tags) == {
            "site": mapped.site,
            "shop": mapped.units[unit].shop,
            "unit": unit,
            "kind": "alarm",
        }
        assert (row.key.time_ns - (NOON_NS - 600 * NS)) in range(MS_NS)
        assert row.fields["end_ms"] == NOON_NS // MS_NS, "up to the present"
        assert row.fields["title"] == "alarm 'Cooling low' (BF3.Tuyeres), severity 700: flow 12 m3/h"
        assert "сигнализация «Cooling low»" in str(row.fields["text_ru"])
        assert "дабылы" in str(row.fields["text_kk"])
        await parts.take(told(-60, notice(-60, active=False)))
        await parts.settle()
        await parts.roll_up.refresh()
        (row,) = rows(parts)
        assert row.fields["end_ms"] == (NOON_NS - 60 * NS) // MS_NS


async def test_what_is_kept_in_the_journal_alone_is_kept_over_a_kill(tmp_path: Path, plant: Plant) -> None:
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(told(-600, notice(-600), notice(-590, active=None, name="pump started")))
    async with opened_parts(tmp_path, plant) as parts:  # nothing of it had come to the ledger
        await parts.take(told(0, notice(-600), standing=("c.Cooling low.0",)))
        await parts.settle()
        await parts.roll_up.refresh()
        assert sorted(dict(row.key.tags)["kind"] for row in rows(parts)) == ["alarm", "event"]
        assert {dict(row.key.tags)["unit"] for row in rows(parts)} == {"all"}, "no unit of the plant is meant"
        await parts.take(told(30, standing=()))
        await parts.settle()
        alarm = parts.ledger.read(partial(ledger_alarms.newest, source="plc", key="c.Cooling low.0"))
        assert alarm is not None
        assert (alarm.end_ns, alarm.ended_unseen) == (NOON_NS + 30 * NS, True)
    async with opened_parts(tmp_path, plant) as parts:
        await parts.roll_up.refresh()
        assert len(rows(parts)) == 2, "a restart draws no row twice, and takes none away"


async def test_a_storm_draws_its_rows_piece_by_piece(tmp_path: Path, plant: Plant) -> None:
    storm = AlarmNotice(
        event_id="storm", condition="", origin="plc", name=STORM, message="9000", severity=500, time_ns=NOON_NS
    )
    many = [notice(-number / 100, active=None, name=f"event {number}") for number in range(AT_ONCE + 10)]
    async with opened_parts(tmp_path, plant) as parts:
        await parts.take(told(0, *many, storm))
        await parts.settle()
        await parts.roll_up.refresh()
        assert len(rows(parts)) == AT_ONCE
        await parts.roll_up.refresh()
        assert len(rows(parts)) == AT_ONCE + 11
        texts = [row.fields["text_ru"] for row in rows(parts)]
        assert "слишком много сигнализаций сразу (plc): пропущено 9000" in texts


async def test_an_alarm_by_a_clock_an_hour_off_is_put_right_as_readings_are(tmp_path: Path, plant: Plant) -> None:
    stamping = Stamping(plant, {"plc": StampRule()}, lambda _: 3600.0)
    ready = Preparation(plant, stamping, telemetry=False, future_tolerance_s=2.0)
    async with opened_parts(tmp_path, plant) as parts:
        parts.intake.preparation = ready
        await parts.take(told(0, replace(notice(0), time_ns=NOON_NS + HOUR_NS)))
        await parts.settle()
        (alarm,) = parts.ledger.read(partial(ledger_alarms.open_now, source="plc"))
        assert alarm.start_ns == NOON_NS


def alarm(hour: float, end: float | None = None, **more: object) -> PlantAlarm:
    values: dict[str, object] = {
        "source": "plc",
        "key": f"alarm {hour} {more}",
        "unit": "bf3",
        "origin": "BF3",
        "name": "Tuyere cooling low",
        "message": "",
        "severity": 700,
        "start_ns": round((START_S + hour * HOUR) * NS),
        "end_ns": None if end is None else round((START_S + end * HOUR) * NS),
    }
    return PlantAlarm(**(values | more))  # type: ignore[arg-type]


def works_with_alarms(folder: Path, percent: float) -> Live:
    works = Works(bf3=furnace(line(100, (0.5, percent))))
    unit = replace(works.plant.units["bf3"], alarms=(AlarmPattern("plc"),))
    works.plant = replace(works.plant, units={**works.plant.units, "bf3": unit})
    return Live(folder, works)


async def test_the_evidence_of_a_stop_names_the_alarms_that_were_active_when_it_began(tmp_path: Path) -> None:
    works = works_with_alarms(tmp_path, 0)
    async with works.running():
        others = [
            alarm(0.1, 0.3, name="over before"),
            alarm(0.6, name="came later"),
            alarm(0.49, name="of another unit", unit="bf2"),
            alarm(0.4, 0.55, name="Blower tripped", severity=900),
        ]
        await commit(works.ledger, LedgerChanges(journal_seq=1, alarms=[alarm(0.45), *others]))
        works._seq = 1
        await works.until(0.7)
        (drop,) = works.drops()
    assert (
        "alarm 'Blower tripped' was active from 00:24 to 00:33; alarm 'Tuyere cooling low' active since 00:27"
        in drop.evidence["en"]
    )
    assert "сигнализация «Tuyere cooling low» активна с 00:27" in drop.evidence["ru"]
    assert "«Tuyere cooling low» дабылы 00:27 бастап белсенді" in drop.evidence["kk"]
    assert not any(name in drop.evidence["en"] for name in ("over before", "came later", "of another unit"))
    assert "'Tuyere cooling low' active since 00:27" in works.told[-1][0][0].evidence["en"], "messages say it too"


async def test_many_alarms_are_counted_and_not_listed(tmp_path: Path) -> None:
    works = works_with_alarms(tmp_path, 0)
    async with works.running():
        many = [alarm(0.4, key=str(number), name=f"A{number}") for number in range(9)]
        await commit(works.ledger, LedgerChanges(journal_seq=1, alarms=many))
        works._seq = 1
        await works.until(0.7)
        (drop,) = works.drops()
    assert "; 6 more alarms" in drop.evidence["en"]


async def test_an_alarm_alone_stops_nothing_and_alerts_nobody(tmp_path: Path) -> None:
    works = works_with_alarms(tmp_path, 100)
    async with works.running():
        await commit(works.ledger, LedgerChanges(journal_seq=1, alarms=[alarm(0.2, severity=1000)]))
        works._seq = 1
        await works.until(1.5)
        assert works.state("bf3") is UnitState.OK
        assert works.drops() == []
    assert all(not findings for findings, _ in works.told)
