"""Sites and their streams in the group's ledger: which of them counts, how far it was taken, and why a site stands.

SQL, no threads. A stream is `making` until its first image is whole, then it is the `current` one of its site; what it
replaces is `past`, and nothing that comes of it changes anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import apsw

from collector.group.message import SiteCatalogue
from collector.storage.file.sql import one, rows

MOST_STREAMS = 100
"""Of one site that are remembered beside the current one. A site begins one when its ledger is brought back, which
happens a few times; and a stranger with the right to write its key must not fill the disk."""


class StreamState(StrEnum):
    """How a stream stands to the figures of its site."""

    MAKING = "making"
    CURRENT = "current"
    PAST = "past"


class SiteStop(StrEnum):
    """Why nothing more is taken from a site."""

    NONE = ""
    NEWER = "newer"
    TWO_LEDGERS = "two_ledgers"


@dataclass(frozen=True, slots=True)
class StreamTaken:
    """`number`: the last that was taken; `hole_ns`: since when the one after it is missing; `hole_at`: what came
    instead."""

    site: str
    stream: str
    state: StreamState
    number: int
    began_ns: int
    made_ns: int
    heard_ns: int
    hole_ns: int | None
    hole_at: int | None


@dataclass(frozen=True, slots=True)
class SiteTaken:
    """`stream`: the one that counts, "" for none yet. `rival`: a past stream that still sends: its last number, and the
    number of the current one when it was heard."""

    site: str
    stream: str = ""
    stopped: SiteStop = SiteStop.NONE
    stopped_ns: int = 0
    rival: str = ""
    rival_number: int = 0
    rival_beside: int = 0


_SITE = "SELECT site, stream, stopped, stopped_ns, rival, rival_number, rival_beside FROM site"
_STREAM = "SELECT site, stream, state, number, began_ns, made_ns, heard_ns, hole_ns, hole_at FROM stream"


def site_taken(connection: apsw.Connection, site: str) -> SiteTaken:
    """What is known of a site; of one that was never heard of, nothing."""
    found = one(connection, f"{_SITE} WHERE site = ?", (site,))
    return SiteTaken(site) if found is None else SiteTaken(found[0], found[1], SiteStop(found[2]), *found[3:])


def put_site(connection: apsw.Connection, site: SiteTaken) -> None:
    """Keep it."""
    connection.execute(
        "INSERT OR REPLACE INTO site (site, stream, stopped, stopped_ns, rival, rival_number, rival_beside) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            site.site,
            site.stream,
            site.stopped.value,
            site.stopped_ns,
            site.rival,
            site.rival_number,
            site.rival_beside,
        ),
    )


def stream_taken(connection: apsw.Connection, site: str, stream: str) -> StreamTaken | None:
    """A stream of a site; None for one that was never heard of."""
    found = one(connection, f"{_STREAM} WHERE site = ? AND stream = ?", (site, stream))
    return None if found is None else StreamTaken(found[0], found[1], StreamState(found[2]), *found[3:])


def streams_of(connection: apsw.Connection, site: str) -> list[StreamTaken]:
    """All streams of a site that are remembered, the newest first."""
    found = rows(connection, f"{_STREAM} WHERE site = ? ORDER BY heard_ns DESC, stream", (site,))
    return [StreamTaken(row[0], row[1], StreamState(row[2]), *row[3:]) for row in found]


def put_stream(connection: apsw.Connection, stream: StreamTaken) -> None:
    """Keep it; its catalogue stays."""
    connection.execute(
        "INSERT INTO stream (site, stream, state, number, began_ns, made_ns, heard_ns, hole_ns, hole_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, "
        "number = excluded.number, began_ns = excluded.began_ns, made_ns = excluded.made_ns, "
        "heard_ns = excluded.heard_ns, hole_ns = excluded.hole_ns, hole_at = excluded.hole_at",
        (
            stream.site,
            stream.stream,
            stream.state.value,
            stream.number,
            stream.began_ns,
            stream.made_ns,
            stream.heard_ns,
            stream.hole_ns,
            stream.hole_at,
        ),
    )


def forget_oldest(connection: apsw.Connection, site: str) -> None:
    """Keep the newest of its streams, and the current one in any case."""
    others = [each for each in streams_of(connection, site) if each.state is not StreamState.CURRENT]
    forget_streams(connection, others[MOST_STREAMS:])


def forget_streams(connection: apsw.Connection, gone: Iterable[StreamTaken]) -> None:
    """As if they had never been heard of."""
    for each in gone:
        for table in ("image", "stream"):
            sql = f"DELETE FROM {table} WHERE site = ? AND stream = ?"  # noqa: S608 - names of ours
            connection.execute(sql, (each.site, each.stream))


def put_catalogue(connection: apsw.Connection, stream: StreamTaken, catalogue: SiteCatalogue) -> None:
    """What the codes of its rows mean from now on."""
    connection.execute(
        "UPDATE stream SET catalogue = ? WHERE site = ? AND stream = ?",
        (catalogue.model_dump_json(), stream.site, stream.stream),
    )


def catalogue_of(connection: apsw.Connection, site: str) -> SiteCatalogue | None:
    """That of the stream that counts."""
    sql = "SELECT catalogue FROM stream WHERE site = ? AND state = 'current'"
    found = one(connection, sql, (site,))
    return None if found is None or found[0] is None else SiteCatalogue.model_validate_json(found[0])
