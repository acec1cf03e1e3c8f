"""Industrial safety: who was hurt in the months against those of the year before, the two rates, and how long nothing
happened."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.documents_named import documents_named
from models.briefing.months_named import months_listed, months_named
from models.briefing.russian import DAYS, HURT, PEOPLE, counted, killed
from models.briefing.shown_numbers import day_shown, plain, shown
from models.briefing.texts import briefing_text
from models.stated.accident import AccidentWord, accident_day, days_without
from models.tables.accident_rates import AccidentFigures, AccidentRate, NoRate, StatedSafety, accident_figures
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import shifted
from models.works.plant import Plant

_NAMED = 8
"""Accidents that a note names; of more it says how many."""


def safety_section(plant: Plant, stated: StatedSafety, months: Days, today: int, language: Language) -> BriefingSection:
    """The works in whole months [first, end) (ordinals), as of their end, or of the date `today` (an ordinal)."""
    made = accident_figures(plant, stated, months)
    base = accident_figures(plant, stated, (shifted(months[0], -12), shifted(months[1], -12)))
    lines = [
        _hurt(plant, made, base, language),
        _rate("per_1000", made.victims, made.per_1000, language),
        _rate("ltifr", made.victims, made.ltifr, language),
        _without(plant, stated, min(today, months[1] - 1), language),
    ]
    return BriefingSection(BriefingSubject.SAFETY, briefing_text("subject_safety", language), lines)


def _hurt(plant: Plant, made: AccidentFigures, base: AccidentFigures, language: Language) -> BriefingLine:
    named = months_named(made.months, language)
    words = _people("hurt" if made.victims else "hurt_none", made, named, language)
    if made.unreported:
        lacking = months_listed(made.unreported, language)
        words = f"{words} {briefing_text('months_unreported', language).format(months=lacking)}"
    elif base.unreported:
        lacking = months_listed(base.unreported, language)
        words = f"{words} {briefing_text('base_unreported', language).format(months=lacking)}"
    else:
        base_named = months_named(base.months, language)
        key = "hurt_before" if base.victims else "hurt_none_before"
        words = f"{words} {_people(key, base, base_named, language)}"
    return BriefingLine(words, _note_of(plant, made.accidents, language), missing=bool(made.unreported))


def _people(key: str, figures: AccidentFigures, months: str, language: Language) -> str:
    victims = Decimal(figures.victims)
    return briefing_text(key, language).format(
        months=months,
        victims=shown(victims, language),
        people=counted(victims, PEOPLE),
        person="person" if figures.victims == 1 else "people",
        fatal=shown(Decimal(figures.fatal), language),
        hurt=counted(victims, HURT).capitalize(),
        killed=killed(figures.fatal),
    )


def _note_of(plant: Plant, accidents: Sequence[AccidentWord], language: Language) -> BriefingNote:
    words = briefing_text("note_hurt", language)
    if accidents:
        named = ", ".join(
            f"{word.number} ({day_shown(accident_day(plant, word), language)})" for word in accidents[:_NAMED]
        )
        more = len(accidents) - _NAMED
        if more > 0:
            named += briefing_text("and_more", language).format(count=more)
        authors = ", ".join(sorted({word.author for word in accidents}))
        words += " " + briefing_text("note_accidents", language).format(accidents=named, authors=authors)
    return BriefingNote(words)


_BASES: Mapping[str, str] = {"per_1000": "employed", "ltifr": "hours"}


def _rate(key: str, victims: int, rate: AccidentRate, language: Language) -> BriefingLine:
    if rate.value is None:
        why = f"no_{_BASES[key]}" if rate.why is NoRate.NOT_STATED else f"zero_{_BASES[key]}"
        lacking = months_listed(rate.lacking, language)
        return BriefingLine(briefing_text(why, language).format(months=lacking), missing=True)
    words = briefing_text(key, language).format(value=shown(rate.value, language))
    base = plain((rate.base or Decimal()).quantize(Decimal("0.1")))
    note = briefing_text(f"note_{key}", language).format(victims=victims, base=shown(base, language))
    used = [(each.source, each.stated_on, each.author) for each in rate.used]
    return BriefingLine(words, BriefingNote(f"{note} {documents_named(used, language)}".strip()))


def _without(plant: Plant, stated: StatedSafety, day: int, language: Language) -> BriefingLine:
    days = days_without(plant, stated.accidents, day)
    at = day_shown(day, language)
    if days is None:
        return BriefingLine(briefing_text("no_accident_on_record", language).format(day=at))
    words = briefing_text("days_without", language)
    return BriefingLine(
        words.format(day=at, count=shown(Decimal(days), language), day_word=counted(Decimal(days), DAYS),
                     days="day" if days == 1 else "days"),
        BriefingNote(briefing_text("note_days_without", language)),
    )  # fmt: skip
