"""The group's ledger on disk: what is broken is not believed, and every site is asked for all it has."""

from functools import partial
from pathlib import Path

from collector.group.group_image import site_rows
from collector.group.group_ledger import GroupLedger, read_group
from collector.group.group_take import HeardMessage, answers_due, take
from collector.group.message import FiguresMessage, encode_message
from collector.group.reading_place import reading_places
from collector.group.refused_messages import refused_messages
from tests.collector.group.site_sender import SiteSender, site_row
from tests.collector.group.taking import ALL_TIME


async def taken(folder: Path, *messages: FiguresMessage) -> list[bool]:
    """Give it messages as the running program does; whether each was answered by asking for what is missing."""
    ledger = GroupLedger.open(folder, lambda: 5)
    asked = []
    for at, message in enumerate(messages):
        heard = HeardMessage(0, at, b"north", encode_message(message))
        found = await ledger.write(partial(take, sites={"north"}, heard=heard, now_ns=5))
        asked.append(found.answer is not None and found.answer.resend)
    await ledger.close()
    return asked


def north(days: int) -> SiteSender:
    sender = SiteSender("north")
    for day in range(days):
        row = site_row("north", day, day)
        sender.image[row.key] = dict(row.fields)
    sender.begin(1, 100)
    return sender


async def test_what_is_taken_is_there_after_a_start(tmp_path: Path) -> None:
    site = north(3)
    assert await taken(tmp_path, *site.sent) == [False]
    assert await taken(tmp_path, *site.sent, site.publish(200)) == [False, False]
    rows = read_group(tmp_path, lambda connection: site_rows(connection, "north", "output_day", ALL_TIME))
    assert {row.key: dict(row.fields) for row in rows} == site.image


async def test_of_a_broken_ledger_no_row_is_believed_and_all_is_asked_for(tmp_path: Path) -> None:
    site = north(500)
    await taken(tmp_path, *site.sent)
    file = tmp_path / "group.db"
    content = bytearray(file.read_bytes())
    half = len(content) // 2 // 4096 * 4096
    content[half : half + 4096] = bytes(range(256)) * 16
    file.write_bytes(content)
    assert await taken(tmp_path, site.publish(200)) == [True]
    kept = read_group(tmp_path, lambda connection: site_rows(connection, "north", "output_day", ALL_TIME))
    assert kept == []
    (answer,) = read_group(tmp_path, lambda connection: answers_due(connection, "north"))
    assert (answer.taken, answer.resend) == (0, True)
    assert [place.next_offset for place in read_group(tmp_path, reading_places)] == [1]
    refused = read_group(tmp_path, lambda connection: refused_messages(connection, 5))
    assert "the ledger was broken" in refused[0].why
