"""A reader of a site's messages ends with the site's image, whatever is lost, repeated, or brought back from a copy."""

from uuid import uuid4

import apsw
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from collector.group.message import GroupAnswer
from collector.group.sent_mark import SentMark
from collector.storage.ledger import group_queue, outbox
from collector.storage.ledger.schema import LEDGER
from models.works.table import Row, RowKey
from tests.support.budget import examples
from tests.support.group_catalogue import CATALOGUE
from tests.support.group_reader import GroupReader

TAGS = {"level": "site", "product": "coal_raw", "shop": "all", "site": "works", "unit": "all"}


def key(number: int) -> RowKey:
    return RowKey.of("output_day", number, TAGS)


class GroupMachine(RuleBasedStateMachine):
    """A site whose ledger may be an old one, a line that loses and repeats, and a reader that may lose its disk.

    `mark`: what stands beside the ledger, and in no copy of it. The ledger is in memory: a file takes a sync a step.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ledger = apsw.Connection(":memory:")
        self.ledger.execute(LEDGER.schema)
        self.mark = SentMark("", 0)
        self.open()
        self.copy = self.ledger.serialize("main")
        self.reader, self.old_reader = GroupReader(), GroupReader()
        self.line: list[bytes] = []

    def open(self) -> None:
        stream = group_queue.stream(self.ledger)
        if stream is None or not self.mark.fits(stream.id, stream.number):
            self.begin()

    def begin(self) -> None:
        self.mark = SentMark(group_queue.begin_stream(self.ledger, uuid4().hex).id, 0)

    @rule(number=st.integers(0, 3), actual=st.integers(0, 2))
    def publish(self, number: int, actual: int) -> None:
        outbox.publish(self.ledger, [Row(key(number), {"actual_t": float(actual)})], (), to_outbox=False)

    @rule(number=st.integers(0, 3))
    def withdraw(self, number: int) -> None:
        outbox.publish(self.ledger, (), [key(number)], to_outbox=False)

    @rule()
    def form(self) -> None:
        group_queue.form(self.ledger, CATALOGUE, 1)

    @rule(skip=st.integers(0, 1), limit=st.integers(1, 3))
    def send(self, skip: int, limit: int) -> None:
        """Some of what is kept, some of it perhaps for the second time, some before what stands before it."""
        found = group_queue.messages_above(self.ledger, 0)[skip : skip + limit]
        highest = max((number for number, _ in found), default=0)
        self.mark = SentMark(self.mark.stream, max(self.mark.number, highest))
        self.line += [body for _, body in found]

    @rule(heard=st.booleans())
    def tell(self, heard: bool) -> None:
        """On a line that works; the answers may be lost."""
        self.form()
        self.send(0, group_queue.MOST_FORMED)
        while self.line:
            self.arrive(lost=False, heard=heard)

    @rule(lost=st.sampled_from([False, False, True]), heard=st.booleans())
    def arrive(self, lost: bool, heard: bool) -> None:
        if self.line:
            body = self.line.pop(0)
            if not lost:
                self.hear(self.reader.take(body), heard=heard)

    def hear(self, said: GroupAnswer, *, heard: bool) -> None:
        if heard and not group_queue.taken(self.ledger, said):
            self.begin()

    @rule()
    def back_up(self) -> None:
        self.copy = self.ledger.serialize("main")

    @rule(with_mark=st.booleans())
    def restore(self, with_mark: bool) -> None:
        """An older ledger takes the place of this one; `tundish restore` removes the mark, a copy by hand leaves it."""
        self.ledger.deserialize("main", self.copy)
        if not with_mark:
            self.mark = SentMark("", 0)
        self.open()

    @rule()
    def copy_group(self) -> None:
        self.old_reader = self.reader.copied()

    @rule()
    def restore_group(self) -> None:
        self.reader, self.old_reader = self.old_reader, GroupReader()

    def teardown(self) -> None:
        """Once nothing is lost any more and a row was changed, the reader has the image, each number applied once."""
        outbox.publish(self.ledger, [Row(key(9), {"actual_t": 9.0})], (), to_outbox=False)
        for _ in range(3):
            while group_queue.form(self.ledger, CATALOGUE, 1):
                pass
            for body in [*self.line, *(body for _, body in group_queue.messages_above(self.ledger, 0))]:
                self.hear(self.reader.take(body), heard=True)
            self.line = []
        stream = group_queue.stream(self.ledger)
        assert stream is not None
        assert (self.reader.stream, self.reader.taken) == (stream.id, stream.number)
        assert self.reader.image is None
        image = outbox.published(self.ledger, "output_day", 0, 100)
        assert self.reader.rows == {row.key: row.fields for row in image}
        assert self.reader.applied == list(range(1, stream.number + 1))
        self.ledger.close()


TestGroupQueueAgainstAReader = GroupMachine.TestCase
TestGroupQueueAgainstAReader.settings = settings(max_examples=examples(150), stateful_step_count=40)
