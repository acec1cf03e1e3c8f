"""One reported product on the page: today's output against its target, and its hours. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from dashboards.web.numbers import local, number, with_unit
from dashboards.web.snapshot import Snapshot, figures_of_ns
from dashboards.web.texts import text
from dashboards.web.whole_events import under_way_t
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.desk_data import OutputPoint
from models.tables.so_far import SoFar, completeness_at, so_far
from models.works.calendar import HOUR_NS, day_bounds, production_day, stamp_ns
from models.works.limits import DEFAULT_PACE, OutputLimits
from models.works.localize import Language, localize_day
from models.works.plant import Calendar, Plant, Reported


@dataclass(frozen=True, slots=True)
class HourBar:
    """One hour of the production day. `actual` is None if it is not known, and `missing` says that it should be by now.

    `label` is the local hour at which it starts, `tip` are the lines of its tooltip, `running`: it is not over yet.
    """

    label: str
    tip: tuple[str, ...]
    actual: float | None
    target: float | None
    missing: bool
    running: bool


@dataclass(frozen=True, slots=True)
class HourChart:
    """The hours of one production day in the product's display unit. `target_text`: the targets of an hour among them,
    the least and the largest; "" without."""

    bars: tuple[HourBar, ...]
    target_text: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """Everything that one card shows, as texts; `exact_t` is today's output in tonnes to the kilogram, or None.

    `target_so_far` and `attainment` are of the hours that were watched, up to where watching ended; of too few there is
    no verdict. `fill_pct` (0-100) is the output's share of the day's target and `mark_pct` where it should stand by
    now; None if unknown. `level` is ok, behind, low or unknown.
    """

    product: str
    name: str
    definition: str
    day: str
    actual: str
    unit: str
    exact_t: str | None
    target: str
    target_so_far: str
    attainment: str
    completeness: str
    level: str
    fill_pct: float | None
    mark_pct: float | None
    chart: HourChart


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A product at one place: the published `days` and `hours` of that place alone. `under_way_t`: what the heats, taps
    or coils that are being made may weigh, so that being behind by as much is no shortfall."""

    product: str
    calendar: Calendar
    days: Sequence[OutputPoint]
    hours: Sequence[OutputPoint]
    under_way_t: float


def product_card(snapshot: Snapshot, reported: Reported, language: Language) -> ProductCard:
    """The card of one reported product at the snapshot's instant."""
    counted = CountedPlace(
        reported.product,
        counting_calendar(snapshot.plant, reported),
        [row for row in snapshot.days if row.level == "site"],
        [row for row in snapshot.hours if row.level == "site"],
        under_way_t(snapshot, reported.product, reported.counted_at),
    )
    return counted_card(snapshot, counted, language)


def counted_card(snapshot: Snapshot, counted: CountedPlace, language: Language) -> ProductCard:
    """The card of a product at a place, at the snapshot's instant."""
    plant, now_ns = snapshot.plant, snapshot.now_ns
    calendar = counted.calendar
    today = production_day(calendar, now_ns)
    start_ns, end_ns = day_bounds(calendar, today)
    row = _today(counted.days, counted.product, stamp_ns(plant.zone, today))
    actual_t = row.actual_t if row else None
    # Grams are whole, so three decimals of a tonne are exact: what a float carries beyond them is its own noise.
    exact = None if actual_t is None else Decimal(round(actual_t * GRAMS_PER_TONNE)) / GRAMS_PER_TONNE
    target_t = row.target_t if row else None
    hours = _hours(counted.hours, counted.product, (start_ns, end_ns))
    at_ns, watched_ns = figures_of_ns(snapshot)
    watched = so_far(hours.values(), watched_ns)
    so_far_t = None if watched.due_t is None else float(watched.due_t)
    pct = watched.attainment_pct
    product = plant.products[counted.product]
    scale = 1000 if product.display_unit == "kt" else 1
    # 0.01 kt is 10 t: a single heat or coal train still shows.
    decimals = 2 if product.display_unit == "kt" else 0
    unit = text(f"unit_{'kt' if scale == 1000 else 't'}", language)

    def shown(tonnes: float | None) -> float | None:
        return None if tonnes is None else tonnes / scale

    return ProductCard(
        product=counted.product,
        name=product.name(language),
        definition=product.defined(language),
        day=_day_text(today, start_ns, calendar, language),
        actual=number(None if exact is None else exact / scale, language, decimals),
        unit="" if actual_t is None else unit,
        exact_t=None if exact is None else f"{exact:.3f}",
        target=with_unit(shown(target_t), unit, language, decimals),
        target_so_far=with_unit(shown(so_far_t), unit, language, decimals),
        attainment=with_unit(pct, "%", language, 1) if watched.enough else text("too_little_watched", language),
        completeness=with_unit(completeness_at(row, watched_ns, at_ns) if row else None, "%", language, 1),
        level=_level(pct, plant.limits, _spared_pct(watched, counted.under_way_t)),
        fill_pct=_share(actual_t, target_t),
        mark_pct=_share(so_far_t, target_t),
        chart=_hour_chart(
            hours, _Clock(calendar.zone, start_ns, end_ns, at_ns, watched_ns), (scale, unit, decimals), language
        ),
    )


