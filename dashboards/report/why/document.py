"""The report that says why output changed, as a document: it becomes text, CSV, HTML, XLSX or PDF. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboards.report.document import Column, Line, ReportDocument
from dashboards.report.texts import report_text
from dashboards.report.why.line_words import line_words, receipt_words
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.stop_reason import StopReason
from models.tables.growth_span import Days
from models.why.change_part import ChangePart
from models.why.product_why import ProductWhy
from models.why.sentences import why_sentences
from models.why.why_texts import why_text
from models.why.why_words import period_named, place_named
from models.works.localize import Language
from models.works.place import Place
from models.works.plant import Plant

MOST_UNITS = 8
"""Of each part, those with the most tonnes have a row where there is little room; what the others have stands in one
row, so that it all sums."""
_ALL = "tundish report why --json, --csv, --xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReport:
    """What was asked for (production dates [first, end)) and found, seen at `as_of` (words). `reasons`: of stops."""

    plant: Plant
    days: Days
    base: Days
    products: Sequence[ProductWhy]
    reasons: Sequence[StopReason]
    as_of: str


def why_document(report: WhyReport, language: Language, *, narrow: bool = False) -> ReportDocument:
    """The table; the sentences stand below it. `narrow`: what makes up a part stands below too, the most of it, and not
    in a column, for which a terminal and a sheet of paper have no room. Else all of it has rows."""
    plant = report.plant
    site = plant.site_names.get(language) or plant.site_names["en"]
    columns = [
        Column(why_text("product", language)),
        Column(why_text("part", language)),
        Column(why_text("unit", language)),
        Column(why_text("output", language), 1),
        Column(why_text("change", language), 1, signed=True),
        Column(why_text("share", language), 1, signed=True, rank=1),
        *([] if narrow else [Column(why_text("made_of", language))]),
    ]
    lines = [line for each in report.products for line in _lines(report, each, language, narrow=narrow)]
    below = [*_made_of(report, language), *_more(report, language)] if narrow else []
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
        lines=[Line(line.level, line.cells[: len(columns)]) for line in lines],
        notes=[*notes(report, language), *below, why_text("method", language)],
        empty=why_text("nothing", language),
        forms=("html", "csv", "xlsx"),
    )


def notes(report: WhyReport, language: Language) -> list[str]:
    """The three sentences of each product."""
    return [" ".join(why_sentences(report.plant, each.found, language)) for each in report.products]


def _lines(report: WhyReport, why: ProductWhy, language: Language, *, narrow: bool) -> list[Line]:
    found, plant = why.found, report.plant
    name = plant.products[found.product].name(language) if found.product in plant.products else found.product

    def total(days: Days, grams: int | None) -> Line:
        output = None if grams is None else Decimal(grams) / GRAMS_PER_TONNE
        return Line("site", [name, period_named(days, language), "", output, "", "", ""])

    def line(level: str, part: str, unit: str, grams: int, made_of: str = "") -> Line:
        share = Decimal(100 * grams) / found.base_g if found.base_g and found.whole else None
        return Line(level, [name, part, unit, "", Decimal(grams) / GRAMS_PER_TONNE, share, made_of])

    def whole(part: ChangePart, place: Place, grams: int) -> list[Line]:
        """A row of a unit, and a row for each thing of it beyond the first; what is filtered by part has them all."""
        named, unit = why_text(part.value, language), place_named(plant, place, language)
        receipt = why.receipts.get((part, place))
        words = [] if receipt is None else line_words(plant, part, receipt.lines, report.reasons, language)
        more = [Line("unit", [name, named, unit, "", "", "", each]) for each in words[1:]]
        return [line("unit", named, unit, grams, words[0] if words else ""), *more]

    lines = [total(found.base, found.base_g)]
    for part, grams in found.parts.items():
        lines.append(line("shop", why_text(part.value, language), "", grams))
        units = list(found.of_units(part).items())
        if not narrow:
            lines += [row for place, each in units for row in whole(part, place, each)]
            continue
        lines += [line("unit", "", place_named(plant, place, language), each) for place, each in units[:MOST_UNITS]]
        if len(units) > MOST_UNITS:
            others = sum(each for _, each in units[MOST_UNITS:])
            lines.append(line("unit", "", why_text("other_units", language), others))
    return [*lines, total(found.days, found.now_g)]


def _more(report: WhyReport, language: Language) -> list[str]:
    """Where what stands in none of the lines is."""
    parts = [(why, part) for why in report.products for part in why.found.parts]
    cut = any(receipt.more for why in report.products for receipt in why.receipts.values())
    cut = cut or any(len(why.found.of_units(part)) > MOST_UNITS for why, part in parts)
    return [why_text("where_all", language).format(command=_ALL)] if cut else []


def _made_of(report: WhyReport, language: Language) -> list[str]:
    """A line of each unit of each part."""
    found = []
    for why in report.products:
        for part in why.found.parts:
            for place in list(why.found.of_units(part))[:MOST_UNITS]:
                words = _receipt(report, why, (part, place), language)
                named = f"{why_text(part.value, language)}, {place_named(report.plant, place, language)}"
                found += [f"{named}: {words}"] if words else []
    return found


def _receipt(report: WhyReport, why: ProductWhy, key: tuple[ChangePart, Place], language: Language) -> str:
    receipt = why.receipts.get(key)
    return "" if receipt is None else receipt_words(report.plant, key[0], receipt, report.reasons, language)
