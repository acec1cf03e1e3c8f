"""The page of the month in one language, as plain values, out of published rows. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.web.address import month_link
from dashboards.web.growth_view import pct_text
from dashboards.web.month_parts import Linked, MonthParts, place_name, tone
from dashboards.web.month_plot import MonthPlotLines, plot_lines
from dashboards.web.numbers import local
from dashboards.web.texts import text
from models.tables.desk_data import MonthPoint
from models.tables.month_record import MonthRecord
from models.works.localize import Language, localize_day, localize_month
from models.works.month import shifted
from models.works.place import ALL, UNALLOCATED, UNCLAIMED, Place
from models.works.plant import Plant

MONTHS_LISTED = 25
"""Two years and the month that runs, as on the page of growth."""


@dataclass(frozen=True, slots=True)
class ChosenLink:
    """One of several pages of a kind; `current`: it is this one."""

    name: str
    link: str
    current: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One place of the month beside its plan. `of_plan_pct`: of what was due; `tone`: up, down, plain or unknown."""

    name: str
    made: Linked
    due: str
    deviation: str
    of_plan_pct: float | None
    of_plan: str
    tone: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """The whole page. `neighbours`: (what, link). `exact_t`: the figure that `made` shows. `words`: of the plan and the
    forecast. `days`, `months`: the cells of their tables. `empty`: what stands there if nothing is known."""

    product: str
    name: str
    definition: str
    month: str
    runs: bool
    products: tuple[ChosenLink, ...]
    neighbours: tuple[tuple[str, Linked], ...]
    made: Linked
    exact_t: float | None
    status: str
    tiles: tuple[tuple[str, str, str], ...]
    words: tuple[str, ...]
    plot: MonthPlotLines | None
    days: tuple[tuple[Linked, ...], ...]
    units: tuple[UnitLine, ...]
    months: tuple[tuple[Linked, ...], ...]
    empty: str


def month_view(plant: Plant, record: MonthRecord, language: Language) -> MonthView:
    """The page. Raises KeyError for a product that the plant does not have."""
    page = _Page(plant, record, language)
    site = [point for point in record.days if point.level == "site" and point.unit == ALL]
    days = sorted(site, key=lambda point: point.time_ns)
    own = page.row_of_month("site", ALL, ALL)
    product = plant.products[record.product]
    made_t = None if own is None else own.number("actual_t")
    known = made_t is not None or any(day.number("actual_t") is not None for day in days)
    empty = text("no_figures_of_month", language).format(product=product.name(language), month=page.name)
    runs = own is not None and "in_progress_days" in own.fields
    return MonthView(
        product=record.product,
        name=product.name(language),
        definition=product.defined(language),
        month=page.name,
        runs=runs,
        products=tuple(page.products()),
        neighbours=tuple(page.neighbours()),
        made=page.figure(Place("site", ALL, ALL, record.product), made_t),
        exact_t=made_t,
        status="" if own is None else text(f"status_{own.fields['status']}", language),
        tiles=tuple(page.tiles(own, days)) if known else (),
        words=tuple(page.words(own, days)) if known else (),
        plot=plot_lines(page, days) if known else None,
        days=tuple(page.day_cells(day) for day in days),
        units=tuple(page.units()),
        months=tuple(page.months()),
        empty="" if known else empty,
    )


