"""Corrections in one language, as they stand beside a sheet. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.web.entry_view import Entering, tonnes
from dashboards.web.numbers import moment
from dashboards.web.texts import text
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet, SheetKind, SheetLine
from models.works.localize import NO_BREAK_SPACE, localize_day, localize_month


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One of those that stand; `why`: the reason, or what it takes back."""

    name: str
    when: str
    who: str
    what: str
    why: str
    may_undo: bool


def correction_words(item: Adjustment, of: Entering) -> str:
    """ "Mine 1, Coal, 14 Oct 2026: −12.5 t, booked in November 2026"."""
    asked = AskedSheet(SheetKind.SHIFTS, item.shop, item.day)
    name, product = of.line(asked, SheetLine(item.unit, item.product))
    sign = "+" if item.grams > 0 else "\N{MINUS SIGN}"
    amount = f"{sign}{tonnes(abs(item.grams), of.language)}{NO_BREAK_SPACE}{text('unit_t', of.language)}"
    return text("correction_is", of.language).format(
        where=f"{name}, {product}, {localize_day(date.fromordinal(item.day), of.language)}",
        tonnes=amount,
        month=localize_month(date.fromordinal(item.booked_month), of.language),
    )


def correction_lines(
    found: Sequence[Adjustment], asked: AskedSheet, of: Entering, *, may: bool
) -> list[CorrectionLine]:
    """A line each. `may`: whether the viewer may take one back."""
    undone = {item.undoes for item in found if item.undoes}
    zone = of.plant.shops[asked.shop].calendar.zone
    return [
        CorrectionLine(
            name=item.name,
            when=moment(item.recorded_ns, of.now_ns, zone),
            who=item.author,
            what=correction_words(item, of),
            why=text("correction_takes_back", of.language).format(name=item.undoes, why=item.reason)
            if item.undoes
            else item.reason,
            may_undo=may and not item.undoes and item.name not in undone,
        )
        for item in found
    ]
