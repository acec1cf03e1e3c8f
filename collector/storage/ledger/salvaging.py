"""What a salvaged ledger lacks: brought back from backups, else counted anew, else told as gaps as narrow as they are.

In this order: rows that backups have, groups by their seals, tonnes that can be counted from what is left, and what was
a state. Where a loss is of any of these, no sum is smaller without a gap that says so.
"""

from collections.abc import Sequence
from pathlib import Path

import apsw

from collector.storage.file.known_backups import known_backups
from collector.storage.file.salvage import Hole, Part, Salvaged
from collector.storage.file.sql import one, value
from collector.storage.ledger import configurations, damage, seals
from collector.storage.ledger.changes import number, recording_time
from collector.storage.ledger.damage import Damage
from collector.storage.ledger.mending import EVERY_TAG, mend
from collector.storage.ledger.recounting import LostStretch, base_again, recount
from collector.storage.ledger.refilling import refill, still_missing
from collector.storage.ledger.state_again import count_again
from models.counting.increment import BUCKET_S, UncertainGap
from models.works.calendar import HOUR_NS, NS

_LATE_NS = 48 * HOUR_NS
"""How much earlier than it was recorded an event may have ended: what was replayed later is in a seal."""

_EVER_S = 2**62
_JOINED_NS = 2 * HOUR_NS
"""A broken page in the middle of the tree lost one row of each of a hundred pages: one gap, and not a hundred."""

_OF_THE_MOMENT = ("dirty", "published", "outbox", "health", "activity", "unit_now", "observed", "seal", "damage")
_OF_THE_GROUP = ("group_stream", "group_item", "group_message")
_OF_PEOPLE_TOLD = (
    "incident",
    "incident_event",
    "unit_mute",
    "alert_message",
    "output_drop",
    "quarantine",
    "report_mail",
)
_OF_GAUGES = ("measured_hour", "measured_state")
_NO_FIGURE = (*_OF_THE_MOMENT, *_OF_PEOPLE_TOLD, *_OF_GAUGES, *_OF_THE_GROUP, *seals.NO_TONNES)
"""Tables whose loss changes no tonnes: they are made anew, or tell of alerts."""
_STATES = ("meta", "totalizer", "tag", "anchor")


def put_right(
    connection: apsw.Connection, salvaged: Salvaged, path: Path, cause: str, now_ns: int
) -> list[UncertainGap]:
    """Bring back what can be, in the transaction that is under way; the gaps that are left."""
    parts, backups = salvaged.parts, known_backups(path)
    if parts["meta"].damaged:
        count_again(connection, path)
    lost = {name: part for name, part in parts.items() if part.damaged}
    back = _refilled(connection, lost, backups)
    if "counter" in lost:
        _keep_numbers(connection)
    losses = [_loss(hole, now_ns) for hole in lost[seals.INCREMENT].holes] if seals.INCREMENT in lost else []
    for name in seals.SEALED:
        if name in lost or name == seals.INCREMENT:
            _prove(connection, name, losses, backups, now_ns)
    whole = frozenset(name for name in parts if name not in lost)
    left: set[str] = set()
    if losses:
        left = (
            recount(connection, losses, whole, recording_time(connection, now_ns))
            if "counter" in whole
            else {EVERY_TAG}
        )
    if "totalizer" in lost and {"anchor", "tag", "configuration"} <= whole:
        plant = configurations.newest(connection)
        base_again(connection, () if plant is None else plant.tags)
    spans = _spans(losses, now_ns)
    gaps = [UncertainGap(tag, start_ns, end_ns, cause) for tag in sorted(left) for start_ns, end_ns in spans]
    gaps += _other_gaps(connection, lost, cause, now_ns)
    named = ", ".join(sorted(lost)) or "none"
    what = f"{cause}; rows brought back from backups: {back}; lost rows of: {named}{_counted_text(losses, left)}"
    what += "; a gap is noted" if gaps else ""
    damage.note(connection, Damage(what, bool(lost or gaps), now_ns))
    return gaps