@dataclass(frozen=True, slots=True)
class _Page(MonthParts):
    """The parts of the page in words and tables."""

    def products(self) -> Iterator[ChosenLink]:
        reported = [report.product for report in self.plant.reported]
        for code in dict.fromkeys((*reported, *self.plant.products)):
            name = self.plant.products[code].name(self.language)
            link = month_link(self.record.month, code, self.language)
            yield ChosenLink(name, link, code == self.record.product)

    def neighbours(self) -> Iterator[tuple[str, Linked]]:
        """The month before, and the one after it if that has begun, each with what it is called."""
        for key, arrow, months in (("month_before", "\u2190 {}", -1), ("month_after", "{} \u2192", 1)):
            month = shifted(self.record.month, months)
            if month <= local(self.record.read_ns, self.plant.zone).date().toordinal():
                name = localize_month(date.fromordinal(month), self.language)
                link = month_link(month, self.record.product, self.language)
                yield text(key, self.language), Linked(arrow.format(name), link)

    def tiles(self, own: MonthPoint | None, days: Sequence[MonthPoint]) -> Iterator[tuple[str, str, str]]:
        """(what, amount, tone): of a month that runs against what is due by now, else against its plan."""
        found = self.against_plan(own, days[-1] if days else None)
        runs = own is not None and "in_progress_days" in own.fields
        yield text("due_so_far" if runs else "month_plan", self.language), self.amount(found.due_t), "plain"
        yield text("deviation_to_plan", self.language), self.signed(found.deviation_t), tone(found.deviation_t)
        if runs and days:
            yield text("month_plan", self.language), self.amount(days[-1].number("month_target_t")), "plain"
            required = days[-1].number("required_rate_t_per_day")
            yield text("required_rate", self.language), self.amount(required), "plain"
            yield text("forecast", self.language), self.amount(self.forecast(days, "forecast_month_t")), "plain"
        elif own is not None:
            attainment = pct_text(own.number("attainment_pct"), self.language, signed=False)
            yield text("of_plan", self.language), attainment, "plain"

    def words(self, own: MonthPoint | None, days: Sequence[MonthPoint]) -> Iterator[str]:
        unknown = next((day for day in days if day.number("month_to_date_t") is None), None)
        if unknown is not None:
            since = localize_day(date.fromordinal(self.day(unknown)), self.language)
            yield text("sum_not_known", self.language).format(day=since)
        plan = days[-1].number("month_target_t") if days else None if own is None else own.number("target_t")
        if plan is None:
            yield text("no_plan", self.language)
        if own is None or "in_progress_days" not in own.fields or not days:
            return
        required = days[-1].number("required_rate_t_per_day")
        if plan is not None and required is not None:
            said = text("required_words" if required > 0 else "plan_met", self.language)
            yield said.format(plan=self.amount(plan), rate=self.amount(required))
        middle, low, high = (self.forecast(days, f"forecast_{name}_t") for name in ("month", "low", "high"))
        lacks = days[-1].fields.get("forecast_lacks")
        if middle is None:
            codes = [] if lacks is None else str(lacks).split(", ")
            units = ", ".join(
                self.plant.units[code].name(self.language) if code in self.plant.units else code for code in codes
            )
            yield text("forecast_lacks" if codes else "no_forecast", self.language).format(units=units)
        elif low is None or high is None:
            yield text("forecast_alone", self.language).format(forecast=self.amount(middle))
        else:
            yield text("forecast_words", self.language).format(
                forecast=self.amount(middle), low=self.amount(low), high=self.amount(high)
            )

    def day_cells(self, point: MonthPoint) -> tuple[Linked, ...]:
        """Day, made, plan, to date, completeness, status; both amounts open their receipts."""
        day, place = self.day(point), Place("site", ALL, ALL, self.record.product)
        complete = pct_text(point.number("completeness_pct"), self.language, signed=False)
        return (
            Linked(localize_day(date.fromordinal(day), self.language)),
            self.figure(place, point.number("actual_t"), (day, day + 1)),
            Linked(self.amount(point.number("target_t"))),
            self._to_date(place, point, day),
            Linked(complete),
            Linked(text(f"status_{point.fields['status']}", self.language)),
        )

    def units(self) -> Iterator[UnitLine]:
        """Units in the order of the plant, then what no unit has, then shops that make it in several units."""
        order = {code: number for number, code in enumerate(self.plant.units)}
        rows = [point for point in self.record.months if self.month(point) == self.record.month]
        units = [point for point in rows if point.level == "unit"]
        newest: dict[tuple[str, str], MonthPoint] = {}
        for day in sorted(self.record.days, key=lambda point: point.time_ns):
            newest[day.shop, day.unit] = day
        for point in sorted(units, key=lambda point: (order.get(point.unit, len(order)), point.unit, point.shop)):
            place = Place("unit", point.shop, point.unit, point.product)
            made = point.number("actual_t")
            found = self.against_plan(point, newest.get((point.shop, point.unit)))
            rest = point.unit in (UNALLOCATED, UNCLAIMED)
            yield UnitLine(
                name=place_name(self.plant, place, self.language),
                made=Linked(self.amount(made)) if rest else self.figure(place, made),
                due=self.amount(found.due_t),
                deviation=self.signed(found.deviation_t),
                of_plan_pct=None if found.pct is None else float(found.pct),
                of_plan=pct_text(None if found.pct is None else float(found.pct), self.language, signed=False),
                tone=tone(found.deviation_t),
            )

    def months(self) -> Iterator[tuple[Linked, ...]]:
        """Month, made, plan, deviation, of plan, to the month before, to last year, status; the newest first."""
        site = [point for point in self.record.months if point.level == "site" and point.unit == ALL]
        for point in sorted(site, key=lambda point: -point.time_ns)[:MONTHS_LISTED]:
            month = self.month(point)
            place = Place("site", ALL, ALL, self.record.product)
            growth = [pct_text(point.number(field), self.language, signed=True) for field in ("mom_pct", "yoy_pct")]
            yield (
                Linked(
                    localize_month(date.fromordinal(month), self.language),
                    month_link(month, self.record.product, self.language),
                ),
                self.figure(place, point.number("actual_t"), (month, shifted(month, 1))),
                Linked(self.amount(point.number("target_t"))),
                Linked(self.signed(point.number("deviation_t")), tone=tone(point.number("deviation_t"))),
                Linked(pct_text(point.number("attainment_pct"), self.language, signed=False)),
                *(Linked(each) for each in growth),
                Linked(self._status(point)),
            )

    def _to_date(self, place: Place, point: MonthPoint, day: int) -> Linked:
        found = point.number("month_to_date_t")
        if day == self.record.month and found != point.number("actual_t"):
            # A receipt of one day is of that day, and holds no correction of another month.
            return Linked(self.amount(found))
        return self.figure(place, found, (self.record.month, day + 1))

    def _status(self, point: MonthPoint) -> str:
        status = text(f"status_{point.fields['status']}", self.language)
        return f"{status}, {text('in_progress', self.language)}" if "in_progress_days" in point.fields else status
