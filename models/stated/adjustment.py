"""Dated adjustments: how a figure is corrected while everything that was ever said stays on record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Signed grams that an author adds to the output of one place, with a reason.

    `unit` is "all" for a shop's figure, and `shop` too for the site's. `day` is the production date concerned.
    `booked_month` is the first day of the month whose books take it: a later one if its own month is signed already, so
    that a signed figure never changes and the year is right all the same. Both are ordinals (date.toordinal). `name` is
    given when it is posted, in order. `undoes` names the adjustment of which this is the inverse.
    """

    day: int
    booked_month: int
    shop: str
    unit: str
    product: str
    grams: int
    author: str
    reason: str
    name: str = ""
    undoes: str = ""
    recorded_ns: int = 0
