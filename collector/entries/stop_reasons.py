"""Stops that detection found, with the reasons that people gave for them."""

from dataclasses import replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import stop_reasons
from models.stated.stop_reason import StopFault, StopSeen, StopStatement, fault_of_parts
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS

_FAULTS = {
    StopFault.BEGIN: "stop_parts_begin",
    StopFault.ORDER: "stop_parts_order",
    StopFault.REASON: "stop_reason_unknown",
}


def listed(entries: EntryFile, start_s: int, end_s: int) -> list[ReasonedStop]:
    """The stops that share an instant with [start_s, end_s) (UTC seconds), newest first, with what holds of each."""
    return entries.read(lambda connection: listed_in(connection, start_s, end_s))


def state_reasons(entries: EntryFile, stated: StopStatement) -> None:
    """Say why a unit stood. `stated.id`: the statement that the author saw (0: none).

    Raises EntryRefused: no such stop, parts that are none of it, an unknown reason, or somebody stated one meanwhile.
    """

    def state(connection: apsw.Connection) -> None:
        now_s = entries.clock_ns() // NS
        stop = seen_stop(connection, StopSeen(stated.unit, stated.start_s, stated.id))
        end_s = now_s if stop.end_s is None else stop.end_s
        fault = fault_of_parts(stated.parts, stop.drop.start_s, end_s, entries.settings.stop_reasons)
        if fault is not None:
            raise EntryRefused(entry_text(_FAULTS[fault]))
        joined = () if stop.statement is None else stop.statement.joined
        stop_reasons.add(connection, replace(stated, joined=joined), entries.clock_ns())

    entries.write(state)


def seen_stop(connection: apsw.Connection, seen: StopSeen) -> ReasonedStop:
    """The stop as it is, if nobody said anything of it since it was seen.

    Raises EntryRefused: no such stop, or somebody stated a reason, joined or separated it meanwhile.
    """
    found = listed_in(connection, seen.start_s, seen.start_s + 1)
    of_unit = [stop for stop in found if stop.drop.unit == seen.unit]
    stop = next((stop for stop in of_unit if stop.drop.start_s == seen.start_s), None)
    holds = next((stop for stop in of_unit if seen.start_s in {drop.start_s for drop in stop.more}), stop)
    if holds is None:
        raise EntryRefused(entry_text("no_such_stop"))
    statement = holds.statement
    if statement is not None and (holds is not stop or statement.id != seen.statement):
        raise EntryRefused(entry_text("stop_stated_meanwhile", name=statement.author))
    return holds


def listed_in(connection: apsw.Connection, start_s: int, end_s: int) -> list[ReasonedStop]:
    """The same as `listed`, in the transaction that is under way."""
    stops = [drop for drop in ledger_detection.drops(connection, start_s, end_s) if drop.stands]
    return stop_reasons.reasoned(connection, stops[::-1])
