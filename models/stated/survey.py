"""What a survey says was made in a month: a figure of just that month, or what the books were corrected by. Pure."""

from dataclasses import dataclass

from models.stated.facts import Facts
from models.works.month import month_of


@dataclass(frozen=True, slots=True)
class SurveyedMonth:
    """A month (ordinal of its first day) of one unit and product; [start_ns, end_ns) by the clocks of its shop."""

    unit: str
    product: str
    month: int
    start_ns: int
    end_ns: int


def surveyed_g(facts: Facts, of: SurveyedMonth, counted_g: int) -> int | None:
    """Grams by the survey, of a month of which `counted_g` were counted; None if there was none.

    A figure that is stated for the whole month says it at once. Else the adjustments that concern the month do, for a
    survey of a heap or a shaft is entered as what it found beyond the books.
    """
    stated = [
        figure
        for figure in facts.figures
        if (figure.unit, figure.product) == (of.unit, of.product)
        and (figure.start_ns, figure.end_ns) == (of.start_ns, of.end_ns)
        and figure.is_output
    ]
    if stated and stated[-1].grams is not None:
        return stated[-1].grams
    found = [
        entry
        for entry in facts.adjustments
        if (entry.unit, entry.product) == (of.unit, of.product) and month_of(entry.day) == of.month
    ]
    return counted_g + sum(entry.grams for entry in found) if found else None
