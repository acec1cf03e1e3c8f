"""How many were hurt in months, and the two rates by which safety is compared.

Per 1,000 employed is that of the statistics of Kazakhstan: victims (fatal ones among them) / mean number of employed x
1,000. LTIFR is the companies' own: injuries with a day or more of incapacity, in a million hours worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from models.stated.accident import AccidentWord, accident_day
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.month import months_between
from models.works.place import ALL
from models.works.plant import Plant

_CENT = Decimal("0.01")
PER_EMPLOYED, PER_HOURS = 1000, 10**6


class NoRate(StrEnum):
    """Why there is no rate: of a month the number is not stated, or nobody was employed, nor worked."""

    NOT_STATED = "not_stated"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class StatedSafety:
    """The accidents that stand, and the newest word of each number of people and hours."""

    accidents: Sequence[AccidentWord] = ()
    people: Sequence[StatedMeasure] = ()

    @property
    def is_kept(self) -> bool:
        """Whether anybody ever stated anything of it."""
        return bool(self.accidents or self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentRate:
    """`value` to 0.01; None: there is none, `why` says the reason. `base`: the mean number of employed, or the hours;
    None if it is not known. `lacking`: the months (ordinals) of which it is not stated. `used`: what it is made of."""

    value: Decimal | None
    base: Decimal | None
    why: NoRate | None = None
    lacking: tuple[int, ...] = ()
    used: Sequence[StatedMeasure] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentFigures:
    """Of a place in months [first, end) (ordinals). `accidents`: those with victims, by the date of the injury.
    `days_lost`: so far, of those of which they are stated; of `days_not_stated` accidents they are not. `unreported`:
    months of which nothing is stated, so that nobody says whether more happened.
    """

    months: tuple[int, int]
    accidents: Sequence[AccidentWord]
    victims: int
    fatal: int
    days_lost: int
    days_not_stated: int
    per_1000: AccidentRate
    ltifr: AccidentRate
    unreported: tuple[int, ...]


def accident_figures(plant: Plant, stated: StatedSafety, months: tuple[int, int], shop: str = ALL) -> AccidentFigures:
    """Of a shop, or of the works, in whole months [first, end) (ordinals of their firsts)."""
    found = [
        word
        for word in stated.accidents
        if word.victims and word.is_at(shop, ALL) and months[0] <= accident_day(plant, word) < months[1]
    ]
    victims = sum(word.victims for word in found)
    firsts = [low for low, _ in months_between(*months)]
    ours = [each for each in stated.people if each.subject == shop and each.start in firsts]
    employed, hours = (_of_kind(ours, kind, firsts) for kind in (MeasureKind.EMPLOYED, MeasureKind.HOURS_WORKED))
    lost = [word.days_lost for word in found]
    return AccidentFigures(
        months=months,
        accidents=found,
        victims=victims,
        fatal=sum(word.fatal for word in found),
        days_lost=sum(days or 0 for days in lost),
        days_not_stated=lost.count(None),
        per_1000=_rate(victims * PER_EMPLOYED, employed, firsts, len(firsts)),
        ltifr=_rate(victims * PER_HOURS, hours, firsts, 1),
        unreported=tuple(first for first in firsts if not any(each.start == first for each in ours)),
    )


def _of_kind(ours: Sequence[StatedMeasure], kind: MeasureKind, firsts: Sequence[int]) -> dict[int, StatedMeasure]:
    return {each.start: each for each in ours if each.kind is kind}


def _rate(above: int, stated: dict[int, StatedMeasure], firsts: Sequence[int], months: int) -> AccidentRate:
    """`months`: among how many the sum of what is stated is shared; a mean of people, a sum of hours."""
    used = tuple(stated.values())
    lacking = tuple(first for first in firsts if first not in stated)
    if lacking:
        return AccidentRate(value=None, base=None, why=NoRate.NOT_STATED, lacking=lacking, used=used)
    base = sum((each.value for each in used), Decimal()) / months
    if not base:
        return AccidentRate(value=None, base=base, why=NoRate.ZERO, used=used)
    return AccidentRate(value=(above / base).quantize(_CENT, ROUND_HALF_UP), base=base, used=used)
