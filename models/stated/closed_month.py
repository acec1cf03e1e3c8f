"""A closed month: who closed its books, and the figures that stand as they were signed.

What comes later is an adjustment that another month books; the restated figure stands beside the closed one. The rule
is applied in `books/book.py` (`Book.total`, `Book.restating`); `placed_adjustments` says which month books what.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFigure:
    """What one place's month was signed at when it was closed; `month` is its first day as an ordinal.

    It was recorded with its `MonthClose`, at the same instant.
    """

    month: int
    level: str
    shop: str
    unit: str
    product: str
    grams: int
    recorded_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClose:
    """The books of `month` (its first day as an ordinal) were closed: from then on it takes adjustments only."""

    month: int
    author: str
    recorded_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReopening:
    """The closing of `month` was a mistake: its books are open again. The closing stays on record, and its figures."""

    month: int
    author: str
    reason: str
    recorded_ns: int = 0
