"""The page of gas and fuel as plain values. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.web.fuel_days import FuelOfMonth
from dashboards.web.month_parts import Linked
from dashboards.web.numbers import moment
from dashboards.web.texts import text
from models.heat.fuel import FuelKind
from models.heat.fuel_report import FuelReport
from models.heat.fuel_sentences import (
    amount_words,
    fuel_name,
    fuel_note,
    gj_per_t_number,
    share_sentence,
    specific_sentence,
    total_unit,
)
from models.heat.fuel_span import FuelSpan, FuelTotal
from models.heat.fuel_texts import fuel_text
from models.heat.sentences import number
from models.heat.specific_use import SpecificDoubt, SpecificUse
from models.works.calendar import NS
from models.works.localize import Language, localize_day, localize_month
from models.works.month import shifted
from models.works.plant import Plant
from models.works.units_of_measure import measure

FUEL_COLUMNS = ("fuel_fuel", "fuel_place", "fuel_amount", "fuel_energy", "fuel_known")
FUEL_NUMBERS = frozenset({"fuel_amount", "fuel_energy", "fuel_known"})
DAY_COLUMNS = (
    *("fuel_day", "fuel_energy", "fuel_share", "fuel_flared_nm3", "fuel_carbon_t", "fuel_specific", "fuel_known"),
)
DAY_NUMBERS = frozenset(DAY_COLUMNS) - {"fuel_day"}


@dataclass(frozen=True, slots=True)
class FuelTile:
    """One figure: how it reads, what it is, and of how much of the time it is, if not of all. `known`: False if there
    is none."""

    shown: str
    what: str
    part: str
    known: bool


@dataclass(frozen=True, slots=True)
class FuelBars:
    """Energy in GJ by day of each kind (name, by day), the share of natural gas in percent; None where not known.
    `tips`: of each day, lines."""

    labels: tuple[str, ...]
    kinds: tuple[tuple[FuelKind, str, tuple[float | None, ...]], ...]
    share: tuple[float | None, ...]
    tips: tuple[tuple[str, ...], ...]

    @property
    def are_known(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for _, _, values in self.kinds for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelCard:
    """A day or a month. `said`: what keeps a figure from being told; `fuels`: a line for each fuel."""

    key: str
    title: str
    tiles: Sequence[FuelTile]
    said: Sequence[str]
    fuels: Sequence[Sequence[Linked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelView:
    """The whole page. `phases`: (words, tone) of each; `notes`: on what each fuel's figures rest."""

    cards: Sequence[FuelCard]
    bars: FuelBars
    days: Sequence[Sequence[Linked]]
    phases: Sequence[tuple[str, str]]
    notes: Sequence[str]


def fuel_view(plant: Plant, told: FuelOfMonth, language: Language) -> FuelView:
    """The page of a month."""
    report = told.report
    page = _Page(plant, told, language)
    return FuelView(
        cards=page.cards(),
        bars=page.bars(),
        days=[page.day(day, span) for day, span in sorted(report.days.items(), reverse=True)],
        phases=[
            (f"{phase.milestone.name(language)}: {phase.when(language)}", _phase_tone(phase.reached, phase.late))
            for phase in told.phases
        ],
        notes=[fuel_note(fuel, language) for fuel in report.use.fuels],
    )


def _phase_tone(reached: bool, late: int) -> str:
    return "up" if reached else "down" if late else "plain"


