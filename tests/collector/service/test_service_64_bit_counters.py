"""Counters of 64 bits beyond 2^53 in the service: files of before, restarts, late readings, replays, a real server."""

import contextlib
from pathlib import Path

import apsw
import pytest
from asyncua import ua

from collector.service.replays import Replays
from collector.service.service import opened
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine.browser import QuarantineBrowser
from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, delivery_of, grams, opened_parts, soon
from tests.collector.service.works_document import COAL, NOON_NS, NS, source_yaml, works_settings, works_yaml
from tests.support.ledger_calls import buckets
from tests.support.opcua_works import Works
from tests.support.ports import free_port

TONNE = 1_000_000
START = 2**63 + 1


async def test_a_ledger_and_a_journal_of_before_go_on_and_are_exact_from_then_on(plant: Plant, tmp_path: Path) -> None:
    data, old = tmp_path / "data", 2**54 + 1
    async with opened_parts(data, plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 0, float(old)))))
        await parts.settle()
        await parts.take(delivery_of(parts.batch((COAL, 60, float(old + 8)))))  # in the journal, and not counted yet
    make_version_8(data)
    async with opened_parts(data, plant) as parts:
        await parts.settle()
        assert grams(parts.ledger) == {COAL: 8 * TONNE}
        rows = ((COAL, 120, old + 8), (COAL, 180, old + 15), (COAL, 240, old + 16))
        await parts.take(*(delivery_of(parts.batch(row)) for row in rows))
        await parts.settle()
        # The first one was kept as 2^54: that tonne of before is all that is off.
        assert grams(parts.ledger) == {COAL: 17 * TONNE}
    async with opened_parts(data, plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 900, old + 30))))
        await parts.take(delivery_of(parts.batch((COAL, 300, old + 19))))  # late
        await parts.settle()
        by_start = {item.start_s - NOON_NS // NS: item.grams for item in buckets(parts.ledger, 0, 2**60)}
        assert by_start[0] == 20 * TONNE
        assert sum(by_start.values()) == 31 * TONNE


def make_version_8(data: Path) -> None:
    """As the version before wrote it: kept readings and states have floats alone."""
    with contextlib.closing(connect(data / LEDGER.name, apsw.SQLITE_OPEN_READWRITE)) as before:
        before.execute(
            "DROP TABLE stop_statement; DROP TABLE desk_save;"
            "DROP TABLE signature; ALTER TABLE anchor DROP COLUMN residue;"
            "PRAGMA user_version = 8"
        )
        ((state,),) = before.execute("SELECT state FROM totalizer").fetchall()
        assert b'"version":3' in state
        before.execute("UPDATE totalizer SET state = ?", (state.replace(b'"version":3', b'"version":2'),))


async def test_a_late_reading_after_a_restart_divides_what_was_counted_to_the_tonne(
    plant: Plant, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with opened_parts(data, plant) as parts:
        rows = ((COAL, 0, START), (COAL, 900, START + 99))
        await parts.take(*(delivery_of(parts.batch(row)) for row in rows))
        await parts.settle()
        kept = parts.ledger.read(lambda connection: connection.execute("SELECT value, residue FROM anchor").fetchall())
        assert kept == [(float(START), 1.0), (float(START), 100.0)]
    async with opened_parts(data, plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 300, START + 20))))
        await parts.settle()
        by_start = {item.start_s * NS - NOON_NS: item.grams for item in buckets(parts.ledger, 0, 2**60)}
        assert by_start[0] == 20 * TONNE
        assert sum(by_start.values()) == 99 * TONNE


async def test_a_count_that_a_person_releases_counts_with_all_its_digits(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        index = plant.tag_index()[COAL]
        doubtful = [(index, START + 5, NOON_NS + 60 * NS, Quality.BAD)]
        await parts.take(
            delivery_of(parts.batch((COAL, 0, START))),
            delivery_of(ReadingBatch.of("plc", NOON_NS + 60 * NS, doubtful)),
        )
        browser = QuarantineBrowser(tmp_path / "data", Clock())
        assert browser.shown("J1").record.rejection.value == str(START + 5)
        browser.replay(["J1"], corrected=None, by="Aigerim")
        await Replays(plant, parts.intake, parts.journal, parts.ledger).run(NOON_NS + 3600 * NS)
        await parts.settle()
        assert grams(parts.ledger) == {COAL: 5 * TONNE}


@pytest.mark.long
@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_real_counter_goes_over_2_64_while_the_service_is_down(tmp_path: Path, mode: str) -> None:
    works = Works()
    await works.start(belt=0.0, coal=unsigned(2**64 - 12), ore=5.0)
    plc = source_yaml("plc", works.url, mode=mode, publishing_interval="100ms", stale_after="5s")
    shops = works_yaml()["shops"]
    shops[0]["units"][0]["tags"][1] |= {
        "source_unit_of_measure": "kg",
        "modulus": 2**64 / 1000,
        "cadence": "1s",
    }
    keys = {"sources": [plc, source_yaml("dcs", works.url)], "metrics": {"port": free_port()}, "shops": shops}
    settings = works_settings(tmp_path, **keys)
    try:
        async with opened(settings) as service:
            await soon(lambda: COAL in service.collecting.ledger.read(ledger_reads.totalizer_states))
            await works.write("coal", unsigned(2**64 - 5))
            await soon(lambda: grams(service.collecting.ledger).get(COAL) == 7000, what="seven kilograms")
        await works.write("coal", unsigned(3))
        async with opened(settings) as service:
            await soon(lambda: grams(service.collecting.ledger).get(COAL) == 15_000, what="the rollover")
            await works.write("coal", unsigned(4))
            await soon(lambda: grams(service.collecting.ledger).get(COAL) == 16_000, what="one more")
    finally:
        await works.stop()


def unsigned(count: int) -> ua.Variant:
    return ua.Variant(count, ua.VariantType.UInt64)
