"""Stops with their reasons, and the hours by reason, unit and shift, in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dashboards.report.ran_between import ran_between
from dashboards.report.reason_name import reason_name
from dashboards.web.numbers import duration, moment
from dashboards.web.texts import text
from models.access.user import Right, User
from models.alerts.texts import WHAT
from models.detection.output_drop import OutputDrop
from models.stated.joined_stop import LONGEST_JOINED_S, LONGEST_RUN_S
from models.stated.stop_reason import UNNAMED, ReasonedSpan, StopPart, StopReason, hours_by
from models.tables.reasoned_stop import ReasonedStop, spans_within
from models.works.calendar import NS, production_day, shifts_of
from models.works.localize import NO_BREAK_SPACE, Language, localize_number
from models.works.plant import Plant


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """`parts`: (when, reason, comment) of each. `stated`: the parts as they were stated; `statement`: its number, 0 for
    none. `may_state`: whether the viewer is offered to name a reason. `joined`: words for the running between stops
    that are counted as one, "" for a stop of its own; `apart`: (begin, when) of each of them from the second on.
    `earlier`: the stop that the viewer is offered to join it to."""

    unit: str
    name: str
    start_s: int
    end_s: int
    what: str
    when: str
    lasted: str
    evidence: str
    parts: tuple[tuple[str, str, str], ...]
    author: str
    stated: tuple[StopPart, ...]
    statement: int
    waits: bool
    may_state: bool
    joined: str
    apart: tuple[tuple[int, str], ...]
    earlier: "EarlierStop | None" = None


@dataclass(frozen=True, slots=True)
class EarlierStop:
    """The stop before one on the same unit; `ran` and `ran_when`: for how long and when it ran between them, "" if it
    did not."""

    start_s: int
    statement: int
    when: str
    lasted: str
    ran: str
    ran_when: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the Pareto: `share` of the longest one, 0 to 1."""

    name: str
    hours: str
    share: float


@dataclass(frozen=True, slots=True)
class StopsView:
    """`total`: how long units stood, and how long without a reason."""

    days: int
    total: str
    by_reason: tuple[Bar, ...]
    by_unit: tuple[Bar, ...]
    by_shift: tuple[Bar, ...]
    stops: tuple[StopView, ...]
    warning: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Stopping:
    """What the view is made of: the plant, its reasons, and who looks, at `now_s` (UTC seconds)."""

    plant: Plant
    reasons: Sequence[StopReason]
    user: User | None
    now_s: int
    language: Language

    def reason(self, code: str) -> str:
        """Its name."""
        return reason_name(self.reasons, code, self.language)

    def unit(self, code: str) -> str:
        """Its name; the code of one that the plant no longer has."""
        unit = self.plant.units.get(code)
        return code if unit is None else unit.name(self.language)


def stops_view(found: Sequence[ReasonedStop], days: int, of: Stopping) -> StopsView:
    """The stops of the last `days`."""
    start_s = of.now_s - days * 86_400
    spans = spans_within(found, start_s, of.now_s)
    unnamed_s = sum(span.end_s - span.start_s for span in spans if span.reason == UNNAMED)
    total_s = sum(span.end_s - span.start_s for span in spans)
    shifted = [piece for span in spans for piece in _by_shift(span, of.plant)]
    total = text("hours_of_stops", of.language)
    return StopsView(
        days=days,
        total=total.format(
            count=len(found), total=duration(total_s, of.language), unnamed=duration(unnamed_s, of.language)
        ),
        by_reason=_bars(spans, [of.reason(span.reason) for span in spans], of.language),
        by_unit=_bars(spans, [of.unit(span.unit) for span in spans], of.language),
        by_shift=_bars(
            [span for span, _ in shifted],
            [text("shift_number", of.language).format(number=number) for _, number in shifted],
            of.language,
        ),
        stops=tuple(_stop(stop, earlier_of(found, number), of) for number, stop in enumerate(found)),
    )


def earlier_of(found: Sequence[ReasonedStop], number: int) -> ReasonedStop | None:
    """Of the stops, newest first, the one before that number on the same unit, if the two may be counted as one."""
    stop = found[number]
    before = next((each for each in found[number + 1 :] if each.drop.unit == stop.drop.unit), None)
    if before is None or before.end_s is None:
        return None
    near = stop.drop.start_s - before.end_s <= LONGEST_RUN_S
    return before if near and stop.drop.start_s - before.drop.start_s < LONGEST_JOINED_S else None


