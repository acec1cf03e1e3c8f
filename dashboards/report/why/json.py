"""The report that says why output changed, for programs: tonnes as exact as they are, receipts as numbers. Pure."""

import json
from datetime import UTC, date, datetime

from dashboards.report.why.document import WhyReport
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.growth_span import Days
from models.tables.kpi import growth_pct
from models.tables.row_fields import tonnes
from models.why.change_part import ChangePart
from models.why.part_receipt import PartLine, PartReceipt
from models.why.product_why import ProductWhy
from models.why.sentences import why_sentences
from models.works.calendar import HOUR_NS, NS
from models.works.localize import Language
from models.works.place import Place


def why_json(report: WhyReport, language: Language) -> str:
    """A list of products. A figure that is not known is left out."""
    found = [_product(report, each, language) for each in report.products]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _product(report: WhyReport, why: ProductWhy, language: Language) -> dict[str, object]:
    found = why.found
    pct = growth_pct(found.now_g, found.base_g) if found.whole else None
    amounts = {"actual_t": found.now_g, "base_t": found.base_g}
    shown: dict[str, object] = {
        "product": found.product,
        **_days("", found.days),
        **_days("base_", found.base),
        **{name: tonnes(grams) for name, grams in amounts.items() if grams is not None},
        "change_t": tonnes(found.change_g),
        "whole": found.whole,
        "parts": [_part(why, part, grams) for part, grams in found.parts.items()],
        "sentences": list(why_sentences(report.plant, found, language)),
    }
    if pct is not None:
        shown["change_pct"] = float(pct)
    if found.redefined is not None:
        shown["redefined"] = {"before": found.redefined[0], "after": found.redefined[1]}
    return shown


def _part(why: ProductWhy, part: ChangePart, grams: int) -> dict[str, object]:
    units = [_unit(place, each, why.receipts.get((part, place))) for place, each in why.found.of_units(part).items()]
    return {"part": part.value, "t": tonnes(grams), "units": units}


def _unit(place: Place, grams: int, receipt: PartReceipt | None) -> dict[str, object]:
    shown: dict[str, object] = {"level": place.level, "shop": place.shop, "unit": place.unit, "t": tonnes(grams)}
    if receipt is not None:
        shown["receipt"] = [_line(line) for line in receipt.lines]
    return shown


def _line(line: PartLine) -> dict[str, object]:
    shown: dict[str, object] = {
        "in": "base" if line.of_base else "period",
        "start": _instant(line.start_ns),
        "end": _instant(line.end_ns),
        "hours": round(line.time_ns / HOUR_NS, 4),
    }
    if line.grams is not None:
        shown["t"] = line.grams / GRAMS_PER_TONNE
    if line.made_g is not None:
        shown["made_t"] = tonnes(line.made_g)
    named = {"name": line.name, "cause_unit": line.cause_unit}
    return {**shown, **{key: text for key, text in named.items() if text}}


def _days(prefix: str, days: Days) -> dict[str, str]:
    last = max(days[1] - 1, days[0])
    return {f"{prefix}{name}": date.fromordinal(day).isoformat() for name, day in (("from", days[0]), ("to", last))}


def _instant(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns // NS, UTC).isoformat().replace("+00:00", "Z")
