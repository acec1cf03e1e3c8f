"""Stops in the rows: hours of standing in every bucket, and marks on the time axis, as they begin, grow and end."""

from pathlib import Path

from collector.service.roll_up_events import STOP_GROWS_S, STOPS_BACK_S
from collector.storage.ledger.detection import DetectionChanges
from collector.storage.ledger.outbox_queue import OutboxQueue
from models.detection.finding import FindingKind
from models.detection.minutes.minutes import blank
from models.detection.output_drop import OutputDrop
from models.stated.plan import Repair, RepairKind
from models.tables.event_rows import EVENT_TABLE
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE, SHIFT_TABLE
from models.works.calendar import HOUR_NS
from models.works.plant import Plant
from models.works.table import Row
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, opened_parts, tap
from tests.collector.service.works_document import NOON_NS, NS
from tests.support.ledger_calls import note_detection, published, record

NOON_S = NOON_NS // NS
HOUR_S = 3600
ALWAYS = (0, 2**62)
EVIDENCE = {"en": "BF 3 stands", "ru": "Доменная печь 3 стоит", "kk": "3-домна пеші тұр"}


def stop(start_s: int) -> OutputDrop:
    return OutputDrop(
        unit="bf3",
        product="pig_iron",
        kind=FindingKind.STOP,
        severity=1,
        start_s=start_s,
        end_s=None,
        evidence=EVIDENCE,
    )


async def watched(parts: WorksParts, first_s: int, end_s: int) -> None:
    """The furnace is looked at in these hours."""
    hours = {hour_s: {"bf3": blank(60, [], counts=False)} for hour_s in range(first_s, end_s, HOUR_S)}
    await note_detection(parts.ledger, DetectionChanges(at_s=end_s, hours=hours), to_outbox=False)


async def tell(parts: WorksParts, at_s: int, *begun: OutputDrop, ended: dict[str, int] | None = None) -> None:
    changes = DetectionChanges(at_s=at_s, begun=begun, ended=ended or {})
    await note_detection(parts.ledger, changes, to_outbox=False)
    await parts.roll_up.run()


def stood(parts: WorksParts, table: str, at_ns: int = -1) -> object:
    """The field of the furnace's row at `at_ns`, or of its newest one."""
    rows = [row for row in published(parts.ledger, table, *ALWAYS) if dict(row.key.tags)["unit"] == "bf3"]
    chosen = [row for row in rows if at_ns < 0 or row.key.time_ns == at_ns]
    return chosen[-1].fields.get("unplanned_stop_h")


def marks(parts: WorksParts) -> list[Row]:
    return [row for row in published(parts.ledger, EVENT_TABLE, *ALWAYS) if dict(row.key.tags)["kind"] == "stop"]


async def test_hours_shifts_and_days_say_how_long_a_unit_stood_once_a_stop_is_found(
    plant: Plant, tmp_path: Path
) -> None:
    clock = Clock(NOON_NS + 4 * HOUR_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await watched(parts, NOON_S - 24 * HOUR_S, NOON_S + 5 * HOUR_S)
        await parts.take(delivery_of(events=(tap("1", 600), tap("2", 4000)), received_ns=NOON_NS))
        await parts.settle()
        assert stood(parts, HOUR_TABLE, NOON_NS) == 0.0
        await tell(parts, NOON_S + 4 * HOUR_S, stop(NOON_S + 1800))
        assert stood(parts, HOUR_TABLE, NOON_NS) == 0.5
        assert stood(parts, HOUR_TABLE, NOON_NS + HOUR_NS) == 1.0
        assert stood(parts, DAY_TABLE) == 3.5
        assert stood(parts, SHIFT_TABLE) == 3.5
        clock.now_ns += HOUR_NS // 2
        await parts.roll_up.refresh()
        assert stood(parts, DAY_TABLE) == 4.0
        await tell(parts, NOON_S + 4 * HOUR_S + 1800, ended={"bf3": NOON_S + 4 * HOUR_S + 900})
        assert stood(parts, DAY_TABLE) == 3.75


async def test_a_unit_that_nobody_watched_has_no_hours_of_standing(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + 4 * HOUR_NS)) as parts:
        await parts.take(delivery_of(events=(tap("1", 600),), received_ns=NOON_NS))
        await parts.settle()
        assert (stood(parts, HOUR_TABLE), stood(parts, DAY_TABLE)) == (None, None)


