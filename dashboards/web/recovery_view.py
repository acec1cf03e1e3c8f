"""The way of one product as plain values: sentences, bars, units, and what can be supposed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboards.report.recovery.day_plan import days_of, planned_lines
from dashboards.report.recovery.document import RecoveryReport, shifts_a_day, supposed_words, told_units
from dashboards.report.texts import report_text
from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.recovery.recovered import Recovery, UnitDemand
from models.recovery.recovery_texts import recovery_text
from models.recovery.sentences import recovery_sentences, remark_sentences
from models.recovery.shown import shown
from models.recovery.standing_words import standing_words
from models.recovery.what_if import Supposed
from models.works.calendar import production_day
from models.works.localize import Language, localize_day, localize_month
from models.works.month import period_text, shifted
from models.works.plant import Plant

RUNS = 0
"""The place of a slider that supposes nothing of a unit."""
_MOST = 50
"""More is no supposition but an attack on the address."""


@dataclass(frozen=True, slots=True)
class RecoveryBar:
    """One bar in tonnes. `kind`: made, forecast, most or short (a most below the plan)."""

    label: str
    tonnes: float
    kind: str


@dataclass(frozen=True, slots=True)
class Slider:
    """What can be supposed by it. `kind`: stand or move, of the unit or repair `code`. Its places are 0 to `last`;
    `words` say what each supposes, and `at` is where it stands."""

    kind: str
    code: str
    label: str
    words: tuple[str, ...]
    at: int

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


@dataclass(frozen=True, slots=True)
class DayTable:
    """A line for each day that is left, before them one for now. `names`: of the columns."""

    names: tuple[str, ...]
    rows: tuple[tuple[Linked, ...], ...]


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """The way of a product. Without bars nothing is known of it. `days`: None if nothing is planned."""

    as_of: str
    supposed: str
    sentences: tuple[str, ...]
    remarks: tuple[str, ...]
    plan_t: float | None
    bars: tuple[RecoveryBar, ...]
    units: tuple[tuple[Linked, ...], ...]
    days: DayTable | None
    sliders: tuple[Slider, ...]


def product_link(plant: Plant, product: str, language: Language, month: int | None, supposed: Supposed) -> Linked:
    """Another product under the same suppositions: a furnace that stands is missed by each of them."""
    return Linked(plant.products[product].name(language), recovery_link(product, language, month, supposed))


def recovery_link(product: str, language: Language, month: int | None = None, supposed: Supposed | None = None) -> str:
    """The address of the way of a product, under what is supposed; `month` None: the one that runs."""
    given = [("product", product)]
    if month is not None:
        given.append(("month", period_text(month)))
    if supposed is not None:
        given += [("stand", f"{unit}:{date.fromordinal(day)}") for unit, day in supposed.stands.items()]
        given += [("move", f"{name}:{date.fromordinal(day)}") for name, day in supposed.moved.items()]
    return f"/recovery?{urlencode([*given, ('lang', language)])}"


def supposed_of(stands: Sequence[str], moved: Sequence[str]) -> tuple[Supposed, list[str]]:
    """What an address supposes, and what of it cannot be read."""
    unread: list[str] = []
    found: list[dict[str, int]] = []
    for given in (stands, moved):
        read: dict[str, int] = {}
        for each in given[:_MOST]:
            name, _, day = each.rpartition(":")
            try:
                read[name[:200]] = date.fromisoformat(day).toordinal()
            except ValueError:
                unread.append(each[:60])
        found.append(read)
    return Supposed(*found), unread


def with_slider(supposed: Supposed, slider: Slider, first: int, at: int, approved: int) -> Supposed:
    """What is supposed after a slider went to `at`. `first`: the first day that is left; `approved`: the day (an
    ordinal) on which a repair is to begin."""
    stands, moved = dict(supposed.stands), dict(supposed.moved)
    if slider.kind == "stand":
        stands.pop(slider.code, None)
        if at != RUNS:
            stands[slider.code] = first + at - 1
    else:
        moved.pop(slider.code, None)
        if first + at != approved:
            moved[slider.code] = first + at
    return Supposed(stands, moved)


def recovery_view(report: RecoveryReport, language: Language) -> RecoveryView | None:
    """The first product of the report; None if the books have none."""
    if not report.products:
        return None
    found, plant = report.products[0], report.plant
    return RecoveryView(
        as_of=f"{report_text('as_of', language)}: {report.as_of}",
        supposed="; ".join(supposed_words(report, language)),
        sentences=tuple(recovery_sentences(plant, found, language)),
        remarks=(*remark_sentences(plant, found.remarks, language), recovery_text("method", language)),
        plan_t=found.plan_t,
        bars=tuple(_bars(found, language)),
        units=tuple(_units(plant, found, language)),
        days=_days(plant, found, language),
        sliders=tuple(_sliders(report, found, language)),
    )


def month_links(product: str, month: int, running: int, language: Language) -> Sequence[tuple[Linked, bool]]:
    """The month that runs and the next one, each with whether it is `month` (the ordinals of their first days)."""
    months = dict.fromkeys((running, shifted(running, 1), month))
    return [
        (
            Linked(
                localize_month(date.fromordinal(each), language),
                recovery_link(product, language, None if each == running else each),
            ),
            each == month,
        )
        for each in sorted(months)
    ]


def approved_days(report: RecoveryReport) -> Mapping[str, int]:
    """By the name of a repair, the production date (an ordinal) on which it is to begin."""
    plant = report.plant
    return {
        repair.name: production_day(plant.shops[plant.units[repair.unit].shop].calendar, repair.start_ns).toordinal()
        for repair in report.repairs
    }


def _bars(found: Recovery, language: Language) -> Iterator[RecoveryBar]:
    if found.made_t is not None:
        yield RecoveryBar(text("recovery_made", language), found.made_t, "made")
    if found.forecast_t is not None:
        yield RecoveryBar(text("recovery_forecast", language), found.forecast_t, "forecast")
    if found.reachable_t is not None:
        kind = "short" if found.is_reachable is False else "most"
        yield RecoveryBar(text("recovery_most", language), found.reachable_t, kind)


def _units(plant: Plant, found: Recovery, language: Language) -> Iterator[tuple[Linked, ...]]:
    if found.way is None:
        return
    is_short = found.is_reachable is not True
    for unit in told_units(found.way):
        name = plant.units[unit.place.unit].name(language)
        # Where the plan can be made, what is required is below the limits of the largest month.
        is_limit = unit.limits and is_short
        limit = f" ({text('recovery_limit', language)})" if is_limit else ""
        yield (
            Linked(f"{name}{limit}", f"/unit/{unit.place.unit}?lang={language}"),
            Linked(plant.products[unit.place.product].name(language)),
            Linked(shown(unit.required_t_per_day, language)),
            Linked(shown(unit.required_t_per_day / shifts_a_day(plant, unit), language)),
            Linked("" if unit.recent_t_per_day is None else shown(unit.recent_t_per_day, language)),
            Linked(shown(unit.limit_t_per_day, language), tone="down" if is_limit else ""),
            Linked(shown(unit.hours, language)),
            Linked(standing_words(plant, unit, language)),
        )


def _days(plant: Plant, found: Recovery, language: Language) -> DayTable | None:
    lines = list(planned_lines(plant, found, language))
    if not lines:
        return None
    opening = [Linked("" if line.opening_t is None else shown(line.opening_t, language)) for line in lines]
    rows = [(Linked(text("recovery_lies_now", language)), *opening)] if any(each.shown for each in opening) else []
    for number, day in enumerate(days_of(found)):
        figures = (Linked(shown(line.tonnes[number], language)) for line in lines)
        rows.append((Linked(localize_day(day, language)), *figures))
    names = [line.name for line in lines]
    # A unit that makes two products has two columns.
    told = (f"{line.name}, {line.product}" if names.count(line.name) > 1 else line.name for line in lines)
    return DayTable((recovery_text("day", language), *told), tuple(rows))


def _sliders(report: RecoveryReport, found: Recovery, language: Language) -> Iterator[Slider]:
    plant, days = report.plant, range(found.first, shifted(found.month, 1))
    named = [localize_day(date.fromordinal(day), language) for day in days]
    until = text("recovery_until", language)
    words = (text("recovery_runs", language), *(until.format(day=day) for day in named))
    for code in _units_to_stand(found, report.supposed):
        if code in plant.units:
            label = text("recovery_stands", language).format(unit=plant.units[code].name(language))
            day = report.supposed.stands.get(code)
            yield Slider("stand", code, label, words, RUNS if day is None else day - found.first + 1)
    inside = {unit.place.unit for unit in (() if found.way is None else found.way.units)}
    for repair, approved in approved_days(report).items():
        unit = next(each.unit for each in report.repairs if each.name == repair)
        if approved not in days or unit not in inside:
            continue
        label = text("recovery_repair", language).format(unit=plant.units[unit].name(language), repair=repair)
        on = [
            text("recovery_as_planned" if day == approved else "recovery_on", language).format(day=shown_day)
            for day, shown_day in zip(days, named, strict=True)
        ]
        on.append(text("recovery_after", language))
        at = min(report.supposed.moved.get(repair, approved) - found.first, len(on) - 1)
        yield Slider("move", repair, label, tuple(on), at)


def _units_to_stand(found: Recovery, supposed: Supposed) -> Sequence[str]:
    units: Sequence[UnitDemand] = () if found.way is None else found.way.units
    return list(dict.fromkeys([*(unit.place.unit for unit in units), *supposed.stands]))
