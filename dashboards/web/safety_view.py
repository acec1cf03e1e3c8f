"""What the page of industrial safety shows, in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.report.incident_line import place_of_accident, shop_name
from dashboards.web.month_parts import Linked
from dashboards.web.numbers import local, number
from dashboards.web.texts import text
from models.access.user import Right, User
from models.briefing.months_named import months_listed, months_named
from models.stated.accident import AccidentTerms, AccidentWord, accident_day, days_without, today_of
from models.tables.above_lines import AboveLine, above_lines
from models.tables.accident_rates import AccidentFigures, AccidentRate, NoRate, StatedSafety, accident_figures
from models.works.calendar import local_date, stamp_ns
from models.works.localize import Language, localize_day
from models.works.month import month_of, months_between, shifted, year_start
from models.works.place import ALL
from models.works.plant import Plant
from models.works.table import Row

_BELOW = "\N{EM SPACE}"
"""Before the name of a unit, which stands below its shop."""
SHOWN = 200
MONTHS = 13
"""The running one and a year back."""
RATE_COLUMNS = (
    *("safety_months", "safety_victims", "safety_fatal", "safety_days_lost"),
    *("safety_per_1000", "safety_ltifr"),
)
METHANE_COLUMNS = (
    *("safety_working", "safety_at_minutes", "safety_limit", "safety_greatest", "safety_above_min"),
    *("safety_made_above",),
)
METHANE_DAYS = 7
"""As far back as hours of methane are made anew."""
DAY_COLUMNS = ("safety_place", "safety_days_count", "safety_newest")


@dataclass(frozen=True, slots=True)
class AccidentView:
    """One line. `counts`: victims, fatal, days lost. `may_change`: whether the viewer is offered to correct it and to
    take it back."""

    word: AccidentWord
    at: str
    place: str
    kind: str
    cause: str
    counts: tuple[str, str, str]
    may_change: bool


@dataclass(frozen=True, slots=True)
class SafetyView:
    """`days`: a line for each place, and `rates`: for each span, in the order of the columns above. `methane`: for each
    hour above a limit, newest first; None where no working is declared."""

    days: tuple[tuple[Linked, ...], ...] = ()
    rates: tuple[tuple[Linked, ...], ...] = ()
    accidents: tuple[AccidentView, ...] = ()
    more: bool = False
    methane: tuple[tuple[Linked, ...], ...] | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingAtSafety:
    """What the view is made of: the plant, a shop of it (ALL: the works), who looks, the time (UTC), and the
    language."""

    plant: Plant
    shop: str
    terms: AccidentTerms
    user: User | None
    now_ns: int
    language: Language

    @property
    def may_enter(self) -> bool:
        """Whether the viewer is offered to enter an accident here."""
        return self.user is not None and any(self.user.may(Right.STATE_ACCIDENTS, code) for code in self.shops)

    @property
    def shops(self) -> tuple[str, ...]:
        """The shops that are shown; of the works also what is in none."""
        return (ALL, *self.plant.shops) if self.shop == ALL else (self.shop,)

    def may_change(self, word: AccidentWord) -> bool:
        """Whether the viewer may correct it."""
        return self.user is not None and self.user.may(Right.STATE_ACCIDENTS, word.shop)


def safety_view(stated: StatedSafety, of: LookingAtSafety, workings: Sequence[Row] = ()) -> SafetyView:
    """The page. `workings`: the hours of workings, as `safety_hour` has them."""
    ours = [word for word in stated.accidents if word.is_at(of.shop, ALL)]
    return SafetyView(
        days=tuple(_days(of, stated)),
        rates=tuple(_rates(of, stated)),
        accidents=tuple(_accident(word, of) for word in ours[: -SHOWN - 1 : -1]),
        more=len(ours) > SHOWN,
        methane=_methane(of, workings),
    )


def methane_span(plant: Plant, now_ns: int) -> tuple[int, int]:
    """[start_ns, end_ns) of the hours of methane that are shown."""
    return stamp_ns(plant.zone, local_date(plant.zone, now_ns) - timedelta(METHANE_DAYS)), now_ns


def _methane(of: LookingAtSafety, workings: Sequence[Row]) -> tuple[tuple[Linked, ...], ...] | None:
    ours = [row for row in workings if dict(row.key.tags)["shop"] in of.shops]
    if not ours:
        return None
    return tuple(_above(of, line) for line in reversed(above_lines(ours)))


def _above(of: LookingAtSafety, line: AboveLine) -> tuple[Linked, ...]:
    language = of.language
    unit, name = of.plant.units.get(line.unit), line.name(language)
    mine = line.unit if unit is None else unit.name(language)
    start = local(line.start_ns, of.plant.zone)
    at = ", ".join(line.at) or f"{start:%H:%M}"
    limit = "" if line.limit_pct is None else f"{number(line.limit_pct, language, 2)}\N{NO-BREAK SPACE}%"
    return (
        Linked(name if mine in name else f"{name} ({mine})"),
        Linked(f"{localize_day(start.date(), language)}, {at}"),
        Linked(f"{limit} ({text(f'safety_limit_{line.limit}', language)})"),
        Linked(f"{number(line.greatest_pct, language, 2)}\N{NO-BREAK SPACE}%"),
        Linked(number(line.above_min, language, 1)),
        Linked(_made(line, language)),
    )


def _made(line: AboveLine, language: Language) -> str:
    if line.made_t is None or line.minutes is None:
        return text("safety_made_unknown", language)
    key = "safety_made" if line.known == line.minutes else "safety_made_part"
    return text(key, language).format(
        tonnes=number(line.made_t, language, 1), known=number(line.known, language),
        minutes=number(line.minutes, language),
    )  # fmt: skip


def _days(of: LookingAtSafety, stated: StatedSafety) -> list[tuple[Linked, ...]]:
    plant, language = of.plant, of.language
    units = [unit for unit in plant.units.values() if unit.shop in of.shops]
    places = [(shop, ALL, shop_name(plant, shop, language)) for shop in of.shops]
    lines = []
    for shop, _, name in places:
        lines.append(_days_of(of, stated, (shop, ALL), name))
        lines += [
            _days_of(of, stated, (shop, unit.code), unit.name(language)) for unit in units if unit.shop == shop != ALL
        ]
    return lines


def _days_of(of: LookingAtSafety, stated: StatedSafety, place: tuple[str, str], name: str) -> tuple[Linked, ...]:
    ours = [word for word in stated.accidents if word.is_at(*place)]
    count = days_without(of.plant, ours, today_of(of.plant, place[0], of.now_ns))
    shown = Linked(name if place[1] == ALL else f"{_BELOW}{name}")
    if count is None:
        return shown, Linked(""), Linked(text("safety_none_on_record", of.language))
    newest = [word for word in ours if word.victims][-1]
    day = localize_day(date.fromordinal(accident_day(of.plant, newest)), of.language)
    return shown, Linked(number(count, of.language)), Linked(f"{day} (№ {newest.number})")


def _rates(of: LookingAtSafety, stated: StatedSafety) -> list[tuple[Linked, ...]]:
    running = month_of(local_date(of.plant.zone, of.now_ns).toordinal())
    # January has no complete month of its own year: that of the year before is told.
    year = year_start(shifted(running, -1)), running
    spans = [year, (shifted(year[0], -12), shifted(year[1], -12))]
    spans += [(month, shifted(month, 1)) for month in (shifted(running, -back) for back in range(MONTHS))]
    return [_rate_line(of, accident_figures(of.plant, stated, span, of.shop), running) for span in spans]


def _rate_line(of: LookingAtSafety, figures: AccidentFigures, running: int) -> tuple[Linked, ...]:
    language = of.language
    runs = figures.months[0] == running
    # What nobody stated of may be more than what was entered.
    sure = runs or not figures.unreported
    months = len(list(months_between(*figures.months)))
    rates = (
        (Linked(text("safety_month_runs", language)),) * 2
        if runs
        else (_rate(figures.per_1000, "people", months, language), _rate(figures.ltifr, "hours", months, language))
    )
    return (
        Linked(months_named(figures.months, language)),
        *(_count(value, language, sure=sure) for value in (figures.victims, figures.fatal)),
        _days_lost(figures, language, sure=sure),
        *rates,
    )


def _days_lost(figures: AccidentFigures, language: Language, *, sure: bool) -> Linked:
    """What is stated is a least where it is not stated of some accident."""
    missing = figures.days_not_stated
    if not missing:
        return _count(figures.days_lost, language, sure=sure)
    if missing == len(figures.accidents):
        return Linked(text("safety_not_stated", language))
    words = text("safety_days_at_least", language)
    return Linked(words.format(count=number(figures.days_lost, language), missing=number(missing, language)))


def _count(value: int, language: Language, *, sure: bool) -> Linked:
    shown = number(value, language)
    if not sure:
        shown = text("safety_at_least" if value else "safety_not_stated", language).format(count=shown)
    return Linked(shown)


def _rate(rate: AccidentRate, of_what: str, months: int, language: Language) -> Linked:
    if rate.value is not None:
        return Linked(number(rate.value, language, 2))
    if rate.why is NoRate.ZERO:
        return Linked(text(f"safety_no_{of_what}", language))
    if len(rate.lacking) == 1 == months:
        return Linked(text("safety_not_stated", language))
    lacking = months_listed(rate.lacking, language)
    return Linked(text("safety_months_not_stated", language).format(months=lacking))


def _accident(word: AccidentWord, of: LookingAtSafety) -> AccidentView:
    shop = of.plant.shops.get(word.shop)
    at = local(word.at_ns, of.plant.zone if shop is None else shop.calendar.zone)
    return AccidentView(
        word=word,
        at=f"{localize_day(at.date(), of.language)} {at:%H:%M}",
        place=place_of_accident(of.plant, word, of.language),
        kind=of.terms.kind_name(word.kind, of.language),
        cause=of.terms.cause_name(word.cause, of.language) or text("safety_being_established", of.language),
        counts=(
            number(word.victims, of.language),
            number(word.fatal, of.language),
            "" if word.days_lost is None else number(word.days_lost, of.language),
        ),
        may_change=of.may_change(word),
    )


def places_to_choose(of: LookingAtSafety) -> Sequence[tuple[str, str]]:
    """(how a file writes it, name) of each place in which the viewer may state an accident."""
    plant, language, user = of.plant, of.language, of.user
    if user is None:
        return ()
    found = []
    if user.may(Right.STATE_ACCIDENTS, ALL):
        found.append((ALL, shop_name(plant, ALL, language)))
    for code in plant.shops:
        if user.may(Right.STATE_ACCIDENTS, code):
            name = shop_name(plant, code, language)
            units = [unit for unit in plant.units.values() if unit.shop == code]
            found.append((code, name))
            found += [(f"{code}/{unit.code}", f"{name}: {unit.name(language)}") for unit in units]
    return found
