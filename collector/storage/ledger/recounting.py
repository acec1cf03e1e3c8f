"""Increments that were lost, counted anew to the gram: of events from the events, of counters from kept readings.

What two neighbouring anchors of a counter say is what stands in the sums between them (`late_reading`), and what the
revisions of an event say is what it added. Both are kept for good, in tables of their own. So where increments are lost
and these are not, the tonnes of each bucket are known. It is proved by what is left: on both sides of the loss the same
count must give the very sums that stand there, else nothing of that counter is taken. How often a counter was read is
not known any more: the buckets say no readings, and so are not complete.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import apsw

from collector.storage.file.sql import one, rows
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import configurations
from collector.storage.ledger.changes import RECORDING_S, bucket_of
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.reads import ANCHOR, anchor_of
from models.counting.counter import Counter
from models.counting.counter_step import Anchor, counted_span
from models.counting.event import event_increments
from models.counting.increment import EventRevision
from models.counting.split import LONGEST_GAP_S, split
from models.counting.totalizer_state import TotalizerState
from models.works.calendar import NS
from models.works.codes import TagKind
from models.works.plant import Plant, Tag

_PROOF_S = 86_400
"""So much before and after a loss must come out as it stands: a day has every state that a counter is in."""

Buckets = dict[tuple[int, int], int]
"""Grams by (start_s, end_s)."""


@dataclass(frozen=True, slots=True)
class LostStretch:
    """Increments that begin in [start_s, end_s] may be lost."""

    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class _Known:
    """One row of `counter`."""

    number: int
    tag: str
    unit: str
    product: str


def recount(
    connection: apsw.Connection, losses: Sequence[LostStretch], whole: frozenset[str], recorded_ns: int
) -> set[str]:
    """Count anew what was lost. Gives the tags of which that could not be done.

    `whole`: the tables of which nothing is lost.
    """
    plant = configurations.newest(connection) if "configuration" in whole else None
    tags = {} if plant is None else {tag.name: tag for tag in plant.tags}
    known = [_Known(*row) for row in list(rows(connection, "SELECT id, tag, unit, product FROM counter"))]
    left = set()
    for counter in known:
        truth = None
        if _has_events(connection, counter.tag):
            truth = _of_events(connection, counter) if "event" in whole else None
        elif plant is not None and {"anchor", "tag"} <= whole and sum(each.tag == counter.tag for each in known) == 1:
            tag = tags.get(counter.tag)
            here = (counter.unit, counter.product)
            if tag is not None and (tag.unit, tag.product) == here and _is_plain(connection, tag):
                truth = _of_anchors(connection, plant, tag, losses)
        if truth is None or not _put(connection, counter, truth, losses, recorded_ns):
            left.add(counter.tag)
    return {EVERY_TAG} if len(left) == len({counter.tag for counter in known}) else left


def base_again(connection: apsw.Connection, tags: Iterable[Tag]) -> None:
    """Counters whose state is lost go on from the last reading that is kept of them, so that nothing is left out."""
    for tag in tags:
        if not _is_plain(connection, tag):
            continue
        last = one(
            connection,
            f"SELECT {ANCHOR} FROM anchor JOIN tag ON tag.id = anchor.tag WHERE name = ? "  # noqa: S608
            "ORDER BY time_ns DESC LIMIT 1",
            (tag.name,),
        )
        if last is not None:
            state = TotalizerState(anchor_of(last), newest_ns=int(last[0]))
            connection.execute(
                "INSERT OR IGNORE INTO totalizer (tag, state) VALUES (?, ?)", (tag.name, state.to_bytes())
            )


def _is_plain(connection: apsw.Connection, tag: Tag) -> bool:
    """Whether all that a counter showed was counted: none that takes turns, and none that was another one before."""
    if tag.kind is not TagKind.TOTALIZER or tag.product is None or tag.gate is not None or tag.reset_signal:
        return False
    return ledger_addresses.known_places(connection, tag.name) <= 1


def _has_events(connection: apsw.Connection, tag: str) -> bool:
    return one(connection, "SELECT 1 FROM event WHERE tag = ? LIMIT 1", (tag,)) is not None


def _of_events(connection: apsw.Connection, counter: _Known) -> Buckets:
    found: Buckets = defaultdict(int)
    newest: dict[tuple[str, int, str], EventRevision] = {}
    sql = (
        "SELECT tag, unit, product, production_year, key, grams, end_ns, sequence FROM event WHERE tag = ? ORDER BY id"
    )
    for row in rows(connection, sql, (counter.tag,)):
        event = EventRevision(*row)
        place = (event.unit, event.production_year, event.key)
        for item in event_increments(newest.get(place), event):
            if (item.unit, item.product) == (counter.unit, counter.product):
                found[bucket_of(item)] += item.grams
        newest[place] = event
    return found


def _of_anchors(connection: apsw.Connection, plant: Plant, tag: Tag, losses: Sequence[LostStretch]) -> Buckets:
    zone = plant.shops[tag.shop].calendar.zone
    counter = Counter.of(tag, zone, LONGEST_GAP_S)
    found: Buckets = defaultdict(int)
    counted: set[tuple[int, int]] = set()
    for loss in losses:
        for before, after in pairwise(_anchors(connection, tag.name, loss)):
            span = counted_span(counter.rule, before, after)
            if span is None or (before.time_ns, after.time_ns) in counted:
                continue
            counted.add((before.time_ns, after.time_ns))
            for item in split(span, tag.name, tag.unit, tag.product or "", zone=zone, longest_gap_s=LONGEST_GAP_S):
                found[bucket_of(item)] += item.grams
    return found


def _anchors(connection: apsw.Connection, tag: str, loss: LostStretch) -> list[Anchor]:
    """Those from before the proof to behind it."""
    start_ns, end_ns = (loss.start_s - 2 * _PROOF_S) * NS, min((loss.end_s + 2 * _PROOF_S) * NS, 2**62)
    sql = (
        f"SELECT {ANCHOR} FROM anchor JOIN tag ON tag.id = anchor.tag "  # noqa: S608
        "WHERE name = ? AND time_ns BETWEEN ? AND ? ORDER BY time_ns"
    )
    return [anchor_of(row) for row in rows(connection, sql, (tag, start_ns, end_ns))]


def _put(
    connection: apsw.Connection,
    counter: _Known,
    truth: Mapping[tuple[int, int], int],
    losses: Sequence[LostStretch],
    now_ns: int,
) -> bool:
    """Add what is missing. False where that is not proved; nothing is added where what stands contradicts it."""
    have: Buckets = {}
    for loss in losses:
        sql = (
            "SELECT start_s, end_s, sum(grams) FROM increment WHERE counter = ? AND start_s BETWEEN ? AND ? "
            "GROUP BY start_s, end_s"
        )
        around = (loss.start_s - _PROOF_S, min(loss.end_s + _PROOF_S, 2**62))
        have |= {(row[0], row[1]): row[2] for row in rows(connection, sql, (counter.number, *around))}
        have |= {bucket: have.get(bucket, 0) for bucket in truth if around[0] <= bucket[0] <= around[1]}
    missing = {bucket: truth.get(bucket, 0) - grams for bucket, grams in have.items()}
    lost = {bucket for bucket in have if any(loss.start_s <= bucket[0] <= loss.end_s for loss in losses)}
    if any(grams for bucket, grams in missing.items() if bucket not in lost):
        return False
    recorded_s = now_ns // NS // RECORDING_S * RECORDING_S
    connection.executemany(
        "INSERT INTO increment (start_s, end_s, counter, recorded_s, grams, flags, readings) "
        "VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO UPDATE SET grams = grams + excluded.grams",
        [(*bucket, counter.number, recorded_s, grams) for bucket, grams in missing.items() if bucket in lost and grams],
    )
    return len(lost) < len(have)
