"""What a ledger lost, recorded in what is left of it: its figures are rolled up and sent anew.

Three things tell of a loss: tables that were salvaged from a damaged file, commits that were acknowledged and are not
there (a log was lost), and an end of the chain of seals that stands beside the file and not in it.
"""

from pathlib import Path

import apsw

from collector.storage.file.known_backups import known_backups
from collector.storage.file.salvage import Part, Salvaged
from collector.storage.file.sql import one, rows, value
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.ledger import damage, outbox, seals
from collector.storage.ledger.changes import mark_dirty, number, put_gap, recording_time, set_number
from collector.storage.ledger.damage import Damage
from collector.storage.ledger.mending import EVERY_TAG, mend
from collector.storage.ledger.seal_heads import drop_heads, read_heads
from models.counting.increment import UncertainGap
from models.works.calendar import HOUR_NS, NS

_SPAN_S = 30 * 86_400
"""Figures are marked dirty in spans of a month: one span of years would be taken for one amount over all of them."""

_LATE_NS = 48 * HOUR_NS
"""How much earlier than it was recorded an event may have ended: what was replayed later is in a seal."""

_OF_THE_MOMENT = ("dirty", "published", "outbox", "health", "activity", "unit_now", "observed", "seal", "damage")
_OF_PEOPLE_TOLD = ("incident", "incident_event", "unit_mute", "alert_message", "output_drop", "quarantine")
_NO_FIGURE = (*_OF_THE_MOMENT, *_OF_PEOPLE_TOLD)
"""Tables whose loss changes no tonnes: they are made anew, or tell of alerts."""


def record_losses(connection: apsw.Connection, file: SqliteFile, now_ns: int) -> None:
    """Bring back what backups have, and note the spans in which anything may be missing, as wide as may be."""
    if file.mended:
        damage.note(connection, Damage(file.mended, False, now_ns))
    salvaged = file.salvaged
    if salvaged is not None:
        lost = sorted(name for name, part in salvaged.parts.items() if part.damaged)
        what = f"damaged ({salvaged.finding}) and set aside as {salvaged.aside.name}; lost rows of: {', '.join(lost)}"
        damage.note(connection, Damage(what if lost else what.partition(";")[0], bool(lost), now_ns))
        if lost:
            _record_salvage(connection, salvaged, file.path, now_ns)
    _record_commits(connection, file, now_ns)
    _record_chain(connection, file.path, now_ns)


def _record_salvage(connection: apsw.Connection, salvaged: Salvaged, path: Path, now_ns: int) -> None:
    for part in seals.SEALED:
        if salvaged.parts[part].damaged:
            for seal_id, seal in seals.sealed(connection, part):
                if not seals.is_sound(connection, seal):
                    mend(connection, seal_id, seal, known_backups(path), now_ns)
    start_ns, end_ns = _span(connection, salvaged, now_ns)
    cause = f"the ledger was damaged ({salvaged.finding}) and is set aside as {salvaged.aside.name}"
    _tell(connection, start_ns, end_ns, cause, now_ns)


def _span(connection: apsw.Connection, salvaged: Salvaged, now_ns: int) -> tuple[int, int]:
    """The time that anything lost is about, but for groups that are proved whole or told by themselves."""
    starts, ends = [number(connection, "recorded_ns")], [now_ns]
    part = salvaged.parts[seals.INCREMENT]
    if part.damaged:
        starts, ends = (
            [0 if part.before is None else part.before * NS],
            [now_ns if part.after is None else part.after * NS],
        )
    for name, part in salvaged.parts.items():
        if not part.damaged or name in (*_NO_FIGURE, seals.INCREMENT, "meta", "totalizer", "tag", "anchor"):
            continue
        if name in seals.SEALED and _is_sealed(connection, name, part):
            continue
        starts.append(_first_event_ns(connection, part) if name == "event" else 0)
        ends.append(now_ns)
    if any(salvaged.parts[name].damaged for name in ("meta", "totalizer", "anchor")):
        ends.append(now_ns)
    return min(starts), max(ends)


def _is_sealed(connection: apsw.Connection, name: str, part: Part) -> bool:
    """Whether all that the table may have lost was sealed: each group of it was proved, brought back or told."""
    last = value(connection, "SELECT max(last) FROM seal WHERE part = ?", (name,))
    return last is not None and part.after is not None and part.after <= last + 1


def _first_event_ns(connection: apsw.Connection, part: Part) -> int:
    before = one(connection, "SELECT recorded_ns FROM event WHERE id = ?", (part.before,))
    return 0 if before is None else max(0, int(before[0]) - _LATE_NS)


def _record_commits(connection: apsw.Connection, file: SqliteFile, now_ns: int) -> None:
    have, mark = number(connection, "commits"), file.acknowledged
    if have >= mark.number:
        return
    cause = f"{mark.number - have} commits that were acknowledged are not in the ledger: its log was damaged or lost"
    damage.note(connection, Damage(cause, True, now_ns))
    _tell(connection, number(connection, "recorded_ns"), max(now_ns, mark.time_ns), cause, now_ns)
    set_number(connection, "commits", mark.number)


def _record_chain(connection: apsw.Connection, path: Path, now_ns: int) -> None:
    """A ledger that went back in time with everything in it, or a chain that does not hold."""
    heads = read_heads(path)
    if not heads:
        return
    chain = {int(row[0]): bytes(row[1]) for row in rows(connection, "SELECT id, chain FROM seal")}
    sound = [head for head in heads if chain.get(head.number) == head.chain]
    if len(sound) == len(heads):
        return
    cause = f"the ledger is not the one whose seals were noted on {heads[-1].day}: it was changed or is older"
    last = sound[-1].number if sound else 0
    start_ns = value(connection, "SELECT min(start_ns) FROM seal WHERE id > ? AND part = ?", (last, seals.INCREMENT))
    damage.note(connection, Damage(cause, True, now_ns))
    known_ns = number(connection, "recorded_ns")
    _tell(connection, known_ns if start_ns is None else min(start_ns, known_ns), now_ns, cause, now_ns)
    # What is there now is sealed anew; it stands under this gap.
    connection.execute("DELETE FROM seal WHERE id > ?", (last,))
    connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'seal'", (last,))
    drop_heads(path, last)


def _tell(connection: apsw.Connection, start_ns: int, end_ns: int, cause: str, now_ns: int) -> None:
    # Which rows the database has got of what was lost is not known.
    outbox.queue_anew(connection)
    put_gap(
        connection, UncertainGap(EVERY_TAG, start_ns, max(start_ns, end_ns), cause), recording_time(connection, now_ns)
    )
    spans = list(
        rows(
            connection,
            "SELECT unit, product, min(start_s), max(end_s) FROM increment JOIN counter ON counter.id = counter "
            "GROUP BY unit, product, start_s / ?",
            (_SPAN_S,),
        )
    )
    for unit, product, start_s, end_s in spans:
        mark_dirty(connection, unit, product, start_s, end_s)
