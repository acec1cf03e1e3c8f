"""Promises 1 and 3 a thousand times: one collector under load, killed at any instant of its life and of the commands
beside it, its database up and down, its ledger now and then of the version before."""

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from collector.config.load import load
from collector.simulation.book import TruthBook
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from collector.storage.file.backup import restore
from collector.storage.file.status import ledger_status
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from tests.support.collector_process import CollectorProcess, until
from tests.support.killed_works import (
    Influx,
    database_equals_ledger,
    database_of,
    gaps_stand_only_where_faults_were,
    nothing_waits,
    resets_told,
    sums_equal_the_book,
    telemetry_is_whole,
)
from tests.support.kills.commands import BY, DAYS, GRAMS, MONTH, Commands
from tests.support.kills.marks import WHAT, Marks
from tests.support.kills.older import make_older
from tests.support.ports import free_port
from tests.support.truth import compare

KILLS = int(os.environ.get("TUNDISH_KILLS", "1000"))
"""Fewer for a look in between."""
LOAD = 300
SLOTS = 128
"""At sixty times the speed a coil comes every two seconds: so many outlast any time without a collector here."""
AT_WORK = 0.75
"""The share of the other kills that wait until it collects. Of the rest some meet it collecting too."""
AIMED, AIM_S = 0.15, 20.0
"""The share of kills that wait for one of the things that last milliseconds, and for how long they do."""
SHORT = (
    *("opening the ledger", "opening the journal", "detecting", "alerting", "rolling up", "sending rows"),
    *("sending telemetry", "committing to the journal", "counting"),
)
PRODUCTS = {"mine1": "coal_raw", "bf3": "pig_iron"}


