"""What a damaged ledger lost, recorded in the ledger that replaces it; its figures are rolled up and sent anew."""

import apsw

from collector.storage.file.salvage import Salvaged
from collector.storage.file.sql import rows
from collector.storage.ledger import outbox
from collector.storage.ledger.changes import mark_dirty, number, put_gap, recording_time
from models.counting.increment import UncertainGap
from models.works.calendar import NS

EVERY_TAG = "*"
"""The tag of a gap that may concern any counter."""

_SPAN_S = 30 * 86_400
"""Figures are marked dirty in spans of a month: one span of years would be taken for one amount over all of them."""


def record_losses(connection: apsw.Connection, salvaged: Salvaged | None, now_ns: int) -> None:
    """Note the span in which increments may be missing, as wide as it may have been."""
    if salvaged is None or not salvaged.damaged:
        return
    if salvaged.parts["outbox"].damaged:
        outbox.queue_anew(connection)
    part = salvaged.parts["increment"]
    start_ns, end_ns = number(connection, "recorded_ns"), now_ns
    if part.damaged:
        start_ns = 0 if part.before is None else part.before * NS
        end_ns = now_ns if part.after is None else part.after * NS
    cause = f"the ledger was damaged ({salvaged.finding}) and is set aside as {salvaged.aside.name}"
    gap = UncertainGap(EVERY_TAG, start_ns, max(start_ns, end_ns), cause)
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
