"""Rows about accidents: when, where, what kind, and who was hurt. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector.files.field_faults import FieldReader, RefusedMeasure
from collector.files.measure_texts import measure_text
from collector.files.moment import moment
from collector.files.number import decimal_of
from collector.files.places import ALL_WORDS
from collector.files.plain_table import (
    PlainRow,
    PlainTable,
    TableRead,
    codes_by_word,
    plain_word,
    read_table,
)
from collector.files.sheet import SheetFile
from models.stated.accident import BEING_ESTABLISHED, AccidentTerms, AccidentWord
from models.works.calendar import wall_ns
from models.works.place import ALL
from models.works.plant import Plant

_NEEDED = ("number", "at", "place", "kind", "victims")
FIELDS = (*_NEEDED, "cause", "fatal", "days_lost", "note")
_TABLE = PlainTable(FIELDS, _NEEDED, {})
LONGEST_NUMBER = 40
MOST_PEOPLE = 10_000
"""Hurt at once: more than any works had below ground in one shift. A judgement."""
MOST_DAYS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentForm:
    """What rows are read by. `now_ns` (UTC): nobody was hurt after it."""

    plant: Plant
    terms: AccidentTerms
    author: str
    now_ns: int


def read_accidents(file: SheetFile, form: AccidentForm) -> TableRead[AccidentWord]:
    """The words of a file in its order, and every row that was refused."""
    return read_table(file, _TABLE, lambda row: [accident_of(row, form)], lambda word: word.number)


def typed_row(typed: Mapping[str, str]) -> PlainRow:
    """What a person typed, by field of `FIELDS`, as a row."""
    return PlainRow([typed.get(field, "") for field in FIELDS], {field: at for at, field in enumerate(FIELDS)})


def accident_of(row: PlainRow, form: AccidentForm) -> AccidentWord:
    """What a row says. Raises RefusedFields with every fault of it."""
    fields, nowhere = FieldReader(), (ALL, ALL)
    number = fields.take("number", lambda: _number(row), "")
    shop, unit = fields.take("place", lambda: _place(row, form.plant), nowhere)
    at_ns = fields.take("at", lambda: _instant(row, form, shop), 0)
    kind = fields.take("kind", lambda: row.known("kind", codes_by_word(form.terms.kinds)), "")
    cause = BEING_ESTABLISHED
    if row.cell("cause") is not None:
        cause = fields.take("cause", lambda: row.known("cause", codes_by_word(form.terms.causes)), cause)
    victims = fields.take("victims", lambda: _count(row, "victims", MOST_PEOPLE), None) or 0
    fatal = fields.take("fatal", lambda: _count(row, "fatal", MOST_PEOPLE), None) or 0
    days_lost = fields.take("days_lost", lambda: _count(row, "days_lost", MOST_DAYS), None)
    if fatal > victims and fields.is_sound("victims", "fatal"):
        fields.refuse("fatal", "more_fatal", fatal=fatal, victims=victims)
    fields.check()
    note = "" if row.cell("note") is None else row.text("note")
    return AccidentWord(
        number=number, at_ns=at_ns, shop=shop, unit=unit, kind=kind, cause=cause, victims=victims, fatal=fatal,
        days_lost=days_lost, note=note, author=form.author,
    )  # fmt: skip


def _number(row: PlainRow) -> str:
    cell = row.cell("number")
    number = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else row.text("number")
    if len(number) > LONGEST_NUMBER:
        raise RefusedMeasure(measure_text("long_number", most=LONGEST_NUMBER))
    return number


def places_by_word(plant: Plant) -> Mapping[str, str]:
    """Shops and units by every way to write them, and the works by those of a total. A shop is "mines", a unit
    "mines/mine1"."""
    units = {word: f"{plant.units[code].shop}/{code}" for word, code in codes_by_word(plant.units.values()).items()}
    return {**units, **codes_by_word(plant.shops.values()), **dict.fromkeys((*ALL_WORDS - {""}, ALL), ALL)}


def _place(row: PlainRow, plant: Plant) -> tuple[str, str]:
    words, text = places_by_word(plant), row.text("place")
    known = {**words, **{plain_word(each): each for each in words.values()}}
    found = known.get(plain_word(text))
    if found is None:
        raise RefusedMeasure(measure_text("unknown_place", value=text, known=(*plant.shops, *plant.units)))
    shop, _, unit = found.partition("/")
    return shop, unit or ALL


def _instant(row: PlainRow, form: AccidentForm, shop: str) -> int:
    value = row.cell("at")
    said = moment(row.text("at") if isinstance(value, str | None) else value)
    if said.is_date:
        raise RefusedMeasure(measure_text("time_missing", value=row.text("at")))
    zone = form.plant.shops[shop].calendar.zone if shop in form.plant.shops else form.plant.zone
    assert said.clock is not None or said.at_ns is not None  # noqa: S101 - it is no date
    at_ns = said.at_ns if said.at_ns is not None else wall_ns(zone, said.day, said.clock)
    if at_ns > form.now_ns:
        raise RefusedMeasure(measure_text("not_yet", value=row.text("at")))
    return at_ns


def _count(row: PlainRow, field: str, most: int) -> int | None:
    cell = row.cell(field)
    if cell is None:
        if field in _NEEDED:
            row.text(field)  # says that it is empty
        return None
    value = decimal_of(cell, None)
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= most:
        raise RefusedMeasure(measure_text("not_a_count", value=str(cell)[:40], most=most, column=measure_text(field)))
    return int(value)
