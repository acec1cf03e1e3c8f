"""The split of a product in three sentences: how much it changed, by what, and what has no reason."""

from models.tables.kpi import growth_pct
from models.why.change_part import NOT_EXPLAINED, STOPS, ChangePart
from models.why.explained import Explained
from models.why.why_texts import why_text
from models.why.why_words import period_named, tonnes_text, units_in_words
from models.works.localize import Language, localize_number
from models.works.plant import Plant

_MOST_PARTS = 3
"""Named on either side; the table has them all."""
_LOSSES = (ChangePart.REPAIRS, *STOPS)


def why_sentences(plant: Plant, found: Explained, language: Language) -> tuple[str, str, str]:
    """The three sentences of one product."""
    if found.redefined is not None:
        before, after = found.redefined
        said = why_text("redefined", language).format(before=before, after=after)
        return _change(plant, found, language), why_text("no_reason", language), said
    return _change(plant, found, language), _reasons(plant, found, language), _left(plant, found, language)


def _change(plant: Plant, found: Explained, language: Language) -> str:
    product = plant.products.get(found.product)
    name = found.product if product is None else product.name(language)
    if found.now_g is None or found.base_g is None:
        lacking = {found.days: found.now_g, found.base: found.base_g}
        periods = ", ".join(period_named(days, language) for days, grams in lacking.items() if grams is None)
        return why_text("no_data", language).format(product=name, period=periods)
    pct = growth_pct(found.now_g, found.base_g) if found.whole and found.redefined is None else None
    shown = ""
    if pct:
        sign = "+" if pct > 0 else "-"
        shown = f" ({sign}{localize_number(abs(pct), language, 1)}\u00a0%)"
    key = "more" if found.change_g > 0 else "less" if found.change_g < 0 else "same"
    # Of what is known only in part nobody can say that it is more or less.
    said = why_text(key if found.whole else "known_of_both", language).format(
        product=name,
        period=period_named(found.days, language),
        base=period_named(found.base, language),
        made=tonnes_text(found.now_g, language),
        base_made=tonnes_text(found.base_g, language),
        change=tonnes_text(abs(found.change_g), language),
        pct=shown,
    )
    days, base_days = (end - first for first, end in (found.days, found.base))
    if days != base_days:
        said += " " + why_text("unequal_days", language).format(days=days, base_days=base_days)
    return said


def _reasons(plant: Plant, found: Explained, language: Language) -> str:
    parts = {part: grams for part, grams in found.parts.items() if part not in NOT_EXPLAINED}
    by_size = sorted(parts, key=lambda part: -abs(parts[part]))
    sides = [[part for part in by_size if (parts[part] > 0) == raised] for raised in (True, False)]
    raised, lowered = ("; ".join(_part(plant, found, part, language) for part in side[:_MOST_PARTS]) for side in sides)
    if raised or lowered:
        key = "reasons" if raised and lowered else "raised_only" if raised else "lowered_only"
        said = why_text(key, language).format(raised=raised, lowered=lowered)
        return said if found.whole else why_text("of_what_is_known", language).format(said=said)
    return why_text("no_reason" if found.parts or not found.whole else "nothing_changed", language)


def _part(plant: Plant, found: Explained, part: ChangePart, language: Language) -> str:
    # Hours lost that became fewer raise output, and no stop does.
    fewer = part in _LOSSES and found.parts[part] > 0
    name = why_text(f"fewer_{part.value}" if fewer else part.value, language)
    words = why_text("part_in_words", language).format(
        part=f"{name[:1].lower()}{name[1:]}", grams=tonnes_text(found.parts[part], language, signed=True)
    )
    units = found.of_units(part)
    return f"{words} ({units_in_words(plant, units, language)})" if units else words


def _left(plant: Plant, found: Explained, language: Language) -> str:
    """Also units whose grams happen to cancel each other are named."""
    left = []
    for part in NOT_EXPLAINED:
        units = found.of_units(part)
        if units:
            text = why_text(f"left_{part.value}", language)
            grams = tonnes_text(sum(units.values()), language, signed=True)
            left.append(text.format(grams=grams, units=units_in_words(plant, units, language)))
    if not found.whole and not found.of_units(ChangePart.NOT_KNOWN):
        left.append(why_text("left_days", language))
    if not left:
        return why_text("all_explained", language)
    said = why_text("left", language).format(left="; ".join(left))
    return f"{said[:1].upper()}{said[1:]}"
