"""Whether the figures of the page are those of the simulator's book. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.web.cards import HourBar, ProductCard, counting_calendar
from models.tables.desk_data import OutputPoint
from models.works.calendar import day_bounds, production_day
from models.works.plant import Plant, Reported
from tests.support.soak.book import NS, SoakBook

LATE_S = 40
"""So old a figure may be: read every five seconds, counted, rolled up every two seconds, read again."""
EDGE_T = 12.0
"""What a belt carries over a strike of the clock between two readings is shared out by time."""
WHOLE_PCT = 97.0
"""Completeness of a span that was watched all the time: polls drift against the edges of slots."""
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Between:
    """What a figure may be, in tonnes."""

    least_t: float
    most_t: float

    def holds(self, shown_t: float) -> bool:
        return self.least_t - 0.001 <= shown_t <= self.most_t + 0.001


def expected(book: SoakBook, reported: Reported, span_s: tuple[int, int], now_s: int) -> Between:
    """What was made in a span up to now, as far as it can be known."""
    least = most = 0.0
    start_s, end_s = span_s
    for unit in reported.counted_at:
        unheard = book.unheard(unit, now_s)
        known_s = now_s - LATE_S
        for begin_s, over_s in unheard:
            if begin_s - LATE_S < known_s <= over_s + 3 * LATE_S:
                known_s = begin_s - LATE_S
        made = book.made_g(unit, reported.product, start_s, min(end_s, now_s)) / 1e6
        least += book.made_g(unit, reported.product, start_s, max(min(end_s, known_s), start_s)) / 1e6
        most += made
        for begin_s, over_s in unheard:
            # What grew unheard is shared out by time when it is known.
            if begin_s - LATE_S < end_s and over_s + LATE_S > start_s and not start_s <= begin_s <= over_s <= end_s:
                apart = book.made_g(unit, reported.product, begin_s - LATE_S, min(over_s + LATE_S, now_s)) / 1e6
                least, most = least - apart, most + apart
    edge_t = EDGE_T if book.made_g(reported.counted_at[0], reported.product, start_s, start_s + 60) else 0.0
    return Between(least - edge_t, most + edge_t)


def false_card(
    plant: Plant, reported: Reported, card: ProductCard, hours: list[OutputPoint], book: SoakBook, now_s: int
) -> Iterator[str]:
    """What a card shows of today that the book does not say."""
    calendar = counting_calendar(plant, reported)
    start_ns, end_ns = day_bounds(calendar, production_day(calendar, now_s * NS))
    start_s, end_s = start_ns // NS, end_ns // NS
    name = reported.product
    wanted = expected(book, reported, (start_s, end_s), now_s)
    if card.exact_t is None:
        if now_s - start_s > 2 * LATE_S and not _all_unheard(book, reported, start_s, now_s):
            yield f"{name}: today is unknown, and the book has {wanted}"
    elif not wanted.holds(float(card.exact_t)):
        yield f"{name}: today is {card.exact_t}, and the book has {wanted}"
    yield from _false_bars(card.chart.bars, (start_s, end_s), (reported, book, now_s))
    yield from _false_completeness(card, start_s, (reported, book, now_s))
    yield from _false_attainment(card, hours, (reported, book, now_s))


def _false_bars(bars: tuple[HourBar, ...], day_s: tuple[int, int], of: tuple[Reported, SoakBook, int]) -> Iterator[str]:
    reported, book, now_s = of
    for number, bar in enumerate(bars):
        span_s = day_s[0] + number * HOUR_S, min(day_s[0] + (number + 1) * HOUR_S, day_s[1])
        what = f"{reported.product}: the hour {bar.label}"
        if span_s[0] > now_s:
            if bar.actual is not None:
                yield f"{what} has not come, and shows {bar.actual}"
            continue
        wanted = expected(book, reported, span_s, now_s)
        if bar.actual is None:
            if now_s - span_s[0] > 2 * LATE_S and not _all_unheard(book, reported, span_s[0], min(span_s[1], now_s)):
                yield f"{what} is unknown, and the book has {wanted}"
        elif not wanted.holds(bar.actual):
            yield f"{what} shows {bar.actual:.3f}, and the book has {wanted}"
        if bar.running != (span_s[0] <= now_s < span_s[1]):
            yield f"{what} runs: {bar.running}"


def _false_completeness(card: ProductCard, start_s: int, of: tuple[Reported, SoakBook, int]) -> Iterator[str]:
    reported, book, now_s = of
    pct = number_of(card.completeness)
    gone_s = now_s - start_s
    if gone_s < 1200:
        return
    unread = book.unread(now_s)
    lost = _overlap(unread, start_s, now_s) / gone_s * 100
    slots = 600 * len(unread) / gone_s * 100
    if pct is None or not WHOLE_PCT - lost - slots <= pct <= 100.0 - max(lost - slots, 0.0):
        yield f"{reported.product}: completeness is {card.completeness}, and {lost:.1f} % was not watched"


def _false_attainment(card: ProductCard, hours: list[OutputPoint], of: tuple[Reported, SoakBook, int]) -> Iterator[str]:
    """Attainment against what the book says of the hours that were watched, and the colour against attainment."""
    reported, book, now_s = of
    made = Between(0.0, 0.0)
    due_t = 0.0
    for row in hours:
        if row.target_t is None or row.start_ns // NS >= now_s or (row.completeness_pct or 0.0) < 75.0:
            continue
        span_s = row.start_ns // NS, row.end_ns // NS
        each = expected(book, reported, span_s, now_s)
        made = Between(made.least_t + each.least_t, made.most_t + each.most_t)
        due_t += row.target_t * (min(now_s, span_s[1]) - span_s[0]) / (span_s[1] - span_s[0])
    pct = number_of(card.attainment)
    if pct is None or due_t <= 0:
        if card.level in ("low", "behind"):
            yield f"{reported.product}: {card.level} without attainment"
        return
    # What was made while nobody watched is counted with the next reading, and was due of nobody.
    day_s = min(row.start_ns for row in hours) // NS
    watched = 1 - _overlap(book.unread(now_s), day_s, now_s) / max(now_s - day_s, 1)
    low, high = made.least_t / due_t * 100 - 0.2, made.most_t / (due_t * watched) * 100 + 0.2
    if not low <= pct <= high:
        yield f"{reported.product}: attainment is {card.attainment}, and the book has {low:.1f} to {high:.1f}"


def number_of(shown: str) -> float | None:
    """The number in a text of the page; None if it holds none. A space or a comma may stand between thousands."""
    digits = shown.replace("\u00a0", "").replace("\u202f", "").strip("%tт ")
    try:
        return float(digits.replace(",", "") if "." in digits or (digits.count(",") and len(digits) > 4) else digits)
    except ValueError:
        return None


def _overlap(spans: list[tuple[int, int]], start_s: int, end_s: int) -> int:
    return sum(max(0, min(over_s, end_s) - max(begin_s, start_s)) for begin_s, over_s in spans)


def _all_unheard(book: SoakBook, reported: Reported, start_s: int, end_s: int) -> bool:
    """Whether nothing of a product was heard in nearly all of a span."""
    return all(
        _overlap(book.unheard(unit, end_s), start_s, end_s) > end_s - start_s - 4 * LATE_S
        for unit in reported.counted_at
    )
