"""Natural gas of months against those of the year before: how much, its share in the energy, what was flared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.gas_texts import GAS_TEXTS
from models.briefing.months_named import months_compared, months_named
from models.briefing.russian import PERCENT, counted
from models.briefing.shown_numbers import plain, rounded, shown
from models.briefing.texts import briefing_text
from models.heat.fuel import Fuel, FuelKind, FuelUse
from models.heat.fuel_sentences import (
    RestsOn,
    amount_words,
    carbon_dioxide_sentence,
    flared_sentence,
    fuel_note,
    known_words,
    share_sentence,
)
from models.heat.fuel_span import FuelSpan, FuelTotal, added
from models.heat.fuel_texts import fuel_text
from models.heat.gas_phases import GasPhase, phases_sentence
from models.heat.sentences import number
from models.heat.specific_use import KNOWN_FOR_SPECIFIC
from models.tables.growth_span import Days
from models.works.localize import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class GasOfMonths:
    """`now` and `base`: the fuel of the months and of those a year before. `phases`: of the project `project`."""

    use: FuelUse
    months: Days
    base_months: Days
    now: FuelSpan
    base: FuelSpan
    phases: Sequence[GasPhase] = ()
    project: str = ""


def gas_section(told: GasOfMonths, source: str, language: Language) -> BriefingSection:
    """`source`: the sentence that names the ledger and the instant."""
    natural = [fuel for fuel in told.use.burned if fuel.kind is FuelKind.NATURAL_GAS]
    lines: list[BriefingLine] = []
    if natural:
        totals = told.now.of_kind(FuelKind.NATURAL_GAS), told.base.of_kind(FuelKind.NATURAL_GAS)
        words = _amount("gas_burned", totals, told, language)
        if words:
            lines.append(BriefingLine(words, _note(natural, (RestsOn.METER,), source, language)))
        else:
            named = months_named(told.months, language)
            lines.append(BriefingLine(_text("gas_unknown", language).format(months=named), missing=True))
        lines += _share(told, source, language)
    if told.use.flared:
        words = _amount("gas_flared", (told.now.flared, told.base.flared), told, language)
        missing = flared_sentence(told.now, language)
        if words:
            lines.append(BriefingLine(words, _note(told.use.flared, (RestsOn.METER,), source, language)))
        elif missing is not None:
            lines.append(BriefingLine(missing.words, missing=True))
    carbon = carbon_dioxide_sentence(told.now, told.use, language)
    if carbon is not None:
        note = _note(told.use.fuels, (RestsOn.FACTOR,), source, language)
        lines.append(BriefingLine(carbon.words, None if carbon.missing else note, carbon.missing))
    phases = phases_sentence(told.phases, language)
    if phases:
        words = _text("gas_phases_note", language).format(project=told.project)
        lines.append(BriefingLine(phases, BriefingNote(f"{words} {source}")))
    return BriefingSection(BriefingSubject.GAS, briefing_text("subject_gas", language), lines)


def _amount(
    key: str, totals: tuple[Sequence[FuelTotal], Sequence[FuelTotal]], told: GasOfMonths, language: Language
) -> str:
    """The amount with its growth; "" if no hour of it is known."""
    now, base = totals
    amount = added(each.amount for each in now)
    if amount is None:
        return ""
    known_h = min(each.known_h for each in now)
    return _text(key, language).format(
        amount=amount_words(amount, "Nm3", language),
        known=known_words(known_h, told.now.hours, language),
        growth=_growth(_whole(now, told.now.hours), _whole(base, told.base.hours), told.base_months, language),
    )


def _whole(totals: Iterable[FuelTotal], hours: int) -> float | None:
    """The amount, each fuel's missing hours taken as the mean of its others; None if too many lack."""
    found = 0.0
    for each in totals:
        if each.amount is None or each.known_h < KNOWN_FOR_SPECIFIC * hours:
            return None
        found += each.amount * hours / each.known_h
    return found


def _growth(now: float | None, base: float | None, base_months: Days, language: Language) -> str:
    named = months_named(base_months, language)
    if now is None or base is None:
        return _text("gas_no_growth", language).format(base=named)
    if base <= 0:
        return _text("gas_base_zero", language).format(base=named)
    pct = rounded((Decimal(str(now)) / Decimal(str(base)) - 1) * 100)
    compared = months_compared(base_months, language)
    key = "gas_up" if pct > 0 else "gas_down" if pct < 0 else "gas_same"
    return _text(key, language).format(
        pct=shown(abs(pct), language), percent=counted(plain(abs(pct)), PERCENT), base=compared
    )


def _share(told: GasOfMonths, source: str, language: Language) -> list[BriefingLine]:
    now, before = told.now, told.base.natural_pct
    if now.natural_pct is None:
        said = share_sentence(now, language)
        return [] if said is None else [BriefingLine(said.words, missing=said.missing)]
    part = fuel_text("share_part", language).format(
        known=number(now.burned_h, language), hours=number(now.hours, language)
    )
    change = "" if before is None else _text("gas_share_before", language).format(pct=number(before, language, 1))
    words = _text("gas_share", language).format(
        pct=number(now.natural_pct, language, 1), known="" if now.burned_h >= now.hours else part, change=change
    )
    return [BriefingLine(words, _note(told.use.burned, (RestsOn.CALORIFIC_VALUE,), source, language))]


def _note(fuels: Iterable[Fuel], about: Sequence[RestsOn], source: str, language: Language) -> BriefingNote:
    return BriefingNote(" ".join([*(fuel_note(fuel, language, about) for fuel in fuels), source]))


def _text(key: str, language: Language) -> str:
    return GAS_TEXTS[key][language]
