"""Stops that people count as one, and such as they take apart again."""

from itertools import pairwise

import apsw

from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.entries.stop_reasons import listed_in, seen_stop
from collector.errors import EntryRefused
from collector.storage.ledger import stop_reasons
from models.stated.joined_stop import LONGEST_JOINED_S, LONGEST_RUN_S, parts_apart, parts_together
from models.stated.stop_reason import UNNAMED, StopSeen, StopStatement


def join(entries: EntryFile, first: StopSeen, second: StopSeen, author: str) -> None:
    """Count a stop and the one that follows it as one. What detection found stays, and so do the hours of standing.

    Raises EntryRefused: no such stops, such as do not follow each other, or somebody changed one of them meanwhile.
    """

    def write(connection: apsw.Connection) -> None:
        one, other = seen_stop(connection, first), seen_stop(connection, second)
        found = listed_in(connection, first.start_s, second.start_s + 1)
        begins = sorted(stop.drop.start_s for stop in found if stop.drop.unit == first.unit)
        if first.unit != second.unit or one.end_s is None or (first.start_s, second.start_s) not in pairwise(begins):
            raise EntryRefused(entry_text("stops_not_neighbours"))
        length_s = other.drop.start_s - one.drop.start_s
        if other.drop.start_s - one.end_s > LONGEST_RUN_S or length_s >= LONGEST_JOINED_S:
            raise EntryRefused(entry_text("stops_too_far_apart"))
        earlier, later = (() if stop.statement is None else stop.statement.joined for stop in (one, other))
        together = StopStatement(
            id=0,
            unit=first.unit,
            start_s=first.start_s,
            parts=parts_together(one.parts, one.end_s, other.parts),
            author=author,
            joined=(*earlier, second.start_s, *later),
        )
        stop_reasons.add(connection, together, entries.clock_ns())

    entries.write(write)


def separate(entries: EntryFile, seen: StopSeen, at_s: int, author: str) -> None:
    """Take a joined stop apart before the one that began at `at_s`: the inverse entry. Each keeps its reasons.

    Raises EntryRefused: no such stop, nothing was joined there, or somebody changed it meanwhile.
    """

    def write(connection: apsw.Connection) -> None:
        statement = seen_stop(connection, seen).statement
        if statement is None or at_s not in statement.joined:
            raise EntryRefused(entry_text("no_such_stop"))
        before, after = parts_apart(statement.parts, at_s)
        later = tuple(begin_s for begin_s in statement.joined if begin_s > at_s)
        earlier = tuple(begin_s for begin_s in statement.joined if begin_s < at_s)
        kept = StopStatement(0, seen.unit, seen.start_s, before, author, joined=earlier)
        own = StopStatement(0, seen.unit, at_s, after, author, joined=later)
        stop_reasons.add(connection, kept, entries.clock_ns())
        said = stop_reasons.history(connection, seen.unit, at_s)
        is_new = (said[-1].parts, said[-1].joined) != (own.parts, own.joined) if said else _says_something(own)
        if is_new:
            stop_reasons.add(connection, own, entries.clock_ns())

    entries.write(write)


def _says_something(statement: StopStatement) -> bool:
    return bool(statement.joined) or any(part.reason != UNNAMED for part in statement.parts)
