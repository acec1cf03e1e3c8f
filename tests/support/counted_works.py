"""A ledger as the service fills it, of counters and taps over days, and what is asked of it after a damage."""

import contextlib
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import apsw

from collector.service.scrub import Scrub
from collector.storage.file.backup import back_up
from collector.storage.file.page_sums import PAGE
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import configurations, damage
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.damage import Damage
from models.counting.increment import UncertainGap
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, WorksParts, batch_of, delivery_of, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, ORE, TAPS

STEP_S = 300
DAYS = 3
STEPS = DAYS * 86_400 // STEP_S
_BACKED_UP_AT = STEPS * 2 // 3
SPAN_S = 7200
Sums = Mapping[tuple[str, int], int]
"""Grams by tag and span of two hours."""


@dataclass(frozen=True, slots=True)
class CountedWorks:
    """`folder`: the closed files; `truth`: what is in the end, after the readings that `go_on` takes."""

    plant: Plant
    folder: Path
    truth: Sums


@dataclass(frozen=True, slots=True)
class After:
    """What a ledger says after a damage and the readings that followed it."""

    sums: Sums
    gaps: list[UncertainGap]
    damage: list[Damage]

    def untold(self, truth: Sums) -> list[tuple[str, int, int]]:
        """Where the sums are others than they were, and no gap says so."""
        return [
            (tag, span, self.sums.get((tag, span), 0) - truth.get((tag, span), 0))
            for tag, span in {**truth, **self.sums}
            if self.sums.get((tag, span), 0) != truth.get((tag, span), 0) and not self._is_told(tag, span)
        ]

    def _is_told(self, tag: str, span: int) -> bool:
        start_ns, end_ns = span * SPAN_S * NS, (span + 1) * SPAN_S * NS
        return any(gap.tag in (tag, "*") and gap.start_ns < end_ns and gap.end_ns >= start_ns for gap in self.gaps)


async def built(plant: Plant, folder: Path) -> CountedWorks:
    """Days of readings, counted by way of the journal, which keeps all of them, for no database takes them."""
    clock = Clock()
    async with opened_parts(folder / "data", plant, clock=clock, telemetry=True) as works:
        await works.ledger.write(partial(configurations.keep, plant=plant, clock_ns=clock()))
        scrub = Scrub(works.ledger, clock)
        for step in range(STEPS):
            await _take(works, clock, step)
            if step % 12 == 0:
                await works.consumer.catch_up()
            if step % 96 == 95:
                await scrub.run()
            if step == _BACKED_UP_AT:
                await works.consumer.catch_up()
                back_up(folder / "data", folder / "backup")
        await works.consumer.catch_up()
        await scrub.run()
    shutil.copytree(folder / "data", folder / "sound")
    after = await go_on(plant, folder / "sound")
    return CountedWorks(plant, folder / "data", after.sums)


async def _take(works: WorksParts, clock: Clock, step: int) -> None:
    at_s = step * STEP_S + 60
    clock.now_ns = NOON_NS + at_s * NS
    # Coal stands where floats leave out two thousand counts; ore goes over its modulus of 10,000 t within a day.
    rows = ((COAL, at_s, 2**63 + 1 + step * 13), (ORE, at_s, step * 40.0 % 10_000))
    events = (tap(f"T{step}", at_s - 30, 300.0 + step % 7, sequence=step + 1),) if step % 24 == 0 else ()
    batch = batch_of(works.plant, *rows, received_ns=clock.now_ns)
    await works.take(delivery_of(batch, received_ns=clock.now_ns, events=events, coverage={TAPS: 1}))


async def go_on(plant: Plant, folder: Path) -> After:
    """Start on the files, take readings of an hour more, and ask."""
    clock = Clock(NOON_NS + (STEPS * STEP_S - 200) * NS)
    async with opened_parts(folder, plant, clock=clock, telemetry=True) as works:
        for step in range(STEPS, STEPS + 12):
            await _take(works, clock, step)
        await works.consumer.catch_up()
        found: dict[tuple[str, int], int] = defaultdict(int)
        for item in works.ledger.read(partial(ledger_reads.buckets, start_s=0, end_s=2**40)):
            found[item.tag, item.start_s // SPAN_S] += item.grams
        told = works.ledger.read(partial(damage.listed, limit=99))
        return After({key: grams for key, grams in found.items() if grams}, works.ledger.read(ledger_reads.gaps), told)


def copied(works: CountedWorks, to: Path, *, backup: bool = True, journal: bool = True) -> Path:
    shutil.copytree(works.folder, to)
    if not backup:
        (to / "backups.json").unlink()
    if not journal:
        for file in to.glob("journal.db*"):
            file.unlink()
    return to


def pages_of(folder: Path, name: str, kind: str = "leaf") -> list[int]:
    """The pages of a table or an index, in its order."""
    with contextlib.closing(connect(folder / "ledger.db", apsw.SQLITE_OPEN_READONLY)) as connection:
        sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path"
        return [int(row[0]) for row in connection.execute(sql, (name, kind))]


def spoil(folder: Path, pages: Iterable[int], change: Callable[[bytes], bytes] = lambda old: bytes(len(old))) -> None:
    """Change pages of the ledger as a disk does, without a word to anybody."""
    content = bytearray((folder / "ledger.db").read_bytes())
    for page in pages:
        at = slice((page - 1) * PAGE, page * PAGE)
        content[at] = change(bytes(content[at]))
    (folder / "ledger.db").write_bytes(content)
