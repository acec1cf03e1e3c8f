"""What unplanned stops cost, by unit, cause, shift and weekday; and how reliable units are.

A stop is valued at the pace of its unit while it ran in the same days: grams = pace x hours stood outside approved
repairs. MTBF = running time / own stops, MTTR = time stood in own stops / own stops, availability = running time /
(running time + time stood in own stops): the usual definitions (EN 15341, IEC 60050-192).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from models.stated.good_output import GoodByMonth, GoodOutput
from models.stated.stop_reason import UNNAMED
from models.tables.growth_span import Days
from models.why.book_time import WhySide
from models.why.caused_stop import CausedStop
from models.why.change_part import ChangePart
from models.why.oee import performance, quality
from models.why.split_change import pace
from models.why.unit_time import UnitTime
from models.why.whole_grams import whole_grams
from models.works.calendar import shifts_of
from models.works.place import Place

Key = TypeVar("Key")
Cause = tuple[str, ChangePart]
"""The code of the reason that people gave, or "" and what detection found that the stop follows from."""


@dataclass(frozen=True, slots=True)
class StopLoss:
    """How long stops took (ns), and the grams that were not made in them. `stops`: how many."""

    stops: int
    stood_ns: int
    grams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLoss:
    """One unit. `loss`: of all its stops, by cause in `causes`; `own`: how many of them were its own, for `own_ns`.
    `ran_ns`: in watched days; `unwatched_ns`: what nobody watched. `performance` and `quality`: the other factors of
    its OEE; None where nobody stated a nameplate or how much of its output is good."""

    place: Place
    loss: StopLoss
    causes: Mapping[Cause, StopLoss]
    own: int
    own_ns: int
    ran_ns: int
    unwatched_ns: int
    performance: Fraction | None = None
    quality: GoodOutput | None = None

    @property
    def between_ns(self) -> Fraction | None:
        """Mean time between its own stops; None without one."""
        return Fraction(self.ran_ns, self.own) if self.own else None

    @property
    def repair_ns(self) -> Fraction | None:
        """Mean time until it ran again; None without an own stop."""
        return Fraction(self.own_ns, self.own) if self.own else None

    @property
    def availability_pct(self) -> Fraction | None:
        """Of the time in which it could run, that in which no own stop kept it from it; None without such time."""
        time_ns = self.ran_ns + self.own_ns
        return Fraction(100 * self.ran_ns, time_ns) if time_ns else None

    @property
    def oee_pct(self) -> Fraction | None:
        """Availability x performance x quality; None if one of them is not known."""
        if self.availability_pct is None or self.performance is None or self.quality is None:
            return None
        return self.availability_pct * self.performance * self.quality.share


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLosses:
    """Losses of one product on the production dates `days` [first, end), each ranking with the most grams first.

    `shifts`: by number from 1; `weekdays`: of production dates, 0 is Monday. `unknown`: units of which too few hours
    were watched to tell stops from slow running; `without_pace`: those that stood and made nothing. Both are in no
    ranking.
    """

    product: str
    days: Days
    total: StopLoss
    units: Sequence[UnitLoss]
    causes: Mapping[Cause, StopLoss]
    shifts: Mapping[int, StopLoss]
    weekdays: Mapping[int, StopLoss]
    unknown: Sequence[Place]
    without_pace: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a stop lies in one shift of a production date."""

    place: Place
    stop: CausedStop
    number: int
    day: int
    shift: int
    time_ns: int
    grams: Fraction