def moment_within(said: str, span_s: tuple[int, int], zone: ZoneInfo) -> int | None:
    """The instant (UTC seconds) that somebody wrote as 14:30 or 23.11 14:30: the first such one after the begin of the
    span and before its end; None if there is none."""
    start_s, end_s = span_s
    begin = datetime.fromtimestamp(start_s, UTC).astimezone(zone)
    words = said.split()
    try:
        clock = datetime.strptime(words[-1], "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
        day = datetime.strptime(f"{words[0]}.{begin.year}", "%d.%m.%Y").date() if len(words) == 2 else None  # noqa: DTZ007
    except (ValueError, IndexError):
        return None
    days = [day] if day else [begin.date() + timedelta(days=ahead) for ahead in (0, 1)]
    if len(words) > 2:
        return None
    for each in days:
        at_s = int(datetime.combine(each, clock, zone).timestamp())
        if start_s < at_s < end_s:
            return at_s
    return None


def _stop(stop: ReasonedStop, earlier: ReasonedStop | None, of: Stopping) -> StopView:
    drop, plant = stop.whole, of.plant
    unit = plant.units.get(drop.unit)
    end_s = of.now_s if drop.end_s is None else drop.end_s
    parts = tuple(
        (moment(span.start_s * NS, of.now_s * NS, plant.zone), of.reason(span.reason), span.comment)
        for span in stop.told(of.now_s)
    )
    user = of.user
    may_state = user is not None and unit is not None and user.may(Right.NAME_REASONS, unit.shop)
    is_named = any(part.reason != UNNAMED for part in stop.parts)
    return StopView(
        unit=drop.unit if unit else "",
        name=of.unit(drop.unit),
        start_s=drop.start_s,
        end_s=end_s,
        what=WHAT[drop.kind][of.language],
        when=_when(drop, of),
        lasted=_lasted(stop, of),
        evidence=drop.evidence.get(of.language) or drop.evidence.get("en", ""),
        parts=parts if is_named else (),
        author=stop.statement.author if stop.statement is not None and is_named else "",
        stated=() if stop.statement is None else stop.statement.parts,
        statement=0 if stop.statement is None else stop.statement.id,
        waits=stop.waits,
        may_state=may_state,
        joined=ran_between(stop, plant, of.language),
        apart=tuple((each.start_s, _when(each, of)) for each in stop.more),
        earlier=_earlier(earlier, stop, of) if may_state and earlier is not None else None,
    )


def _earlier(before: ReasonedStop, stop: ReasonedStop, of: Stopping) -> EarlierStop:
    end_s, until_s = before.end_s or 0, stop.drop.start_s
    return EarlierStop(
        start_s=before.drop.start_s,
        statement=0 if before.statement is None else before.statement.id,
        when=_when(before.whole, of),
        lasted=_lasted(before, of),
        ran=duration(until_s - end_s, of.language) if end_s < until_s else "",
        ran_when=_clocks(end_s, until_s, of) if end_s < until_s else "",
    )


def _lasted(stop: ReasonedStop, of: Stopping) -> str:
    return duration(max(sum(last - first for first, last in stop.stood(of.now_s)), 0), of.language)


def _when(drop: OutputDrop, of: Stopping) -> str:
    if drop.end_s is None:
        return f"{moment(drop.start_s * NS, of.now_s * NS, of.plant.zone)} - {text('lasts_still', of.language)}"
    return _clocks(drop.start_s, drop.end_s, of)


def _clocks(start_s: int, end_s: int, of: Stopping) -> str:
    zone = of.plant.zone
    return f"{moment(start_s * NS, of.now_s * NS, zone)} - {moment(end_s * NS, start_s * NS, zone)}"


def _by_shift(span: ReasonedSpan, plant: Plant) -> list[tuple[ReasonedSpan, int]]:
    """The span cut at the ends of shifts, each part with the number of its shift, from 1."""
    unit = plant.units.get(span.unit)
    if unit is None:
        return []
    calendar = plant.shops[unit.shop].calendar
    found = []
    day = production_day(calendar, span.start_s * NS)
    while True:
        for number, (first_ns, last_ns) in enumerate(shifts_of(calendar, day), 1):
            first, last = max(first_ns // NS, span.start_s), min(last_ns // NS, span.end_s)
            if first < last:
                found.append((ReasonedSpan(span.unit, first, last, span.reason, ""), number))
            if last_ns // NS >= span.end_s:
                return found
        day += timedelta(days=1)


def _bars(spans: Sequence[ReasonedSpan], names: Sequence[str], language: Language) -> tuple[Bar, ...]:
    found = hours_by(spans, names)
    most = found[0][1] if found else 1.0
    return tuple(Bar(name, _hours(hours, language), hours / most) for name, hours in found)


def _hours(hours: float, language: Language) -> str:
    return f"{localize_number(Decimal(f'{hours:.1f}'), language, 1)}{NO_BREAK_SPACE}{text('hour', language)}"
