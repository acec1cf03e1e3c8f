"""How far the topic was read, in the group's ledger. SQL, no threads."""

from collections.abc import Mapping
from dataclasses import dataclass

import apsw

from collector.storage.file.sql import rows


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """One partition: what is read next, where the topic ended when it was last looked at, and of which topic that is
    ("" for not known)."""

    partition: int
    next_offset: int
    end_offset: int
    looked_ns: int
    topic: str


def reading_places(connection: apsw.Connection) -> list[ReadingPlace]:
    """Every partition that was ever read."""
    sql = "SELECT partition, next_offset, end_offset, looked_ns, topic FROM read_to ORDER BY partition"
    return [ReadingPlace(*row) for row in rows(connection, sql)]


def begin_reading(
    connection: apsw.Connection, topic: str, spans: Mapping[int, tuple[int, int]], now_ns: int
) -> tuple[dict[int, int], bool]:
    """(by partition, from where it is to be read; whether something that was not read is gone).

    A topic that was made anew has another identity, and is read from its beginning, wherever we were.
    """
    known = {place.partition: place for place in reading_places(connection)}
    offsets, lost = {}, False
    for partition, (first, end) in spans.items():
        place = known.get(partition)
        offsets[partition] = first
        if place is not None:
            is_same = place.topic in ("", topic) and first <= place.next_offset <= end
            offsets[partition] = place.next_offset if is_same else first
            lost = lost or not is_same
        connection.execute(
            "INSERT OR REPLACE INTO read_to (partition, next_offset, end_offset, looked_ns, topic) "
            "VALUES (?, ?, ?, ?, ?)",
            (partition, offsets[partition], end, now_ns, topic),
        )
    for partition in known.keys() - spans.keys():
        connection.execute("DELETE FROM read_to WHERE partition = ?", (partition,))
        lost = True
    return offsets, lost


def note_look(connection: apsw.Connection, spans: Mapping[int, tuple[int, int]], now_ns: int) -> None:
    """The topic was looked at: what lies between is to be read yet."""
    connection.executemany(
        "UPDATE read_to SET end_offset = ?, looked_ns = ? WHERE partition = ?",
        [(end, now_ns, partition) for partition, (_, end) in spans.items()],
    )
