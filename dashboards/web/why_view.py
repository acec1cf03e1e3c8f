"""The split of one product as plain values: the bars, the sentences, and the parts with what makes them up. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboards.report.why.document import WhyReport
from dashboards.report.why.line_words import line_words, receipt_words
from dashboards.web.address import receipt_link
from dashboards.web.month_parts import Linked, tone
from dashboards.web.numbers import number
from dashboards.web.texts import text
from dashboards.web.why_address import Spans, why_link
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.receipt_record import AskedReceipt
from models.why.change_part import NOT_EXPLAINED, ChangePart
from models.why.explained import Explained
from models.why.product_why import ProductWhy
from models.why.sentences import why_sentences
from models.why.why_texts import why_text
from models.why.why_words import place_named, tonnes_text
from models.works.localize import Language
from models.works.month import month_of, shifted, year_start
from models.works.place import Place


@dataclass(frozen=True, slots=True)
class WhyBar:
    """One bar from `low` to `high` tonnes. `kind`: up, down, unknown or total; `tip`: lines."""

    label: str
    low: float
    high: float
    kind: str
    tip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyPart:
    """One part. `units`: name, tonnes, what makes it up. `all_lines`: of units for which that is only the most of it,
    a heading and all of it."""

    code: str
    name: str
    tonnes: str
    share: str
    tone: str
    units: tuple[tuple[Linked, Linked, Linked], ...]
    all_lines: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """The split of a product. Without bars, nothing of it changed or nothing is known."""

    sentences: tuple[str, ...]
    bars: tuple[WhyBar, ...]
    parts: tuple[WhyPart, ...]


def why_presets(product: str, spans: Spans, language: Language) -> Iterator[Linked]:
    """The month in which the span ends, beside the one before and that of last year; and January to it."""
    month = month_of(spans[0][1] - 1)
    end = shifted(month, 1)
    last_year = shifted(month, -12), shifted(end, -12)
    for key, periods in (
        ("with_month_before", ((month, end), (shifted(month, -1), month))),
        ("with_last_year", ((month, end), last_year)),
        ("year_so_far", ((year_start(month), end), (shifted(year_start(month), -12), last_year[1]))),
    ):
        yield Linked(text(key, language), why_link(product, language, periods))


def why_view(report: WhyReport, language: Language) -> WhyView | None:
    """The first product of the report; None if the books have none."""
    if not report.products:
        return None
    why = report.products[0]
    return WhyView(
        sentences=why_sentences(report.plant, why.found, language),
        bars=tuple(_bars(why.found, language)),
        parts=tuple(_part(report, why, part, language) for part in why.found.parts),
    )


def _bars(found: Explained, language: Language) -> Iterator[WhyBar]:
    level = 0
    for part, grams in found.parts.items():
        kind = "unknown" if part in NOT_EXPLAINED else "up" if grams > 0 else "down"
        yield _bar(why_text(part.value, language), level, level + grams, kind, language)
        level += grams
    if found.parts:
        yield _bar(text("why_total" if found.whole else "why_known_total", language), 0, level, "total", language)


def _bar(label: str, start: int, end: int, kind: str, language: Language) -> WhyBar:
    low, high = sorted((start, end))
    tip = label, f"{tonnes_text(end - start, language, signed=True)}\u00a0{text('unit_t', language)}"
    return WhyBar(label, low / GRAMS_PER_TONNE, high / GRAMS_PER_TONNE, kind, tip)


def _part(report: WhyReport, why: ProductWhy, part: ChangePart, language: Language) -> WhyPart:
    grams, base_g = why.found.parts[part], why.found.base_g
    # Of a base that is not known whole nothing has a share.
    share = Decimal(100 * grams) / base_g if base_g and why.found.whole else None
    units = why.found.of_units(part)
    return WhyPart(
        code=part.value,
        name=why_text(part.value, language),
        tonnes=f"{tonnes_text(grams, language, signed=True)}\u00a0{text('unit_t', language)}",
        share="" if share is None else _percent(share, language),
        tone="unknown" if part in NOT_EXPLAINED else tone(grams),
        units=tuple(_unit(report, why, (part, place), each, language) for place, each in units.items()),
        all_lines=tuple(_all_lines(report, why, part, language)),
    )


def _all_lines(
    report: WhyReport, why: ProductWhy, part: ChangePart, language: Language
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place in why.found.of_units(part):
        receipt = why.receipts.get((part, place))
        if receipt is not None and receipt.more:
            unit = place_named(report.plant, place, language)
            title = why_text("all_of_unit", language).format(count=len(receipt.lines), unit=unit)
            yield title, tuple(line_words(report.plant, part, receipt.lines, report.reasons, language))


def _unit(
    report: WhyReport, why: ProductWhy, key: tuple[ChangePart, Place], grams: int, language: Language
) -> tuple[Linked, Linked, Linked]:
    part, place = key
    receipt = why.receipts.get(key)
    words = "" if receipt is None else receipt_words(report.plant, part, receipt, report.reasons, language)
    link = receipt_link(AskedReceipt(place, *why.found.days), language) if why.found.days[0] < why.found.days[1] else ""
    return (
        Linked(place_named(report.plant, place, language), link),
        Linked(tonnes_text(grams, language, signed=True), tone=tone(grams)),
        Linked(words),
    )


def _percent(share: Decimal, language: Language) -> str:
    """With a sign, unless the share is less than what is shown: -0.0 % would be read as a fall."""
    shown = number(abs(share), language, 1)
    sign = ("+" if share > 0 else "-") if any(digit in "123456789" for digit in shown) else ""
    return f"{sign}{shown}\u00a0%"
