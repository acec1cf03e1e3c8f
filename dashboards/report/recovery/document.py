"""The report on how a month can still be made, as a document: it becomes text, CSV, HTML or XLSX. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.report.document import CellValue, Column, Line, ReportDocument
from dashboards.report.texts import report_text
from models.recovery.chain import DAY_H
from models.recovery.recovered import Recovery, UnitDemand, Way
from models.recovery.recovery_texts import recovery_text
from models.recovery.sentences import recovery_sentences, remark_sentences
from models.recovery.standing_words import standing_words
from models.recovery.what_if import Supposed
from models.stated.plan import Repair
from models.works.localize import Language, localize_day, localize_month
from models.works.plant import Plant

LEAST_T = 0.5
"""Less than that is shown as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReport:
    """What was asked for and found, seen at `now_ns` (UTC ns), which is `as_of` in words. `month`, `running`: the
    ordinals of the first day of the month that is asked about, and of the one that runs.

    `repairs`: those that begin in what is left of it; `under_way`: those that run. `supposed`: under what.
    `chains`: by product, also of the others, the units that play a part in it.
    """

    plant: Plant
    month: int
    running: int
    products: Sequence[Recovery]
    repairs: Sequence[Repair]
    under_way: Sequence[Repair]
    supposed: Supposed
    chains: Mapping[str, Collection[str]]
    now_ns: int
    as_of: str

    def supposed_of(self, product: str) -> Supposed:
        """What of it can have an effect on a product."""
        repairs = {repair.name: repair.unit for repair in (*self.repairs, *self.under_way)}
        return self.supposed.of_units(self.chains.get(product, ()), repairs)


def recovery_document(report: RecoveryReport, language: Language) -> ReportDocument:
    """A row for each unit of each product; the sentences stand below."""
    plant = report.plant
    site = plant.site_names.get(language) or plant.site_names["en"]
    supposed = "; ".join(supposed_words(report, language))
    return ReportDocument(
        title=f"{site}: {recovery_text('title', language)}",
        site=site,
        language=language,
        simulated=report_text("simulated", language) if plant.simulated else "",
        header=[
            (recovery_text("month", language), localize_month(date.fromordinal(report.month), language)),
            *([(recovery_text("supposed", language), supposed)] if supposed else []),
            (report_text("as_of", language), report.as_of),
        ],
        columns=[
            Column(recovery_text("plan_of", language)),
            Column(recovery_text("unit", language)),
            Column(recovery_text("product", language)),
            Column(recovery_text("required", language), 0),
            Column(recovery_text("hours", language), 0, rank=2),
            Column(recovery_text("standing", language), rank=4),
            Column(recovery_text("required_day", language), 0),
            Column(recovery_text("required_shift", language), 0, rank=1),
            Column(recovery_text("recent_day", language), 0),
            Column(recovery_text("limit_day", language), 0),
            Column(recovery_text("limited_by", language), rank=3),
            Column(recovery_text("is_limit", language)),
        ],
        lines=[line for each in report.products for line in _lines(plant, each, language)],
        notes=[*notes(report, language), recovery_text("method", language)],
        empty=recovery_text("nothing", language),
        forms=("html", "csv", "xlsx"),
    )


def notes(report: RecoveryReport, language: Language) -> list[str]:
    """The sentences of each product, and what all of them take for granted, each once."""
    said = [" ".join(recovery_sentences(report.plant, each, language)) for each in report.products]
    remarks = [remark for each in report.products for remark in each.remarks]
    return [*said, *remark_sentences(report.plant, list(dict.fromkeys(remarks)), language)]


def supposed_words(report: RecoveryReport, language: Language) -> Iterator[str]:
    """What is supposed, in words."""
    plant = report.plant
    units = {repair.name: repair.unit for repair in (*report.repairs, *report.under_way)}
    for unit, day in report.supposed.stands.items():
        shown = localize_day(date.fromordinal(day), language)
        yield recovery_text("stands_until", language).format(unit=plant.units[unit].name(language), day=shown)
    for key, supposed in (("repair_moves", report.supposed.moved), ("repair_ends", report.supposed.ended)):
        for name, day in supposed.items():
            shown = localize_day(date.fromordinal(day), language)
            unit = plant.units[units[name]].name(language)
            yield recovery_text(key, language).format(unit=unit, repair=name, day=shown)


def _lines(plant: Plant, found: Recovery, language: Language) -> Iterator[Line]:
    name = plant.products[found.product].name(language)
    if found.way is None:
        yield Line("site", [name, "", "", None, None, "", *[None] * 4, "", ""])
        return
    yield Line("site", [name, recovery_text("all_units", language), "", *_totals(found, found.way)])
    for unit in told_units(found.way):
        yield Line("unit", [name, *_cells(plant, unit, language)])


def told_units(way: Way) -> list[UnitDemand]:
    """Those of the product; of those before only who has to do something, or is the limit: a works has dozens."""
    return [unit for unit in way.units if not unit.stage or unit.required_t >= LEAST_T or unit.limits]


def _totals(found: Recovery, way: Way) -> list[CellValue]:
    """What the units of the product have to make together, for each day that is left, repairs and all.

    They have no pace together: the paces of now, each for its own hours that are left, are no output of any day.
    """
    days = max(found.days_left, 1 / DAY_H)
    return [
        exact(way.total_t),
        "",
        "",
        exact(way.total_t / days),
        "",
        "",
        exact(way.most_t / days),
        "",
        "",
    ]


def _cells(plant: Plant, unit: UnitDemand, language: Language) -> list[CellValue]:
    return [
        plant.units[unit.place.unit].name(language),
        plant.products[unit.place.product].name(language),
        exact(unit.required_t),
        exact(unit.hours),
        standing_words(plant, unit, language),
        exact(unit.required_t_per_day),
        exact(unit.required_t_per_day / shifts_a_day(plant, unit)),
        None if unit.recent_t_per_day is None else exact(unit.recent_t_per_day),
        exact(unit.limit_t_per_day),
        recovery_text(f"by_{unit.limited_by.value}", language),
        recovery_text("yes", language) if unit.limits else "",
    ]


def shifts_a_day(plant: Plant, unit: UnitDemand) -> int:
    """How many shifts the shop of a unit has in a day."""
    return len(plant.shops[plant.units[unit.place.unit].shop].calendar.shift_starts)


def exact(number: float) -> Decimal:
    """As a cell takes it."""
    return Decimal(repr(number))
