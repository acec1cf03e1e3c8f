"""Rows of plant_event: repairs, stops, corrections and closed months on a time axis, in three languages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zlib import crc32

from models.counting.increment import GRAMS_PER_TONNE
from models.detection.alarm import PlantAlarm
from models.detection.alarm_words import texts as alarm_texts
from models.detection.output_drop import OutputDrop
from models.stated.adjustment import Adjustment
from models.stated.closed_month import MonthClose, MonthReopening
from models.stated.facts import Facts
from models.stated.plan import Repair
from models.works.calendar import MS_NS, NS, stamp_ns
from models.works.localize import LANGUAGES, Language
from models.works.month import month_of, period_text, shifted
from models.works.place import ALL, place_of
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey

EVENT_TABLE = "plant_event"
STOP = "stop"
ALARM, NOTICE = "alarm", "event"
_REPAIR: Mapping[str, Mapping[str, str]] = {
    "current": {"en": "current repair", "ru": "текущий ремонт", "kk": "ағымдағы жөндеу"},
    "capital": {"en": "overhaul", "ru": "капитальный ремонт", "kk": "күрделі жөндеу"},
    "relining": {"en": "relining", "ru": "перефутеровка", "kk": "қайта футерлеу"},
    "reserve": {"en": "in reserve", "ru": "в резерве", "kk": "резервте"},
}
_CORRECTION = {
    "en": "correction {tonnes} t of {product}, booked in {month}: {reason}",
    "ru": "корректировка {tonnes} т, {product}, проведена в {month}: {reason}",
    "kk": "түзету {tonnes} т, {product}, {month} айында өткізілді: {reason}",
}
_CLOSED = {
    "en": "month {month} closed by {author}",
    "ru": "месяц {month} закрыт: {author}",
    "kk": "{month} айы жабылды: {author}",
}
_REOPENED = {
    "en": "month {month} reopened by {author}: {reason}",
    "ru": "месяц {month} открыт снова: {author}: {reason}",
    "kk": "{month} айы қайта ашылды: {author}: {reason}",
}
OfMonth = TypeVar("OfMonth", MonthClose, MonthReopening)


@dataclass(frozen=True, slots=True)
class _PlantEvent:
    """Something on the time axis of a place over `span` = [start_ns, end_ns), with its texts by language."""

    shop: str
    unit: str
    kind: str
    event_id: str
    span: tuple[int, int]
    texts: Mapping[Language, str]


def plant_event_rows(plant: Plant, facts: Facts, drops: Iterable[OutputDrop] = ()) -> list[Row]:
    """All rows that hold now. A published row that is not among them is to be withdrawn.

    A drop has a row if a unit of the plant stood in it, and if it has an end: give one that lasts its present end.
    """
    return [
        *(_repair(plant, repair) for repair in facts.repairs if repair.unit in plant.units),
        *(
            _correction(plant, item)
            for item in facts.adjustments
            if place_of(plant, item.shop, item.unit, item.product) is not None
        ),
        *(_closed(plant, close, number) for close, number in _numbered(facts.closes)),
        *(_reopened(plant, item, number) for item, number in _numbered(facts.reopenings)),
        *(_stop(plant, drop, drop.end_s) for drop in drops if drop.stands and drop.end_s and drop.unit in plant.units),
    ]


def alarm_row(plant: Plant, alarm: PlantAlarm, until_ns: int) -> Row:
    """The row of an alarm, or of an event of its source; of one that is active until then."""
    unit = plant.units.get(alarm.unit)
    shop, code = (ALL, ALL) if unit is None else (unit.shop, unit.code)
    end_ns = max(alarm.start_ns, until_ns) if alarm.end_ns is None else alarm.end_ns
    names = {language: plant.source_name(alarm.source, language) for language in LANGUAGES}
    event_id = f"{alarm.source} {alarm.key} {alarm.start_ns // MS_NS}"
    kind = NOTICE if alarm.is_event else ALARM
    return _row(plant, _PlantEvent(shop, code, kind, event_id, (alarm.start_ns, end_ns), alarm_texts(alarm, names)))


def _repair(plant: Plant, repair: Repair) -> Row:
    unit = plant.units[repair.unit]
    texts = {
        language: f"{unit.names.get(language) or unit.names['en']}: {_REPAIR[repair.kind.value][language]} "
        f"({repair.approved_by})"
        for language in LANGUAGES
    }
    span = (repair.start_ns, repair.end_ns)
    return _row(plant, _PlantEvent(unit.shop, unit.code, "repair", repair.name, span, texts))


def _stop(plant: Plant, drop: OutputDrop, end_s: int) -> Row:
    unit = plant.units[drop.unit]
    texts = {language: drop.evidence.get(language) or drop.evidence.get("en", "") for language in LANGUAGES}
    span = (drop.start_s * NS, end_s * NS)
    return _row(plant, _PlantEvent(unit.shop, unit.code, STOP, f"stop {drop.unit} {drop.start_s}", span, texts))


def _correction(plant: Plant, item: Adjustment) -> Row:
    product = plant.products.get(item.product)
    texts = {
        language: _CORRECTION[language].format(
            tonnes=f"{item.grams / GRAMS_PER_TONNE:+.3f}",
            product=product.name(language) if product is not None else item.product,
            month=period_text(item.booked_month),
            reason=item.reason,
        )
        for language in LANGUAGES
    }
    span = (stamp_ns(plant.zone, date.fromordinal(item.day)), stamp_ns(plant.zone, date.fromordinal(item.day + 1)))
    kind = "correction" if month_of(item.day) == item.booked_month else "late_correction"
    return _row(plant, _PlantEvent(item.shop, item.unit, kind, item.name, span, texts))


def _numbered(items: Iterable[OfMonth]) -> Iterator[tuple[OfMonth, int]]:
    """Each with its number among those of its month, from 1: a month may be closed, reopened and closed again."""
    count: Counter[int] = Counter()
    for item in items:
        count[item.month] += 1
        yield item, count[item.month]


def _closed(plant: Plant, close: MonthClose, number: int) -> Row:
    month = period_text(close.month)
    texts = {language: _CLOSED[language].format(month=month, author=close.author) for language in LANGUAGES}
    return _row(plant, _PlantEvent(ALL, ALL, "month_closed", _once(month, number), _span(plant, close.month), texts))


def _reopened(plant: Plant, item: MonthReopening, number: int) -> Row:
    month = period_text(item.month)
    texts = {
        language: _REOPENED[language].format(month=month, author=item.author, reason=item.reason)
        for language in LANGUAGES
    }
    event = _PlantEvent(ALL, ALL, "month_reopened", _once(month, number), _span(plant, item.month), texts)
    return _row(plant, event)


def _once(month: str, number: int) -> str:
    return month if number == 1 else f"{month} {number}"


def _span(plant: Plant, month: int) -> tuple[int, int]:
    first, end = date.fromordinal(month), date.fromordinal(shifted(month, 1))
    return stamp_ns(plant.zone, first), stamp_ns(plant.zone, end)


def _row(plant: Plant, event: _PlantEvent) -> Row:
    tags = {"site": plant.site, "shop": event.shop, "unit": event.unit, "kind": event.kind}
    fields: dict[str, FieldValue] = {
        "end_ms": event.span[1] // MS_NS,
        "title": event.texts["en"],
        "event_id": event.event_id,
        **{f"text_{language}": event.texts[language] for language in LANGUAGES},
    }
    # The database takes two rows of one instant and place as one. The id shifts the time by less than a millisecond, so
    # that they stay two; crc32, for Python's own hash is another one after each restart.
    shift_ns = crc32(event.event_id.encode()) % MS_NS
    return Row(RowKey.of(EVENT_TABLE, event.span[0] + shift_ns, tags), fields)
