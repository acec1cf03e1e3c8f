"""What can be supposed of the days that are left, as sliders: a unit that stands, a repair on other days. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.report.recovery.document import RecoveryReport
from dashboards.web.texts import text
from models.recovery.other_day import on_day
from models.recovery.recovered import Recovery, UnitDemand
from models.recovery.standing_words import instant_words
from models.recovery.what_if import Supposed
from models.stated.plan import Repair
from models.works.calendar import production_day
from models.works.localize import Language, localize_day
from models.works.month import shifted
from models.works.plant import Calendar, Plant

RUNS = 0
"""The place of a slider that supposes nothing of a unit."""


@dataclass(frozen=True, slots=True)
class Slider:
    """What can be supposed by it. `kind`: stand, move or end, of the unit or repair `code`. Its places are 0 to `last`;
    `words` say what each supposes, `at` is where it stands, and at `planned` it supposes nothing. `first`: the day (an
    ordinal) of its first place; of a unit that is the one before its first day."""

    kind: str
    code: str
    label: str
    words: tuple[str, ...]
    at: int
    first: int
    planned: int = RUNS

    @property
    def last(self) -> int:
        """Its last place."""
        return len(self.words) - 1

    def place(self, given: object) -> int:
        """The place that a browser says; one that it does not have is the nearest, and what is no number its own."""
        try:
            return min(max(int(str(given)[:9]), 0), self.last)
        except ValueError:
            return self.at


def with_slider(supposed: Supposed, slider: Slider, at: int) -> Supposed:
    """What is supposed after a slider went to `at`."""
    kinds = {"stand": dict(supposed.stands), "move": dict(supposed.moved), "end": dict(supposed.ended)}
    kinds[slider.kind].pop(slider.code, None)
    if at != slider.planned:
        kinds[slider.kind][slider.code] = slider.first + at
    return Supposed(kinds["stand"], moved=kinds["move"], ended=kinds["end"])


def sliders_of(report: RecoveryReport, found: Recovery, language: Language) -> Iterator[Slider]:
    """Those of the units of a way, of their repairs that begin in what is left of the month, and of those that run."""
    yield from _of_units(report, found, language)
    inside = {unit.place.unit for unit in (() if found.way is None else found.way.units)}
    for repair in report.repairs:
        days = _days(report, found, repair.unit)
        if repair.unit in inside and _day_of(report.plant, repair, repair.start_ns) in days:
            yield _begin(report, repair, days, language)
    for repair in report.under_way:
        if repair.unit in inside:
            yield _end(report, repair, _days(report, found, repair.unit), language)


def _days(report: RecoveryReport, found: Recovery, unit: str) -> range:
    """The days that are left by the calendar of a unit: in the night one shop may be a day behind another."""
    calendar = report.plant.shops[report.plant.units[unit].shop].calendar
    return range(max(found.first, production_day(calendar, report.now_ns).toordinal()), shifted(found.month, 1))


def _of_units(report: RecoveryReport, found: Recovery, language: Language) -> Iterator[Slider]:
    plant, until = report.plant, text("recovery_until", language)
    for code in _units_to_stand(found, report.supposed):
        if code in plant.units:
            days = _days(report, found, code)
            words = (text("recovery_runs", language), *(until.format(day=_named(day, language)) for day in days))
            label = text("recovery_stands", language).format(unit=plant.units[code].name(language))
            day = report.supposed.stands.get(code)
            before = days.start - 1
            yield Slider("stand", code, label, words, RUNS if day is None else day - before, before)


def _begin(report: RecoveryReport, repair: Repair, days: range, language: Language) -> Slider:
    approved = _day_of(report.plant, repair, repair.start_ns)
    words = [
        text("recovery_as_planned" if day == approved else "recovery_on", language).format(day=_named(day, language))
        for day in days
    ]
    words.append(text("recovery_after", language))
    at = _place(report.supposed.moved, repair, approved, days)
    label = _label("recovery_repair", report.plant, repair, language)
    return Slider("move", repair.name, label, tuple(words), at, days.start, approved - days.start)


def _end(report: RecoveryReport, repair: Repair, days: range, language: Language) -> Slider:
    """Of a repair that runs. One that is to end after the month has its last place for that."""
    plant, approved = report.plant, _day_of(report.plant, repair, repair.end_ns)
    planned = min(approved - days.start, len(days))
    words = [_end_words(report, repair, day, language) for day in days]
    words.append(text("recovery_after", language))
    approved_words = text("recovery_as_planned", language)
    words[planned] = approved_words.format(day=instant_words(plant, repair.unit, repair.end_ns, language))
    at = planned
    if repair.name in report.supposed.ended:
        at = _place(report.supposed.ended, repair, approved, days)
    label = _label("recovery_ends", plant, repair, language)
    return Slider("end", repair.name, label, tuple(words), at, days.start, planned)


def _end_words(report: RecoveryReport, repair: Repair, day: int, language: Language) -> str:
    at_ns = on_day(_calendar(report.plant, repair), repair.end_ns, day)
    if at_ns <= report.now_ns:
        return text("recovery_ends_now", language)
    return text("recovery_on", language).format(day=instant_words(report.plant, repair.unit, at_ns, language))


def _place(supposed: Mapping[str, int], repair: Repair, approved: int, days: range) -> int:
    return min(supposed.get(repair.name, approved) - days.start, len(days))


def _label(key: str, plant: Plant, repair: Repair, language: Language) -> str:
    return text(key, language).format(unit=plant.units[repair.unit].name(language), repair=repair.name)


def _named(day: int, language: Language) -> str:
    return localize_day(date.fromordinal(day), language)


def _day_of(plant: Plant, repair: Repair, instant_ns: int) -> int:
    return production_day(_calendar(plant, repair), instant_ns).toordinal()


def _calendar(plant: Plant, repair: Repair) -> Calendar:
    return plant.shops[plant.units[repair.unit].shop].calendar


def _units_to_stand(found: Recovery, supposed: Supposed) -> Sequence[str]:
    units: Sequence[UnitDemand] = () if found.way is None else found.way.units
    return list(dict.fromkeys([*(unit.place.unit for unit in units), *supposed.stands]))
