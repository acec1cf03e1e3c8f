"""What people changed, as the ledger records it. SQL, no threads.

What the service does by itself has no author, and is not of these.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import stop_reasons
from collector.storage.ledger.stated_changes import accident_changes, measure_changes, milestone_changes
from collector.storage.ledger.statements import NOT_UNDONE
from models.access.recorded_change import ActKind, RecordedChange
from models.access.user import author_of
from models.works.calendar import NS, stamp_ns
from models.works.month import shifted
from models.works.place import ALL
from models.works.plant import Plant

Reader = Callable[[apsw.Connection, Plant, int], Iterator[RecordedChange]]


def newest(connection: apsw.Connection, plant: Plant, kind: ActKind, limit: int) -> list[RecordedChange]:
    """The newest of a kind, the newest first."""
    return list(_READERS[kind](connection, plant, limit))


def _figures(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    # The revision before is the newest that was recorded earlier of the same span, place and basis, or of its key.
    sql = f"""
        SELECT f.recorded_ns, ifnull(r.author, ''), f.shop, f.unit, f.product, f.start_ns, f.end_ns, f.grams, f.origin,
        (SELECT b.grams FROM figure b WHERE b.id < f.id AND b.unit = f.unit AND b.product = f.product
         AND b.start_ns = f.start_ns AND b.end_ns = f.end_ns AND b.shop = f.shop AND b.basis = f.basis
         AND b.definition = f.definition AND b.key = f.key
         AND {NOT_UNDONE}
         ORDER BY b.id DESC LIMIT 1)
        FROM figure f LEFT JOIN import_run r ON r.id = f.import_id ORDER BY f.id DESC LIMIT ?
    """  # noqa: S608 - our own words
    for recorded_ns, author, shop, unit, product, start_ns, end_ns, grams, origin, before in rows(
        connection, sql, (limit,)
    ):
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author or origin,
            kind=ActKind.FIGURE,
            shop=shop,
            unit=unit,
            product=product,
            start_ns=start_ns,
            end_ns=end_ns,
            before_g=before,
            after_g=grams,
            note=origin if author else "",
        )


def _undoings(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = (
        "SELECT undone_ns, undone_by, id, file, author FROM import_run WHERE undone_ns IS NOT NULL "
        "ORDER BY undone_ns DESC LIMIT ?"
    )
    for undone_ns, undone_by, number, file, author in rows(connection, sql, (limit,)):
        yield RecordedChange(
            recorded_ns=undone_ns,
            author=undone_by,
            kind=ActKind.UNDOING,
            before=str(number),
            note=f"{file}, {author}" if file else author,
        )


def _plans(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = f"""
        SELECT p.recorded_ns, p.author, p.shop, p.unit, p.product, p.month, p.grams,
        (SELECT b.grams FROM plan b WHERE b.id < p.id AND b.month = p.month AND b.shop = p.shop AND b.unit = p.unit
         AND b.product = p.product
         AND {NOT_UNDONE}
         ORDER BY b.id DESC LIMIT 1)
        FROM plan p ORDER BY p.id DESC LIMIT ?
    """  # noqa: S608 - our own words
    for recorded_ns, author, shop, unit, product, month, grams, before in rows(connection, sql, (limit,)):
        start_ns, end_ns = _month(plant, month)
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author,
            kind=ActKind.PLAN,
            shop=shop,
            unit=unit,
            product=product,
            start_ns=start_ns,
            end_ns=end_ns,
            before_g=before,
            after_g=grams,
        )


def _repairs(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = (
        "SELECT recorded_ns, author, unit, start_ns, end_ns, name, approved_by, withdrawn FROM repair "
        "ORDER BY id DESC LIMIT ?"
    )
    for recorded_ns, author, unit, start_ns, end_ns, name, approved_by, withdrawn in rows(connection, sql, (limit,)):
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author,
            kind=ActKind.REPAIR,
            done="withdrawn" if withdrawn else "entered",
            unit=unit,
            start_ns=start_ns,
            end_ns=end_ns,
            after=name,
            note=approved_by,
        )


def _adjustments(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = (
        "SELECT recorded_ns, author, shop, unit, product, day, grams, name, reason FROM adjustment "
        "ORDER BY id DESC LIMIT ?"
    )
    for recorded_ns, author, shop, unit, product, day, grams, name, reason in rows(connection, sql, (limit,)):
        start_ns, end_ns = _day(plant, day)
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author,
            kind=ActKind.ADJUSTMENT,
            done=name,
            shop=shop,
            unit=unit,
            product=product,
            start_ns=start_ns,
            end_ns=end_ns,
            after_g=grams,
            note=reason,
        )


def _closings(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    for recorded_ns, author, month in rows(
        connection, "SELECT recorded_ns, author, month FROM month_close ORDER BY id DESC LIMIT ?", (limit,)
    ):
        yield _of_month(plant, ActKind.CLOSING, recorded_ns, author, month)


def _reopenings(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    for recorded_ns, author, month, reason in rows(
        connection, "SELECT recorded_ns, author, month, reason FROM month_reopening ORDER BY id DESC LIMIT ?", (limit,)
    ):
        yield _of_month(plant, ActKind.REOPENING, recorded_ns, author, month, reason)


def _of_month(plant: Plant, kind: ActKind, recorded_ns: int, author: str, month: int, note: str = "") -> RecordedChange:
    start_ns, end_ns = _month(plant, month)
    return RecordedChange(
        recorded_ns=recorded_ns, author=author, kind=kind, start_ns=start_ns, end_ns=end_ns, note=note
    )


def _reasons(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = """
        SELECT s.recorded_ns, s.author, s.unit, s.start_s, s.parts,
        (SELECT b.parts FROM stop_statement b WHERE b.id < s.id AND b.unit = s.unit AND b.start_s = s.start_s
         ORDER BY b.id DESC LIMIT 1)
        FROM stop_statement s ORDER BY s.id DESC LIMIT ?
    """
    for recorded_ns, author, unit, start_s, parts, before in rows(connection, sql, (limit,)):
        said, joined = stop_reasons.read_said(parts)
        stated, counted = stop_reasons.read_said(before) if before else ((), ())
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author,
            kind=ActKind.REASON,
            unit=unit,
            start_ns=start_s * NS,
            done="" if len(joined) == len(counted) else "joined" if len(joined) > len(counted) else "separated",
            before=" ".join(part.reason for part in stated),
            after=" ".join(part.reason for part in said),
            note="; ".join(part.comment for part in said if part.comment),
        )


def _alerts(connection: apsw.Connection, _: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = (
        "SELECT e.recorded_ns, e.author, e.kind, e.detail, ifnull(e.incident, '') FROM incident_event e "
        "WHERE e.author <> '' ORDER BY e.id DESC LIMIT ?"
    )
    for recorded_ns, author, kind, detail, incident in rows(connection, sql, (limit,)):
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author,
            kind=ActKind.ALERT,
            done=kind,
            after=str(incident),
            note=detail,
        )


def _readings(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = (
        "SELECT changed_ns, changed_by, state, tag, value, ifnull(corrected, ''), time_ns FROM quarantine "
        "WHERE changed_by IS NOT NULL ORDER BY changed_ns DESC LIMIT ?"
    )
    units: Mapping[str, str] = {tag.name: tag.unit for tag in plant.tags}
    for changed_ns, author, state, tag, value, corrected, time_ns in rows(connection, sql, (limit,)):
        yield RecordedChange(
            recorded_ns=changed_ns,
            author=author,
            kind=ActKind.READING,
            done="dropped" if state == "dropped" else "replayed",
            unit=units.get(tag, ""),
            start_ns=time_ns,
            before=value,
            after="" if state == "dropped" else corrected or value,
            note=tag,
        )


def _signatures(connection: apsw.Connection, plant: Plant, limit: int) -> Iterator[RecordedChange]:
    sql = "SELECT recorded_ns, user, full_name, day, scope, note FROM signature ORDER BY id DESC LIMIT ?"
    for recorded_ns, user, full_name, day, scope, note in rows(connection, sql, (limit,)):
        start_ns, end_ns = _day(plant, day)
        yield RecordedChange(
            recorded_ns=recorded_ns,
            author=author_of(user, full_name),
            kind=ActKind.SIGNATURE,
            shop=scope if scope in plant.shops else ALL,
            start_ns=start_ns,
            end_ns=end_ns,
            note=note,
        )


def _day(plant: Plant, day: int) -> tuple[int, int]:
    return stamp_ns(plant.zone, date.fromordinal(day)), stamp_ns(plant.zone, date.fromordinal(day + 1))


def _month(plant: Plant, month: int) -> tuple[int, int]:
    return stamp_ns(plant.zone, date.fromordinal(month)), stamp_ns(plant.zone, date.fromordinal(shifted(month, 1)))


_READERS: dict[ActKind, Reader] = {
    ActKind.FIGURE: _figures,
    ActKind.UNDOING: _undoings,
    ActKind.PLAN: _plans,
    ActKind.REPAIR: _repairs,
    ActKind.ADJUSTMENT: _adjustments,
    ActKind.CLOSING: _closings,
    ActKind.REOPENING: _reopenings,
    ActKind.REASON: _reasons,
    ActKind.ALERT: _alerts,
    ActKind.READING: _readings,
    ActKind.SIGNATURE: _signatures,
    ActKind.MEASURE: measure_changes,
    ActKind.MILESTONE: milestone_changes,
    ActKind.ACCIDENT: accident_changes,
}
