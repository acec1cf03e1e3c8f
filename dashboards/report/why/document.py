"""The report that says why output changed, as a document: it becomes text, CSV, HTML, XLSX or PDF. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboards.report.document import Column, Line, ReportDocument
from dashboards.report.texts import report_text
from dashboards.report.why.line_words import receipt_words
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.stop_reason import StopReason
from models.tables.growth_span import Days
from models.why.product_why import ProductWhy
from models.why.sentences import why_sentences
from models.why.why_texts import why_text
from models.why.why_words import period_named, place_named
from models.works.localize import Language
from models.works.plant import Plant

MOST_UNITS = 8
"""Of each part, those with the most tonnes have a row; what the others have stands in one row, so that it all sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReport:
    """What was asked for (production dates [first, end)) and found, seen at `as_of` (words). `reasons`: of stops."""

    plant: Plant
    days: Days
    base: Days
    products: Sequence[ProductWhy]
    reasons: Sequence[StopReason]
    as_of: str


def why_document(report: WhyReport, language: Language) -> ReportDocument:
    """The table; the sentences stand below it."""
    plant = report.plant
    site = plant.site_names.get(language) or plant.site_names["en"]
    columns = [
        Column(why_text("product", language)),
        Column(why_text("part", language)),
        Column(why_text("unit", language)),
        Column(why_text("tonnes", language), 1, signed=True),
        Column(why_text("share", language), 1, signed=True, rank=1),
        Column(why_text("made_of", language), rank=2),
    ]
    return ReportDocument(
        title=f"{site}: {why_text('title', language)}",
        site=site,
        language=language,
        simulated=report_text("simulated", language) if plant.simulated else "",
        header=[
            (why_text("period", language), period_named(report.days, language)),
            (why_text("base", language), period_named(report.base, language)),
            (report_text("as_of", language), report.as_of),
        ],
        columns=columns,
        lines=[line for each in report.products for line in _lines(report, each, language)],
        notes=[*notes(report, language), why_text("method", language)],
        empty=why_text("nothing", language),
    )


def notes(report: WhyReport, language: Language) -> list[str]:
    """The three sentences of each product."""
    return [" ".join(why_sentences(report.plant, each.found, language)) for each in report.products]


def _lines(report: WhyReport, why: ProductWhy, language: Language) -> list[Line]:
    found, plant = why.found, report.plant
    name = plant.products[found.product].name(language) if found.product in plant.products else found.product

    def line(level: str, words: tuple[str, str], grams: int, made_of: str = "") -> Line:
        # A base is no change: it has no share of itself.
        share = _pct(grams, found.base_g) if level != "site" else ""
        return Line(level, [name, *words, Decimal(grams) / GRAMS_PER_TONNE, share, made_of])

    lines = [line("site", (period_named(found.base, language), ""), found.base_g)]
    for part, grams in found.parts.items():
        lines.append(line("shop", (why_text(part.value, language), ""), grams))
        units = list(found.of_units(part).items())
        for place, each in units[:MOST_UNITS]:
            receipt = why.receipts.get((part, place))
            words = "" if receipt is None else receipt_words(plant, part, receipt, report.reasons, language)
            lines.append(line("unit", ("", place_named(plant, place, language)), each, words))
        if len(units) > MOST_UNITS:
            others = sum(each for _, each in units[MOST_UNITS:])
            lines.append(line("unit", ("", why_text("other_units", language)), others))
    lines.append(line("site", (period_named(found.days, language), ""), found.now_g))
    return lines


def _pct(grams: int, base_g: int) -> Decimal | None:
    return Decimal(100 * grams) / base_g if base_g > 0 else None
