"""Two periods beside each other, as plain values: every reported product, and the units of one. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dashboards.web.address import month_link, receipt_link
from dashboards.web.growth_view import amount_text, pct_text
from dashboards.web.month_parts import Linked, place_name, tone
from dashboards.web.texts import text
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.compared_periods import ComparedPlace, PeriodFigure
from models.tables.growth_span import Days
from models.tables.receipt_record import AskedReceipt
from models.works.localize import Language
from models.works.month import shifted, year_start
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class AskedPeriods:
    """What is compared on the page of a month (an ordinal) of a product: the days of two periods."""

    month: int
    product: str
    days: Days
    base: Days


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One place in both periods: tonnes and tonnes a day of each, growth and growth a day. `remark`: what they lack."""

    name: str
    now: Linked
    now_per_day: str
    base: Linked
    base_per_day: str
    growth: str
    growth_tone: str
    per_day: str
    per_day_tone: str
    remark: str


@dataclass(frozen=True, slots=True)
class PeriodsView:
    """`dates`: of the four fields, from and to of both periods, as 2026-10-31. `presets`: usual choices."""

    dates: tuple[str, str, str, str]
    days: str
    products: tuple[PeriodLine, ...]
    units: tuple[PeriodLine, ...]
    presets: tuple[Linked, ...]


def periods_view(
    plant: Plant, asked: AskedPeriods, compared: Sequence[ComparedPlace], language: Language
) -> PeriodsView:
    """The periods of every reported product at the works, and of the units that make the one that is looked at."""
    reported = [report.product for report in plant.reported]
    shown = [*reported, *([asked.product] if asked.product not in reported else [])]
    sites = {item.place.product: item for item in compared if item.place.level == "site"}
    order = {code: number for number, code in enumerate(plant.units)}
    units = [item for item in compared if item.place.level == "unit" and item.place.product == asked.product]
    units.sort(key=lambda item: order.get(item.place.unit, len(order)))
    return PeriodsView(
        dates=_dates(asked),
        days=_days(asked, sites.get(asked.product), language),
        products=tuple(
            _line(plant, sites[code], plant.products[code].name(language), language) for code in shown if code in sites
        ),
        units=tuple(_line(plant, item, place_name(plant, item.place, language), language) for item in units),
        presets=tuple(_presets(asked, language)),
    )


def _dates(asked: AskedPeriods) -> tuple[str, str, str, str]:
    ends = (asked.days[0], asked.days[1] - 1, asked.base[0], asked.base[1] - 1)
    first, last, base_first, base_last = (date.fromordinal(day).isoformat() for day in ends)
    return first, last, base_first, base_last


def _days(asked: AskedPeriods, site: ComparedPlace | None, language: Language) -> str:
    """How many days are compared, and that the period runs if it does."""
    if site is None:
        return ""
    runs = site.now.length < asked.days[1] - asked.days[0]
    said = text("period_runs" if runs else "days_counted", language)
    return said.format(days=site.now.length, base=site.base.length)


def _line(plant: Plant, item: ComparedPlace, name: str, language: Language) -> PeriodLine:
    unit = plant.products[item.place.product].display_unit if item.place.product in plant.products else "t"
    growth, per_day, restated = (
        None if value is None else float(value) for value in (item.growth_pct, item.per_day_pct, item.restated_pct)
    )
    remarks = []
    if not (item.now.whole and item.base.whole):
        remarks.append(text("days_known", language))
    if restated is not None:
        remarks.append(f"{text('restated', language)}: {pct_text(restated, language, signed=True)}")
    return PeriodLine(
        name=name,
        now=_amount(item, item.now, unit, language),
        now_per_day=_per_day(item.now, unit, language),
        base=_amount(item, item.base, unit, language),
        base_per_day=_per_day(item.base, unit, language),
        growth=pct_text(growth, language, signed=True),
        growth_tone=tone(growth),
        per_day=pct_text(per_day, language, signed=True),
        per_day_tone=tone(per_day),
        remark="; ".join(remarks),
    )


def _amount(item: ComparedPlace, figure: PeriodFigure, unit: str, language: Language) -> Linked:
    shown = amount_text(None if figure.grams is None else figure.grams / GRAMS_PER_TONNE, unit, language)
    if figure.length == 0:
        return Linked(shown)
    return Linked(shown, receipt_link(AskedReceipt(item.place, *figure.days), language))


def _per_day(figure: PeriodFigure, unit: str, language: Language) -> str:
    """The mean of a day, if every day is known."""
    if figure.known is None or not figure.length:
        return text("no_data", language)
    mean = (Decimal(figure.known) / figure.length / GRAMS_PER_TONNE).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return amount_text(float(mean), unit, language)


def _presets(asked: AskedPeriods, language: Language) -> Iterator[Linked]:
    month, end = asked.month, shifted(asked.month, 1)
    year, years = (year_start(month), end), (shifted(year_start(month), -12), shifted(end, -12))
    last_year = shifted(month, -12), shifted(end, -12)
    for key, periods in (
        ("with_month_before", ((month, end), (shifted(month, -1), month))),
        ("with_last_year", ((month, end), last_year)),
        ("year_so_far", (year, years)),
    ):
        yield Linked(text(key, language), month_link(month, asked.product, language, periods))
