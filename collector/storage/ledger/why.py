"""Reads out of a ledger what the split of a growth needs: books of two spans, and what is known of units' hours. SQL
and rows; the arithmetic is in `models.why`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.file.sql import value
from collector.storage.ledger import book_reader, configurations, measures, outbox, stop_reasons
from collector.storage.ledger import detection as ledger_detection
from models.counting.output_plan import OutputPlan
from models.stated.good_output import GoodByMonth, good_by_month
from models.stated.stop_reason import StopReason
from models.tables.growth_span import Days
from models.tables.row_fields import DAY_TABLE
from models.why.book_time import KnownHours, WhySide
from models.why.caused_stop import caused_stops
from models.why.explained import explained
from models.why.growth_rows import GrowthBase, growth_rows, month_spans
from models.why.product_why import ProductWhy, product_why
from models.why.stop_losses import ProductLosses, product_losses
from models.works.calendar import HOUR_NS, NS, local_date, stamp_ns
from models.works.month import month_of, shifted
from models.works.place import ALL, Place
from models.works.plant import Plant
from models.works.table import Row

UNPLANNED = "unplanned_stop_h"
"""The field of a unit's day that is there if the unit was watched all day: minutes are kept for a year, days for
ever."""


STATED = ("figure", "repair", "adjustment", "month_close", "month_reopening", "stop_statement", "configuration")
"""The tables of what people state, each with a growing id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWhy:
    """The production dates `days` beside `base`, each [first, end); `products`: by code, in their order. `reasons`:
    the reasons of stops of the works."""

    days: Days
    base: Days
    products: Sequence[str]
    reasons: Sequence[StopReason]
    now_ns: int


def read_why(connection: apsw.Connection, plant: Plant, asked: AskedWhy) -> list[ProductWhy]:
    """The split of each product that the books know, in the transaction of the connection."""
    now, base = (read_side(connection, plant, days, asked.reasons, asked.now_ns) for days in (asked.days, asked.base))
    before = _Before.of(connection, plant, asked.base)
    found = []
    for product in asked.products:
        if Place("site", ALL, ALL, product) in now.book.places.known | base.book.places.known:
            split = explained(now, base, product, (asked.days, asked.base), before.redefined(product))
            found.append(product_why(now, base, split))
    return found


def read_losses(connection: apsw.Connection, plant: Plant, asked: AskedWhy) -> list[ProductLosses]:
    """What stops cost of each product that the books know, over `asked.days`."""
    side = read_side(connection, plant, asked.days, asked.reasons, asked.now_ns)
    known, good = side.book.places.known, read_good(connection, plant)
    return [
        product_losses(side, product, asked.days, good)
        for product in asked.products
        if Place("site", ALL, ALL, product) in known
    ]


def read_good(connection: apsw.Connection, plant: Plant) -> GoodByMonth:
    """How much of the output of units was good, as it was entered of their months."""
    renamed = {old: unit.code for unit in plant.units.values() for old in unit.renamed_from}
    return good_by_month(measures.read(connection, {}), renamed)


def read_growth(connection: apsw.Connection, plant: Plant, reasons: Sequence[StopReason], now_ns: int) -> list[Row]:
    """The rows of growth_part of the month that runs and of the one before it."""
    if not plant.reported:
        return []
    running = month_of(local_date(plant.zone, now_ns).toordinal())
    months = shifted(running, -1), running
    spans = (shifted(running, -2), shifted(running, 1)), (shifted(running, -13), shifted(running, -11))
    now, last_year = (read_side(connection, plant, days, reasons, now_ns) for days in spans)
    found: list[Row] = []
    for month in months:
        for base in GrowthBase:
            compared = month_spans(month, base)
            before = _Before.of(connection, plant, compared[1])
            side = now if base is GrowthBase.MONTH_BEFORE else last_year
            for product in dict.fromkeys(reported.product for reported in plant.reported):
                split = explained(now, side, product, compared, before.redefined(product))
                found += growth_rows(plant, month, base, split)
    return found


def growth_since_ns(plant: Plant, now_ns: int) -> int:
    """The stamp of the first month whose rows are made anew."""
    running = month_of(local_date(plant.zone, now_ns).toordinal())
    return stamp_ns(plant.zone, date.fromordinal(shifted(running, -1)))


def growth_version(connection: apsw.Connection, now_ns: int) -> tuple[int, ...]:
    """Changes each hour, and with everything that people state of output, repairs and stops."""
    newest = (value(connection, f"SELECT ifnull(max(id), 0) FROM {table}") for table in STATED)  # noqa: S608
    return (now_ns // HOUR_NS, *(int(each) for each in newest))


def read_side(
    connection: apsw.Connection, plant: Plant, days: Days, reasons: Sequence[StopReason], now_ns: int
) -> WhySide:
    """The books of the production dates [first, end), and what is known of the hours of units in them."""
    plan = OutputPlan(plant)
    book = book_reader.read_span(connection, plan, days, now_ns=now_ns)
    start_s = plan.day_range(date.fromordinal(days[0]))[0]
    end_s = plan.day_range(date.fromordinal(days[1] - 1))[1]
    drops = [drop for drop in ledger_detection.drops(connection, start_s, end_s) if drop.stands]
    stood = stop_reasons.reasoned(connection, drops)
    stops = caused_stops(stood, reasons, min(now_ns, end_s * NS))
    return WhySide(book, KnownHours(stops, _watched(connection, plant, days)))


def _watched(connection: apsw.Connection, plant: Plant, days: Days) -> Mapping[str, Collection[int]]:
    """By unit, the production dates on which it was watched all day, as the rows of the days have it."""
    span_ns = tuple(stamp_ns(plant.zone, date.fromordinal(day)) for day in days)
    found: dict[str, set[int]] = {}
    for key in outbox.keys_with_field(connection, DAY_TABLE, (span_ns[0], span_ns[1]), UNPLANNED):
        day = local_date(plant.zone, key.time_ns).toordinal()
        found.setdefault(dict(key.tags)["unit"], set()).add(day)
    return found


@dataclass(frozen=True, slots=True)
class _Before:
    """The configuration by which the base was counted; None if none was kept."""

    plant: Plant
    then: Plant | None

    @staticmethod
    def of(connection: apsw.Connection, plant: Plant, base: Days) -> "_Before":
        return _Before(plant, configurations.as_of(connection, stamp_ns(plant.zone, date.fromordinal(base[1]))))

    def redefined(self, product: str) -> tuple[str, str] | None:
        """The definitions of then and of now, if they are not the same."""
        then, now = (None if each is None else each.products.get(product) for each in (self.then, self.plant))
        if then is None or now is None:
            return None
        before, after = (f"{each.definition} ({each.basis})" for each in (then, now))
        return None if before == after else (before, after)
