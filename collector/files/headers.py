"""Which column holds what: the header row of a sheet, for figures or for plans. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collector.files.heading import Heading, NearHeading, Sense, heading_of, near_heading, plain
from collector.files.import_rule import IGNORED, ImportRule
from collector.files.near_words import near_word
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refused import Refused
from collector.files.sheet import Cell, MergedCell, column_letters
from collector.files.title_shift import shifts_in_title
from collector.files.title_unit import units_in_title
from collector.files.words import Word

LOOKED_AT = 100
"""Rows with content among which a header is looked for: the longest title of a form is a page of some 50 lines."""
SLIPS_IN = 20
"""Rows in which a header is known by slips alone."""

_SPAN_FIELDS = {"start", "end", "date", "shift", "period", "month"}
_FIGURE_FIELDS = {"basis", "status", "key", "definition"}


@dataclass(frozen=True, slots=True)
class FileForm:
    """What a file is about, and what is known of its headings.

    `plans`: it is read for plans of months, else for figures. `headings` are fields by the heading that names them, in
    lower case, beside those that everybody knows; `fixed` gives the text of fields that have no column. What `ignores`
    says of a heading is believed: the column is no unit, and hides none.
    """

    plans: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    rule: ImportRule | None = None

    @classmethod
    def of(cls, rule: ImportRule | None, *, plans: bool, sheet: str = "") -> "FileForm":
        """The form of a sheet of a file for which the configuration has a rule."""
        if rule is None:
            return cls(plans)
        named = {rule.sheets_are: sheet} if rule.sheets_are is not None else {}
        headings = {plain(heading): name for heading, name in rule.columns.items()}
        return cls(plans, headings, {**rule.fixed, **named}, rule)

    def ignores(self, text: object) -> bool:
        """Whether a column is said to be nobody's, or a subtotal."""
        return self.headings.get(plain(text)) == IGNORED or (self.rule is not None and self.rule.skips(text))

    def heading(self, text: object) -> Heading | None:
        """What a heading names."""
        named = self.headings.get(plain(text))
        if named is None:
            return heading_of(str(text or ""))
        known = heading_of(str(text))
        return known if known is not None and known.field == named else Heading(named)

    def slip(self, text: object) -> NearHeading | None:
        """The word for a field of which a heading that nobody knows is a slip."""
        if not isinstance(text, str) or plain(text) in self.headings or self.ignores(text) or self.heading(text):
            return None
        # A word that only this form has may have a slip too.
        read = [word for word, name in self.headings.items() if name != IGNORED]
        own = near_word(plain(text), read)
        return near_heading(text) if own is None else NearHeading(self.headings[own], own)

    def lacking(self, fields: Iterable[str]) -> tuple[str, ...]:
        """The columns without which nothing can be read of a row."""
        there = {*fields, *self.fixed}
        if self.plans:
            time: tuple[str, ...] = () if there & {"month", "period"} else ("month",)
        else:
            spans = ({"start", "end"}, {"date"}, {"period"}, {"month"})
            time = () if any(span <= there for span in spans) else ("start", "end")
        return (*(name for name in time if name not in there), *(n for n in ("product", "tonnes") if n not in there))


@dataclass(frozen=True, slots=True)
class Header:
    """Columns by field and the row that named them. `left` are columns of tonnes that this file is not read for: plans
    beside figures, or figures beside plans. `title_units`: of mass, in the titles above it;
    `title_shift`: the shift, where only they say it.
    """

    row: int
    headings: Sequence[str]
    columns: Mapping[str, int]
    amount: Heading
    through: bool
    left: Sequence[int]
    ignored: Sequence[int]
    fixed: Mapping[str, str]
    title_units: frozenset[str] = frozenset()
    title_shift: str = ""

    @property
    def width(self) -> int:
        """How many cells a row has to have."""
        return len(self.headings)

    @property
    def unread(self) -> tuple[int, ...]:
        """The columns that nobody reads."""
        read = set(self.columns.values())
        return tuple(column for column in range(self.width) if column not in read)


@dataclass(frozen=True, slots=True)
class NearHeader:
    """The row that is most like a header, how many fields it names, which it lacks, and what may be slips of them."""

    row: int
    known: int
    lacking: Sequence[str]
    slips: Sequence[FileRefusal] = ()


def headings_known(cells: Sequence[Cell]) -> int:
    """How many cells of a row name a field."""
    return sum(heading_of(str(cell)) is not None for cell in cells if cell is not None and len(str(cell)) < 100)


def goes_on_below(number: int, cells: Sequence[Cell]) -> bool:
    """Headings of two rows are merged downwards: the lower row has all of them."""
    return any(isinstance(cell, MergedCell) and cell.last_row > number for cell in cells)


