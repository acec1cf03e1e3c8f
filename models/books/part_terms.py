"""What a total adds: the amounts of its parts over a span, each over as much of it as counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.books.overlaps import Amount
from models.works.month import months_between
from models.works.place import Place

AmountOf = Callable[[Place, int, int], Amount]
"""The amount of a place over the days [start, end)."""


@dataclass(frozen=True, slots=True)
class PartTerm:
    """The amount of one part over the days [start, end). `place` None: no part is known there."""

    place: Place | None
    start: int
    end: int
    amount: Amount


def part_terms(parts: Sequence[Place], start: int, end: int, amount_of: AmountOf) -> list[PartTerm]:
    """The terms that make up a total by its `parts`; none if nothing of any part is known.

    A part that is known in some months alone is left out of the others: nobody reported it there. One that is stated
    for all of them in one figure is known, though no month of it is.
    """
    terms = [PartTerm(part, start, end, amount_of(part, start, end)) for part in parts]
    if terms and all(term.amount.idle for term in terms):
        return terms
    terms = [term for term in terms if not term.amount.idle]
    whole = [term for term in terms if term.amount.whole]
    rest = [term.place for term in terms if term.amount.grams is not None and not term.amount.whole]
    others = bool(whole)  # if none of the rest is known in a month, that leaves nothing unknown beside what is whole
    for low, high in months_between(start, end) if rest else ():
        found = [PartTerm(part, low, high, amount_of(part, low, high)) for part in rest if part is not None]
        known = [term for term in found if term.amount.grams is not None]
        whole += known or [PartTerm(None, low, high, Amount(None, whole=others))]
    return whole
