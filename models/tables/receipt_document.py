"""A receipt as a document of JSON: every number exact, instants in UTC, codes as in the tables."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from models.books.receipt import ReceiptLine
from models.counting.increment import IncrementFlag
from models.tables.receipt_record import CounterRows, ReceiptRecord
from models.works.calendar import NS
from models.works.month import period_text
from models.works.place import Place

FORMAT = 1


def receipt_document(record: ReceiptRecord) -> dict[str, Any]:
    """The whole receipt. Grams are whole numbers, and the lines sum to those of the figure; null is not known."""
    receipt, asked = record.receipt, record.asked
    return {
        "format": FORMAT,
        "site": record.plant.site,
        "simulated": record.plant.simulated,
        **_place(receipt.place),
        "from": date.fromordinal(receipt.first).isoformat(),
        "to": date.fromordinal(receipt.end - 1).isoformat(),
        **_span(*receipt.bounds),
        "known": None if asked.known_ns is None else _utc(asked.known_ns),
        "read": _utc(record.read_ns),
        "grams": receipt.grams,
        "whole": receipt.whole,
        "status": int(receipt.status),
        "completeness_pct": round(100 * receipt.completeness, 6),
        "target_grams": receipt.target_g,
        "unexplained_grams": receipt.unexplained_g,
        "lines": [_line(record, number, line) for number, line in enumerate(receipt.lines)],
        "parts": [{**_place(part), "grams": grams} for part, grams in receipt.parts],
        "restated_by": [{"correction": item.correction, "grams": item.grams} for item in receipt.elsewhere],
        "corrections": [
            {
                "name": item.name,
                "day": date.fromordinal(item.day).isoformat(),
                "booked_month": period_text(item.booked_month),
                "grams": item.grams,
                "author": item.author,
                "reason": item.reason,
                "undoes": item.undoes,
                "recorded": _utc(item.recorded_ns),
            }
            for item in record.corrections.values()
        ],
        "closings": [
            {"month": period_text(close.month), "author": close.author, "recorded": _utc(close.recorded_ns)}
            for close in record.closings
        ],
        "plans": [
            {
                "month": period_text(plan.month),
                "shop": plan.shop,
                "unit": plan.unit,
                "grams": plan.grams,
                "author": plan.author,
                "recorded": _utc(plan.recorded_ns),
            }
            for plan in record.plans
        ],
        "gaps": [
            {
                "tag": item.gap.tag,
                "unit": item.unit,
                **_span(item.gap.start_ns, item.gap.end_ns),
                "cause": item.gap.cause,
                "most_tonnes": item.most_t,
            }
            for item in record.gaps
        ],
        "events": [
            {
                "tag": event.tag,
                "unit": event.unit,
                "key": event.key,
                "year": event.production_year,
                "end": _utc(event.end_ns),
                "grams": event.grams,
            }
            for event in record.events
        ],
        "changes": [
            {"at": _utc(item.at_ns), "kind": item.kind.value, "who": item.who, "grams": item.grams}
            for item in record.changes
        ],
        "more_changes": record.more_changes,
    }


def _line(record: ReceiptRecord, number: int, line: ReceiptLine) -> Mapping[str, Any]:
    stated = line.figure
    return {
        "kind": line.kind.value,
        **_place(line.place),
        **_span(line.start_ns, line.end_ns),
        "grams": line.grams,
        "status": int(line.status),
        "instead_of_grams": line.counted_g,
        "correction": line.correction or None,
        "counters": [_counter(item) for item in record.counters.get(number, ())],
        "figure": None if stated is None else {"key": stated.key, "definition": stated.definition},
        "words": [
            {
                "grams": word.grams,
                "origin": word.origin,
                "recorded": _utc(word.recorded_ns),
                "import": word.import_number,
            }
            for word in record.words.get(number, ())
        ],
    }


def _counter(item: CounterRows) -> Mapping[str, Any]:
    return {
        "tag": item.tag,
        "source": item.source,
        "increments": item.increments,
        "readings": item.readings,
        "grams": item.grams,
        **_span(item.start_ns, item.end_ns),
        "flags": [str(flag.name).lower() for flag in IncrementFlag if flag and flag in item.flags],
    }


def _place(place: Place) -> dict[str, str]:
    return {"level": place.level, "shop": place.shop, "unit": place.unit, "product": place.product}


def _span(start_ns: int, end_ns: int) -> dict[str, str]:
    return {"start": _utc(start_ns), "end": _utc(end_ns)}


def _utc(at_ns: int) -> str:
    """To the nanosecond where it is not a whole second; the bare number where no calendar reaches."""
    whole, below = divmod(at_ns, NS)
    try:
        return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}{f'.{below:09d}' if below else ''}Z"
    except (OverflowError, ValueError, OSError):
        return f"{at_ns} ns"
