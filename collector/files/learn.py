"""Proposes an entry of `imports:` for a file that works write in their own way. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath

import yaml

from collector.files.headers import LOOKED_AT, FileForm, Header, find_header
from collector.files.heading import Sense, heading_of, is_note, near_heading, plain, speaks_of_plan
from collector.files.import_rule import IGNORED, FileLayout, ImportRule
from collector.files.layout import laid_out, owners_of
from collector.files.learn_texts import learn_text
from collector.files.learn_trial import tried_rule, unknown_units
from collector.files.moment import UnreadableMoment, moment
from collector.files.number import UnreadableNumber, grams, unit_of_measure
from collector.files.places import PlaceFinder, UnknownPlace, find_unit
from collector.files.refused import Refused
from collector.files.sheet import Cell, Sheet, SheetFile
from collector.files.total_lines import is_total
from collector.files.words import words
from collector.sentence import Sentence
from models.works.localize import Language
from models.works.plant import Plant

SUBTOTALS = ("Итого", "Всего", "Барлығы", "Жиыны", "Total", "Subtotal")
TRIED_ROWS = 5_000
"""Rows of each sheet with which a proposal is tried: a form has some hundred, and what fits them fits the others."""
SHIFT = re.compile(r"(?:\d|i{1,3}|iv)[- ]?\w{0,2} (?:смена|shift|ауысым)|(?:смена|shift|ауысым) (?:\d|i)")
TO_DATE = re.compile(r"начала|нараст|накоп|to date|басынан|өспелі|отклонен|deviation|ауытқу")
_YEAR = re.compile(r"\b(20\d{2})\b")
Rows = Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class LearnedLayout:
    """A rule with which the file can be read, as far as it tells, and what it does not. `product`: "" if nobody knows
    it, None if the rows name theirs."""

    rule: ImportRule
    product: str | None
    questions: Sequence[Sentence]

    def for_product(self, product: str = "") -> ImportRule:
        """The rule to read the file by; `product`: that of its rows, where the file does not tell."""
        known = self.product or (product if self.product is not None else "")
        return replace(self.rule, fixed={**self.rule.fixed, "product": known}) if known else self.rule


def proposal(file: SheetFile, plant: Plant, name: str, language: Language) -> str:
    """YAML of an entry with which the file can be read, as far as it tells; what it does not is asked in comments."""
    return layout_text(learned_layout(file, plant, name), language)


def learned_layout(file: SheetFile, plant: Plant, name: str) -> LearnedLayout:
    """How the file can be read."""
    file = replace(file, sheets=[replace(sheet, rows=list(islice(sheet.rows, TRIED_ROWS))) for sheet in file.sheets])
    sheets = [sheet for sheet in file.sheets if not sheet.hidden]
    tops = [list(islice(sheet.rows, LOOKED_AT)) for sheet in sheets]
    rule = ImportRule(name=_code(name), files=(_pattern(name),), skip=_subtotals(tops), year=_year(name, tops))
    by_sheet = len(sheets) > 1 and all(_is_unit(plant, sheet.name) for sheet in sheets)
    # The plainest first: of rules that read the same, the first is proposed.
    asked = [
        replace(rule, layout=layout, sheets_are=sheets_are)
        for sheets_are in ((None, "unit") if by_sheet else (None,))
        for layout in FileLayout
    ]
    finder = PlaceFinder(plant, {})
    fitted = [_with_columns(rule, sheets, tops, finder, plans=_is_plan(name, tops)) for rule in asked]
    said = [name, *_texts(tops)]
    rules = [variant for rule in fitted if rule is not None for variant in (rule, *_without_slips(rule))]
    tried = [tried_rule(rule, file, plant, said) for rule in rules]
    chosen = min(tried, key=lambda found: found.rank)
    best = chosen.rule
    if best.layout is not FileLayout.MONTH_COLUMNS:
        best = replace(best, year=None)
    questions = [*_questions(best, file, plant, finder), *unknown_units(chosen)]
    others = tuple(heading for heading, field in best.columns.items() if field == IGNORED)
    amounts = tuple(heading for heading, field in best.columns.items() if field == "tonnes")
    if others and amounts:
        questions.append(learn_text("which_amount", taken=amounts, others=others))
    if chosen.unit_is_guessed:
        questions.append(learn_text("no_unit_of_measure"))
    if chosen.refused and not questions:
        questions.append(learn_text("rows_refused", count=len(chosen.refused), first=chosen.refused[0].refusal))
    return LearnedLayout(best, chosen.product, tuple(questions))


def _with_columns(
    rule: ImportRule, sheets: Sequence[Sheet], tops: Sequence[Rows], finder: PlaceFinder, *, plans: bool
) -> ImportRule | None:
    """The rule with what its headings hold, None if it is not the layout of the file. A number that nobody named,
    beside a plan, is the output.
    """
    if rule.layout is not FileLayout.ROWS:
        # One date may stand in any row; a unit that heads a column does not.
        least = 2 if rule.layout is FileLayout.MONTH_COLUMNS else 1
        found = max((len(owners_of(sheet, rule, finder)) for sheet in sheets), default=0)
        return replace(rule, plans=plans) if found >= least else None
    columns = _columns(finder.plant, tops)
    slips = [near for text in columns if (near := near_heading(text)) is not None]
    told = any(near.field == "tonnes" and unit_of_measure(near.word) for near in slips)
    plans = plans and "tonnes" not in columns.values()
    return replace(rule, columns=columns, plans=plans, unit_of_measure="t" if told else None)


def _without_slips(rule: ImportRule) -> list[ImportRule]:
    """The same where what looks like slips of headings is something else."""
    ignored = {text: IGNORED for text in rule.columns if near_heading(text) is not None}
    return [replace(rule, columns={**rule.columns, **ignored})] if ignored else []


def _columns(plant: Plant, tops: Iterable[Rows]) -> dict[str, str]:
    """What the headings that nobody knows seem to hold: by the word that they are a slip of, else by what stands under
    them.
    """
    found: dict[str, str] = {}
    for rows in tops:
        at = max(range(len(rows)), key=lambda index: _known(rows[index][1]), default=None)
        if at is None or _known(rows[at][1]) == 0:
            continue
        cells, under = rows[at][1], rows[at + 1 :]
        headings = [heading for cell in cells if (heading := heading_of(str(cell or ""))) is not None]
        amounts: dict[str, int] = {}
        taken = {heading.field for heading in headings if heading.sense is not Sense.PLAN}
        for column, cell in enumerate(cells):
            text = plain(cell)
            if not text or heading_of(text) is not None or is_note(text):
                continue
            near = near_heading(text)
            values = [row[column] for _, row in under if column < len(row)]
            field = near.field if near is not None and near.field not in taken else _meaning(plant, values, taken)
            if field == "tonnes" and near is None:
                if not _is_other_amount(plant, cell):
                    amounts[str(cell).strip()] = sum(grams(value, "t", None) for value in values if _is_number(value))
            elif field is not None:
                found[str(cell).strip()] = field
                taken.add(field)
        # Of several numbers the output is likely the largest; heats and crews are few. A person is asked.
        if amounts and "tonnes" not in taken:
            largest = max(amounts, key=lambda heading: amounts[heading])
            found |= {heading: "tonnes" if heading == largest else IGNORED for heading in amounts}
    return found


def _is_other_amount(plant: Plant, cell: Cell) -> bool:
    """Whether a number under a heading is a plan, a total, a sum to date, or what one unit, shift or day made."""
    text = plain(cell)
    owner = text.partition(",")[0].partition("(")[0].strip()
    if TO_DATE.search(text):
        return True
    return speaks_of_plan(text) or is_total(text) or _is_unit(plant, owner) or _is_date(cell) or bool(SHIFT.match(text))


def _known(cells: Sequence[Cell]) -> int:
    texts = [str(cell) for cell in cells if cell is not None]
    return sum(heading_of(text) is not None or near_heading(text) is not None for text in texts)


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
    return asked


def _texts(tops: Iterable[Rows]) -> list[str]:
    return [cell for rows in tops for _, cells in rows for cell in cells if isinstance(cell, str)]


def layout_text(learned: LearnedLayout, language: Language) -> str:
    """YAML of the entry, with what is asked in comments."""
    rule, questions, product = learned.rule, learned.questions, learned.product
    entry: dict[str, object] = {"name": rule.name, "files": list(rule.files)}
    optional: Mapping[str, object] = {
        "what": "plans" if rule.plans else "",
        "layout": "" if rule.layout is FileLayout.ROWS else str(rule.layout),
        "sheets_are": rule.sheets_are,
        "columns": dict(rule.columns),
        "fixed": {"product": product} if product else {},
        "skip": list(rule.skip),
        "year": rule.year,
        "unit_of_measure": rule.unit_of_measure,
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