def _hours(rows: Iterable[OutputPoint], product: str, bounds_ns: tuple[int, int]) -> dict[int, OutputPoint]:
    """The published hours of the day, by their start."""
    return {row.start_ns: row for row in rows if row.product == product and bounds_ns[0] <= row.start_ns < bounds_ns[1]}


def counting_calendar(plant: Plant, reported: Reported) -> Calendar:
    """The calendar of the first shop that counts the product: a card shows one production day."""
    return plant.shops[plant.units[reported.counted_at[0]].shop].calendar


def _today(rows: Iterable[OutputPoint], product: str, time_ns: int) -> OutputPoint | None:
    for row in rows:
        if row.product == product and row.time_ns == time_ns:
            return row
    return None


def _day_text(today: date, start_ns: int, calendar: Calendar, language: Language) -> str:
    shown = f"{text('production_day', language)} {localize_day(today, language)}"
    if not (calendar.day_start.hour or calendar.day_start.minute):
        return shown
    return f"{shown}, {text('day_from', language)} {local(start_ns, calendar.zone):%H:%M}"


def _spared_pct(watched: SoFar, under_way_t: float) -> float:
    """In percent of what is due, by how much a product may be behind though all its units work."""
    return 100 * under_way_t / float(watched.due_t) if watched.due_t else 0.0


def _level(pct: Decimal | None, limits: OutputLimits, spared_pct: float) -> str:
    """A product is on target if a month at this pace would raise no warning, and low if most units would raise one.

    A heat that is late by its own length is no shortfall: in the morning it is a tenth of what is due.
    """
    if pct is None:
        return "unknown"
    best_pct = float(pct) + spared_pct
    if best_pct >= limits.forecast_warn_pct:
        return "ok"
    return "behind" if best_pct >= DEFAULT_PACE.raise_pct else "low"


def _share(part_t: float | None, whole_t: float | None) -> float | None:
    if part_t is None or not whole_t:
        return None
    return round(min(max(part_t / whole_t * 100, 0.0), 100.0), 1)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The production day [start_ns, end_ns) on the clocks of `zone`, the present instant, and until when anybody
    watched (UTC ns)."""

    zone: ZoneInfo
    start_ns: int
    end_ns: int
    now_ns: int
    watched_ns: int


def _hour_chart(
    rows: Mapping[int, OutputPoint], clock: _Clock, display: tuple[int, str, int], language: Language
) -> HourChart:
    scale, unit, decimals = display
    # An hour is a small part of a day: one decimal more in kt.
    decimals = decimals + 1 if scale == 1000 else decimals
    bars = []
    for hour_ns in range(clock.start_ns, clock.end_ns, HOUR_NS):
        until_ns = min(hour_ns + HOUR_NS, clock.end_ns)
        row = rows.get(hour_ns)
        actual = row.actual_t / scale if row and row.actual_t is not None else None
        target = row.target_t / scale if row and row.target_t is not None else None
        running = hour_ns <= clock.now_ns < until_ns
        heading = f"{local(hour_ns, clock.zone):%H:%M} - {local(until_ns, clock.zone):%H:%M}"
        tip = [f"{heading}, {text('running_hour', language)}" if running else heading]
        if hour_ns <= clock.now_ns:
            tip.append(f"{text('actual', language)}: {with_unit(actual, unit, language, decimals)}")
        if target is not None:
            tip.append(f"{text('target', language)}: {with_unit(target, unit, language, decimals)}")
        if row and row.completeness_pct is not None:
            full = with_unit(completeness_at(row, clock.watched_ns, clock.now_ns), "%", language, 1)
            tip.append(f"{text('completeness', language)}: {full}")
        missing = actual is None and until_ns <= clock.now_ns
        bars.append(HourBar(f"{local(hour_ns, clock.zone):%H}", tuple(tip), actual, target, missing, running))
    targets = [bar.target for bar in bars if bar.target is not None]
    ends = dict.fromkeys(number(end, language, decimals) for end in (min(targets), max(targets))) if targets else ()
    return HourChart(tuple(bars), f"{text('target', language)} {' - '.join(ends)}" if ends else "")
