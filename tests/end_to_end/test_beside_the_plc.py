"""A mine by spreadsheet, a weighbridge by Modbus, the laboratory by SQL and a belt by its rate, in one ledger with the
PLC, which equals the simulator's book."""

import time
from pathlib import Path

import apsw
import pytest

from collector.config.load import load
from collector.simulation.beside import mine_sheets, ore_belt, weighbridge
from collector.simulation.book import TruthBook
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import state_from_bytes
from models.counting.rate import RateState
from tests.support.collector_process import CollectorProcess, until
from tests.support.ports import free_port
from tests.support.truth import compare

NS = 10**9


@pytest.mark.alone  # at sixty times the clock a poll that is late by ten seconds leaves a gap of ten minutes
async def test_all_ways_in_end_in_one_ledger_that_equals_the_book(tmp_path: Path) -> None:
    start_ns = time.time_ns() - 25 * 60 * NS
    modbus_port, metrics_port = free_port(), free_port()
    options = SimulationOptions(
        seed=5,
        start_ns=start_ns,
        speed=60,
        book=tmp_path / "book.db",
        waits_for_reader=True,
        beside=tmp_path / "beside",
        modbus_port=modbus_port,
    )
    async with SimulatedWorks(options) as works:
        file = tmp_path / "plant.yaml"
        sections = {"metrics": {"port": metrics_port}}
        file.write_text(
            plant_yaml(works.url, sections=sections, beside=(Path("beside"), modbus_port)), encoding="utf-8"
        )
        collector = CollectorProcess(file, tmp_path / "run.log")
        try:
            await collector.start()
            await until("tundish_source_up >= 4 and tundish_readings_total > 1500", 120, metrics_port)
            stopped_ns = works.time_ns
            assert await collector.stop() < 10
        finally:
            await collector.end()
    plant = load(file).plant
    ledger = Ledger.open(tmp_path / "data", clock_ns=time.time_ns, demo=True)
    book = TruthBook.open(tmp_path / "book.db")
    try:
        found = compare(book, ledger, plant)
        by_plc = {name: each for name, each in found.items() if name not in (mine_sheets.TAG, weighbridge.TAG)}
        assert {name: each.ledger_g for name, each in by_plc.items()} == {n: each.book_g for n, each in by_plc.items()}
        assert not ledger.read(ledger_reads.gaps)
        totals = ledger.read(ledger_reads.totals)
        known = {event.key: event for event in ledger.read(ledger_reads.events)}
        for tag in (mine_sheets.TAG, weighbridge.TAG):
            # What is done in the last minutes may still be on its way: a poll, a sheet that is not full yet.
            on_its_way_s = 300 + (mine_sheets.SHEET_S if tag == mine_sheets.TAG else 0)
            wanted = {event.key: event.grams for event in book.events(tag, end_ns=stopped_ns - on_its_way_s * NS)}
            assert len(wanted) > 3
            assert {key: known[key].grams for key in wanted} == wanted
            own = [event for event in known.values() if event.tag == tag]
            assert totals[tag] == sum(event.grams for event in own)
            assert {event.key for event in own} <= {event.key for event in book.events(tag)}
        state = state_from_bytes(ledger.read(ledger_reads.totalizer_states)[ore_belt.TAG])
        assert isinstance(state, RateState)
        first_ns = book.published(ore_belt.TAG)[0].time_ns
        made_g = book.counted(ore_belt.TAG, first_ns, state.upto_ns)
        assert made_g > 50 * 10**6
        # Read once a minute of simulated time, over corners each tenth minute: integrated, and so not exact.
        assert totals[ore_belt.TAG] == pytest.approx(made_g, rel=0.01)
    finally:
        book.close()
        await ledger.close()
    with apsw.Connection(str(tmp_path / "beside" / "laboratory.db")) as laboratory:
        assert laboratory.execute("SELECT count(*) FROM assays").fetchone()[0] > 1
    assert sorted((tmp_path / "beside" / "drop" / "done").glob("*.csv"))
    assert not list((tmp_path / "beside" / "drop").glob("rejected/*"))
