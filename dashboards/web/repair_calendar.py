"""The repairs of a shop over a month, as bars beside its units. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.web.entry_view import Entering
from dashboards.web.numbers import moment
from dashboards.web.texts import text
from models.stated.plan import Repair
from models.works.calendar import stamp_ns
from models.works.localize import localize_month
from models.works.month import shifted

MARK_EVERY = 7
"""Days between two numbers above the bars: a phone has no room for more."""


@dataclass(frozen=True, slots=True)
class RepairBar:
    """`left`, `width`: percent of the month. `lane`: from 0; two at one time have two. `words`: all that is known."""

    repair: Repair
    left: float
    width: float
    lane: int
    words: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One unit. `lanes`: how many of its bars lie above one another at most, at least 1."""

    unit: str
    name: str
    bars: tuple[RepairBar, ...]
    lanes: int


@dataclass(frozen=True, slots=True)
class RepairCalendar:
    """`marks`: days of the month, and where they begin, in percent. `now`: where the month has come to; None: it has
    not begun, or is over."""

    title: str
    marks: tuple[tuple[str, float], ...]
    rows: tuple[CalendarRow, ...]
    now: float | None


def month_span_ns(month: int, of: Entering, shop: str) -> tuple[int, int]:
    """[start_ns, end_ns) of a month (the ordinal of its first day), by the clocks of the shop."""
    zone = of.plant.shops[shop].calendar.zone
    return stamp_ns(zone, date.fromordinal(month)), stamp_ns(zone, date.fromordinal(shifted(month, 1)))


def repair_calendar(found: Sequence[Repair], month: int, shop: str, of: Entering) -> RepairCalendar:
    """The month of the shop."""
    start_ns, end_ns = span_ns = month_span_ns(month, of, shop)
    zone = of.plant.shops[shop].calendar.zone
    days = range(month, shifted(month, 1) - 3, MARK_EVERY)  # the 29th would reach out of the month
    marks = ((str(date.fromordinal(day).day), _percent(stamp_ns(zone, date.fromordinal(day)), span_ns)) for day in days)
    return RepairCalendar(
        title=localize_month(date.fromordinal(month), of.language),
        marks=tuple(marks),
        rows=tuple(
            _row(unit.code, [item for item in found if item.unit == unit.code], span_ns, of)
            for unit in of.plant.units.values()
            if unit.shop == shop
        ),
        now=_percent(of.now_ns, span_ns) if start_ns <= of.now_ns < end_ns else None,
    )


def repair_words(repair: Repair, of: Entering) -> str:
    """ "R3: Current, 14.11 08:00 – 15.11 20:00, approved by Chief engineer, entered by Pavel R."."""
    zone = of.plant.shops[of.plant.units[repair.unit].shop].calendar.zone
    return text("repair_words", of.language).format(
        name=repair.name,
        kind=text(f"repair_{repair.kind.value}", of.language),
        begin=moment(repair.start_ns, 0, zone),
        end=moment(repair.end_ns, 0, zone),
        approved=repair.approved_by,
        author=repair.author,
    )


def _row(unit: str, repairs: Sequence[Repair], span_ns: tuple[int, int], of: Entering) -> CalendarRow:
    ends: list[int] = []  # of the last bar of each lane
    bars = []
    for repair in sorted(repairs, key=lambda item: item.start_ns):
        left, right = (_percent(edge_ns, span_ns) for edge_ns in (repair.start_ns, repair.end_ns))
        if left >= right:
            continue
        lane = next((at for at, end_ns in enumerate(ends) if end_ns <= repair.start_ns), len(ends))
        ends[lane : lane + 1] = [repair.end_ns]
        bars.append(RepairBar(repair, left, right - left, lane, repair_words(repair, of)))
    return CalendarRow(unit, of.plant.units[unit].name(of.language), tuple(bars), max(len(ends), 1))


def _percent(at_ns: int, span_ns: tuple[int, int]) -> float:
    start_ns, end_ns = span_ns
    return 100 * min(max((at_ns - start_ns) / (end_ns - start_ns), 0.0), 1.0)
