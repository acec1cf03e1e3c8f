"""The growth page as plain values: for each reported product its newest month and two years of months. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboards.panels.boards.monthly_growth import HEADLINES
from dashboards.panels.quantity import Quantity, Tone
from dashboards.web.numbers import local, number, with_unit
from dashboards.web.recovery_address import recovery_link
from dashboards.web.texts import text
from dashboards.web.why_address import why_link
from models.tables.desk_data import MonthPoint, OutputPoint
from models.tables.growth_span import growth_span
from models.works.localize import Language, localize_month
from models.works.month import length, month_of
from models.works.place import ALL
from models.works.plant import Plant, Reported

MONTHS_SHOWN = 25
"""Two years and the month that runs: each month beside the same one of the years before."""
_LEAST_T = 1.0
"""A tonne below a plan is nothing: what is forecast is not known to the tonne."""
_RESTATED = {"mom_pct": "restated_mom_pct", "yoy_pct": "restated_yoy_pct", "ytd_pct": "restated_ytd_pct"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One percentage: its name in the table, what it is called, how it reads, and the restated one if it differs.
    `why`: the address of the split of this very growth; "" of what is none."""

    field: str
    name: str
    shown: str
    exact: float | None
    tone: str
    restated: str
    why: str


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of the plot, or one day, in the display unit. An amount is None if it is not known.

    `label`: what stands below it, of which a space or a point begins a new line; `tip`: lines.
    """

    label: str
    actual: float | None
    target: float | None
    running: bool
    tip: str


@dataclass(frozen=True, slots=True)
class GrowthCard:
    """One product. `behind`: that its running month is forecast below its plan, and `recovery`, the address that says
    how to make it; both "" of one that is not."""

    product: str
    name: str
    definition: str
    month: str
    remark: str
    status: str
    actual: str
    exact_t: float | None
    tiles: tuple[Tile, ...]
    bars: tuple[MonthBar, ...]
    behind: str = ""
    recovery: str = ""


@dataclass(frozen=True, slots=True)
class GrowthView:
    """The whole page."""

    site: str
    simulated: bool
    cards: tuple[GrowthCard, ...]


def growth_view(
    plant: Plant, months: Sequence[MonthPoint], language: Language, days: Sequence[OutputPoint] = ()
) -> GrowthView:
    """The page for rows of output_month; only those of the site are shown. `days`: the newest rows of output_day, for
    what the running month is forecast to come to."""
    site = plant.site_names.get(language) or plant.site_names["en"]
    cards = (_card(plant, reported, months, language) for reported in plant.reported)
    told = tuple(_with_forecast(plant, card, days, language) for card in cards)
    return GrowthView(site, plant.simulated, told)


def _card(plant: Plant, reported: Reported, months: Sequence[MonthPoint], language: Language) -> GrowthCard:
    product = plant.products[reported.product]
    ours = [
        month for month in months if month.level == "site" and month.product == reported.product and month.unit == "all"
    ]
    ours = sorted(ours, key=lambda month: month.time_ns)[-MONTHS_SHOWN:]
    bars = tuple(_bar(plant, product.display_unit, month, language) for month in ours)
    newest = _newest_compared(ours)
    if newest is None:
        nothing = text("no_data", language)
        return GrowthCard(
            reported.product, product.name(language), product.defined(language), nothing, "", "", nothing, None, (), ()
        )
    days = newest.fields.get("in_progress_days")
    return GrowthCard(
        product=reported.product,
        name=product.name(language),
        definition=product.defined(language),
        month=_month_name(plant, newest, language),
        remark="" if days is None else text("first_days", language).format(days=days),
        status=text(f"status_{newest.fields['status']}", language),
        actual=amount_text(newest.number("actual_t"), product.display_unit, language),
        exact_t=newest.number("actual_t"),
        tiles=tuple(
            _tile(newest, quantity, _why(plant, newest, quantity.field, language), language) for quantity in HEADLINES
        ),
        bars=bars,
    )


def _newest_compared(months: Sequence[MonthPoint]) -> MonthPoint | None:
    """The newest month; on its first day, of which nothing is compared yet, the one before: who looks on the 1st wants
    the growth of the month that ended."""
    shown = [month for month in months if month.fields.get("in_progress_days") != 0] or months
    return shown[-1] if shown else None


def _with_forecast(plant: Plant, card: GrowthCard, days: Sequence[OutputPoint], language: Language) -> GrowthCard:
    ours = [day for day in days if (day.level, day.product, day.unit) == ("site", card.product, ALL)]
    newest = max(ours, key=lambda day: day.time_ns, default=None)
    if newest is None or newest.forecast_month_t is None or newest.month_target_t is None:
        return card
    if newest.month_target_t - newest.forecast_month_t < _LEAST_T:
        return card
    unit = plant.products[card.product].display_unit
    said = text("forecast_below", language).format(
        month=localize_month(local(newest.time_ns, plant.zone), language),
        forecast=amount_text(newest.forecast_month_t, unit, language),
        plan=amount_text(newest.month_target_t, unit, language),
    )
    return replace(card, behind=said, recovery=recovery_link(card.product, language))


def _tile(point: MonthPoint, quantity: Quantity, why: str, language: Language) -> Tile:
    field = quantity.field
    value, restated = point.number(field), point.number(_RESTATED.get(field, ""))
    growth = quantity.tone is Tone.GROWTH
    return Tile(
        field,
        text(quantity.text, language),
        pct_text(value, language, signed=growth),
        value,
        "plain" if value is not None and not growth else _tone(value),
        "" if restated is None else f"{text('restated', language)}: {pct_text(restated, language, signed=growth)}",
        why,
    )


def _why(plant: Plant, point: MonthPoint, field: str, language: Language) -> str:
    """The split of the days that this growth compares: of a month that runs, those that are over."""
    month = month_of(local(point.time_ns, plant.zone).toordinal())
    over = point.fields.get("in_progress_days", length(month))
    if not isinstance(over, int) or over < 1:
        return ""
    span = growth_span(month, over)
    compared = {
        "mom_pct": (span.month, span.month_before),
        "yoy_pct": (span.month, span.year_before),
        "ytd_pct": (span.year_to_date, span.year_to_date_before),
    }
    return why_link(point.product, language, compared[field]) if field in compared else ""


def _tone(growth: float | None) -> str:
    if growth is None:
        return "unknown"
    return "up" if growth > 0 else "down" if growth < 0 else "plain"


def pct_text(value: float | None, language: Language, *, signed: bool) -> str:
    if value is None:
        return text("no_data", language)
    shown = with_unit(Decimal(repr(value)), "%", language, 1)
    return f"+{shown}" if signed and value > 0 else shown


def _bar(plant: Plant, unit: str, point: MonthPoint, language: Language) -> MonthBar:
    scale = 1000 if unit == "kt" else 1
    actual, target = point.number("actual_t"), point.number("target_t")
    name = _month_name(plant, point, language)
    lines = [name, f"{text('actual', language)}: {amount_text(actual, unit, language)}"]
    if target is not None:
        lines.append(f"{text('target', language)}: {amount_text(target, unit, language)}")
    yoy = point.number("yoy_pct")
    if yoy is not None:
        lines.append(f"{text('yoy_pct', language)}: {pct_text(yoy, language, signed=True)}")
    return MonthBar(
        name,
        None if actual is None else actual / scale,
        None if target is None else target / scale,
        "in_progress_days" in point.fields,
        "\n".join(lines),
    )


def amount_text(tonnes: float | None, unit: str, language: Language) -> str:
    if tonnes is None:
        return text("no_data", language)
    exact = Decimal(repr(tonnes))
    shown = number(exact / 1000, language, 1) if unit == "kt" else number(exact, language)
    return f"{shown}\u00a0{text(f'unit_{unit}', language)}"


def _month_name(plant: Plant, point: MonthPoint, language: Language) -> str:
    day = local(point.time_ns, plant.zone)
    return localize_month(day, language)