def product_losses(side: WhySide, product: str, days: Days, good: GoodByMonth | None = None) -> ProductLosses:
    """The losses of the units that the books know to make `product`. `good`: what was entered of their quality."""
    units, unknown, without_pace, pieces = [], [], [], []
    for place in sorted(each for each in side.book.places.known if each.level == "unit" and each.product == product):
        span = side.unit_time(place, days)
        if span.is_out or not span.calendar_ns:
            continue
        rate = pace(span, by_hours=True) or Fraction(0)
        if not (span.whole and span.by_hours):
            unknown.append(place)
            continue
        if any(span.stops_ns.values()) and rate <= 0:
            without_pace.append(place)
            continue
        found = list(_pieces(side, place, days, rate))
        pieces += found
        units.append((place, span, found))
    exact: dict[_Piece, Fraction] = {piece: piece.grams for piece in pieces}
    grams = whole_grams(_with_rest(exact), round(sum(exact.values(), Fraction(0))))
    plant = side.book.plant
    told = [
        replace(
            _unit(place, span, found, grams),
            performance=None if (ran := pace(span, by_hours=True)) is None else performance(plant, place, ran),
            quality=quality(side.book, place, days, good or {}),
        )
        for place, span, found in units
    ]
    return ProductLosses(
        product=product,
        days=days,
        total=_loss(pieces, grams),
        units=sorted(told, key=lambda unit: (-unit.loss.grams, -unit.loss.stood_ns, unit.place)),
        causes=_ranked({piece: _cause(piece.stop) for piece in pieces}, grams),
        shifts=_ranked({piece: piece.shift for piece in pieces}, grams),
        weekdays=_ranked({piece: date.fromordinal(piece.day).weekday() for piece in pieces}, grams),
        unknown=unknown,
        without_pace=without_pace,
    )


def _with_rest(exact: Mapping[_Piece, Fraction]) -> dict[_Piece, Fraction]:
    """The same, the largest less or more by what lies between the exact sum and whole grams."""
    if not exact:
        return {}
    beyond = sum(exact.values(), Fraction(0))
    largest = max(exact, key=lambda piece: piece.grams)
    return {**exact, largest: exact[largest] + round(beyond) - beyond}


def _pieces(side: WhySide, place: Place, days: Days, rate: Fraction) -> Iterator[_Piece]:
    plant = side.book.plant
    calendar = plant.shops[plant.units[place.unit].shop].calendar if place.unit in plant.units else None
    repairs = side.book.targets.availability(place.unit)
    if calendar is None:
        return
    numbers = _numbers(side.hours.stops.get(place.unit, ()))
    for day in range(*days):
        shifts = shifts_of(calendar, date.fromordinal(day))
        for stop, _ in side.stood(place, day):
            for shift, (start_ns, end_ns) in enumerate(shifts, 1):
                low, high = max(stop.start_ns, start_ns), min(stop.end_ns, end_ns)
                stood_ns = repairs.available_ns(low, high) if low < high else 0
                if stood_ns:
                    yield _Piece(place, stop, numbers[stop], day, shift, stood_ns, rate * stood_ns)


def _numbers(stops: Sequence[CausedStop]) -> dict[CausedStop, int]:
    """The parts of one stop, each with a reason of its own, follow each other: they count once."""
    numbers: dict[CausedStop, int] = {}
    number, reached_ns = 0, 0
    for stop in stops:
        number += stop.start_ns != reached_ns
        reached_ns = stop.end_ns
        numbers[stop] = number
    return numbers


def _unit(place: Place, span: UnitTime, pieces: Sequence[_Piece], grams: Mapping[_Piece, int]) -> UnitLoss:
    own = [piece for piece in pieces if piece.stop.part is ChangePart.STOPS_OWN]
    return UnitLoss(
        place=place,
        loss=_loss(pieces, grams),
        causes=_ranked({piece: _cause(piece.stop) for piece in pieces}, grams),
        own=len({piece.number for piece in own}),
        own_ns=sum(piece.time_ns for piece in own),
        ran_ns=span.running_ns - span.unwatched_ns,
        unwatched_ns=span.unwatched_ns,
    )


def _loss(pieces: Sequence[_Piece], grams: Mapping[_Piece, int]) -> StopLoss:
    return StopLoss(
        stops=len({(piece.place, piece.number) for piece in pieces}),
        stood_ns=sum(piece.time_ns for piece in pieces),
        grams=sum(grams[piece] for piece in pieces),
    )


def _cause(stop: CausedStop) -> Cause:
    return ("", stop.part) if stop.reason == UNNAMED else (stop.reason, stop.part)


def _ranked(keys: Mapping[_Piece, Key], grams: Mapping[_Piece, int]) -> dict[Key, StopLoss]:
    found: dict[Key, list[_Piece]] = defaultdict(list)
    for piece, key in keys.items():
        found[key].append(piece)
    losses = {key: _loss(pieces, grams) for key, pieces in found.items()}
    return dict(sorted(losses.items(), key=lambda pair: (-pair[1].grams, -pair[1].stood_ns)))
