"""Who signed the figures of a day, in words: on pages and paper alike. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from dashboards.report.places import name_in
from dashboards.report.texts import report_text
from dashboards.web.numbers import local, number
from models.access.user import author_of
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.signature import WORKS, DaySignature, JudgedScope, LineChange, SignatureState
from models.works.localize import Language, localize_day, localize_number
from models.works.plant import Plant

CHANGES_NAMED = 5
"""More would bury the first; the page of the receipt has all that happened to a figure."""
_TO_KG, _TO_GRAM = 3, 6
"""Decimals of tonnes: to the kilogram, or to the gram where the kilograms are the same."""


def scope_name(plant: Plant, scope: str, language: Language) -> str:
    """The name of the shop, or the word for the works."""
    return (
        name_in(plant.shops[scope].names, language) if scope in plant.shops else report_text("signed_works", language)
    )


def author_text(signature: DaySignature) -> str:
    """The person, told apart from others of the name by what the person signs in with."""
    return author_of(signature.user, signature.full_name)


def signature_text(plant: Plant, judged: JudgedScope, language: Language) -> str:
    """Whether a scope is signed, by whom and when, and what changed since."""
    signature = judged.signature
    if signature is None:
        counting = judged.state is SignatureState.COUNTING
        return report_text("signed_uncounted" if counting else "signed_none", language)
    said = report_text(f"signed_{judged.state.value}", language).format(
        who=_who_and_when(plant, signature, language),
        number=localize_number(signature.id, language),
        what="; ".join(changes_text(plant, judged, language)),
    )
    note = signature.note if judged.state is not SignatureState.BROKEN else ""
    return f"{said}, {report_text('signed_note', language).format(note=note)}" if note else said


def changes_text(plant: Plant, judged: JudgedScope, language: Language) -> list[str]:
    """What differs from what was signed, the first of it; totals only where no unit below them differs."""
    changes = [change for change in judged.changes if change.line.level == "unit"] or judged.changes
    said = [_change_text(plant, change, language) for change in changes[:CHANGES_NAMED]]
    if len(changes) > CHANGES_NAMED:
        said.append(report_text("signed_more", language).format(count=len(changes) - CHANGES_NAMED))
    if judged.shops:
        names = ", ".join(scope_name(plant, shop, language) for shop in judged.shops)
        said.append(report_text("signed_shops", language).format(shops=names))
    return said


def signed_notes(plant: Plant, judged: Sequence[JudgedScope], language: Language) -> list[str]:
    """A line for each signature, and one that names who is missing. None as long as nobody signed: then paper has lines
    to sign by hand alone."""
    if not any(each.signature for each in judged):
        return []
    said = [
        f"{report_text('signed_for', language).format(scope=scope_name(plant, each.scope, language))}: "
        f"{signature_text(plant, each, language)}"
        for each in judged
        if each.signature is not None
    ]
    missing = [scope_name(plant, each.scope, language) for each in judged if each.signature is None]
    if missing:
        said.append(report_text("signed_missing", language).format(scopes=", ".join(missing)))
    return said


def signed_by(plant: Plant, judged: Sequence[JudgedScope], language: Language) -> str:
    """Who signed the works and when, if that holds; else ""."""
    for each in judged:
        if each.scope == WORKS and each.signature is not None and each.state is SignatureState.HOLDS:
            return _who_and_when(plant, each.signature, language)
    return ""


def _who_and_when(plant: Plant, signature: DaySignature, language: Language) -> str:
    at = local(signature.recorded_ns, plant.zone)
    return f"{author_text(signature)}, {localize_day(at.date(), language)} {at:%H:%M}"


def _change_text(plant: Plant, change: LineChange, language: Language) -> str:
    line = change.line
    unit = plant.units.get(line.unit)
    place = report_text("signed_total", language) if unit is None else unit.name(language)
    product = plant.products[line.product].name(language) if line.product in plant.products else line.product
    before, after = (None if each is None else each.grams for each in (change.signed, change.now))
    if before != after or change.signed is None or change.now is None:
        return f"{place}, {product}: {' → '.join(_tonnes(before, after, language))} {report_text('t', language)}"
    pair = change.signed.completeness_pct, change.now.completeness_pct
    if pair[0] != pair[1]:
        said = report_text("signed_completeness", language), "%"
    else:
        said = report_text("signed_stops", language), ""
        pair = _stopped(change.signed.values[2:]), _stopped(change.now.values[2:])
    shown = " → ".join(number(value, language, 2) for value in pair)
    return f"{place}, {product}, {said[0]}: {shown} {said[1]}".rstrip()


def _stopped(hours: Sequence[float | None]) -> float | None:
    known = [each for each in hours if each is not None]
    return sum(known) if known else None


def _tonnes(before: int | None, after: int | None, language: Language) -> tuple[str, str]:
    kilograms = [None if grams is None else round(grams, -3) for grams in (before, after)]
    decimals = _TO_KG if kilograms[0] != kilograms[1] else _TO_GRAM
    first, second = (
        number(None if grams is None else Decimal(grams) / GRAMS_PER_TONNE, language, decimals)
        for grams in (before, after)
    )
    return first, second
