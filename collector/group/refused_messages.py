"""What the group did not take from its topic, and why. SQL, no threads."""

from dataclasses import dataclass

import apsw

from collector.plain_text import plain
from collector.storage.file.sql import rows

_MOST = 1000
"""Kinds of refusal that are kept, the newest: whoever sends rubbish must not fill the disk."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class RefusedMessages:
    """One kind of refusal: `site` is the key that the messages had, `times` how many came between first and last."""

    site: str
    why: str
    times: int
    first_ns: int
    last_ns: int


def refuse(connection: apsw.Connection, site: str, why: str, place: tuple[int, int], now_ns: int) -> None:
    """Note it. `place`: the partition and the offset of the last one."""
    connection.execute(
        "INSERT INTO refused (site, why, times, first_ns, last_ns, partition, place) VALUES (?, ?, 1, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET times = times + 1, last_ns = excluded.last_ns, partition = excluded.partition, "
        "place = excluded.place",
        (plain(site)[:_LONGEST], plain(why)[:_LONGEST], now_ns, now_ns, *place),
    )
    connection.execute(
        "DELETE FROM refused WHERE id IN (SELECT id FROM refused ORDER BY last_ns DESC, id DESC LIMIT -1 OFFSET ?)",
        (_MOST,),
    )


def refused_messages(connection: apsw.Connection, most: int) -> list[RefusedMessages]:
    """The newest kinds of refusal."""
    sql = "SELECT site, why, times, first_ns, last_ns FROM refused ORDER BY last_ns DESC, id DESC LIMIT ?"
    return [RefusedMessages(*row) for row in rows(connection, sql, (most,))]
