"""Roll-up of bucket sums into rows of `output_hour` and `output_day` for units, shops and the site.

A row says what is known. A bucket in which nothing was read or counted has no row, for missing is never zero; one that
was read, and where nothing grew, has a row of 0 t. A coarse increment counts only in a bucket that holds it whole.
A total adds one product over units; it never adds a product to its parts or to what it is made from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.calendar import NS, day_bounds, hours_between, production_day, stamp_ns
from models.codes import FigureStatus, TagKind
from models.completeness import mean_pct, slot_share
from models.increment import BUCKET_S, GRAMS_PER_TONNE, IncrementFlag
from models.plant import Plant, Tag
from models.table import Row, RowKey

HOUR_TABLE = "output_hour"
DAY_TABLE = "output_day"
ALL = "all"


@dataclass(frozen=True, slots=True)
class BucketSum:
    """The sum of a counter's increments over one ledger bucket [start_s, end_s) (UTC seconds).

    A bucket is one of BUCKET_S, or the span of a COARSE increment. `readings` are good readings, for completeness: in a
    wider bucket they are taken as evenly spread. `flags` are those of all its increments together.
    """

    tag: str
    unit: str
    product: str
    start_s: int
    end_s: int
    grams: int
    readings: int
    flags: IncrementFlag = IncrementFlag.NONE


@dataclass(frozen=True)
class OutputPlan:
    """Which counters make up which figure. Build it once for a plant."""

    plant: Plant

    @cached_property
    def counters(self) -> Mapping[tuple[str, str], tuple[Tag, ...]]:
        """The counting tags by (unit, product), in the order of the plant's tags."""
        found: dict[tuple[str, str], list[Tag]] = {}
        for tag in self.plant.tags:
            if tag.product is not None and tag.kind in (TagKind.TOTALIZER, TagKind.EVENT):
                found.setdefault((tag.unit, tag.product), []).append(tag)
        return {key: tuple(tags) for key, tags in found.items()}

    @cached_property
    def shop_totals(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The units that a shop's total adds, by (shop, product)."""
        found: dict[tuple[str, str], list[str]] = {}
        for unit, product in self.counters:
            found.setdefault((self.plant.units[unit].shop, product), []).append(unit)
        return {key: tuple(units) for key, units in found.items()}

    @cached_property
    def site_totals(self) -> Mapping[str, tuple[str, ...]]:
        """The units that the site's total adds, by product: where it is reported `counted_at`, else all."""
        counted_at: dict[str, set[str]] = {}
        for reported in self.plant.reported:
            counted_at.setdefault(reported.product, set()).update(reported.counted_at)
        found: dict[str, list[str]] = {}
        for unit, product in self.counters:
            if unit in counted_at.get(product, {unit}):
                found.setdefault(product, []).append(unit)
        return {product: tuple(units) for product, units in found.items()}

    def affected_hours(self, start_s: int, end_s: int) -> list[tuple[int, int]]:
        """[start_ns, end_ns) of the hour buckets that share time with [start_s, end_s)."""
        return hours_between(self.plant.zone, start_s * NS, end_s * NS)

    def affected_days(self, unit: str, start_s: int, end_s: int) -> list[date]:
        """The production dates, of the unit's shop, that share time with [start_s, end_s)."""
        calendar = self.plant.shops[self.plant.units[unit].shop].calendar
        first = production_day(calendar, start_s * NS).toordinal()
        last = production_day(calendar, end_s * NS - 1).toordinal()
        return [date.fromordinal(day) for day in range(first, last + 1)]

    def day_range(self, day: date) -> tuple[int, int]:
        """[start_s, end_s) that holds production date `day` of every shop: the bucket sums that `day_rows` needs."""
        bounds = [day_bounds(shop.calendar, day) for shop in self.plant.shops.values()]
        return min(start for start, _ in bounds) // NS, max(end for _, end in bounds) // NS


@dataclass(frozen=True, slots=True)
class _Figure:
    """One unit's product in one bucket; grams None: nothing is known."""

    start_ns: int
    end_ns: int
    grams: int | None
    completeness_pct: float


def hour_rows(plan: OutputPlan, sums: Iterable[BucketSum], hour: tuple[int, int], *, now_ns: int) -> list[Row]:
    """All rows of `output_hour` for one hour bucket ([start_ns, end_ns), as `affected_hours` gives it).

    `sums` are at least the bucket sums that lie in the hour; others are passed over. A published row of this hour
    that is not among the result is to be withdrawn.
    """
    by_counter = _by_counter(sums)
    figures = {key: _figure(tags, by_counter, *hour, now_ns) for key, tags in plan.counters.items()}
    return _rows(plan, HOUR_TABLE, hour[0], figures)


def day_rows(plan: OutputPlan, sums: Iterable[BucketSum], day: date, *, now_ns: int) -> list[Row]:
    """All rows of `output_day` for production date `day`, each unit by the calendar of its shop.

    `sums` are at least the bucket sums in `plan.day_range(day)`. Every row is stamped with local midnight of the date
    in the site's zone. A published row with that stamp that is not among the result is to be withdrawn.
    """
    by_counter = _by_counter(sums)
    bounds = {code: day_bounds(shop.calendar, day) for code, shop in plan.plant.shops.items()}
    figures = {
        (unit, product): _figure(tags, by_counter, *bounds[plan.plant.units[unit].shop], now_ns)
        for (unit, product), tags in plan.counters.items()
    }
    return _rows(plan, DAY_TABLE, stamp_ns(plan.plant.zone, day), figures)


def _by_counter(sums: Iterable[BucketSum]) -> dict[tuple[str, str], list[BucketSum]]:
    found: dict[tuple[str, str], list[BucketSum]] = {}
    for item in sums:
        found.setdefault((item.tag, item.product), []).append(item)
    return found


def _figure(
    tags: Sequence[Tag],
    by_counter: Mapping[tuple[str, str], Sequence[BucketSum]],
    start_ns: int,
    end_ns: int,
    now_ns: int,
) -> _Figure:
    start_s, end_s = start_ns // NS, end_ns // NS
    grams, known, shares = 0, False, []
    for tag in tags:
        inside = [
            item
            for item in by_counter.get((tag.name, tag.product or ""), ())
            if item.unit == tag.unit and start_s <= item.start_s and item.end_s <= end_s
        ]
        grams += sum(item.grams for item in inside)
        known = known or any(item.readings > 0 or item.grams for item in inside)
        readings: dict[int, int] = {}
        for item in inside:
            slots = range(item.start_s, item.end_s, BUCKET_S)
            for slot_s in slots if item.readings else ():
                readings[slot_s] = readings.get(slot_s, 0) + item.readings // len(slots)
        shares.append(slot_share(readings, tag.cadence_s, start_s, end_s, now_ns))
    return _Figure(start_ns, end_ns, grams if known else None, mean_pct(shares))


def _rows(plan: OutputPlan, table: str, time_ns: int, figures: Mapping[tuple[str, str], _Figure]) -> list[Row]:
    units = plan.plant.units
    groups: list[tuple[str, str, str, str, Sequence[str]]] = [
        *(("unit", units[unit].shop, unit, product, (unit,)) for unit, product in plan.counters),
        *(("shop", shop, ALL, product, members) for (shop, product), members in plan.shop_totals.items()),
        *(("site", ALL, ALL, product, members) for product, members in plan.site_totals.items()),
    ]
    rows = []
    for level, shop, unit, product, members in groups:
        parts = [figures[member, product] for member in members]
        known = [part.grams for part in parts if part.grams is not None]
        if not known:
            continue
        tags = {"site": plan.plant.site, "shop": shop, "unit": unit, "product": product, "level": level}
        fields: dict[str, float | int | str] = {
            "actual_t": sum(known) / GRAMS_PER_TONNE,
            "completeness_pct": mean_pct([part.completeness_pct / 100 for part in parts]),
            "status": int(FigureStatus.OPERATIONAL),
            "start_ms": min(part.start_ns for part in parts) // 1_000_000,
            "end_ms": max(part.end_ns for part in parts) // 1_000_000,
        }
        rows.append(Row(RowKey.of(table, time_ns, tags), fields))
    return rows
