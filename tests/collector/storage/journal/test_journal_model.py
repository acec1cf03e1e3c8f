"""The journal against a list, over any order of appends, reads, acknowledgements and restarts."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from collector.storage.file.status import journal_status
from tests.collector.storage.journal.journals import entry, facts, opened, refused
from tests.support.budget import examples

pytestmark = pytest.mark.long


class JournalMachine(RuleBasedStateMachine):
    """`rows`: (number, unsent) by sequence number, as the journal should hold them."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.journal = self.open()
        self.rows: dict[int, tuple[int, bool]] = {}
        self.cursor = 0
        self.newest = 0
        self.quarantined = 0
        self.number = 0

    def open(self):  # noqa: ANN201
        async def make():  # noqa: ANN202
            return opened(self.folder)

        return self.runner.run(make())

    @rule(lines=st.booleans(), rejections=st.integers(0, 2))
    def append(self, lines: bool, rejections: int) -> None:
        self.number += 1
        added = [refused(number) for number in range(rejections)]
        seq = self.runner.run(self.journal.append(entry(self.number, lines=lines), added))
        assert seq == self.newest + 1
        self.newest = seq
        self.rows[seq] = (self.number, lines)
        self.quarantined += rejections

    @rule(count=st.integers(1, 5))
    def append_together(self, count: int) -> None:
        async def together() -> list[int]:
            return await asyncio.gather(*(self.journal.append(entry(self.number + 1 + i)) for i in range(count)))

        for seq in self.runner.run(together()):
            self.number += 1
            self.rows[seq] = (self.number, True)
            self.newest = max(self.newest, seq)

    @rule(lines=st.integers(1, 6), refuse=st.booleans())
    def send(self, lines: int, refuse: bool) -> None:
        found = self.runner.run(self.journal.read_sink(lines))
        waiting = sorted((seq for seq, row in self.rows.items() if row[1]), reverse=True)
        assert [item.seq for item in found] == waiting[: len(found)]
        assert len(found) == min(lines, len(waiting))
        self.runner.run(self.journal.done("sink", [item.seq for item in found], [refused(0)] if refuse else []))
        self.quarantined += refuse
        for item in found:
            self.rows[item.seq] = (self.rows[item.seq][0], False)
        self.forget()

    @rule(step=st.integers(0, 4))
    def count(self, step: int) -> None:
        found = self.runner.run(self.journal.read("ledger", after=self.cursor, max_lines=max(1, step)))
        if step and found:
            self.cursor = found[-1].seq
        self.runner.run(self.journal.advance("ledger", self.cursor))
        self.forget()

    @rule()
    def restart(self) -> None:
        self.runner.run(self.journal.close())
        self.journal = self.open()

    def forget(self) -> None:
        self.rows = {seq: row for seq, row in self.rows.items() if row[1] or seq > self.cursor}

    @invariant()
    def holds_exactly_what_it_should(self) -> None:
        shown = self.runner.run(facts(self.journal))
        assert shown == [f"facts {number}" for _, (number, _) in sorted(self.rows.items())]
        assert self.journal.depth().rows == len(self.rows)
        status = journal_status(self.folder)
        assert status.unsent_entries == sum(unsent for _, unsent in self.rows.values())
        assert sum(status.quarantine.values()) == self.quarantined

    def teardown(self) -> None:
        self.runner.run(self.journal.close())
        self.runner.close()
        shutil.rmtree(self.folder)


TestJournalAgainstAList = JournalMachine.TestCase
TestJournalAgainstAList.settings = settings(max_examples=examples(25), stateful_step_count=25)