def _counted_text(losses: Sequence[LostStretch], left: set[str]) -> str:
    if not losses:
        return ""
    if left == {EVERY_TAG}:
        return "; their tonnes are not known"
    rest = f", but for {', '.join(sorted(left))}" if left else ""
    return f"; the lost tonnes were counted anew from the readings and events that are kept{rest}"


def _refilled(connection: apsw.Connection, lost: dict[str, Part], backups: Sequence[Path]) -> int:
    """Counters first: increments name them by number. Tables that are whole again leave `lost`."""
    count = 0
    for name in ("counter", *(part for part in seals.SEALED if part != "counter")):
        if name not in lost:
            continue
        count += refill(connection, name, lost[name].holes, backups)
        if name != seals.INCREMENT:
            lost[name].holes = still_missing(connection, name, lost[name].holes)
            if not lost[name].holes:
                del lost[name]
    return count


def _keep_numbers(connection: apsw.Connection) -> None:
    """A counter that is lost keeps its number, so that no other one gets its tonnes: they show as unclaimed."""
    connection.execute(
        "INSERT INTO counter (id, tag, unit, product) SELECT DISTINCT counter, 'lost.' || counter, 'lost', 'lost' "
        "FROM increment WHERE counter NOT IN (SELECT id FROM counter)"
    )


def _prove(
    connection: apsw.Connection, name: str, losses: Sequence[LostStretch], backups: Sequence[Path], now_ns: int
) -> None:
    for seal_id, seal in seals.sealed(connection, name):
        if seals.is_sound(connection, seal):
            continue
        within = any(loss.start_s <= seal.last and seal.first <= loss.end_s for loss in losses)
        if name == seals.INCREMENT and within:
            seals.give_up(connection, seal_id)  # told by the loss itself, which is narrower
        else:
            mend(connection, seal_id, seal, backups, now_ns)


def _loss(hole: Hole, now_ns: int) -> LostStretch:
    return LostStretch(
        hole.before[0] if hole.before else 0, hole.after[0] if hole.after else max(_EVER_S, now_ns // NS)
    )


def _spans(losses: Sequence[LostStretch], now_ns: int) -> list[tuple[int, int]]:
    """The losses as spans of time; what lies within two hours of each other is one."""
    spans: list[tuple[int, int]] = []
    for loss in losses:
        start_ns = loss.start_s * NS
        end_ns = max(start_ns, now_ns if loss.end_s == _EVER_S else (loss.end_s + BUCKET_S) * NS)
        if spans and start_ns - spans[-1][1] <= _JOINED_NS:
            spans[-1] = spans[-1][0], max(end_ns, spans[-1][1])
        else:
            spans.append((start_ns, end_ns))
    return spans


def _other_gaps(connection: apsw.Connection, lost: dict[str, Part], cause: str, now_ns: int) -> list[UncertainGap]:
    """Of what stands in row numbers and was not sealed, and of states: from when on something may be missing."""
    starts = []
    for name, part in lost.items():
        if name in (*_NO_FIGURE, seals.INCREMENT) or (name in seals.SEALED and _is_sealed(connection, name, part)):
            continue
        if name in _STATES:
            starts.append(number(connection, "recorded_ns"))
        else:
            starts.append(_first_event_ns(connection, part) if name == "event" else 0)
    if not starts:
        return []
    return [UncertainGap(EVERY_TAG, min(starts), max(min(starts), now_ns), cause)]


def _is_sealed(connection: apsw.Connection, name: str, part: Part) -> bool:
    """Whether all that the table may have lost was sealed: each group of it was proved, brought back or told."""
    last = value(connection, "SELECT max(last) FROM seal WHERE part = ?", (name,))
    return last is not None and part.after is not None and part.after <= last + 1


def _first_event_ns(connection: apsw.Connection, part: Part) -> int:
    before = one(connection, "SELECT recorded_ns FROM event WHERE id = ?", (part.before,))
    return 0 if before is None else max(0, int(before[0]) - _LATE_NS)