def find_header(
    rows: Iterable[tuple[int, Sequence[Cell]]], form: FileForm, hidden: Sequence[int] = ()
) -> Header | NearHeader:
    """The first row that names every column that is needed; titles above it are passed over. `hidden` columns are not
    read. Raises Refused if two columns are one field.
    """
    nearest = NearHeader(0, 0, form.lacking(()))
    titles: list[str] = []
    for count, (number, cells) in enumerate(rows):
        if count >= LOOKED_AT:
            break
        if goes_on_below(number, cells):
            continue
        named: dict[str, list[tuple[int, Heading]]] = {}
        for column, cell in enumerate(cells):
            heading = form.heading(cell) if column not in hidden else None
            if heading is not None and not form.ignores(cell):
                named.setdefault(heading.field, []).append((column, heading))
        lacking = form.lacking(named)
        if not lacking:
            header = _header(number, [_text(cell) for cell in cells], named, form)
            _check_slips(header, rows, form, hidden)
            return _titled(header, titles)
        titles += [str(cell) for cell in cells if isinstance(cell, str | MergedCell)]
        # In rows of titles and figures a slip is a chance, and every cell would have to be compared.
        if len(named) > nearest.known or count < SLIPS_IN:
            slips = {column: found for column, found in _slips(cells, form, hidden).items() if found.field not in named}
            told = tuple(_meant(str(cells[column]), near.word) for column, near in slips.items())
            known = len({*named, *(near.field for near in slips.values())})
            if known > nearest.known:
                nearest = NearHeader(number, known, lacking, told)
    return nearest


def _titled(header: Header, titles: Sequence[str]) -> Header:
    """The header with what only the titles above it say: the unit of measure, and the shift of a form of one shift."""
    header = replace(header, title_units=units_in_title(titles))
    shifts = shifts_in_title(titles)
    if "date" not in header.columns or "shift" in {*header.columns, *header.fixed} or len(shifts) != 1:
        return header
    (shift,) = shifts
    return replace(header, fixed={**header.fixed, "shift": shift}, title_shift=shift)


def _slips(cells: Sequence[Cell], form: FileForm, hidden: Sequence[int]) -> dict[int, NearHeading]:
    near = {column: form.slip(cell) for column, cell in enumerate(cells) if column not in hidden}
    return {column: found for column, found in near.items() if found is not None}


def _meant(heading: str, word: str) -> FileRefusal:
    return FileRefusal(RefusalCode.NEAR_WORD, {"heading": heading, "near": _cased(word, heading)})


def _check_slips(
    header: Header, rows: Iterable[tuple[int, Sequence[Cell]]], form: FileForm, hidden: Sequence[int]
) -> None:
    """A column whose heading is a slip of one that would be read hides what it says: a shift's tonnes would be those of
    the whole day. Raises Refused.
    """
    for column, near in _slips(header.headings, form, hidden).items():
        there = {*header.columns, near.field}
        # A field that has its column, or that is not read beside the others, loses nothing.
        lost = near.field == "tonnes" or near.field not in header.columns
        if not lost or near.field in _idle(there, plans=form.plans):
            continue
        under = (cells for number, cells in rows if number > header.row and column < len(cells))
        if any(_text(cells[column]) for cells in under):
            heading, letters = header.headings[column], column_letters(column)
            raise Refused(RefusalCode.NEAR_HEADING, column=letters, heading=heading, near=_cased(near.word, heading))


def _cased(word: str, heading: str) -> str:
    return word.capitalize() if heading[:1].isupper() else word


def _header(
    number: int, headings: list[str], named: Mapping[str, Sequence[tuple[int, Heading]]], form: FileForm
) -> Header:
    # Spreadsheet programs pad a row with empty cells up to the widest one.
    while not headings[-1]:
        headings.pop()
    wanted = {**named, "tonnes": _amounts(named["tonnes"], headings, plans=form.plans)}
    for name, found in wanted.items():
        if len(found) > 1:
            texts = tuple(f'{column_letters(column)} "{headings[column]}"' for column, _ in found)
            raise Refused(RefusalCode.TWO_COLUMNS, columns=texts, field=Word(name))
    chosen, amount = wanted["tonnes"][0]
    idle = {name: found[0][0] for name, found in wanted.items() if name in _idle(wanted, plans=form.plans)}
    return Header(
        row=number,
        headings=headings,
        columns={name: found[0][0] for name, found in wanted.items() if name not in idle},
        amount=amount,
        through="end" in named and named["end"][0][1].through,
        ignored=(*idle.values(), *(column for column, text in enumerate(headings) if form.ignores(text))),
        left=tuple(column for column, _ in named["tonnes"] if column != chosen),
        fixed={name: text for name, text in form.fixed.items() if name not in wanted},
    )


def _idle(fields: Iterable[str], *, plans: bool) -> set[str]:
    """Fields that stand there and are not read: a span is read from one of them, and a plan has a month alone."""
    there = set(fields)
    spans = [{"month"}, {"period"}] if plans else [{"start", "end"}, {"date", "shift"}, {"period"}, {"month"}]
    read = next((span for span in spans if (span - {"shift"}) <= there), set())
    unread = {*_SPAN_FIELDS, *_FIGURE_FIELDS} if plans else _SPAN_FIELDS
    return (there & unread) - read


def _amounts(
    columns: Sequence[tuple[int, Heading]], headings: Sequence[str], *, plans: bool
) -> Sequence[tuple[int, Heading]]:
    """The columns that may be meant: of two kinds, words tell plan from fact; "output" is a fact beside a plan.

    Raises Refused if the sheet has only what the other command reads.
    """
    by_sense = {sense: [pair for pair in columns if pair[1].sense is sense] for sense in Sense}
    if plans:
        found = by_sense[Sense.PLAN] + by_sense[Sense.AMOUNT] or by_sense[Sense.OUTPUT]
        other, code = Sense.FACT, RefusalCode.ONLY_FACTS
    else:
        found = by_sense[Sense.FACT] + by_sense[Sense.OUTPUT] + by_sense[Sense.AMOUNT]
        other, code = Sense.PLAN, RefusalCode.ONLY_PLANS
    if not found:
        raise Refused(code, heading=headings[by_sense[other][0][0]])
    return found


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())
