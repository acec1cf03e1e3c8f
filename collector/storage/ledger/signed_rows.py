"""The published rows of days and months as people signed them: refined while a signature holds, and no longer. SQL.

Whoever signs or publishes does it in one transaction with the status of the rows, so that a reader never finds a
signature beside rows that know nothing of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import apsw

from collector.storage.file.sql import rows, value
from collector.storage.ledger import outbox, signatures
from collector.storage.ledger.changes import number, set_number
from models.stated.signature import JudgedScope, scope_of
from models.tables.row_fields import DAY_TABLE, MONTH_TABLE, tonnes
from models.tables.signed_status import (
    PlaceTags,
    holding,
    signed_day_rows,
    signed_grams,
    signed_month_rows,
    signed_month_status,
    signed_status,
)
from models.works.calendar import date_bounds, local_date
from models.works.codes import FigureStatus
from models.works.month import length, month_of, shifted
from models.works.place import Place
from models.works.plant import Plant
from models.works.table import Row, RowKey

DAYS_AT_ONCE = 31
"""Signed days that one transaction of `catch_up` brings up to date: others may write between two of them."""
_SHOWN = "signature"
"""The number in `meta`: rows are as signed by all signatures up to it."""


def is_signed(connection: apsw.Connection, day: int) -> bool:
    """Whether anybody signed a production date (ordinal)."""
    return bool(value(connection, "SELECT EXISTS (SELECT 1 FROM signature WHERE day = ?)", (day,)))


def is_signed_month(connection: apsw.Connection, month: int) -> bool:
    """Whether somebody signed each day of a month (the ordinal of its first day)."""
    sql = "SELECT count(DISTINCT day) FROM signature WHERE day >= ? AND day < ?"
    return bool(value(connection, sql, (month, shifted(month, 1))) == length(month))


def publish(
    connection: apsw.Connection,
    plant: Plant,
    new: Sequence[Row],
    withdrawn: Sequence[RowKey],
    *,
    to_outbox: bool,
) -> None:
    """As `outbox.publish`. The rows of a signed day, or of a month of such days, have to be given whole: a signature
    that breaks concerns all that it stood under."""
    outbox.publish(connection, _as_signed(connection, plant, new, withdrawn), withdrawn, to_outbox=to_outbox)


def show(connection: apsw.Connection, plant: Plant, day: int) -> None:
    """Publish anew what a signature that was given now makes more final: rows of its day (an ordinal) and month."""
    image = _Image(connection, plant)
    found = signed_day_rows(image.rows(DAY_TABLE, day), plant.shops, image.judged(day))
    month = month_of(day)
    if is_signed_month(connection, month):
        found += signed_month_rows(image.rows(MONTH_TABLE, month), image.signed_grams(month))
    outbox.publish(connection, found, (), to_outbox=False)
    set_number(connection, _SHOWN, int(value(connection, "SELECT max(id) FROM signature")))


def is_behind(connection: apsw.Connection) -> bool:
    """Whether there are signatures that the rows do not show yet: those of a version that showed them nowhere."""
    return bool(value(connection, "SELECT ifnull(max(id), 0) FROM signature") > number(connection, _SHOWN))


def catch_up(connection: apsw.Connection, plant: Plant) -> None:
    """Show some of them, the oldest first."""
    sql = "SELECT id, day FROM signature WHERE id > ? ORDER BY id LIMIT ?"
    found = list(rows(connection, sql, (number(connection, _SHOWN), DAYS_AT_ONCE)))
    for day in {day for _, day in found}:
        show(connection, plant, day)
    set_number(connection, _SHOWN, max(number for number, _ in found))


def not_shown(connection: apsw.Connection, plant: Plant, day: int, judged: Iterable[JudgedScope]) -> list[Row]:
    """Published rows of a day under a signature that holds, and not refined."""
    holds = holding(judged)
    return [
        row
        for row in _Image(connection, plant).rows(DAY_TABLE, day)
        if scope_of(plant.shops, dict(row.key.tags)["shop"]) in holds
        and int(row.fields["status"]) < FigureStatus.REFINED
    ]


def month_grams(connection: apsw.Connection, plant: Plant, month: int) -> Mapping[PlaceTags, int]:
    """What was signed of a month, by place; nothing while one of its days is not, or a change of it is being
    counted."""
    if not is_signed_month(connection, month):
        return {}
    days = range(month, shifted(month, 1))
    return signed_grams([signatures.judged_day(connection, plant, day) for day in days])


def figure_status(
    connection: apsw.Connection,
    plant: Plant,
    days: tuple[int, int],
    place: Place,
    figure: tuple[int | None, FigureStatus],
) -> FigureStatus:
    """How final a figure (grams and the status of its source) is over the production dates [first, end): that of a day
    or a month as its published row. Nobody signs another span."""
    (first, end), (grams, status) = days, figure
    if grams is None:
        return status
    if end - first == 1:
        holds = holding(signatures.judged_day(connection, plant, first))
        return FigureStatus(signed_status(status, scope_of(plant.shops, place.shop), holds))
    if (first, end) != (month_of(first), shifted(month_of(first), 1)):
        return status
    signed = month_grams(connection, plant, first)
    tags = place.level, place.shop, place.unit, place.product
    return FigureStatus(signed_month_status(status, tags, tonnes(grams), signed))


class _Image:
    """The published rows as they will be, once `new` and `withdrawn` are published."""

    def __init__(
        self,
        connection: apsw.Connection,
        plant: Plant,
        new: Iterable[Row] = (),
        withdrawn: Iterable[RowKey] = (),
    ) -> None:
        self._connection, self._plant = connection, plant
        self._gone = frozenset(withdrawn)
        self._new: dict[tuple[str, int], dict[RowKey, Row]] = {}
        for row in new:
            self._new.setdefault((row.key.table, row.key.time_ns), {})[row.key] = row
        self._judged: dict[int, tuple[JudgedScope, ...]] = {}

    def rows(self, table: str, day: int) -> list[Row]:
        """Of a day, or of the month that begins with it."""
        start_ns, end_ns = date_bounds(self._plant.zone, date.fromordinal(day))
        found = {row.key: row for row in outbox.published(self._connection, table, start_ns, end_ns)}
        found |= self._new.get((table, start_ns), {})
        return [row for key, row in found.items() if key not in self._gone]

    def judged(self, day: int) -> tuple[JudgedScope, ...]:
        """The signatures of a day against these rows: what is still to be counted is not in them."""
        if day not in self._judged:
            image = self.rows(DAY_TABLE, day)
            self._judged[day] = signatures.judged_rows(self._connection, self._plant, day, image)
        return self._judged[day]

    def signed_grams(self, month: int) -> Mapping[PlaceTags, int]:
        """What was signed of a month."""
        return signed_grams([self.judged(day) for day in range(month, shifted(month, 1))])


def _as_signed(
    connection: apsw.Connection, plant: Plant, new: Sequence[Row], withdrawn: Sequence[RowKey]
) -> Iterator[Row]:
    image = _Image(connection, plant, new, withdrawn)
    by_span: dict[tuple[str, int], list[Row]] = {}
    for row in new:
        by_span.setdefault((row.key.table, row.key.time_ns), []).append(row)
    for (table, time_ns), found in by_span.items():
        if table not in (DAY_TABLE, MONTH_TABLE):
            yield from found
            continue
        day = local_date(plant.zone, time_ns).toordinal()
        if table == DAY_TABLE and is_signed(connection, day):
            yield from signed_day_rows(found, plant.shops, image.judged(day))
        elif table == MONTH_TABLE and is_signed_month(connection, day):
            yield from signed_month_rows(found, image.signed_grams(day))
        else:
            yield from found
