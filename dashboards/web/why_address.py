"""The address of the split of a growth: which product, and which days beside which. Pure."""

from datetime import date
from urllib.parse import urlencode

from models.tables.growth_span import Days
from models.works.localize import Language

Spans = tuple[Days, Days]
"""Production dates [first, end) of what is explained, and of its base."""
SPAN_NAMES = ("from", "to", "base_from", "base_to")


def why_link(product: str, language: Language, spans: Spans | None = None) -> str:
    """The address of the split of a product; without spans, of the usual ones."""
    given = {"product": product}
    if spans is not None:
        given |= dict(zip(SPAN_NAMES, span_dates(spans), strict=True))
    return f"/why?{urlencode({**given, 'lang': language})}"


def span_dates(spans: Spans) -> tuple[str, str, str, str]:
    """From and to of both spans, as 2026-10-31."""
    (first, end), (base_first, base_end) = spans
    days = (first, end - 1, base_first, base_end - 1)
    shown = [date.fromordinal(day).isoformat() for day in days]
    return shown[0], shown[1], shown[2], shown[3]
