"""Files of indicators and of projects: a row for each span, a column for each number. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from collector.files.measure_texts import MEASURE_TEXTS, measure_text
from collector.files.moment import day_ordinal
from collector.files.number import decimal_of
from collector.files.period import period_days
from collector.files.refused import Refused
from collector.files.result import PLACES_IN_FILES
from collector.files.sheet import Cell, SheetFile
from collector.sentence import Sentence, filled
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.localize import Language
from models.works.month import month_of

SUBJECT, PERIOD, SOURCE, STATED_ON, GROWTH = "subject", "period", "source", "stated_on", "growth"
MOST = Decimal(10) ** 15
"""Of any number: a hundred times what the country makes in tenge."""


class RefusedMeasure(ValueError):
    """A row that was refused; `why` is the reason, with the next step."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was refused: where it is, and why. Row 0: the whole sheet."""

    sheet: str
    row: int
    why: Sentence

    def told(self, language: Language) -> str:
        """Where it is, and why."""
        named = {"sheet": self.sheet, "row": str(self.row or "")}
        places = [filled(PLACES_IN_FILES[name], {name: text}, language) for name, text in named.items() if text]
        return ", ".join(places) + (": " if places else "") + self.why.told(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureForm:
    """What a file is about. `subject`: the word for it. `names`: the codes of what is known, by every way to write it.
    `kinds`: the numbers that it may have. `today`: the date (ordinal) after which nothing can have been stated."""

    subject: str
    names: Mapping[str, str]
    kinds: Sequence[MeasureKind]
    author: str
    today: int
    number_format: str | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """What a heading in any of the three languages is, or the name of a column as these files are documented."""
        fields = [PERIOD, SOURCE, STATED_ON, *(kind.value for kind in self.kinds)]
        fields += [GROWTH] if MeasureKind.VALUE in self.kinds else []
        found = {_plain(word): field for field in fields for word in (*MEASURE_TEXTS[field].values(), field)}
        found |= {_plain(word): SUBJECT for word in MEASURE_TEXTS[f"subject_{self.subject}"].values()}
        return found | {"month": PERIOD, "месяц": PERIOD, "ай": PERIOD}


def read_measures(file: SheetFile, form: MeasureForm) -> tuple[list[StatedMeasure], list[RowFault]]:
    """The numbers of a file in its order, and every row that was refused."""
    entries: list[StatedMeasure] = []
    faults: list[RowFault] = []
    first: dict[tuple[str, MeasureKind, int, int], int] = {}
    headed = False
    for sheet in (each for each in file.sheets if not each.hidden):
        header: Mapping[str, int] | None = None
        for number, cells in sheet.rows:
            if header is None:
                try:
                    header = _header(cells, form)
                except RefusedMeasure as refused:
                    faults.append(RowFault(sheet.name, number, refused.why))
                    headed = True
                    break
                headed = headed or header is not None
                continue
            try:
                read = _row(cells, header, form)
                again = next((first[each.of] for each in read if each.of in first), None)
                if again is not None:
                    raise RefusedMeasure(measure_text("same_row", row=str(again)))
            except RefusedMeasure as refused:
                faults.append(RowFault(sheet.name, number, refused.why))
            except Refused as refused:
                faults.append(RowFault(sheet.name, number, refused.refusal))
            else:
                first |= {each.of: number for each in read}
                entries += read
    if not headed:
        faults.append(RowFault("", 0, measure_text("no_columns", columns=_needed(form))))
    return entries, faults


def _needed(form: MeasureForm) -> tuple[Sentence, ...]:
    words = (f"subject_{form.subject}", PERIOD, SOURCE, STATED_ON)
    return tuple(measure_text(word) for word in words)


def _header(cells: Sequence[Cell], form: MeasureForm) -> Mapping[str, int] | None:
    """By field its column; None for a row that is none."""
    columns, found = form.columns, dict[str, int]()
    for at, cell in enumerate(cells):
        field = columns.get(_plain(cell))
        if field is None:
            continue
        if field in found:
            word = f"subject_{form.subject}" if field == SUBJECT else field
            raise RefusedMeasure(measure_text("twice_named", column=measure_text(word)))
        found[field] = at
    return found if {SUBJECT, PERIOD, SOURCE, STATED_ON} <= found.keys() else None


def _row(cells: Sequence[Cell], header: Mapping[str, int], form: MeasureForm) -> list[StatedMeasure]:
    def cell(field: str) -> Cell:
        at = header.get(field)
        value = None if at is None or at >= len(cells) else cells[at]
        return None if value is None or not str(value).strip() else value

    def text(field: str) -> str:
        value = cell(field)
        if value is None:
            word = f"subject_{form.subject}" if field == SUBJECT else field
            raise RefusedMeasure(measure_text("empty", column=measure_text(word)))
        return " ".join(str(value).split())[:500]

    subject = form.names.get(_plain(text(SUBJECT)))
    if subject is None:
        known = tuple(sorted(set(form.names.values())))
        raise RefusedMeasure(measure_text("unknown_subject", value=text(SUBJECT), known=known))
    text(PERIOD)
    start, end = _months(cell(PERIOD))
    stated_on = _day(cell(STATED_ON), text(STATED_ON), form.today)
    if start > form.today:
        raise RefusedMeasure(measure_text("in_future", value=text(PERIOD)))
    growth = cell(GROWTH)
    growth_pct = None if growth is None else _number(growth, GROWTH, form, signed=True)
    found = [
        StatedMeasure(
            subject=subject, kind=kind, start=start, end=end, value=_value(cell(kind.value), kind, form),
            growth_pct=growth_pct, source=text(SOURCE), stated_on=stated_on, author=form.author,
        )
        for kind in form.kinds
        if cell(kind.value) is not None
    ]  # fmt: skip
    if not found:
        columns = tuple(measure_text(kind.value) for kind in form.kinds)
        raise RefusedMeasure(measure_text("no_number", columns=columns))
    return found


def _value(cell: Cell, kind: MeasureKind, form: MeasureForm) -> Decimal:
    # A published balance may be below zero; nobody paid or built less than nothing.
    value = _number(cell, kind.value, form, signed=kind is MeasureKind.VALUE)
    if kind is MeasureKind.PHYSICAL_PCT and value > 100:
        raise RefusedMeasure(measure_text("not_a_percentage", value=value))
    return value


def _number(cell: Cell, field: str, form: MeasureForm, *, signed: bool) -> Decimal:
    value = decimal_of(cell, form.number_format)
    if not value.is_finite() or abs(value) >= MOST:
        raise RefusedMeasure(measure_text("too_large", value=str(cell)[:40]))
    if value < 0 and not signed:
        raise RefusedMeasure(measure_text("below_zero", value=value, column=measure_text(field)))
    return value


def _months(cell: Cell) -> tuple[int, int]:
    words = str(cell).strip()
    start, end = period_days(cell)
    if start != month_of(start) or end != month_of(end) or end <= start:
        raise RefusedMeasure(measure_text("not_whole_months", value=words[:40]))
    return start, end


def _day(cell: Cell, words: str, today: int) -> int:
    day = cell.toordinal() if isinstance(cell, date) else day_ordinal(words)
    if day > today:
        raise RefusedMeasure(measure_text("in_future", value=words))
    return day


def _plain(cell: Cell) -> str:
    return " ".join(str("" if cell is None else cell).strip().lower().replace("_", " ").split())
