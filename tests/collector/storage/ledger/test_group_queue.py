"""What waits for the group is formed in order and kept until it is taken."""

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from collector.group.message import GroupAnswer, decode_message
from collector.storage.ledger import group_queue
from collector.storage.ledger.ledger import Ledger
from models.works.table import Row, RowKey
from tests.collector.storage.ledger.ledgers import START_NS, S, opened
from tests.collector.storage.ledger.ledgers import row as hour_row
from tests.support.group_catalogue import CATALOGUE
from tests.support.group_reader import GroupReader
from tests.support.ledger_calls import publish

DAY_NS = 86_400 * S


def key(number: int) -> RowKey:
    tags = {"site": "works", "shop": "all", "unit": "all", "product": "coal_raw", "level": "site"}
    return RowKey.of("output_day", START_NS + number * DAY_NS, tags)


def row(number: int, actual: float = 1.0) -> Row:
    return Row(key(number), {"actual_t": actual, "status": 1})


async def begin(ledger: Ledger) -> str:
    new = uuid4().hex
    await ledger.write(partial(group_queue.begin_stream, new_id=new))
    return new


async def form(ledger: Ledger) -> bool:
    return await ledger.write(partial(group_queue.form, catalogue=CATALOGUE, now_ns=START_NS))


def formed(ledger: Ledger, above: int = 0) -> list[tuple[int, bytes]]:
    return ledger.read(partial(group_queue.messages_above, number=above))


async def answer(ledger: Ledger, stream: str, number: int, *, resend: bool = False) -> bool:
    said = GroupAnswer(site="works", stream=stream, taken=number, resend=resend)
    return await ledger.write(partial(group_queue.taken, answer=said))


async def test_a_ledger_without_a_group_queues_nothing(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await publish(ledger, [row(1)], to_outbox=True)
    assert not await form(ledger)
    assert ledger.read(group_queue.waiting) is None
    for table in group_queue.TABLES:
        assert ledger.read(lambda connection, name=table: list(connection.execute(f"SELECT * FROM {name}"))) == []
    await ledger.close()


async def test_a_stream_begins_with_the_whole_image_and_its_last_message_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_queue, "MOST_ROWS", 2)
    ledger = opened(tmp_path)
    await publish(ledger, [hour_row(1), *(row(number) for number in range(3))], to_outbox=False)
    stream = await begin(ledger)
    await publish(ledger, [row(7)], to_outbox=False)
    while await form(ledger):
        pass
    first, last, later = [decode_message(body) for _, body in formed(ledger)]
    assert [(each.stream, each.number) for each in (first, last, later)] == [(stream, 1), (stream, 2), (stream, 3)]
    assert [(each.in_image, each.image_ends) for each in (first, last, later)] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip
    assert [word.row() for word in (*first.rows, *last.rows)] == [row(number) for number in range(3)]
    assert [word.row() for word in later.rows] == [row(7)]
    assert (first.catalogue, last.catalogue, later.catalogue) == (CATALOGUE, None, None)
    await ledger.close()


async def test_a_works_that_published_nothing_yet_says_that_its_image_is_empty(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await begin(ledger)
    assert await form(ledger)
    assert not await form(ledger)
    ((_, body),) = formed(ledger)
    assert decode_message(body).image_ends
    assert decode_message(body).catalogue == CATALOGUE
    await ledger.close()


async def test_a_key_that_changes_while_it_waits_is_told_once_as_it_is_then(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await begin(ledger)
    await form(ledger)
    for actual in range(5):
        await publish(ledger, [row(1, float(actual)), row(2)], to_outbox=False)
    await publish(ledger, [], [key(2)], to_outbox=False)
    assert await form(ledger)
    message = decode_message(formed(ledger)[-1][1])
    assert [word.row() for word in message.rows] == [row(1, 4.0)]
    assert [word.key() for word in message.withdrawn] == [key(2)]
    await publish(ledger, [row(1, 4.0)], to_outbox=False)
    assert not await form(ledger), "what did not change is not told again"
    await ledger.close()


async def test_a_later_word_of_a_key_has_the_higher_revision(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await begin(ledger)
    await form(ledger)
    revisions = []
    for actual in range(3):
        await publish(ledger, [row(1, float(actual))], to_outbox=False)
        await form(ledger)
        revisions += [word.revision for word in decode_message(formed(ledger)[-1][1]).rows]
    assert revisions == sorted(set(revisions))
    assert len(revisions) == 3
    await ledger.close()


async def test_a_changed_catalogue_is_told_without_a_row(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await begin(ledger)
    await form(ledger)
    other = CATALOGUE.model_copy(update={"names": {"en": "Works of tomorrow"}})
    assert await ledger.write(partial(group_queue.form, catalogue=other, now_ns=START_NS))
    assert decode_message(formed(ledger)[-1][1]).catalogue == other
    assert not await ledger.write(partial(group_queue.form, catalogue=other, now_ns=START_NS))
    await ledger.close()


async def test_a_cut_line_costs_one_item_a_key_beyond_the_most_messages(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    stream = await begin(ledger)
    for actual in range(group_queue.MOST_FORMED + 20):
        await publish(ledger, [row(1, float(actual)), row(2, float(actual))], to_outbox=False)
        await form(ledger)
    waiting = ledger.read(group_queue.waiting)
    assert waiting is not None
    assert (waiting.messages, waiting.items, waiting.since_ns) == (group_queue.MOST_FORMED, 2, START_NS)
    assert await answer(ledger, stream, 3)
    assert await form(ledger)
    assert [number for number, _ in formed(ledger)] == list(range(4, group_queue.MOST_FORMED + 2))
    await ledger.close()


async def test_an_answer_drops_what_is_taken_and_an_old_or_foreign_one_changes_nothing(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    stream = await begin(ledger)
    for actual in range(3):
        await publish(ledger, [row(1, float(actual))], to_outbox=False)
        await form(ledger)
    assert await answer(ledger, stream, 2)
    assert await answer(ledger, stream, 1)
    assert await answer(ledger, "f" * 32, 3)
    assert await answer(ledger, stream, 2, resend=True)
    assert [number for number, _ in formed(ledger)] == [3]
    await ledger.close()


@pytest.mark.parametrize(("number", "resend"), [(4, False), (4, True), (1, True)])
async def test_a_stream_cannot_go_on_if_the_group_has_more_of_it_or_lost_what_is_dropped_here(
    tmp_path: Path, number: int, resend: bool
) -> None:
    ledger = opened(tmp_path)
    stream = await begin(ledger)
    for actual in range(3):
        await publish(ledger, [row(1, float(actual))], to_outbox=False)
        await form(ledger)
    assert await answer(ledger, stream, 2)
    assert not await answer(ledger, stream, number, resend=resend)
    await ledger.close()


async def test_a_message_that_would_be_too_long_takes_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_queue, "MOST_BYTES", 900)
    ledger = opened(tmp_path)
    await publish(ledger, [row(number, number / 7) for number in range(100)], to_outbox=False)
    await begin(ledger)
    reader = GroupReader()
    while await form(ledger):
        pass
    for _, body in formed(ledger):
        assert len(body) <= 900
        reader.take(body)
    assert reader.rows == {row(number).key: row(number, number / 7).fields for number in range(100)}
    await ledger.close()
