"""Promise 11 and 2: what is published, withdrawn, queued, sent and refused; and the outbox against plain dicts."""

import asyncio
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from collector.storage.file.status import ledger_status
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.outbox_queue import OutboxQueue
from collector.storage.quarantine.browser import QuarantineBrowser
from tests.collector.storage.ledger.ledgers import START_NS, key, opened, row
from tests.support.budget import examples
from tests.support.ledger_calls import publish, published

if TYPE_CHECKING:
    from collector.storage.ledger.outbox import OutboxItem
    from models.works.table import Row, RowKey


async def test_only_what_differs_from_the_image_is_queued(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1), row(2)], to_outbox=True)
    await OutboxQueue(ledger).done(await OutboxQueue(ledger).take(10))
    await publish(ledger, [row(1), row(2, actual_t=9.0, completeness_pct=100.0)], to_outbox=True)
    (item,) = await OutboxQueue(ledger).take(10)
    assert (item.key, item.delete_first) == (key(2), False)
    assert item.row is not None
    assert item.row.fields == {"actual_t": 9.0, "completeness_pct": 100.0}
    await ledger.close()


async def test_a_withdrawn_row_is_deleted_and_a_vanished_field_deletes_the_point_first(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1), row(2)], to_outbox=True)
    await OutboxQueue(ledger).done(await OutboxQueue(ledger).take(10))
    await publish(ledger, [row(2, actual_t=2.0)], [key(1), key(7)], to_outbox=True)
    shrunk, gone = await OutboxQueue(ledger).take(10)
    assert (shrunk.key, shrunk.delete_first, shrunk.row) == (key(2), True, row(2, actual_t=2.0))
    assert (gone.key, gone.delete_first, gone.row) == (key(1), True, None)
    assert published(ledger, "output_hour", 0, 2**62) == [row(2, actual_t=2.0)]
    await ledger.close()


async def test_a_newer_revision_replaces_an_unsent_one_and_keeps_its_delete(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1)], to_outbox=True)
    taken = await OutboxQueue(ledger).take(10)
    await publish(ledger, [row(1, actual_t=5.0)], to_outbox=True)
    await publish(ledger, [row(1, actual_t=6.0)], to_outbox=True)
    await OutboxQueue(ledger).done(taken)
    (item,) = await OutboxQueue(ledger).take(10)
    assert item.delete_first
    assert item.row == row(1, actual_t=6.0)
    await ledger.close()


async def test_a_refused_row_is_set_aside_alone_and_replaying_it_sends_the_present_row(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1), row(2)], to_outbox=True)
    first, second = await OutboxQueue(ledger).take(10)
    await OutboxQueue(ledger).set_aside(first, "field type conflict")
    assert await OutboxQueue(ledger).take(10) == [second]
    assert ledger_status(tmp_path).quarantine == {"open": 1}
    await publish(ledger, [row(1, actual_t=8.0)], to_outbox=False)
    await OutboxQueue(ledger).done(await OutboxQueue(ledger).take(10))
    QuarantineBrowser(tmp_path, lambda: START_NS).replay(["L1"], corrected=None, by="Aigul")
    assert await ledger.write(partial(outbox.take_replays, now_ns=START_NS)) == []
    (again,) = await OutboxQueue(ledger).take(10)
    assert again.row == row(1, actual_t=8.0)
    assert ledger_status(tmp_path).quarantine == {"replayed": 1}
    await ledger.close()


async def test_replaying_a_refused_delete_deletes_again(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1)], to_outbox=True)
    await publish(ledger, [], [key(1)], to_outbox=True)
    (gone,) = await OutboxQueue(ledger).take(10)
    await OutboxQueue(ledger).set_aside(gone, "not now")
    QuarantineBrowser(tmp_path, lambda: START_NS).replay(["L1"], corrected=None, by=None)
    assert await ledger.write(partial(outbox.take_replays, now_ns=START_NS)) == []
    (again,) = await OutboxQueue(ledger).take(10)
    assert (again.key, again.delete_first, again.row) == (key(1), True, None)
    await ledger.close()


async def test_rows_published_before_there_was_a_database_are_queued_when_there_is_one(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(number) for number in range(5)], to_outbox=False)
    assert ledger.read(outbox.size) == 0
    assert await ledger.write(partial(outbox.fill, limit=3)) == 3
    assert await ledger.write(partial(outbox.fill, limit=3)) == 2
    assert await ledger.write(partial(outbox.fill, limit=3)) == 0
    assert {item.key for item in await OutboxQueue(ledger).take(10)} == {key(number) for number in range(5)}
    await ledger.close()


class OutboxMachine(RuleBasedStateMachine):
    """`image`: what should be published. `database`: what a database that does as told would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger: Ledger = self.open()
        self.image: dict[RowKey, Row] = {}
        self.database: dict[RowKey, dict[str, float]] = {}
        self.flying: list[OutboxItem] = []

    def open(self) -> Ledger:
        async def make() -> Ledger:
            return opened(self.folder)

        return self.runner.run(make())

    @rule(number=st.integers(0, 3), actual=st.integers(0, 3), whole=st.booleans())
    def publish(self, number: int, actual: int, whole: bool) -> None:
        fields = {"actual_t": float(actual)} | ({"completeness_pct": 50.0} if whole else {})
        new = row(number, **fields)
        self.image[new.key] = new
        self.runner.run(publish(self.ledger, [new], to_outbox=True))

    @rule(number=st.integers(0, 3))
    def withdraw(self, number: int) -> None:
        self.image.pop(key(number), None)
        self.runner.run(publish(self.ledger, [], [key(number)], to_outbox=True))

    @rule(limit=st.integers(1, 3))
    def take(self, limit: int) -> None:
        self.flying = self.runner.run(OutboxQueue(self.ledger).take(limit))
        assert len({item.key for item in self.flying}) == len(self.flying), "a key is in flight twice"

    @rule(told=st.booleans())
    def send(self, told: bool) -> None:
        """The database does what was taken; the answer may be lost, then it is sent again."""
        for item in self.flying:
            if item.delete_first:
                self.database.pop(item.key, None)
            if item.row is not None:
                self.database.setdefault(item.key, {}).update(item.row.fields)  # type: ignore[arg-type]
        if told:
            self.runner.run(OutboxQueue(self.ledger).done(self.flying))
        self.flying = []

    @rule()
    def restart(self) -> None:
        self.runner.run(self.ledger.close())
        self.ledger = self.open()
        self.flying = []

    @invariant()
    def image_is_what_was_published(self) -> None:
        rows = published(self.ledger, "output_hour", START_NS)
        assert {item.key: item for item in rows} == self.image

    def teardown(self) -> None:
        while taken := self.runner.run(OutboxQueue(self.ledger).take(2)):
            self.flying = taken
            self.send(told=True)
        assert self.database == {held.key: dict(held.fields) for held in self.image.values()}
        self.runner.run(self.ledger.close())
        self.runner.close()
        shutil.rmtree(self.folder)


TestOutboxAgainstDicts = OutboxMachine.TestCase
TestOutboxAgainstDicts.settings = settings(max_examples=examples(40), stateful_step_count=25)