@dataclass(frozen=True, slots=True)
class _Page:
    plant: Plant
    told: FuelOfMonth
    language: Language

    @property
    def report(self) -> FuelReport:
        return self.told.report

    def cards(self) -> list[FuelCard]:
        report, today, language = self.report, self.told.today, self.language
        cards = []
        if today in report.days:
            end = moment(report.until_s // 3600 * 3600 * NS, report.until_s * NS, report.zone)
            title = text("fuel_today", language).format(day=self._day(today), end=end)
            cards.append(self._card("today", title, report.days[today], []))
        if report.months:
            last = max(report.months)
            runs = shifted(date.fromordinal(last).replace(day=1).toordinal(), 1) > today
            month = localize_month(date.fromordinal(last), language)
            title = text("fuel_month" if runs else "fuel_whole_month", language).format(month=month)
            specific = [
                report.specific_months[product, max(days)]
                for product in report.use.per_tonne_of
                if (days := [day for code, day in report.specific_months if code == product])
            ]
            cards.append(self._card("month", title, report.months[last], specific))
        return cards

    def _card(self, key: str, title: str, span: FuelSpan, specific: Sequence[SpecificUse]) -> FuelCard:
        language = self.language
        share = share_sentence(span, language)
        lacks = [share.words] if share is not None and share.missing else []
        lacks += [specific_sentence(self.plant, each, language).words for each in specific if each.gj_per_t is None]
        return FuelCard(
            key=key,
            title=title,
            tiles=[*self._tiles(span), *(self._specific(each) for each in specific)],
            said=lacks,
            fuels=[self._fuel(each, span.hours) for each in span.totals],
        )

    def _tiles(self, span: FuelSpan) -> list[FuelTile]:
        found = [self._amount("fuel_burned", span.energy_gj, "GJ", span.energy_known_h, span.hours)]
        if FuelKind.NATURAL_GAS in span.kinds:
            known = span.natural_pct is not None
            found.append(
                FuelTile(
                    self._pct(span.natural_pct),
                    text("fuel_share", self.language),
                    self._part(span.burned_h, span.hours) if known else "",
                    known,
                )
            )
        if span.flared:
            found.append(self._amount("fuel_flared", span.flared_nm3, "Nm3", span.flared_known_h, span.hours))
        if self.report.use.counts_co2:
            found.append(self._amount("fuel_carbon", span.co2_t, "t", span.co2_known_h, span.hours))
        return found

    def _amount(self, key: str, value: float | None, unit: str, known_h: float, hours: int) -> FuelTile:
        what = text(key, self.language)
        if value is None:
            return FuelTile(text("no_data", self.language), what, "", known=False)
        return FuelTile(amount_words(value, unit, self.language), what, self._part(known_h, hours), known=True)

    def _specific(self, specific: SpecificUse) -> FuelTile:
        product = self.plant.products[specific.product].name(self.language)
        what = text("fuel_per_tonne", self.language).format(product=product)
        if specific.gj_per_t is None:
            return FuelTile(text("no_data", self.language), what, "", known=False)
        part = text("fuel_days_of", self.language).format(days=specific.days, of_days=specific.of_days)
        shown = f"{gj_per_t_number(specific.gj_per_t, self.language)}\u00a0{measure('GJ/t', self.language)}"
        return FuelTile(shown, what, part if specific.days < specific.of_days else "", known=True)

    def _part(self, known_h: float, hours: int) -> str:
        if round(known_h, 1) >= hours:
            return ""
        known = number(known_h, self.language, 1)
        return text("fuel_known_of", self.language).format(known=known, hours=number(hours, self.language))

    def _pct(self, value: float | None) -> str:
        none = text("no_data", self.language)
        return none if value is None else f"{number(value, self.language, 1)}\u00a0%"

    def _fuel(self, total: FuelTotal, hours: int) -> list[Linked]:
        language, none = self.language, text("no_data", self.language)
        # Whole numbers: those of a column are compared with each other.
        unit = measure(total_unit(total.fuel), language).replace("Nm3", "Nm³")
        amount = none if total.amount is None else f"{number(total.amount, language)}\u00a0{unit}"
        energy = none if total.energy_gj is None else number(total.energy_gj, language)
        return [
            Linked(fuel_name(total.fuel, language)),
            Linked(total.fuel.place_name(language)),
            Linked(amount, tone="unknown" if total.amount is None else ""),
            Linked(energy, tone="unknown" if total.energy_gj is None else ""),
            self._known(total.energy_known_h, hours),
        ]

    def _known(self, known_h: float, hours: int) -> Linked:
        shown = f"{number(known_h, self.language, 1)} / {number(hours, self.language)}"
        return Linked(shown, tone="" if round(known_h, 1) >= hours else "unknown")

    def day(self, day: int, span: FuelSpan) -> list[Linked]:
        language, none = self.language, text("no_data", self.language)
        doubts = {
            found.doubt
            for product in self.report.use.per_tonne_of
            if (found := self.report.specific.get((product, day)))
        }
        products = [
            f"{self.plant.products[product].name(language)}: {self._gj_per_t(product, day)}"
            for product in self.report.use.per_tonne_of
        ]
        return [
            Linked(self._day(day)),
            Linked(none if span.energy_gj is None else number(span.energy_gj, language)),
            Linked(self._pct(span.natural_pct if FuelKind.NATURAL_GAS in span.kinds else None)),
            Linked(none if span.flared_nm3 is None else number(span.flared_nm3, language)),
            Linked(none if span.co2_t is None else number(span.co2_t, language)),
            Linked(self._runs() if doubts == {SpecificDoubt.DAY_RUNS} else "; ".join(products)),
            self._known(span.energy_known_h, span.hours),
        ]

    def _runs(self) -> str:
        return fuel_text(f"lacks_{SpecificDoubt.DAY_RUNS.value}", self.language)

    def _gj_per_t(self, product: str, day: int) -> str:
        found = self.report.specific.get((product, day))
        if found is None or found.gj_per_t is None:
            return text("no_data", self.language)
        return gj_per_t_number(found.gj_per_t, self.language)

    def bars(self) -> FuelBars:
        days, language = sorted(self.report.days.items()), self.language
        there = {fuel.kind for fuel in self.report.use.burned}
        kinds = tuple(
            (kind, fuel_text(f"kind_{kind.value}", language), tuple(_energy(span, kind) for _, span in days))
            for kind in FuelKind
            if kind in there
        )
        return FuelBars(
            labels=tuple(self._day(day).rsplit(" " if language == "en" else ".", 1)[0] for day, _ in days),
            kinds=kinds,
            share=tuple(None if span.natural_pct is None else round(span.natural_pct, 1) for _, span in days),
            tips=tuple(self._tip(day, span) for day, span in days),
        )

    def _tip(self, day: int, span: FuelSpan) -> tuple[str, ...]:
        lines = [self._day(day)]
        for kind in span.kinds:
            energy = _energy(span, kind)
            shown = text("no_data", self.language) if energy is None else amount_words(energy, "GJ", self.language)
            lines.append(f"{fuel_text(f'kind_{kind.value}', self.language)}: {shown}")
        if FuelKind.NATURAL_GAS in span.kinds:
            lines.append(f"{text('fuel_share', self.language)}: {self._pct(span.natural_pct)}")
        part = self._part(span.energy_known_h, span.hours)
        return (*lines, part) if part else tuple(lines)

    def _day(self, day: int) -> str:
        return localize_day(date.fromordinal(day), self.language)


def _energy(span: FuelSpan, kind: FuelKind) -> float | None:
    known = [each.energy_gj for each in span.of_kind(kind) if each.energy_gj is not None]
    return round(sum(known), 1) if known else None
