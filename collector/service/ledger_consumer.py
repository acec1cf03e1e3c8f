"""The ledger's side of the journal: takes entries in order, posts them, and lets the journal forget what is in."""

import asyncio
import time
from collections.abc import Callable

import structlog

from collector.errors import CannotStart, StorageDamaged, StorageFull
from collector.service.former_names import inherited
from collector.service.ledger_step import Posting
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from models.counting.count_state import CountState, state_from_bytes

log = structlog.get_logger(__name__)

LINES_A_STEP = 50_000
"""Bounds the memory of a step while a long backlog is caught up. Ten polls of five thousand tags: a step that repeats
after a kill repeats seconds of work, and its commit still costs one sync."""

GATHER_S = 0.1
"""A pause between two steps: what comes meanwhile shares one commit. Figures are rolled up
every two seconds, so nobody sees a tenth of one."""

PASS_S = 10.0
"""So long the ledger lets pass what holds nothing for it, as a poll of gauges does: noting each costs two commits and
says nothing. Room for a few of them in the journal costs nothing."""

FAR_BEHIND_S = 60.0
"""So long the ledger may have entries before it that hold something for it: a step takes tenths of a second."""

HELD_RETRY_S = 1.0
"""A disk that is full is tried once a second: the journal goes on taking what it can, so there is no hurry."""


class LedgerConsumer:
    """One task; see `run`."""

    def __init__(
        self, journal: Journal, ledger: Ledger, posting: Posting, posted: Callable[[LedgerChanges], None]
    ) -> None:
        """Reads the states of all counters; blocks. `posted` is called with every step that is in.

        Raises CannotStart if a state was written by a newer version.
        """
        self.failing = ""
        self.last_output_ns: dict[str, int] = {}
        self._journal = journal
        self._ledger = ledger
        self._posting = posting
        self._posted = posted
        self._stepping = asyncio.Lock()
        self._abreast_s = time.monotonic()
        # The ledger's own cursor, not the journal's copy: only the one that is committed with the increments says what
        # was counted. The copy may be ahead of a ledger that was restored, or behind after a kill.
        self._cursor = ledger.mark().seq
        self._states: dict[str, CountState] = {}
        for tag, state in ledger.read(ledger_reads.totalizer_states).items():
            try:
                self._states[tag] = state_from_bytes(state)
            except ValueError as error:
                raise CannotStart(f"the ledger's counter {tag}: {error}") from error
        self._states = inherited(posting.plant, self._states)

    @property
    def behind(self) -> int:
        """Journal entries that are not in the ledger yet; those that hold nothing for it count only before others."""
        return max(0, self._journal.newest_with_facts - self._cursor)

    def lag(self) -> str:
        """What is to be told of a ledger that is far behind the journal; "" if it is not."""
        behind, behind_s = self.behind, time.monotonic() - self._abreast_s
        if not behind or behind_s <= FAR_BEHIND_S:
            return ""
        return (
            f"the ledger is {behind} entries behind the journal, and has been for {behind_s:.0f} s: figures are older "
            "than what was read; see the log, and whether the machine is too busy"
        )

    async def run(self) -> None:
        """Follow the journal until cancelled. A full disk makes it wait; raises StorageDamaged."""
        while True:
            try:
                await self.catch_up()
            except StorageDamaged:
                raise
            except StorageFull as error:
                if not self.failing:
                    log.warning("ledger_held", error=str(error), retry_in_s=HELD_RETRY_S)
                self.failing = str(error)
                await asyncio.sleep(HELD_RETRY_S)
                continue
            if self.failing:
                log.info("ledger_released", behind=self.behind)
                self.failing = ""
            await self._journal.wait_for_more(self._cursor)
            await self._journal.wait_for_facts(self._cursor, PASS_S)
            await asyncio.sleep(GATHER_S)

    async def catch_up(self) -> None:
        """Post everything that the journal holds now. Raises StorageFull: what is in is in, the rest waits."""
        # A step that was begun is ended, whoever is cancelled: cut off between the ledger's commit and our note of it,
        # the next step would count its entries again.
        while await asyncio.shield(self._step()):
            pass
        self._abreast_s = time.monotonic()

    async def _step(self) -> bool:
        async with self._stepping:
            entries = await self._journal.read(LEDGER, after=self._cursor, max_lines=LINES_A_STEP)
            if not entries:
                return False
            done = await asyncio.to_thread(self._posting.post, entries, self._states)
            await self._ledger.write(
                lambda connection: ledger_changes.apply(connection, done.changes, self._ledger.clock_ns())
            )
            self._posted(done.changes)
            self._states.update(done.states)
            self._cursor = done.changes.journal_seq
            for unit, time_ns in done.last_output_ns.items():
                self.last_output_ns[unit] = max(time_ns, self.last_output_ns.get(unit, 0))
            # Last: the journal may forget only what is synced in the ledger. Cut off before, it is told next time.
            await self._journal.advance(LEDGER, self._cursor)
            return True
