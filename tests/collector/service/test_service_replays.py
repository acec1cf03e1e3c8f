"""What a person releases from the quarantine comes in by the same door as everything else."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from collector.service.replays import Replays, as_delivery
from collector.storage.ledger import outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.quarantine.browser import QuarantineBrowser
from collector.storage.quarantine.records import Quarantined
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, grams, opened_parts, tap
from tests.collector.service.works_document import BELT, COAL, NOON_NS, NS, TAPS
from tests.support.ledger_calls import buckets, commit

TONNE = 1_000_000


def _replays(parts: WorksParts) -> Replays:
    return Replays(parts.plant, parts.intake, parts.journal, parts.ledger)


def _quarantine(tmp_path: Path) -> QuarantineBrowser:
    return QuarantineBrowser(tmp_path / "data", Clock())


def _open(tmp_path: Path) -> dict[str, str]:
    return {item.name: item.record.rejection.tag for item in _quarantine(tmp_path).listed("open", 100)}


async def test_a_corrected_reading_of_the_journal_counts_once_in_its_own_bucket(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(
            delivery_of(parts.batch((COAL, 0, 100.0))),
            delivery_of(parts.batch((COAL, 300, float("nan")))),
            delivery_of(parts.batch((COAL, 600, 130.0))),
        )
        await parts.settle()
        assert _open(tmp_path) == {"J1": COAL}
        for _ in range(2):
            _quarantine(tmp_path).replay(["J1"], corrected="101", by="Aigerim") if _open(tmp_path) else None
            await _replays(parts).run(NOON_NS + 3600 * NS)
            await parts.settle()
        assert grams(parts.ledger) == {COAL: 30 * TONNE}
        by_start = {item.start_s * NS - NOON_NS: item.grams for item in buckets(parts.ledger, 0, 2**60)}
        assert by_start[0] == TONNE
        assert _quarantine(tmp_path).shown("J1").record.state == "replayed"
        assert _open(tmp_path) == {}


async def test_a_corrected_event_counts_at_its_own_end(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(events=(tap("17", -7200, 5_000.0),), received_ns=NOON_NS))
        _quarantine(tmp_path).replay(["J1"], corrected="500", by=None)
        await _replays(parts).run(NOON_NS)
        await parts.settle()
        (event,) = parts.ledger.read(ledger_reads.events)
        assert (event.key, event.grams, event.end_ns) == ("17", 500 * TONNE, NOON_NS - 7200 * NS)
        assert parts.ledger.read(ledger_reads.event_sequences) == {}


async def test_a_record_of_the_ledger_is_taken_in_once_however_often_it_is_interrupted(
    plant: Plant, tmp_path: Path
) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(
            delivery_of(parts.batch((COAL, 0, 0.0))),
            delivery_of(parts.batch((COAL, 1, 500.0))),
            delivery_of(parts.batch((COAL, 600, 60.0))),
        )
        await parts.settle()
        assert _open(tmp_path) == {"L1": COAL}
        _quarantine(tmp_path).replay(["L1"], corrected="0.5", by="Aigerim")
        (item,) = await parts.ledger.write(partial(outbox.take_replays, now_ns=NOON_NS))
        await parts.intake.replay(as_delivery(plant, item, NOON_NS), [])  # and killed before it could be noted
        await _replays(parts).run(NOON_NS)
        await parts.settle()
        assert grams(parts.ledger) == {COAL: 60 * TONNE}
        assert _quarantine(tmp_path).shown("L1").record.state == "replayed"
        assert _open(tmp_path) == {}


async def test_a_value_that_still_cannot_be_read_becomes_a_new_record(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((BELT, 0, 1e9))))
        _quarantine(tmp_path).replay(["J1"], corrected="eight", by=None)
        await _replays(parts).run(NOON_NS)
        (new,) = _quarantine(tmp_path).listed("open", 10)
        assert (new.name, new.record.rejection.value) == ("J2", "eight")
        assert "not a number" in new.record.rejection.detail
        _quarantine(tmp_path).replay(["J2"], corrected="5000", by=None)
        await _replays(parts).run(NOON_NS)
        (new,) = _quarantine(tmp_path).listed("open", 10)
        assert (new.name, new.record.rejection.reason) == ("J3", Reason.OUT_OF_RANGE)


async def test_a_tag_that_is_gone_becomes_a_new_record_that_says_so(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        gone = Rejection("plc", "mine9.coal", "7.0", NOON_NS, Quality.GOOD, Reason.WRONG_TYPE, "gone")
        await commit(parts.ledger, LedgerChanges(journal_seq=1, rejections=[gone]))
        _quarantine(tmp_path).replay(["L1"], corrected=None, by=None)
        await _replays(parts).run(NOON_NS)
        (new,) = _quarantine(tmp_path).listed("open", 10)
        assert "no such tag" in new.record.rejection.detail


async def test_a_replay_does_not_say_that_a_unit_is_being_read(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((BELT, 0, 1e9))))
        _quarantine(tmp_path).replay(["J1"], corrected="800", by=None)
        await _replays(parts).run(NOON_NS + 9000 * NS)
        assert parts.intake.counts["plc"].accepted == 1
        assert parts.intake.last_read_ns == {}


def test_a_person_vouches_for_a_bad_value_and_it_stays_uncertain(plant: Plant) -> None:
    bad = Rejection("plc", BELT, "nan", NOON_NS, Quality.BAD, Reason.BAD_QUALITY, "bad")
    item = Quarantined(1, NOON_NS, bad, "replay", "12.5", "Aigerim", NOON_NS, 1)
    readings = as_delivery(plant, item, NOON_NS + NS).readings
    assert readings is not None
    assert (readings.values.tolist(), readings.quality.tolist()) == ([12.5], [int(Quality.UNCERTAIN)])
    assert readings.times_ns.tolist() == [NOON_NS]
    tapped = replace(item, rejection=replace(bad, tag=TAPS, event_key="3"))
    (event,) = as_delivery(plant, tapped, NOON_NS + NS).events
    assert (event.key, event.tonnes, event.quality, event.end_ns) == ("3", 12.5, Quality.UNCERTAIN, NOON_NS)