@dataclass(slots=True)
class Tally:
    """`hit`: how many kills met what. `starts_s`: how long starts took to the first poll."""

    kills: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    starts_s: list[float] = field(default_factory=list)

    def start_s(self) -> float:
        recent = sorted(self.starts_s[-9:])
        return recent[len(recent) // 2] if recent else 3.0

    def table(self) -> str:
        return "\n".join(f"{what:28} {count:5}" for what, count in self.hit.most_common())


@dataclass(slots=True)
class Killing:
    """One works, one collector, and what happens to them."""

    collector: CollectorProcess
    database: Influx
    marks: Marks
    commands: Commands
    data: Path
    random: Random
    tally: Tally = field(default_factory=Tally)

    async def once(self) -> None:
        random = self.random
        if random.random() < 0.1:
            server = self.database.server
            await asyncio.to_thread(server.start if server.down else server.kill)
        aim = random.choice(SHORT) if random.random() < AIMED else ""
        if self.tally.kills % 25 == 24 and (self.data / LEDGER.name).exists():
            await self.commands.wait()
            await asyncio.to_thread(make_older, self.data)
            aim = "migrating the ledger"
        self.marks.clear()
        began = time.monotonic()
        await self.collector.start()
        if random.random() < 0.2:
            await self.commands.begin()
        if aim:
            await self._is_at(aim)
        elif random.random() < AT_WORK:
            await self._collects()
            self.tally.starts_s.append(time.monotonic() - began)
            await asyncio.sleep(random.uniform(0, 2))
        else:
            await asyncio.sleep(random.uniform(0.02, self.tally.start_s() * 1.2))
        await self.collector.kill()
        self._count()
        await self.commands.kill_or_keep()

    async def _is_at(self, what: str) -> None:
        """Return within a millisecond of its beginning, or when it does not come for long: at random it is hit once in
        thousands of times."""
        deadline = time.monotonic() + AIM_S
        while what not in self.marks.under_way() and time.monotonic() < deadline:
            assert not self.collector.ended, self.collector.log_text()[-3000:]
            await asyncio.sleep(0.001)

    async def _collects(self) -> None:
        deadline = time.monotonic() + 120
        while "collecting" not in self.marks.under_way():
            assert time.monotonic() < deadline, self.marks.under_way()
            assert not self.collector.ended, self.collector.log_text()[-3000:]
            await asyncio.sleep(0.02)

    def _count(self) -> None:
        tally, now = self.tally, self.marks.under_way()
        tally.kills += 1
        tally.hit.update(now or ["starting Python"])
        tally.hit.update(f"a {what} beside it" for what in self.commands.under_way())
        tally.hit.update(["the database down"] * self.database.server.down)


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
async def test_a_thousand_kills_at_any_instant_lose_and_double_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    options = SimulationOptions(
        seed=5,
        start_ns=time.time_ns() - 4 * 24 * 3600 * 10**9,
        speed=60,
        ring_slots=SLOTS,
        extra_doubles=LOAD,
        book=tmp_path / "book.db",
        faults=("sinter1-reset@+30s", "washery-reset@+45s", "opcua-cut@+50s:4s"),
    )
    with database_of("influx", tmp_path) as database:
        assert isinstance(database, Influx)
        async with SimulatedWorks(options) as works:
            sections = {
                **database.sections(tmp_path),
                "metrics": {"port": port},
                # However slow the machine is, no gap is so long that its tonnes belong to no hour, day or reading.
                "collector": {"longest_gap": "24h"},
            }
            plant_file = tmp_path / "plant.yaml"
            plant_file.write_text(plant_yaml(works.url, extra_doubles=LOAD, sections=sections), encoding="utf-8")
            settings = load(plant_file)
            random = Random(20261129)
            marks, program = tmp_path / "marks", "tests.support.kills.marked"
            collector = CollectorProcess(plant_file, tmp_path / "run.log", (program, str(marks)))
            commands = Commands(plant_file, random)
            killing = Killing(collector, database, Marks(marks), commands, settings.data_dir, random)
            try:
                await _kill_all(killing, capsys)
                await _settle(killing, port)
            finally:
                await collector.end()
        await _finish(killing)
        log = collector.log_text()
        assert "task_broken" not in log
        assert "job_broken" not in log
        assert "Traceback" not in log
        nothing_waits(settings.data_dir)
        _no_damage_is_told(settings.data_dir, log)
        book = TruthBook.open(tmp_path / "book.db")
        ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
        try:
            found = compare(book, ledger, settings.plant)
            sums_equal_the_book(found)
            gaps_stand_only_where_faults_were(found, book.faults(), overruns=False)
            stated = {(unit, PRODUCTS[unit]): grams * DAYS for unit, grams in GRAMS.items()}
            database_equals_ledger(database, ledger, settings.plant, stated)
            telemetry_is_whole(database, ledger, found)
            await _backups_are_whole(commands, found.keys(), ledger, tmp_path)
        finally:
            book.close()
            await ledger.close()
    assert killing.tally.hit["collecting"] >= 0.6 * KILLS
    if KILLS >= 500:
        missed = {*WHAT, "a backup beside it", "a import beside it", "a close beside it"} - set(killing.tally.hit)
        assert not missed, f"no kill met: {missed}"


async def _kill_all(killing: Killing, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    for number in range(1, KILLS + 1):
        await killing.once()
        if number % 50 == 0 or number == KILLS:
            with capsys.disabled():
                tally = killing.tally
                print(
                    f"{number} kills in {time.monotonic() - began:,.0f} s, {tally.hit['collecting']} of them "
                    f"collecting; a start to the first poll: {tally.start_s():.1f} s",
                    flush=True,
                )
    with capsys.disabled():
        print(killing.tally.table(), flush=True)


async def _settle(killing: Killing, port: int) -> None:
    """Everything up once more: what waits goes through, and October is stated and closed."""
    commands = killing.commands
    await commands.wait()
    if killing.database.server.down:
        await asyncio.to_thread(killing.database.server.start)
    killing.marks.clear()
    await killing.collector.start()
    await until("tundish_source_up == 1", 120, port)
    await commands.tell("close", MONTH, *BY, "--reopen", "--reason", "to state all of it")
    await commands.to_the_end(*commands.importing())
    await commands.to_the_end("close", MONTH, *BY, "--confirm")
    await until(
        "tundish_readings_total > 3000 and unsent_age_s < 3 and tundish_outbox_rows == 0"
        " and tundish_ledger_entries_behind < 3",
        300,
        port,
    )
    await resets_told(killing.data)
    assert await killing.collector.stop() < 10


async def _finish(killing: Killing) -> None:
    """A stop may leave a roll-up to the next start, and no more comes: the works has ended."""
    if not await asyncio.to_thread(_left, killing.data):
        return
    try:
        await killing.collector.start()
        deadline = time.monotonic() + 120
        while await asyncio.to_thread(_left, killing.data):
            assert time.monotonic() < deadline, _left(killing.data)
            await asyncio.sleep(0.5)
        assert await killing.collector.stop() < 10
    finally:
        await killing.collector.end()


def _left(data: Path) -> int:
    status = ledger_status(data)
    return status.dirty + status.outbox


def _no_damage_is_told(data: Path, log: str) -> None:
    """A kill damages nothing, and so nothing is mended, and no loss is told."""
    for word in ("pages_rebuilt", "rows_not_as_sealed", "journal_entries_lost", "file_damaged", "checksums_missing"):
        assert word not in log, word
    assert not [path for path in data.iterdir() if "broken" in path.name or path.name.endswith(".damaged")]


async def _backups_are_whole(commands: Commands, tags: object, ledger: Ledger, folder: Path) -> None:
    """The newest backup that was told to be whole holds no more than the ledger, and can be restored."""
    assert commands.backups or KILLS < 100
    for backup in commands.backups[-1:]:
        restore(backup, folder / "restored")
        then = Ledger.open(folder / "restored", clock_ns=time.time_ns, demo=True)
        had, has = then.read(ledger_reads.totals), ledger.read(ledger_reads.totals)
        assert had
        assert all(grams <= has[tag] for tag, grams in had.items())
        await then.close()
