"""What a ledger lost, recorded in what is left of it: its figures are rolled up and sent anew.

Three things tell of a loss: tables that were salvaged from a damaged file, commits that were acknowledged and are not
there (a log was lost), and an end of the chain of seals that stands beside the file and not in it.
"""

from collections.abc import Sequence
from pathlib import Path

import apsw

from collector.storage.file.sql import rows, value
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.ledger import damage, group_queue, outbox, seals
from collector.storage.ledger.changes import mark_dirty, number, put_gap, recording_time, set_number
from collector.storage.ledger.damage import Damage
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.salvaging import put_right
from collector.storage.ledger.seal_heads import drop_heads, read_heads
from models.counting.increment import UncertainGap

_SALVAGED_NS = "salvaged_ns"
"""In `meta`: the salvage whose losses are recorded."""

_SPAN_S = 30 * 86_400
"""Figures are marked dirty in spans of a month: one span of years would be taken for one amount over all of them."""


def record_losses(connection: apsw.Connection, file: SqliteFile, now_ns: int) -> None:
    """Bring back what backups have, and note the spans in which anything may be missing, as wide as may be."""
    if file.mended:
        damage.note(connection, Damage(file.mended, False, now_ns))
    salvaged = file.salvaged
    # Killed after this was recorded and before the note beside the file was gone, a start comes by here again.
    if salvaged is not None and number(connection, _SALVAGED_NS) != salvaged.at_ns:
        if salvaged.damaged:
            cause = f"the ledger was damaged ({salvaged.finding}) and is set aside as {salvaged.aside.name}"
            _tell(connection, put_right(connection, salvaged, file.path, cause, now_ns), now_ns)
            if salvaged.parts["meta"].damaged:
                set_number(connection, "commits", max(number(connection, "commits"), file.acknowledged.number))
        else:
            damage.note(connection, Damage(f"damaged ({salvaged.finding}): all rows are saved", False, now_ns))
        set_number(connection, _SALVAGED_NS, salvaged.at_ns)
    _record_commits(connection, file, now_ns)
    _record_chain(connection, file.path, now_ns)


def _record_commits(connection: apsw.Connection, file: SqliteFile, now_ns: int) -> None:
    have, mark = number(connection, "commits"), file.acknowledged
    if have >= mark.number:
        return
    cause = f"{mark.number - have} commits that were acknowledged are not in the ledger: its log was damaged or lost"
    damage.note(connection, Damage(cause, True, now_ns))
    start_ns = number(connection, "recorded_ns")
    _tell(connection, [UncertainGap(EVERY_TAG, start_ns, max(start_ns, now_ns, mark.time_ns), cause)], now_ns)
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
    start_ns = known_ns if start_ns is None else min(start_ns, known_ns)
    _tell(connection, [UncertainGap(EVERY_TAG, start_ns, max(start_ns, now_ns), cause)], now_ns)
    # What is there now is sealed anew; it stands under this gap.
    connection.execute("DELETE FROM seal WHERE id > ?", (last,))
    connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'seal'", (last,))
    drop_heads(path, last)


def _tell(connection: apsw.Connection, gaps: Sequence[UncertainGap], now_ns: int) -> None:
    # Which rows the database has got of what was lost is not known.
    outbox.queue_anew(connection)
    # Nor what the group has: it gets the whole image anew.
    group_queue.end_stream(connection)
    for gap in gaps:
        put_gap(connection, gap, recording_time(connection, now_ns))
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
