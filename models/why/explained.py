"""The change of a product between two spans, split unit by unit and month by month, and summed up again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.tables.compared_periods import base_end, days_over
from models.tables.growth_span import Days
from models.why.book_time import WhySide
from models.why.change_part import ChangePart
from models.why.span_pairs import span_pairs
from models.why.split_change import split_change
from models.why.unit_time import UnitTime
from models.works.place import ALL, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """One unit in a pair of spans of days, with the grams of each part; or what a stated total has beyond its units.

    `spans`: its time in both. None of what a total has beyond its units: it has no time of its own.
    """

    place: Place
    days: Days
    base: Days
    grams: Mapping[ChangePart, int]
    spans: tuple[UnitTime, UnitTime] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A product of the works on the production dates `days` beside `base`, both [first, end) and as they count.

    `now_g`, `base_g`: grams of the books, as far as they are known (None: nothing is); `whole`: whether both are known
    on every day.
    `changes` sum to their difference. `redefined`: the definitions of then and of now, if they are not the same.
    """

    product: str
    days: Days
    base: Days
    now_g: int | None
    base_g: int | None
    whole: bool
    changes: Sequence[PlaceChange] = ()
    redefined: tuple[str, str] | None = field(default=None)

    @property
    def change_g(self) -> int:
        """Grams more than in the base, as far as both are known."""
        return (self.now_g or 0) - (self.base_g or 0)

    @property
    def parts(self) -> Mapping[ChangePart, int]:
        """Grams by part, in the order of the parts, without those that have none."""
        found: Counter[ChangePart] = Counter()
        for change in self.changes:
            found.update(change.grams)
        return {part: found[part] for part in ChangePart if found[part]}

    def of_units(self, part: ChangePart) -> Mapping[Place, int]:
        """Grams of a part by place, the largest first; without those that have none."""
        found: Counter[Place] = Counter()
        for change in self.changes:
            found[change.place] += change.grams.get(part, 0)
        return {place: grams for place, grams in sorted(found.items(), key=lambda each: -abs(each[1])) if grams}


def comparable_days(now: WhySide, base: WhySide, product: str, asked: tuple[Days, Days]) -> tuple[Days, Days]:
    """The days of both spans that count: of one that runs those that are over in every shop, and as many of its base,
    as the growth of the month has it."""
    (days, base_days), site = asked, Place("site", ALL, ALL, product)
    over = min(days_over(now.book, place, days) for place in _below(now, site))
    span = days[0], days[0] + over
    end = base_days[1] if over == days[1] - days[0] else base_end(span, base_days)
    base_over = min(days_over(base.book, place, base_days) for place in _below(base, site))
    return span, (base_days[0], min(end, base_days[0] + base_over))


def explained(
    now: WhySide, base: WhySide, product: str, asked: tuple[Days, Days], redefined: tuple[str, str] | None = None
) -> Explained:
    """The split of a product of the works between the spans that are asked for, each [first, end).

    What was counted by another definition is not comparable: then all of it is not known.
    """
    site = Place("site", ALL, ALL, product)
    days, base_days = comparable_days(now, base, product, asked)
    made, base_made = now.made(site, days), base.made(site, base_days)
    change_g = (made.grams or 0) - (base_made.grams or 0)
    if redefined is not None:
        changes = [_beyond(site, (days, base_days), {ChangePart.NOT_KNOWN: change_g})]
    else:
        pairs = [(days, base_days)]
        if made.whole and base_made.whole and days[0] < days[1] and base_days[0] < base_days[1]:
            pairs = _pairs(now, base, site, (days, base_days))
        changes = [change for pair in pairs for change in _changes(now, base, site, pair)]
        left = change_g - sum(sum(change.grams.values()) for change in changes)
        changes.append(_beyond(site, (days, base_days), {ChangePart.CORRECTIONS: left}))
    return Explained(
        product=product,
        days=days,
        base=base_days,
        now_g=made.grams,
        base_g=base_made.grams,
        whole=made.whole and base_made.whole,
        changes=[change for change in changes if change.grams or change.spans is not None],
        redefined=redefined,
    )


def _pairs(now: WhySide, base: WhySide, site: Place, asked: tuple[Days, Days]) -> list[tuple[Days, Days]]:
    """Month by month, if each month is known; a figure of several months is no sum of known months."""
    pairs = span_pairs(*asked)
    known = all(now.made(site, days).whole and base.made(site, base_days).whole for days, base_days in pairs)
    return pairs if known else [asked]


def _changes(now: WhySide, base: WhySide, place: Place, pair: tuple[Days, Days]) -> Iterator[PlaceChange]:
    days, base_days = pair
    parts = _parts(now, base, place)
    made, base_made = now.made(place, days), base.made(place, base_days)
    whole = all(_known(now, part, days) and _known(base, part, base_days) for part in parts)
    stated = made.whole and base_made.whole and (_is_stated(now, place, days) or _is_stated(base, place, base_days))
    if not parts or (stated and not whole):
        # A total that somebody stated, of units that are not known, is divided by its own days.
        spans = now.unit_time(place, days), base.unit_time(place, base_days)
        grams = split_change(*spans)
        yield PlaceChange(place=place, days=days, base=base_days, grams=grams, spans=spans)
        return
    below = [change for part in parts for change in _changes(now, base, part, pair)]
    yield from below
    left = (made.grams or 0) - (base_made.grams or 0) - sum(sum(change.grams.values()) for change in below)
    yield _beyond(place, pair, {ChangePart.CORRECTIONS if whole else ChangePart.NOT_KNOWN: left})


def _parts(now: WhySide, base: WhySide, place: Place) -> list[Place]:
    """What a total adds in either of the spans; where one adds a shop and the other units of it, the units."""
    found = dict.fromkeys((*now.book.places.parts.get(place, ()), *base.book.places.parts.get(place, ())))
    units = {part: _parts(now, base, part) for part in found if part.level == "shop"}
    split = {shop for shop, below in units.items() if any(unit in found for unit in below)}
    return list(dict.fromkeys(each for part in found for each in (units[part] if part in split else (part,))))


def _is_stated(side: WhySide, place: Place, days: Days) -> bool:
    return bool(side.book.stated_within(place, *days))


def _known(side: WhySide, place: Place, days: Days) -> bool:
    """Whether a part of a total is known, or was not there."""
    parts = side.book.places.parts.get(place, ())
    if parts:
        return side.made(place, days).whole
    return side.unit_time(place, days).whole


def _below(side: WhySide, place: Place) -> Iterator[Place]:
    yield place
    for part in side.book.places.parts.get(place, ()):
        yield from _below(side, part)


def _beyond(place: Place, pair: tuple[Days, Days], grams: Mapping[ChangePart, int]) -> PlaceChange:
    known = {part: each for part, each in grams.items() if each}
    return PlaceChange(place=place, days=pair[0], base=pair[1], grams=known)
