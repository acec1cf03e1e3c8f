"""Takes one message of the topic into the group's ledger. SQL, no threads; whoever calls it commits.

A message changes figures only if it is the next one of the stream that counts, or of one that is being made. So what
comes twice changes nothing, and what comes after a hole waits: the site is asked to send again what lies above the
last number that was taken. A new stream is staged until its image is whole; then it stands in the place of the old one,
whose rows go in the same transaction. A stream that was replaced changes nothing any more. If it goes on sending while
its successor does, two ledgers are at work under one code, and the site stands until a person has looked.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from enum import Enum, auto

import apsw

from collector.config.fields import is_zone
from collector.group.group_image import drop_rows, put_rows
from collector.group.group_streams import (
    SiteStop,
    SiteTaken,
    StreamState,
    StreamTaken,
    forget_oldest,
    forget_streams,
    put_catalogue,
    put_site,
    put_stream,
    site_taken,
    stream_taken,
    streams_of,
)
from collector.group.message import FiguresMessage, GroupAnswer, NewerMessage, StrangeMessage, decode_message
from collector.group.refused_messages import refuse


class Outcome(Enum):
    """What became of a message."""

    APPLIED = auto()
    REPEATED = auto()
    HOLE = auto()
    PAST = auto()
    STOPPED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """A message as it lies in the topic."""

    partition: int
    offset: int
    key: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """`answer`: what its site is told; None where nothing is."""

    outcome: Outcome
    answer: GroupAnswer | None = None


def take(connection: apsw.Connection, sites: Container[str], heard: HeardMessage, now_ns: int) -> TakenMessage:
    """Take a message, and note that the topic was read up to it. `sites`: the codes that belong to the group."""
    _note_read(connection, heard)
    key = heard.key.decode("utf-8", "replace")
    try:
        if key not in sites:
            raise StrangeMessage("its key is no site of group.yaml")
        message = decode_message(heard.data)
        _check(message, key)
        return _of_stream(connection, message, now_ns)
    except NewerMessage as newer:
        refuse(connection, key, str(newer), (heard.partition, heard.offset), now_ns)
        _stop(connection, site_taken(connection, key), SiteStop.NEWER, now_ns)
    except StrangeMessage as strange:
        refuse(connection, key, str(strange), (heard.partition, heard.offset), now_ns)
    return TakenMessage(Outcome.REFUSED)


def _note_read(connection: apsw.Connection, heard: HeardMessage) -> None:
    connection.execute(
        "INSERT INTO read_to (partition, next_offset, end_offset, looked_ns, topic) VALUES (?, ?, ?, 0, '') "
        "ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset, "
        "end_offset = max(end_offset, excluded.end_offset)",
        (heard.partition, heard.offset + 1, heard.offset + 1),
    )


def _check(message: FiguresMessage, key: str) -> None:
    """Raises StrangeMessage: a site speaks for itself alone."""
    if message.site != key:
        raise StrangeMessage(f"its key is {key}, and it says that it is of {message.site}")
    if message.catalogue is not None and message.catalogue.site != key:
        raise StrangeMessage(f"its catalogue is of {message.catalogue.site}")
    if message.catalogue is not None and not is_zone(message.catalogue.zone):
        raise StrangeMessage(f"its catalogue has the time zone {message.catalogue.zone}, which this host does not know")
    for row in (*message.rows, *message.withdrawn):
        if dict(row.tags).get("site") != key:
            raise StrangeMessage(f"a row of it is of {dict(row.tags).get('site')}")


def _of_stream(connection: apsw.Connection, message: FiguresMessage, now_ns: int) -> TakenMessage:
    site = site_taken(connection, message.site)
    current = stream_taken(connection, site.site, site.stream)
    found = stream_taken(connection, site.site, message.stream)
    if site.stopped is SiteStop.TWO_LEDGERS:
        return TakenMessage(Outcome.STOPPED)
    if found is None:
        found = _new_stream(connection, message, current, now_ns)
    if found.state is StreamState.PAST:
        return _of_the_past(connection, site, current, message, now_ns)
    if message.number <= found.number:
        return TakenMessage(Outcome.REPEATED, _answer(found, resend=found.hole_ns is not None))
    if message.number > found.number + 1:
        if found.hole_ns is None:
            found = replace(found, hole_ns=now_ns, hole_at=message.number)
            put_stream(connection, found)
        return TakenMessage(Outcome.HOLE, _answer(found, resend=True))
    if message.number == 1:
        if not message.in_image or message.catalogue is None:
            raise StrangeMessage("it is the first of its stream, and has no catalogue or begins no image")
        if _is_older(message, current):
            put_stream(connection, replace(found, state=StreamState.PAST))
            return TakenMessage(Outcome.PAST)
        found = replace(found, began_ns=message.made_ns)
    found = _apply(connection, found, message, now_ns)
    if found.state is StreamState.MAKING and message.image_ends:
        found, site = _replace_by(connection, found, site)
    if site.stopped is SiteStop.NEWER:
        put_site(connection, replace(site, stopped=SiteStop.NONE, stopped_ns=0))
    return TakenMessage(Outcome.APPLIED, _answer(found, resend=False))


def _new_stream(
    connection: apsw.Connection, message: FiguresMessage, current: StreamTaken | None, now_ns: int
) -> StreamTaken:
    """One that was never heard of. What was made before the stream that counts began is of one that ended before."""
    state = StreamState.PAST if _is_older(message, current) else StreamState.MAKING
    made_ns = message.made_ns
    found = StreamTaken(message.site, message.stream, state, 0, made_ns, made_ns, now_ns, None, None)
    put_stream(connection, found)
    forget_oldest(connection, message.site)
    return found


def _is_older(message: FiguresMessage, current: StreamTaken | None) -> bool:
    return current is not None and message.stream != current.stream and message.made_ns < current.began_ns


def _apply(connection: apsw.Connection, stream: StreamTaken, message: FiguresMessage, now_ns: int) -> StreamTaken:
    put_rows(connection, stream, message.rows, message.withdrawn)
    taken = replace(stream, number=message.number, made_ns=message.made_ns, heard_ns=now_ns, hole_ns=None, hole_at=None)
    put_stream(connection, taken)
    if message.catalogue is not None:
        put_catalogue(connection, taken, message.catalogue)
    return taken


def _replace_by(connection: apsw.Connection, new: StreamTaken, site: SiteTaken) -> tuple[StreamTaken, SiteTaken]:
    """Its image is whole: it counts from now on, and the rows of those that began before it go."""
    for other in streams_of(connection, site.site):
        if other.stream != new.stream and (other.state is StreamState.CURRENT or other.began_ns <= new.began_ns):
            drop_rows(connection, other)
            put_stream(connection, replace(other, state=StreamState.PAST, hole_ns=None, hole_at=None))
    new = replace(new, state=StreamState.CURRENT)
    put_stream(connection, new)
    site = replace(site, stream=new.stream, rival="", rival_number=0, rival_beside=0)
    put_site(connection, site)
    return new, site


def _of_the_past(
    connection: apsw.Connection,
    site: SiteTaken,
    current: StreamTaken | None,
    message: FiguresMessage,
    now_ns: int,
) -> TakenMessage:
    """Late ones were made before their successor began, and change nothing. One that was made after it comes of a
    ledger that lives: once its successor has sent since, and it again, there are two."""
    if current is None or message.made_ns <= current.began_ns:
        return TakenMessage(Outcome.PAST)
    is_news = site.rival != message.stream or message.number > site.rival_number
    if site.rival == message.stream and is_news and current.number > site.rival_beside:
        _stop(connection, site, SiteStop.TWO_LEDGERS, now_ns)
        return TakenMessage(Outcome.STOPPED)
    if site.rival != message.stream:
        put_site(
            connection,
            replace(site, rival=message.stream, rival_number=message.number, rival_beside=current.number),
        )
    return TakenMessage(Outcome.PAST)


def _stop(connection: apsw.Connection, site: SiteTaken, why: SiteStop, now_ns: int) -> None:
    if site.stopped is not SiteStop.TWO_LEDGERS and site.stopped is not why:
        put_site(connection, replace(site, stopped=why, stopped_ns=now_ns))


def _answer(stream: StreamTaken, *, resend: bool) -> GroupAnswer:
    return GroupAnswer(site=stream.site, stream=stream.stream, taken=stream.number, resend=resend)


def answers_due(connection: apsw.Connection, site: str) -> list[GroupAnswer]:
    """What the site is told without a message of it: how far it was taken, and what it is to send again.

    The stream that began last comes last, for a site looks at the newest answer alone: it is that of the ledger that
    lives, whether its image is whole yet or not.
    """
    stopped = site_taken(connection, site).stopped
    if stopped is SiteStop.TWO_LEDGERS:
        return []
    known = [each for each in streams_of(connection, site) if each.state is not StreamState.PAST]
    known.sort(key=lambda each: (each.began_ns, each.stream))
    # What was too new may be known by now: by a program that was upgraded since.
    return [_answer(each, resend=each.hole_ns is not None or stopped is SiteStop.NEWER) for each in known]


def let_go_on(connection: apsw.Connection, site: str) -> bool:
    """A person has seen to it that one ledger sends: whichever does is asked for everything, and replaces what stands.

    The rows stand until then. False if the site did not stand for two ledgers.
    """
    found = site_taken(connection, site)
    if found.stopped is not SiteStop.TWO_LEDGERS:
        return False
    put_site(connection, replace(found, stopped=SiteStop.NONE, stopped_ns=0, rival="", rival_number=0, rival_beside=0))
    # The right one may be the one that was replaced: as one that was never heard of, it is asked for all it has.
    forget_streams(connection, [each for each in streams_of(connection, site) if each.state is StreamState.PAST])
    return True