async def test_a_repair_that_is_entered_later_takes_its_hours_out(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + 4 * HOUR_NS)) as parts:
        await watched(parts, NOON_S - 24 * HOUR_S, NOON_S + 5 * HOUR_S)
        await parts.take(delivery_of(events=(tap("1", 600),), received_ns=NOON_NS))
        await parts.settle()
        await tell(parts, NOON_S + 4 * HOUR_S, stop(NOON_S))
        assert stood(parts, DAY_TABLE) == 4.0
        repair = Repair(
            name="R1",
            unit="bf3",
            start_ns=NOON_NS + HOUR_NS,
            end_ns=NOON_NS + 3 * HOUR_NS,
            kind=RepairKind.CURRENT,
            approved_by="Chief",
        )
        await record(parts.ledger, [repair])
        await parts.roll_up.refresh()
        assert stood(parts, DAY_TABLE) == 2.0


async def test_a_stop_is_marked_on_the_time_axis_grows_and_ends(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOON_NS + 10 * 60 * NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock, telemetry=True) as parts:
        slow = OutputDrop(
            unit="mine1", product="coal_raw", kind=FindingKind.SLOW, severity=2, start_s=NOON_S, end_s=None
        )
        await tell(parts, NOON_S + 600, stop(NOON_S), slow)
        (mark,) = marks(parts)
        assert (mark.key.time_ns - NOON_NS) // 1_000_000 == 0
        assert mark.fields["end_ms"] == (NOON_S + 600) * 1000
        assert mark.fields["text_ru"] == "Доменная печь 3 стоит"
        assert mark.fields["title"] == mark.fields["text_en"] == "BF 3 stands"
        clock.now_ns += (STOP_GROWS_S - 60) * NS
        await parts.roll_up.refresh()
        assert marks(parts) == [mark], "it is not written anew every minute"
        clock.now_ns += 60 * NS
        await parts.roll_up.refresh()
        (grown,) = marks(parts)
        assert (grown.key, grown.fields["end_ms"]) == (mark.key, (NOON_S + 900) * 1000)
        await tell(parts, NOON_S + 960, ended={"bf3": NOON_S + 950})
        (ended,) = marks(parts)
        assert (ended.key, ended.fields["end_ms"]) == (mark.key, (NOON_S + 950) * 1000)
        queued = [item for item in await OutboxQueue(parts.ledger).take(1000) if item.key == mark.key]
        assert [item.row is not None and item.row.fields["end_ms"] for item in queued] == [(NOON_S + 950) * 1000]


async def test_marks_of_long_ago_stay_and_are_not_computed_again(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOON_NS + HOUR_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await tell(parts, NOON_S + HOUR_S, stop(NOON_S))
        await tell(parts, NOON_S + HOUR_S, ended={"bf3": NOON_S + HOUR_S})
        before = marks(parts)
        clock.now_ns += (STOPS_BACK_S + 2 * HOUR_S) * NS
        await tell(parts, clock() // NS, stop(clock() // NS - 600))
        assert marks(parts)[0] == before[0]
        assert len(marks(parts)) == 2


async def test_a_unit_that_the_plant_no_longer_has_is_not_marked(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + HOUR_NS)) as parts:
        gone = OutputDrop(unit="gone", product="", kind=FindingKind.STOP, severity=1, start_s=NOON_S, end_s=None)
        await tell(parts, NOON_S + 600, gone)
        assert marks(parts) == []
