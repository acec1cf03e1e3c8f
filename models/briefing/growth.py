"""What a works made in months of a year against the same months of the year before, a sentence for each product."""

from collections.abc import Sequence
from decimal import Decimal

from models.briefing import kazakh
from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.months_named import months_compared, months_named
from models.briefing.russian import DAYS, PERCENT, counted
from models.briefing.shown_numbers import day_shown, plain, rounded, shown, signed
from models.briefing.texts import briefing_text
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.compared_periods import ComparedPlace
from models.tables.growth_span import Days
from models.tables.receipt_record import AskedReceipt
from models.works.localize import Language
from models.works.plant import Plant

KILOTONNES_FROM_T = 10_000
"""Smaller amounts stand in tonnes: of a works' day is written 9,452 t, and of its month 120.5 kt."""


def growth_section(
    plant: Plant, compared: Sequence[ComparedPlace], months: tuple[Days, Days], as_of: str, language: Language
) -> BriefingSection:
    """The products that the works reports, in its order. `months`: the production dates [first, end) that were asked
    for, and their base. `as_of`: the instant of which the figures are."""
    reported = {item.product: at for at, item in enumerate(plant.reported)}
    totals = [item for item in compared if item.place.level == "site" and item.place.product in reported]
    totals.sort(key=lambda item: reported[item.place.product])
    lines = [growth_line(plant, item, months, as_of, language) for item in totals]
    heading = briefing_text("growth", language).format(
        months=months_named(months[0], language), base=months_compared(months[1], language)
    )
    nothing = BriefingLine(briefing_text("no_product", language), missing=True)
    return BriefingSection(BriefingSubject.GROWTH, heading, lines or [nothing])


def growth_line(
    plant: Plant, item: ComparedPlace, months: tuple[Days, Days], as_of: str, language: Language
) -> BriefingLine:
    """The sentence of one product, and what it rests on."""
    product = plant.products[item.place.product].name(language)
    named = {name: months_named(days, language) for name, days in zip(("months", "base_months"), months, strict=True)}
    if item.now.known is None:
        key = "none_known" if item.now.grams is None else "not_whole"
        return BriefingLine(briefing_text(key, language).format(product=product, **named), missing=True)
    made_g, base_g, pct = item.now.known, item.base.known, item.growth_pct
    unit, scale = _scale(max(made_g, base_g or 0))
    made = rounded(Decimal(made_g) / scale)
    said = {"product": product, "made": shown(made, language), "unit": briefing_text(unit, language), **named}
    note = _note(plant, item, as_of, language)
    if base_g is None or pct is None:
        key = "base_is_zero" if base_g is not None else "base_unknown" if item.base.grams is None else "no_base"
        return BriefingLine(briefing_text(key, language).format(**said), note, missing=True)
    if not pct:
        return BriefingLine(briefing_text("same", language).format(**said), note)
    base = rounded(Decimal(base_g) / scale)
    said |= {
        "pct": shown(abs(pct), language),
        "base": shown(base, language),
        "percent": counted(plain(pct), PERCENT),
    }
    said |= {"from_": kazakh.ablative(kazakh.last_spoken(base)), "to": kazakh.dative(said["unit"])}
    return BriefingLine(briefing_text("rose" if pct > 0 else "fell", language).format(**said), note)


def _note(plant: Plant, item: ComparedPlace, as_of: str, language: Language) -> BriefingNote:
    product = plant.products[item.place.product]
    (first, end), (base_first, base_end) = item.now.days, item.base.days
    per_day = (
        ""
        if item.per_day_pct is None
        else briefing_text("per_day", language).format(pct=signed(item.per_day_pct, language))
    )
    words = briefing_text("note", language).format(
        product=product.name(language), definition=product.defined(language), per_day=per_day,
        days=item.now.length, day_word=counted(Decimal(item.now.length), DAYS), base_days=item.base.length,
        first=day_shown(first, language), last=day_shown(end - 1, language),
        base_first=day_shown(base_first, language), base_last=day_shown(base_end - 1, language),
    )  # fmt: skip
    if item.restated_pct is not None:
        restated = briefing_text("restated", language).format(pct=signed(item.restated_pct, language))
        words = f"{words} {restated}"
    source = briefing_text("source", language).format(
        site=plant.site_names.get(language) or plant.site_names["en"], as_of=as_of
    )
    receipts = [AskedReceipt(item.place, *days) for days in (item.now.days, item.base.days)]
    return BriefingNote(f"{words} {source}", receipts)


def _scale(grams: int) -> tuple[str, int]:
    if grams >= KILOTONNES_FROM_T * GRAMS_PER_TONNE:
        return "kilotonnes", GRAMS_PER_TONNE * 1000
    return "tonnes", GRAMS_PER_TONNE
