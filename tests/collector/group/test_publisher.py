"""One site's way to its group, over a line that fails as told: nothing is lost, nothing is sent that is not noted."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from collector.errors import SinkUnavailable, StorageFull
from collector.group import publisher as publishing
from collector.group import sent_mark
from collector.group.message import GroupAnswer, decode_message
from collector.group.publisher import AGAIN_S, RESEND_S, SIGN_OF_LIFE_S, GroupPublisher, without_group
from collector.group.sent_mark import SentMark, read_mark, write_mark
from collector.service.metrics.group_families import group_families
from collector.storage.ledger import group_queue
from collector.storage.ledger.ledger import Ledger
from models.works.plant import Plant
from models.works.table import Row, RowKey
from tests.collector.service.works_document import works_settings
from tests.collector.storage.ledger.ledgers import START_NS, opened
from tests.support.group_reader import GroupReader
from tests.support.ledger_calls import publish, published


def row(number: int, actual: float) -> Row:
    tags = {"site": "works", "shop": "all", "unit": "all", "product": "coal_raw", "level": "site"}
    return Row(RowKey.of("output_day", START_NS + number, tags), {"actual_t": actual})


@dataclass
class FakeLine:
    """Delivers to a reader, unless it is `cut`; `deaf`: the answers are lost. `noted`: what the note said then."""

    folder: Path
    reader: GroupReader = field(default_factory=GroupReader)
    cut: bool = False
    deaf: bool = False
    lose: set[int] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)
    said: list[GroupAnswer] = field(default_factory=list)

    async def send(self, bodies: Sequence[bytes]) -> None:
        if self.cut:
            raise SinkUnavailable("cut")
        for body in bodies:
            message = decode_message(body)
            mark = read_mark(self.folder)
            assert mark is not None
            assert mark.fits(message.stream, mark.number)
            assert mark.number >= message.number
            self.numbers.append(message.number)
            if message.number not in self.lose:
                self.said.append(self.reader.take(body))

    async def answer(self) -> GroupAnswer | None:
        if self.cut:
            raise SinkUnavailable("cut")
        newest = self.said[-1] if self.said else None
        self.said.clear()
        return None if self.deaf else newest

    async def close(self) -> None:
        return None


@dataclass
class Site:
    """One ledger with its publisher; `at_s` is the monotonic clock."""

    plant: Plant
    folder: Path
    line: FakeLine
    ledger: Ledger = field(init=False)
    group: GroupPublisher = field(init=False)
    at_s: float = 1_000.0

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.ledger = opened(self.folder)
        self.group = GroupPublisher(self.plant, self.ledger, self.line, lambda: START_NS, lambda: self.at_s)

    async def say(self, *rows: Row) -> None:
        await publish(self.ledger, rows, to_outbox=False)

    async def settle(self) -> None:
        """A round that sends, and one that hears the answer."""
        await self.group.round()
        await self.group.round()

    def image(self) -> dict[RowKey, object]:
        return {item.key: item.fields for item in published(self.ledger, "output_day")}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    plant = works_settings(tmp_path, metrics={"port": 0}).plant
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    one = Site(plant, data, FakeLine(data))
    yield one
    await one.ledger.close()


async def test_what_was_published_before_and_after_the_first_round_is_with_the_group(site: Site) -> None:
    await site.say(row(1, 1.0), row(2, 2.0))
    await site.settle()
    await site.say(row(2, 2.5), row(3, 3.0))
    await site.settle()
    assert site.line.reader.rows == site.image()
    assert site.line.numbers == [1, 2]
    waiting = site.ledger.read(group_queue.waiting)
    assert waiting is not None
    assert (waiting.messages, waiting.items, waiting.stream.taken) == (0, 0, 2)


async def test_a_works_that_has_nothing_to_say_says_so_once_a_minute(site: Site) -> None:
    await site.say(row(1, 1.0))
    await site.settle()
    for _ in range(6):
        site.at_s += SIGN_OF_LIFE_S / 4
        await site.settle()
    assert site.line.numbers == [1, 2], "in a minute and a half one without rows, in its turn"
    assert site.line.reader.rows == site.image()
    site.at_s += SIGN_OF_LIFE_S - 1
    await site.say(row(2, 2.0))
    await site.settle()
    site.at_s += SIGN_OF_LIFE_S - 1
    await site.settle()
    assert site.line.numbers == [1, 2, 3], "a message with rows is a sign of life, too"


async def test_a_cut_line_keeps_rows_and_forms_nothing(site: Site) -> None:
    await site.settle()
    site.line.cut = True
    for actual in range(5):
        await site.say(row(1, float(actual)))
        with pytest.raises(SinkUnavailable):
            await site.group.round()
    waiting = site.ledger.read(group_queue.waiting)
    assert waiting is not None
    assert (waiting.items, waiting.messages) == (1, 0)
    site.line.cut = False
    await site.settle()
    assert site.line.reader.rows == site.image()
    assert site.line.numbers == [1, 2]


async def test_a_restart_sends_again_what_was_not_taken_and_goes_on_with_its_stream(site: Site) -> None:
    site.line.deaf = True
    await site.say(row(1, 1.0))
    await site.settle()
    stream = site.line.reader.stream
    await site.ledger.close()
    site.open()
    site.line.deaf = False
    await site.say(row(2, 2.0))
    await site.settle()
    assert site.line.numbers == [1, 1, 2]
    assert (site.line.reader.stream, site.line.reader.applied) == (stream, [1, 2])
    assert site.line.reader.rows == site.image()


async def test_a_group_that_misses_a_message_gets_it_again_once_in_a_while(site: Site) -> None:
    await site.settle()
    site.line.lose = {2}
    for actual in range(3):
        await site.say(row(1, float(actual)))
        await site.group.round()
    assert site.line.reader.taken == 1
    site.line.lose = set()
    await site.settle()
    assert site.line.numbers == [1, 2, 3, 4], "what is on its way may answer"
    site.at_s += RESEND_S
    await site.settle()
    assert site.line.numbers == [1, 2, 3, 4, 2, 3, 4]
    assert site.line.reader.rows == site.image()


async def test_what_was_confirmed_and_never_taken_is_sent_again_by_itself(site: Site) -> None:
    await site.settle()
    site.line.lose = {2}
    await site.say(row(1, 1.0))
    await site.settle()
    site.line.lose = set()
    site.at_s += AGAIN_S
    await site.settle()
    assert site.line.numbers == [1, 2, 2, 3], "and then the word that nothing else is new"
    assert site.line.reader.rows == site.image()


@pytest.mark.parametrize("by_hand", [False, True])
async def test_a_ledger_brought_back_begins_a_new_stream(site: Site, tmp_path: Path, by_hand: bool) -> None:
    await site.say(row(1, 1.0))
    await site.settle()
    await site.ledger.close()
    names = ("ledger.db", "ledger.db-mark")
    copy = {name: (site.folder / name).read_bytes() for name in names}
    site.open()
    await site.say(row(1, 5.0), row(2, 2.0))
    await site.settle()
    before = site.line.reader.stream
    await site.ledger.close()
    for path in site.folder.glob("ledger.db*"):
        path.unlink()
    for name, content in copy.items():
        (site.folder / name).write_bytes(content)
    if not by_hand:
        (site.folder / sent_mark.FILE).unlink()
    site.open()
    await site.say(row(3, 3.0))
    await site.settle()
    assert site.line.reader.stream != before
    assert site.line.reader.rows == site.image()
    assert row(2, 2.0).key not in site.line.reader.rows


async def test_a_group_that_lost_its_disk_gets_the_whole_image(site: Site) -> None:
    await site.say(row(1, 1.0))
    await site.settle()
    site.line.reader = GroupReader()
    await site.say(row(2, 2.0))
    await site.settle()
    await site.settle()
    assert site.line.reader.rows == site.image()


async def test_an_answer_for_more_than_was_given_begins_a_new_stream(site: Site) -> None:
    await site.say(row(1, 1.0))
    await site.settle()
    stream = site.line.reader.stream
    site.line.said.append(GroupAnswer(site="works", stream=stream, taken=7, resend=False))
    await site.settle()
    assert site.line.reader.stream != stream
    assert site.line.reader.rows == site.image()


async def test_what_cannot_be_noted_is_not_sent(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    await site.settle()
    await site.say(row(1, 1.0))

    def full(folder: Path, mark: SentMark) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(publishing, "write_mark", full)
    with pytest.raises(StorageFull, match="cannot be noted"):
        await site.group.round()
    assert site.line.numbers == [1]
    monkeypatch.setattr(publishing, "write_mark", write_mark)
    await site.settle()
    assert site.line.reader.rows == site.image()


async def test_a_works_that_leaves_its_group_queues_nothing_any_more(site: Site) -> None:
    await site.settle()
    await without_group(site.ledger)
    await site.say(row(1, 1.0))
    assert site.ledger.read(group_queue.waiting) is None
    await site.settle()
    assert site.line.reader.rows == site.image()


async def test_the_metrics_tell_how_far_the_group_is(site: Site) -> None:
    assert list(group_families(site.group)) == []
    await site.say(row(1, 1.0))
    site.line.deaf = True
    await site.group.round()
    found = {family.name: family.samples[0].value for family in group_families(site.group)}
    assert found == {
        "tundish_group_waiting_rows": 0.0,
        "tundish_group_waiting_messages": 1.0,
        "tundish_group_last_number": 1.0,
        "tundish_group_last_taken": 0.0,
        "tundish_group_waiting_since_timestamp_seconds": START_NS / 1e9,
    }
    site.group.retry.succeeded()
    assert {family.name: family.samples[0].value for family in group_families(site.group)}["tundish_group_up"] == 1.0


def test_the_library_is_not_loaded_where_there_is_no_group() -> None:
    code = "import sys, collector.service.duties; sys.exit('confluent_kafka' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_catalogue_of_a_plant_fits_a_message(site: Site) -> None:
    catalogue = publishing.site_catalogue(site.plant)
    assert catalogue.site == site.plant.site
    assert {product.code for product in catalogue.products} == set(site.plant.products)
    assert {unit.code: unit.shop for unit in catalogue.units} == {
        code: unit.shop for code, unit in site.plant.units.items()
    }
