"""Reads out of a ledger what the split of a growth needs: books of two spans, and what is known of units' hours. SQL
and rows; the arithmetic is in `models.why`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.ledger import book_reader, configurations, outbox, stop_reasons
from collector.storage.ledger import detection as ledger_detection
from models.counting.output_plan import OutputPlan
from models.stated.stop_reason import StopReason
from models.tables.growth_span import Days
from models.tables.row_fields import DAY_TABLE
from models.why.book_time import KnownHours, WhySide
from models.why.caused_stop import caused_stops
from models.why.explained import explained
from models.why.product_why import ProductWhy, product_why
from models.works.calendar import NS, local_date, stamp_ns
from models.works.place import ALL, Place
from models.works.plant import Plant

UNPLANNED = "unplanned_stop_h"
"""The field of a unit's day that is there if the unit was watched all day: minutes are kept for a year, days for
ever."""


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
    now, base = (_side(connection, plant, days, asked) for days in (asked.days, asked.base))
    then = configurations.as_of(connection, stamp_ns(plant.zone, date.fromordinal(asked.base[1])))
    found = []
    for product in asked.products:
        if Place("site", ALL, ALL, product) in now.book.places.known | base.book.places.known:
            split = explained(now, base, product, (asked.days, asked.base), _redefined(plant, then, product))
            found.append(product_why(now, base, split))
    return found


def _side(connection: apsw.Connection, plant: Plant, days: Days, asked: AskedWhy) -> WhySide:
    plan = OutputPlan(plant)
    book = book_reader.read_span(connection, plan, days, now_ns=asked.now_ns)
    start_s = plan.day_range(date.fromordinal(days[0]))[0]
    end_s = plan.day_range(date.fromordinal(days[1] - 1))[1]
    drops = [drop for drop in ledger_detection.drops(connection, start_s, end_s) if drop.stands]
    stood = stop_reasons.reasoned(connection, drops)
    stops = caused_stops(stood, asked.reasons, min(asked.now_ns, end_s * NS))
    return WhySide(book, KnownHours(stops, _watched(connection, plant, days)))


def _watched(connection: apsw.Connection, plant: Plant, days: Days) -> Mapping[str, Collection[int]]:
    """By unit, the production dates on which it was watched all day, as the rows of the days have it."""
    span_ns = tuple(stamp_ns(plant.zone, date.fromordinal(day)) for day in days)
    found: dict[str, set[int]] = {}
    for key in outbox.keys_with_field(connection, DAY_TABLE, (span_ns[0], span_ns[1]), UNPLANNED):
        day = local_date(plant.zone, key.time_ns).toordinal()
        found.setdefault(dict(key.tags)["unit"], set()).add(day)
    return found


def _redefined(plant: Plant, then: Plant | None, product: str) -> tuple[str, str] | None:
    """The definitions of then and of now, if they are not the same."""
    if then is None or product not in then.products or product not in plant.products:
        return None
    before, after = (f"{each.products[product].definition} ({each.products[product].basis})" for each in (then, plant))
    return None if before == after else (before, after)
