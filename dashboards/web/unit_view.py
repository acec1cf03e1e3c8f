"""The page of one unit in one language, as plain values: what it does, its last day and its last month. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from dashboards.web.alerts_view import IncidentView
from dashboards.web.cards import CountedPlace, ProductCard, counted_card
from dashboards.web.drops import DropView, drop_views
from dashboards.web.growth_view import MonthBar
from dashboards.web.lamps import LampView, lamp_of
from dashboards.web.numbers import local, moment, number, with_unit
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from dashboards.web.whole_events import under_way_t
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.minutes.observed import MINUTE_S
from models.detection.watched import WatchedUnit, watched_units
from models.tables.desk_data import OutputPoint
from models.tables.unit_record import UnitRecord, WatchedDay
from models.works.calendar import NS
from models.works.localize import Language, localize_day
from models.works.plant import Unit

LEAST_SHOWN_MIN = 60
"""So much of the day is shown, however little of it was watched."""
MOST_EVENTS = 60
"""A mill rolls some hundred coils a day: the newest stand here, all of them are in the database."""


@dataclass(frozen=True, slots=True)
class Band:
    """A span of minutes [start, end) of the plot in which something held. `kind` is stopped, slow, planned, silent or
    unwatched."""

    start: int
    end: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One unit's activity, a number for each minute in percent of its nominal; None where none came."""

    name: str
    pct: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class DayPlot:
    """The last 24 hours, minute by minute. `clock`: how each minute is written; `traces`: the unit's own first.
    `limit_pct`: below this share of the nominal it counts as standing. `spans`: the bands in words."""

    clock: tuple[str, ...]
    traces: tuple[Trace, ...]
    bands: tuple[Band, ...]
    limit_pct: float
    about: str
    spans: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MonthPlot:
    """The last 30 days of one product."""

    product: str
    name: str
    definition: str
    bars: tuple[MonthBar, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """The whole page. `plot`: None for a unit that no signal watches. Each line of `events`, `corrections` and
    `repairs` has the cells of its table. `incidents`: the open ones that concern the unit."""

    unit: str
    name: str
    shop: str
    lamp: LampView
    cards: tuple[ProductCard, ...]
    plot: DayPlot | None
    drops: tuple[DropView, ...]
    days: tuple[MonthPlot, ...]
    events: tuple[tuple[str, ...], ...]
    repairs: tuple[tuple[str, ...], ...]
    corrections: tuple[tuple[str, ...], ...]
    incidents: tuple[IncidentView, ...] = ()


def unit_view(snapshot: Snapshot, record: UnitRecord, language: Language) -> UnitView:
    """The page at the snapshot's instant. Raises KeyError for a unit that the plant does not have."""
    plant = snapshot.plant
    unit = plant.units[record.unit]
    shop = plant.shops[unit.shop]
    products = _products(snapshot, record)
    slow = (drop for drop in record.drops if not drop.stands)
    own_drops = replace(snapshot, drops=[*slow, *(stop.whole for stop in record.stops)])
    return UnitView(
        unit=unit.code,
        name=unit.name(language),
        shop=shop.names.get(language) or shop.names["en"],
        lamp=lamp_of(snapshot, unit, language),
        cards=tuple(_card(snapshot, record, unit, product, language) for product in products),
        plot=_plot(snapshot, record, language),
        drops=drop_views(own_drops, language, record.stops),
        days=tuple(_month(snapshot, record, product, language) for product in products),
        events=tuple(_events(snapshot, record, language)),
        repairs=tuple(_repairs(snapshot, record, language)),
        corrections=tuple(_corrections(snapshot, record, language)),
    )


def _products(snapshot: Snapshot, record: UnitRecord) -> list[str]:
    """What the unit makes, the main product first."""
    plant = snapshot.plant
    counted = [tag.product for tag in plant.tags if tag.unit == record.unit and tag.product is not None]
    known = [point.product for point in (*record.days, *record.hours)]
    targets = plant.units[record.unit].daily_target_t
    found = [product for product in dict.fromkeys((*counted, *known)) if product in plant.products]
    return sorted(found, key=lambda product: -targets.get(product, 0.0))


def _card(snapshot: Snapshot, record: UnitRecord, unit: Unit, product: str, language: Language) -> ProductCard:
    calendar = snapshot.plant.shops[unit.shop].calendar
    under_way = under_way_t(snapshot, product, [unit.code])
    return counted_card(snapshot, CountedPlace(product, calendar, record.days, record.hours, under_way), language)


def _plot(snapshot: Snapshot, record: UnitRecord, language: Language) -> DayPlot | None:
    if not record.watched:
        return None
    units = watched_units(snapshot.plant, snapshot.plant.detection)
    begin = _begin(record.watched[0])
    days = [day.since(begin) for day in record.watched]
    own = days[0]
    bands = tuple(_bands(record, own, language))
    zone, now_ns = snapshot.plant.zone, snapshot.now_ns
    times = [moment((own.start_s + minute * MINUTE_S) * NS, now_ns, zone) for minute in range(len(own.heard) + 1)]
    activity = units[own.unit].activity
    traces = [trace for day in days if (trace := _trace(units[day.unit], day, language)) is not None]
    signal = "" if activity is None else activity.name(language) or ""
    return DayPlot(
        clock=tuple(times[:-1]),
        traces=tuple(traces),
        bands=bands,
        limit_pct=units[own.unit].rules.stop_pct,
        about=text("activity_of_nominal", language) + (f": {signal}" if signal else "") if traces else "",
        spans=tuple((f"{times[band.start]} - {times[band.end]}", band.name) for band in bands),
    )


def _begin(own: WatchedDay) -> int:
    """The minute from which on there is something to see: a collector that began an hour ago watched no day."""
    first = int(own.watched.argmax()) if own.watched.any() else len(own.watched)
    return min(first, max(len(own.watched) - LEAST_SHOWN_MIN, 0))


def _trace(unit: WatchedUnit, day: WatchedDay, language: Language) -> Trace | None:
    if unit.activity is None:
        return None
    pct = day.activity / unit.activity.nominal * 100
    return Trace(unit.name(language), tuple(None if value != value else round(value, 1) for value in pct.tolist()))


def _bands(record: UnitRecord, own: WatchedDay, language: Language) -> Iterator[Band]:
    """What is planned lies below, what was found above it; where nobody watched, nothing was found."""
    minutes = len(own.heard)

    def span(start_s: float, end_s: float) -> tuple[int, int]:
        first, last = (int(at_s - own.start_s) // MINUTE_S for at_s in (start_s, end_s))
        return max(first, 0), min(last, minutes)

    for repair in record.repairs:
        start, end = span(repair.start_ns / NS, repair.end_ns / NS)
        if start < end:
            yield Band(start, end, "planned", text("state_3", language))
    for drop in record.drops:
        start, end = span(drop.start_s, record.read_ns // NS if drop.end_s is None else drop.end_s)
        if start < end:
            kind = "stopped" if drop.stands else "slow"
            yield Band(start, end, kind, text("state_2" if drop.stands else "state_1", language))
    for start, end in _runs(own.watched & ~own.heard):
        yield Band(start, end, "silent", text("source_down", language))
    # The minute that runs is not observed yet.
    for start, end in _runs(~own.watched[: minutes - 1]):
        yield Band(start, end, "unwatched", text("not_watched", language))


def _runs(flags: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[tuple[int, int]]:
    """The spans [start, end) of the minutes that are marked."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _month(snapshot: Snapshot, record: UnitRecord, product: str, language: Language) -> MonthPlot:
    shown = snapshot.plant.products[product]
    scale = 1000 if shown.display_unit == "kt" else 1
    unit = text("unit_kt" if scale == 1000 else "unit_t", language)
    days = sorted((point for point in record.days if point.product == product), key=lambda point: point.time_ns)
    bars = tuple(_day_bar(snapshot, point, (scale, unit), language) for point in days)
    return MonthPlot(product, shown.name(language), shown.defined(language), bars)


def _day_bar(snapshot: Snapshot, point: OutputPoint, display: tuple[int, str], language: Language) -> MonthBar:
    scale, unit = display
    day = local(point.time_ns, snapshot.plant.zone)
    actual, target = (None if value is None else value / scale for value in (point.actual_t, point.target_t))
    decimals = 2 if scale == 1000 else 0
    tip = [
        localize_day(day.date(), language),
        f"{text('actual', language)}: {with_unit(actual, unit, language, decimals)}",
    ]
    if target is not None:
        tip.append(f"{text('target', language)}: {with_unit(target, unit, language, decimals)}")
    if actual is not None and target:
        tip.append(f"{text('attainment', language)}: {with_unit(100 * actual / target, '%', language, 1)}")
    if point.completeness_pct is not None:
        tip.append(f"{text('completeness', language)}: {with_unit(point.completeness_pct, '%', language, 1)}")
    running = point.start_ns <= snapshot.now_ns < point.end_ns
    return MonthBar(f"{day:%d.%m}", actual, target, running, "\n".join(tip))


def _events(snapshot: Snapshot, record: UnitRecord, language: Language) -> Iterator[tuple[str, ...]]:
    """The newest first: when it ended, its number, what it was, and its tonnes."""
    plant = snapshot.plant
    for event in sorted(record.events, key=lambda event: -event.end_ns)[:MOST_EVENTS]:
        product = plant.products.get(event.product)
        yield (
            moment(event.end_ns, snapshot.now_ns, plant.zone),
            event.key,
            event.product if product is None else product.name(language),
            number(Decimal(event.grams) / GRAMS_PER_TONNE, language, 3),
        )


def _repairs(snapshot: Snapshot, record: UnitRecord, language: Language) -> Iterator[tuple[str, ...]]:
    zone = snapshot.plant.zone
    for repair in reversed(record.repairs):
        begin, end = (moment(at_ns, snapshot.now_ns, zone) for at_ns in (repair.start_ns, repair.end_ns))
        yield f"{begin} - {end}", text(f"repair_{repair.kind.value}", language), repair.approved_by


def _corrections(snapshot: Snapshot, record: UnitRecord, language: Language) -> Iterator[tuple[str, ...]]:
    """The newest first: the day concerned, the product, signed tonnes, who, why, and its name."""
    plant = snapshot.plant
    for item in reversed(record.corrections):
        product = plant.products.get(item.product)
        shown = number(Decimal(item.grams) / GRAMS_PER_TONNE, language, 3)
        yield (
            localize_day(date.fromordinal(item.day), language),
            item.product if product is None else product.name(language),
            f"+{shown}" if item.grams > 0 else shown,
            item.author,
            item.reason,
            item.name,
        )
