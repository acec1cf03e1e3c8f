"""Proposes an entry of `imports:` for a file that works write in their own way. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

import yaml

from collector.files.headers import LOOKED_AT, FileForm, Header, find_header
from collector.files.heading import Sense, heading_of, is_note, plain
from collector.files.import_rule import FileLayout, ImportRule
from collector.files.layout import laid_out, owners_of
from collector.files.learn_texts import learn_text
from collector.files.moment import UnreadableMoment, moment
from collector.files.number import UnreadableNumber, grams
from collector.files.places import PlaceFinder, UnknownPlace, find_unit
from collector.files.refused import Refused
from collector.files.sheet import Cell, Sheet, SheetFile
from collector.files.words import words
from collector.sentence import Sentence
from models.works.localize import Language
from models.works.plant import Plant

SUBTOTALS = ("Итого", "Всего", "Барлығы", "Жиыны", "Total", "Subtotal")
_YEAR = re.compile(r"\b(20\d{2})\b")
Rows = Sequence[tuple[int, Sequence[Cell]]]


def proposal(file: SheetFile, plant: Plant, name: str, language: Language) -> str:
    """YAML of an entry with which the file can be read, as far as it tells; what it does not is asked in comments."""
    sheets = [sheet for sheet in file.sheets if not sheet.hidden]
    tops = [list(islice(sheet.rows, LOOKED_AT)) for sheet in sheets]
    rule = ImportRule(name=_code(name), files=(_pattern(name),), skip=_subtotals(tops))
    if len(sheets) > 1 and all(_is_unit(plant, sheet.name) for sheet in sheets):
        rule = replace(rule, sheets_are="unit")
    rule = replace(rule, year=_year(name, tops), plans=_is_plan(name, tops))
    finder = PlaceFinder(plant, {})
    chosen = max((_fitted(rule, layout, sheets, finder) for layout in FileLayout), key=lambda pair: pair[0])[1]
    if chosen.layout is not FileLayout.MONTH_COLUMNS:
        chosen = replace(chosen, year=None)
    if chosen.layout is FileLayout.ROWS:
        chosen = replace(chosen, columns=_columns(plant, tops))
    product = None if "product" in chosen.columns.values() else _product(plant, name, tops)
    return _text(chosen, _questions(chosen, file, plant, finder), product, language)


def _fitted(
    rule: ImportRule, layout: FileLayout, sheets: Sequence[Sheet], finder: PlaceFinder
) -> tuple[int, ImportRule]:
    """How many columns of amounts a layout finds, beside which rows need two to be no chance; with its rule."""
    if layout is FileLayout.ROWS:
        return 1, rule
    fitted = replace(rule, layout=layout)
    return max((len(owners_of(sheet, fitted, finder)) for sheet in sheets), default=0), fitted


def _columns(plant: Plant, tops: Iterable[Rows]) -> dict[str, str]:
    """What the headings that nobody knows seem to hold, by what stands under them."""
    found: dict[str, str] = {}
    for rows in tops:
        at = max(range(len(rows)), key=lambda index: _known(rows[index][1]), default=None)
        if at is None or _known(rows[at][1]) == 0:
            continue
        cells, under = rows[at][1], rows[at + 1 :]
        taken = {heading.field for cell in cells if (heading := heading_of(str(cell or ""))) is not None}
        for column, cell in enumerate(cells):
            text = plain(cell)
            if not text or heading_of(text) is not None or is_note(text):
                continue
            field = _meaning(plant, [row[column] for _, row in under if column < len(row)], taken)
            if field is not None:
                found[str(cell).strip()] = field
                taken.add(field)
    return found


def _known(cells: Sequence[Cell]) -> int:
    return sum(heading_of(str(cell)) is not None for cell in cells if cell is not None)


def _meaning(plant: Plant, values: Sequence[Cell], taken: set[str]) -> str | None:
    """The field that most of these values would be."""
    counted: Counter[str] = Counter()
    filled = [value for value in values if value is not None and str(value).strip()]
    for value in filled:
        if _is_unit(plant, str(value)):
            counted["unit"] += 1
        elif _is_product(plant, str(value)):
            counted["product"] += 1
        elif _is_date(value):
            counted["date"] += 1
        elif _is_number(value):
            counted["tonnes"] += 1
    field, count = next(iter(counted.most_common(1)), ("", 0))
    # A span has its date in two columns, which their headings tell.
    if not field or field in taken or 2 * count <= len(filled) or (field == "date" and taken & {"start", "period"}):
        return None
    return field


def _questions(rule: ImportRule, file: SheetFile, plant: Plant, finder: PlaceFinder) -> list[Sentence]:
    """What the file does not tell, as it would be read by the rule."""
    asked: list[Sentence] = []
    for sheet in laid_out(file, rule, finder).sheets:
        if sheet.hidden:
            continue
        form = FileForm.of(rule, plans=rule.plans, sheet=sheet.name)
        try:
            header = find_header(sheet.rows, replace(form, fixed={**form.fixed, "product": "?"}), sheet.hidden_columns)
        except Refused as error:
            asked.append(error.refusal)
            continue
        if not isinstance(header, Header):
            asked.append(learn_text("no_header_names", columns=words(header.lacking)))
        elif header.amount.unit is None and not header.amount.named_tonnes and not _measured(sheet, header):
            asked.append(learn_text("no_unit_of_measure"))
    return asked


def _measured(sheet: Sheet, header: Header) -> bool:
    column = header.columns.get("unit_of_measure")
    under = (cells for number, cells in sheet.rows if number > header.row)
    return column is not None and any(column < len(cells) and cells[column] for cells in islice(under, LOOKED_AT))


def _product(plant: Plant, name: str, tops: Iterable[Rows]) -> str | None:
    """The product that the file speaks of; None if every row may name its own, "" if nobody knows."""
    texts = [str(cell) for rows in tops for _, cells in rows for cell in cells if isinstance(cell, str)]
    if any((heading := heading_of(text)) is not None and heading.field == "product" for text in texts):
        return None
    said = plain(" ".join([name, *texts]))
    for code, product in plant.products.items():
        if any(plain(word) in said for word in (code, *product.names.values())):
            return code
    return next(iter(plant.products)) if len(plant.products) == 1 else ""


def _text(rule: ImportRule, questions: Sequence[Sentence], product: str | None, language: Language) -> str:
    entry: dict[str, object] = {"name": rule.name, "files": list(rule.files)}
    optional: Mapping[str, object] = {
        "what": "plans" if rule.plans else "",
        "layout": "" if rule.layout is FileLayout.ROWS else str(rule.layout),
        "sheets_are": rule.sheets_are,
        "columns": dict(rule.columns),
        "fixed": {"product": product} if product else {},
        "skip": list(rule.skip),
        "year": rule.year,
    }
    entry |= {key: value for key, value in optional.items() if value}
    if entry.keys() == {"name", "files"} and not questions and product is None:
        questions = [learn_text("changes_nothing")]
    asked = [*questions, *([learn_text("no_product")] if product == "" else [])]
    # Sheets that lack the same ask the same.
    comments = dict.fromkeys(f"# {question.told(language)}" for question in asked)
    document = yaml.safe_dump({"imports": [entry]}, allow_unicode=True, sort_keys=False)
    return "\n".join([*comments, document.rstrip()])


def _is_plan(name: str, tops: Iterable[Rows]) -> bool:
    """Whether its name or its headings speak of plans, and no heading of output."""
    headings = (heading_of(str(cell)) for rows in tops for _, cells in rows for cell in cells if isinstance(cell, str))
    senses = {heading.sense for heading in headings if heading is not None and heading.field == "tonnes"}
    named = any(word in plain(name) for word in ("план", "plan", "жоспар"))
    return (named or Sense.PLAN in senses) and not senses & {Sense.FACT, Sense.OUTPUT}


def _subtotals(tops: Iterable[Rows]) -> tuple[str, ...]:
    texts = [plain(cell) for rows in tops for _, cells in rows for cell in cells if isinstance(cell, str)]
    return tuple(word for word in SUBTOTALS if any(text.startswith(plain(word)) for text in texts))


def _year(name: str, tops: Iterable[Rows]) -> int | None:
    for text in (name, *(str(cell) for rows in tops for _, cells in rows for cell in cells if isinstance(cell, str))):
        found = _YEAR.search(text)
        if found:
            return int(found[1])
    return None


def _code(name: str) -> str:
    letters = re.sub(r"[^a-z]+", "_", PurePath(name).stem.lower()).strip("_")
    return letters or "forms"


def _pattern(name: str) -> str:
    """The name with a star for each number: the next form has another date."""
    return re.sub(r"\d[\d._-]*\d|\d", "*", PurePath(name).stem) + PurePath(name).suffix


def _is_unit(plant: Plant, text: str) -> bool:
    try:
        find_unit(plant, text)
    except UnknownPlace:
        return False
    return True


def _is_product(plant: Plant, text: str) -> bool:
    names = {plain(word) for code, product in plant.products.items() for word in (code, *product.names.values())}
    return plain(text) in names


def _is_date(value: Cell) -> bool:
    try:
        moment(value)
    except UnreadableMoment:
        return False
    return True


def _is_number(value: Cell) -> bool:
    try:
        grams(value, "t", None)
    except UnreadableNumber:
        return False
    return True
