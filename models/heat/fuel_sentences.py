"""What is said of fuel, in sentences of the three languages."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto

from models.heat.fuel import Fuel, FuelKind, FuelUse
from models.heat.fuel_report import FuelReport
from models.heat.fuel_span import FuelSpan, FuelTotal
from models.heat.fuel_texts import fuel_text
from models.heat.sentences import HeatSentence, number
from models.heat.specific_use import KNOWN_FOR_SPECIFIC, SpecificUse
from models.works.localize import Language, localize_number
from models.works.plant import Plant
from models.works.units_of_measure import measure

MILLION = 10**6


class RestsOn(Enum):
    """On what a figure of a fuel rests."""

    METER = auto()
    CALORIFIC_VALUE = auto()
    FACTOR = auto()


def amount_words(amount: float, unit: str, language: Language) -> str:
    """1.2 million Nm³, 840,000 Nm³, 95 t. `unit`: as configurations write it."""
    named = "Nm³" if (unit, language) == ("Nm3", "en") else measure(unit, language)
    if amount >= MILLION:
        return f"{number(amount / MILLION, language, 1)}\u00a0{fuel_text('millions', language)}\u00a0{named}"
    return f"{number(amount, language)}\u00a0{named}"


def total_unit(fuel: Fuel) -> str:
    """What a fuel is measured in."""
    return "Nm3" if fuel.kind.is_gas else "t"


def known_words(known_h: float, hours: int, language: Language) -> str:
    """Of how many hours a figure is, where they are not all."""
    if round(known_h, 1) >= hours:
        return ""
    known = number(known_h, language, 1)
    return fuel_text("known_part", language).format(known=known, hours=number(hours, language))


def burned_sentence(span: FuelSpan, language: Language) -> HeatSentence:
    """All that was burned, in GJ."""
    if span.energy_gj is None:
        return HeatSentence(fuel_text("burned_unknown", language), missing=True)
    if span.energy_gj == 0 and not known_words(span.energy_known_h, span.hours, language):
        return HeatSentence(fuel_text("burned_none", language))
    words = fuel_text("burned", language).format(
        energy=amount_words(span.energy_gj, "GJ", language),
        known=known_words(span.energy_known_h, span.hours, language),
    )
    return HeatSentence(words)


def share_sentence(span: FuelSpan, language: Language) -> HeatSentence | None:
    """The share of natural gas, or what keeps it from being told; nothing of a works that has no natural gas."""
    if FuelKind.NATURAL_GAS not in span.kinds:
        return None
    hours = number(span.hours, language)
    if span.natural_pct is not None:
        part = fuel_text("share_part", language).format(known=number(span.burned_h, language), hours=hours)
        whole = span.burned_h >= span.hours
        words = fuel_text("share", language)
        return HeatSentence(words.format(pct=number(span.natural_pct, language, 1), known="" if whole else part))
    lacking = next((each for each in span.totals if each.fuel is span.share_lacks), None)
    if lacking is None:
        return None  # nothing was burned, which is said already
    words = fuel_text("share_unknown", language).format(
        fuel=lacking.fuel.name(language),
        known=number(lacking.energy_known_h, language, 1),
        hours=hours,
        why=doubt_words(lacking, language),
    )
    return HeatSentence(words, missing=True)


def doubt_words(total: FuelTotal, language: Language) -> str:
    """Why most of the hours that lack are not known."""
    stuck = number(total.fuel.stuck_s / 3600, language, 1)
    key = "no_flow" if total.doubt is None else total.doubt.value
    return fuel_text(f"doubt_{key}", language).format(stuck=stuck)


def flared_sentence(span: FuelSpan, language: Language) -> HeatSentence | None:
    """What was burned off; nothing of a works without a flare."""
    if not span.flared:
        return None
    if span.flared_nm3 is None:
        return HeatSentence(fuel_text("flared_unknown", language), missing=True)
    words = fuel_text("flared", language).format(
        amount=amount_words(span.flared_nm3, "Nm3", language),
        known=known_words(span.flared_known_h, span.hours, language),
    )
    return HeatSentence(words)


def carbon_dioxide_sentence(span: FuelSpan, use: FuelUse, language: Language) -> HeatSentence | None:
    """CO2 by the declared factors; nothing where none are declared."""
    if not use.counts_co2:
        return None
    if span.co2_t is None:
        return HeatSentence(fuel_text("carbon_dioxide_unknown", language), missing=True)
    words = fuel_text("carbon_dioxide", language).format(
        amount=amount_words(span.co2_t, "t", language), known=known_words(span.co2_known_h, span.hours, language)
    )
    return HeatSentence(words)


def specific_sentence(plant: Plant, specific: SpecificUse, language: Language) -> HeatSentence:
    """GJ for each tonne of a product, or why there is none."""
    product = plant.products[specific.product].name(language)
    if specific.gj_per_t is None:
        why = "" if specific.doubt is None else _lacks(specific.doubt.value, language)
        return HeatSentence(fuel_text("specific_none", language).format(product=product, why=why), missing=True)
    days = fuel_text("specific_days", language).format(days=specific.days, of_days=specific.of_days)
    words = fuel_text("specific", language).format(
        product=product,
        gj=gj_per_t_number(specific.gj_per_t, language),
        days=days if specific.days < specific.of_days else "",
    )
    return HeatSentence(words)


def gj_per_t_number(value: float, language: Language) -> str:
    """With both decimals, so that days stand below each other."""
    return localize_number(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP), language, 2)


def span_sentences(span: FuelSpan, use: FuelUse, language: Language) -> Iterator[HeatSentence]:
    """What was burned, the share of natural gas, what was flared, and CO2."""
    found = (
        burned_sentence(span, language),
        share_sentence(span, language),
        flared_sentence(span, language),
        carbon_dioxide_sentence(span, use, language),
    )
    yield from (each for each in found if each is not None)


def fuel_day_sentences(plant: Plant, report: FuelReport, day: int, language: Language) -> list[HeatSentence]:
    """Of a date (an ordinal): its fuel, and GJ for each tonne of what was made in it."""
    span = report.days.get(day)
    if span is None:
        return [HeatSentence(fuel_text("burned_unknown", language), missing=True)]
    made = [report.specific[product, day] for product in report.use.per_tonne_of if (product, day) in report.specific]
    specific = [specific_sentence(plant, each, language) for each in made]
    return [*span_sentences(span, report.use, language), *specific]


def fuel_note(fuel: Fuel, language: Language, about: Iterable[RestsOn] = RestsOn) -> str:
    """On what figures of a fuel rest, each kind of `about` once."""
    rests = {
        RestsOn.METER: fuel_text("metered", language),
        RestsOn.CALORIFIC_VALUE: _calorific(fuel, language),
        RestsOn.FACTOR: _factor(fuel, language),
    }
    return fuel_text("note", language).format(
        name=fuel_name(fuel, language),
        place=fuel.place_name(language),
        rests="; ".join(filter(None, (rests[each] for each in about))),
    )


def _calorific(fuel: Fuel, language: Language) -> str:
    unit = measure("MJ/Nm3" if fuel.kind.is_gas else "MJ/kg", language).replace("Nm3", "Nm³")
    given = fuel.calorific
    value = fuel_text("by_gauge", language) if given.value is None else f"{_exact(given.value, language)}\u00a0{unit}"
    return fuel_text("calorific", language).format(value=value, source=given.source)


def _factor(fuel: Fuel, language: Language) -> str:
    if fuel.emission is None:
        return ""
    factor = _exact(fuel.emission.kg_per_gj, language)
    return fuel_text("factor", language).format(factor=factor, source=fuel.emission.source)


def _exact(value: float, language: Language) -> str:
    """With the digits that were written, and no other."""
    return number(value, language, len(f"{value:.4f}".rstrip("0").partition(".")[2]))


def fuel_name(fuel: Fuel, language: Language) -> str:
    """Its name, with a word that it is flared if it is."""
    name = fuel.name(language)
    return fuel_text("flare", language).format(name=name) if fuel.flared else name


def _lacks(doubt: str, language: Language) -> str:
    pct = number(KNOWN_FOR_SPECIFIC * 100, language)
    return fuel_text(f"lacks_{doubt}", language).format(pct=pct)
