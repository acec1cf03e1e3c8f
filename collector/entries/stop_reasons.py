"""Stops that detection found, with the reasons that people gave for them."""

import apsw

from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import stop_reasons
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopFault, StopStatement, fault_of_parts
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS

_FAULTS = {
    StopFault.BEGIN: "stop_parts_begin",
    StopFault.ORDER: "stop_parts_order",
    StopFault.REASON: "stop_reason_unknown",
}


def listed(entries: EntryFile, start_s: int, end_s: int) -> list[ReasonedStop]:
    """The stops that share an instant with [start_s, end_s) (UTC seconds), newest first, with what holds of each."""
    return entries.read(lambda connection: _listed(connection, start_s, end_s))


def state_reasons(entries: EntryFile, stated: StopStatement) -> None:
    """Say why a unit stood. `stated.id`: the statement that the author saw (0: none).

    Raises EntryRefused: no such stop, parts that are none of it, an unknown reason, or somebody stated one meanwhile.
    """

    def state(connection: apsw.Connection) -> None:
        now_s = entries.clock_ns() // NS
        found = _listed(connection, stated.start_s, stated.start_s + 1)
        stop = next((each.drop for each in found if _is_of(each.drop, stated)), None)
        if stop is None:
            raise EntryRefused(entry_text("no_such_stop"))
        fault = fault_of_parts(
            stated.parts, stop.start_s, now_s if stop.end_s is None else stop.end_s, entries.settings.stop_reasons
        )
        if fault is not None:
            raise EntryRefused(entry_text(_FAULTS[fault]))
        before = stop_reasons.history(connection, stated.unit, stated.start_s)
        if before and before[-1].id != stated.id:
            raise EntryRefused(entry_text("stop_stated_meanwhile", name=before[-1].author))
        stop_reasons.add(connection, stated, entries.clock_ns())

    entries.write(state)


def _listed(connection: apsw.Connection, start_s: int, end_s: int) -> list[ReasonedStop]:
    stops = [drop for drop in ledger_detection.drops(connection, start_s, end_s) if drop.stands]
    return stop_reasons.reasoned(connection, stops[::-1])


def _is_of(drop: OutputDrop, stated: StopStatement) -> bool:
    return drop.unit == stated.unit and drop.start_s == stated.start_s
