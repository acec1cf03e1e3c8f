"""The report on what stops cost, as a document: it becomes text, CSV, HTML or XLSX; and as JSON. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import Locale

from dashboards.report.document import CellValue, Column, Line, ReportDocument
from dashboards.report.reason_name import reason_name
from dashboards.report.texts import report_text
from dashboards.report.why.oee_notes import oee_notes
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.stop_reason import StopReason
from models.tables.growth_span import Days
from models.tables.row_fields import tonnes
from models.why.loss_texts import loss_text
from models.why.stop_losses import Cause, ProductLosses, StopLoss, UnitLoss
from models.why.why_texts import why_text
from models.why.why_words import period_named, place_named
from models.works.calendar import HOUR_NS
from models.works.localize import Language
from models.works.plant import Plant


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReport:
    """What was asked for (production dates [first, end)) and found, seen at `as_of` (words). `reasons`: of stops."""

    plant: Plant
    days: Days
    products: Sequence[ProductLosses]
    reasons: Sequence[StopReason]
    as_of: str


def loss_document(report: LossReport, language: Language) -> ReportDocument:
    """All rankings of each product, below each other."""
    plant = report.plant
    site = plant.site_names.get(language) or plant.site_names["en"]
    notes = [note for each in report.products for note in loss_notes(report, each, language)]
    columns = [
        Column(why_text("product", language)),
        Column(loss_text("by", language)),
        Column(loss_text("name", language)),
        Column(loss_text("stops", language), 0),
        Column(loss_text("hours", language), 1),
        Column(loss_text("lost", language), 1),
        Column(loss_text("share", language), 1),
        Column(loss_text("between", language), 1, rank=1),
        Column(loss_text("repair", language), 1, rank=1),
        Column(loss_text("availability", language), 1, rank=1),
        Column(loss_text("oee", language), 1, rank=1),
    ]
    return ReportDocument(
        title=f"{site}: {loss_text('title', language)}",
        site=site,
        language=language,
        simulated=report_text("simulated", language) if plant.simulated else "",
        header=[
            (why_text("period", language), period_named(report.days, language)),
            (report_text("as_of", language), report.as_of),
        ],
        columns=columns,
        lines=[line for each in report.products for line in _lines(report, each, language)],
        notes=[*notes, loss_text("method", language)],
        empty=loss_text("nothing", language),
        forms=("html", "csv", "xlsx"),
    )


RankedLoss = tuple[str, StopLoss, UnitLoss | None]
"""Name and loss, and the unit if it is one."""


def _lines(report: LossReport, found: ProductLosses, language: Language) -> Iterator[Line]:
    total = found.total
    product = _product(report, found, language)
    heading = [product, loss_text("all", language), ""]
    known = _cells(total, total) if found.units else [None] * 4
    yield Line("site", [*heading, *known, *[""] * 4])
    for by, ranking in loss_rankings(report, found, language).items():
        for name, loss, unit in ranking:
            # Each row says of what it is: rows of a file are sorted and filtered.
            yield Line("unit", [product, loss_text(by, language), name, *_cells(loss, total), *_reliability(unit)])


def loss_rankings(report: LossReport, found: ProductLosses, language: Language) -> dict[str, Sequence[RankedLoss]]:
    """By unit, cause, shift and weekday, as people name them; each with the most grams first."""
    days = Locale(language).days["stand-alone"]["wide"]
    shift = loss_text("shift_number", language)
    return {
        "unit": [(place_named(report.plant, each.place, language), each.loss, each) for each in could_run(found)],
        "cause": [(cause_named(report.reasons, cause, language), loss, None) for cause, loss in found.causes.items()],
        "shift": [(shift.format(number=number), loss, None) for number, loss in found.shifts.items()],
        "weekday": [(str(days[number]), loss, None) for number, loss in found.weekdays.items()],
    }


def cause_named(reasons: Sequence[StopReason], cause: Cause, language: Language) -> str:
    """The reason that people gave; without one, what detection found that the stop follows from."""
    code, part = cause
    if code:
        return reason_name(reasons, code, language)
    return loss_text("unnamed", language).format(part=why_text(part.value, language))


def _cells(loss: StopLoss, total: StopLoss) -> list[CellValue]:
    share = Decimal(100 * loss.grams) / total.grams if total.grams else ""
    return [Decimal(loss.stops), Decimal(loss.stood_ns) / HOUR_NS, Decimal(loss.grams) / GRAMS_PER_TONNE, share]


def _reliability(unit: UnitLoss | None) -> list[CellValue]:
    if unit is None:
        return [""] * 4
    shares = (unit.availability_pct, unit.oee_pct)
    return [
        _hours(unit.between_ns),
        _hours(unit.repair_ns),
        *("" if pct is None else _exact(pct) for pct in shares),
    ]


def _hours(time_ns: Fraction | None) -> CellValue:
    return "" if time_ns is None else _exact(time_ns / HOUR_NS)


def _exact(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _product(report: LossReport, found: ProductLosses, language: Language) -> str:
    product = report.plant.products.get(found.product)
    return found.product if product is None else product.name(language)


def loss_notes(report: LossReport, found: ProductLosses, language: Language) -> Iterator[str]:
    """What has to be known of the rankings of a product: that there is no stop, which units are in none, and what
    OEE is made of."""
    name = _product(report, found, language)
    if not found.total.stops and found.units:
        yield loss_text("none", language).format(product=name)
    idle = [place_named(report.plant, each.place, language) for each in found.units if each not in could_run(found)]
    if idle:
        yield loss_text("in_repair", language).format(product=name, units=", ".join(idle))
    for key, places in (("unknown", found.unknown), ("without_pace", found.without_pace)):
        if places:
            units = ", ".join(place_named(report.plant, place, language) for place in places)
            yield loss_text(key, language).format(product=name, units=units)
    yield from oee_notes(report.plant, name, found.units, language)


def could_run(found: ProductLosses) -> list[UnitLoss]:
    """The units that neither were in repair nor out of service all the time: the others could lose nothing."""
    return [unit for unit in found.units if unit.ran_ns or unit.unwatched_ns or unit.loss.stood_ns]


def loss_json(report: LossReport) -> str:
    """A list of products, for programs: tonnes as exact as they are, hours. What is not known is left out."""
    return json.dumps([_json(each, report.days) for each in report.products], ensure_ascii=False, indent=1) + "\n"


def _json(found: ProductLosses, days: Days) -> dict[str, object]:
    return {
        "product": found.product,
        "from": date.fromordinal(days[0]).isoformat(),
        "to": date.fromordinal(days[1] - 1).isoformat(),
        **(_loss(found.total) if found.units else {}),
        "units": [{"unit": unit.place.unit, **_loss(unit.loss), **_unit(unit)} for unit in could_run(found)],
        "causes": [{"reason": code, "part": part.value, **_loss(loss)} for (code, part), loss in found.causes.items()],
        "shifts": [{"shift": number, **_loss(loss)} for number, loss in found.shifts.items()],
        "weekdays": [{"weekday": number + 1, **_loss(loss)} for number, loss in found.weekdays.items()],
        "in_repair": [unit.place.unit for unit in found.units if unit not in could_run(found)],
        "not_known": [place.unit for place in found.unknown],
        "without_pace": [place.unit for place in found.without_pace],
    }


def _loss(loss: StopLoss) -> dict[str, object]:
    return {"stops": loss.stops, "stood_h": loss.stood_ns / HOUR_NS, "lost_t": tonnes(loss.grams)}


def _unit(unit: UnitLoss) -> dict[str, object]:
    shares = {
        "availability_pct": unit.availability_pct,
        "performance_pct": None if unit.performance is None else 100 * unit.performance,
        "quality_pct": None if unit.quality is None else 100 * unit.quality.share,
        "oee_pct": unit.oee_pct,
    }
    known = {
        "mtbf_h": None if unit.between_ns is None else float(unit.between_ns / HOUR_NS),
        "mttr_h": None if unit.repair_ns is None else float(unit.repair_ns / HOUR_NS),
        **{name: None if pct is None else float(pct) for name, pct in shares.items()},
    }
    return {
        "own_stops": unit.own,
        "ran_h": unit.ran_ns / HOUR_NS,
        "not_watched_h": unit.unwatched_ns / HOUR_NS,
        **{name: value for name, value in known.items() if value is not None},
        **({} if unit.quality is None else {"quality_source": unit.quality.source}),
    }
