"""What a file comes to, and who stated what, in one language as plain texts. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.web.acting import sentence
from dashboards.web.entry_view import Entering, figure_where, sheet_title, told_figures, with_tonnes
from dashboards.web.numbers import moment, number
from dashboards.web.texts import text
from models.access.file_desk import (
    FileChoice,
    FileLook,
    ListedStatement,
    LookedChange,
    LookedFault,
    LookedSheet,
    right_for_file,
)
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.localize import Language, localize_day, localize_month
from models.works.month import month_of

MOST_WHERE = 6
"""Places of rows that are refused for one reason: who mends the first finds the others."""
_SHEET = re.compile(r"desk: (shifts|stocks|surveys|plans) (\w+) (\d{4}-\d{2})(-\d{2})?")
"""How records call a sheet of the desk: `AskedSheet.name`."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """`columns`: heading with its letter, what it was taken for, and whether it was read."""

    title: str
    columns: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class ChangeLook:
    """A figure that is replaced."""

    what: str
    stands: str
    becomes: str
    who: str
    meanwhile: bool


@dataclass(frozen=True, slots=True)
class LookView:
    """The screen. `refused`: why nothing can be taken; `hint`: what to do about it. `take`: the words of the button,
    "" if there is nothing to take. Tables are rows of cells; `sums` and `months` have their headings first."""

    title: str
    counts: str
    about: str
    refused: str
    hint: str
    take: str
    faults: tuple[tuple[str, str], ...]
    more_faults: str
    sums: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    changes: tuple[ChangeLook, ...]
    more_changes: str
    remarks: tuple[str, ...]
    told: tuple[str, ...]
    sheets: tuple[SheetLook, ...]
    proposal: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """One line of who stated what."""

    number: int
    when: str
    who: str
    source: str
    figures: tuple[str, ...]
    undone: str
    may_undo: bool


def look_view(look: FileLook, choice: FileChoice, of: Entering) -> LookView:
    """The screen of a file as a person chose to have it read."""
    language = of.language
    refused = "" if look.refused is None else sentence(look.refused(language))
    faulty = bool(look.fault_count) and not choice.keep_good
    hint, take = "", ""
    if not refused and not look.good and not any(sheet.read for sheet in look.sheets):
        hint = text("files_no_rows", language)
    elif not refused and faulty:
        hint = text("files_mend", language)
    elif not refused and not (look.new or look.replaced_count):
        hint = text("files_stood", language)
    elif not refused:
        take = text("files_take_good" if look.fault_count else "files_take", language)
    return LookView(
        title=text("files_look", language).format(file=look.file),
        counts="" if refused and not look.sheets else _counts(look, language),
        about=_about(look, of),
        refused=refused,
        hint=hint,
        take=take,
        faults=_faults(look.faults, language),
        more_faults=_more(look.fault_count - len(look.faults), language),
        sums=_sums(look, of),
        months=_months(look, of),
        changes=tuple(_change(change, of) for change in look.replaced),
        more_changes=_more(look.replaced_count - len(look.replaced), language),
        remarks=(
            *(sentence(remark(language)) for remark in look.remarks),
            *filter(None, [_more(look.remark_count - len(look.remarks), language)]),
        ),
        told=(
            *(sentence(told(language)) for told in look.told),
            *(sentence(question(language)) for question in look.questions),
        ),
        sheets=tuple(_sheet(sheet, language) for sheet in look.sheets if sheet.read),
        proposal="" if look.proposal is None else look.proposal(language),
    )


def statement_views(statements: Sequence[ListedStatement], of: Entering) -> tuple[StatementView, ...]:
    """Who stated what, the newest first."""
    return tuple(_statement(statement, of) for statement in statements)


def _counts(look: FileLook, language: Language) -> str:
    counts = {"new": look.new, "known": look.known, "replaced": look.replaced_count, "refused": look.fault_count}
    shown = {name: number(count, language) for name, count in counts.items()}
    return sentence(text("files_counts", language).format(**shown))


def _about(look: FileLook, of: Entering) -> str:
    language, said = of.language, []
    if look.places:
        names = [_place(shop, unit, of) for shop, unit in look.places]
        said.append(f"{text('files_places', language)}: {', '.join(dict.fromkeys(names))}")
    if look.span is not None:
        first, last = (localize_day(day, language) for day in look.span)
        said.append(text("files_span", language).format(first=first, last=last))
    return "; ".join(said)


def _place(shop: str, unit: str, of: Entering) -> str:
    known = of.plant.units.get(unit) or of.plant.shops.get(shop)
    names = of.plant.site_names if known is None else known.names
    return names.get(of.language) or names["en"]


def _faults(faults: Sequence[LookedFault], language: Language) -> tuple[tuple[str, str], ...]:
    """A line for each reason: one slip in a column is one of every row."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(sentence(fault.told(language)), []).append(_where(fault, language))
    return tuple(
        ("; ".join([*where[:MOST_WHERE], *filter(None, [_more(len(where) - MOST_WHERE, language)])]), why)
        for why, where in found.items()
    )


def _where(fault: LookedFault, language: Language) -> str:
    parts = [
        text("files_sheet", language).format(sheet=fault.sheet) if fault.sheet else "",
        text("files_row", language).format(row=fault.row) if fault.row and not fault.cell else "",
        text("files_cell", language).format(cell=fault.cell) if fault.cell else "",
    ]
    return ", ".join(filter(None, parts)) or text("files_whole", language)


def _product(product: str, level: str, of: Entering) -> str:
    known = of.plant.products.get(product)
    name = product if known is None else known.name(of.language)
    return f"{name}, {text(f'files_level_{level}', of.language)}"


def _sums(look: FileLook, of: Entering) -> tuple[tuple[str, ...], ...]:
    if not look.sums:
        return ()
    keys = ("entry_line", "files_made", "files_plan_before" if look.plans else "files_target", "files_before")
    rows = [
        (
            _product(total.product, total.level, of),
            *(_tonnes(grams, of.language) for grams in (total.grams, total.target_grams, total.before_grams)),
        )
        for total in look.sums
    ]
    return (tuple(text(key, of.language) for key in keys), *rows)


def _months(look: FileLook, of: Entering) -> tuple[tuple[str, ...], ...]:
    """A row for each product, a column for each month; nothing for one month, whose sums stand above."""
    months = sorted({item.month for item in look.months})
    if len(months) < 2:
        return ()
    heads = (text("entry_line", of.language), *(localize_month(date.fromordinal(at), of.language) for at in months))
    grams = {(item.product, item.level, item.month): item.grams for item in look.months}
    rows = [
        (_product(*what, of), *(_tonnes(grams.get((*what, at)), of.language) for at in months))
        for what in dict.fromkeys((item.product, item.level) for item in look.months)
    ]
    return (heads, *rows)


def _tonnes(grams: int | None, language: Language) -> str:
    return "–" if grams is None else number(Decimal(grams) / GRAMS_PER_TONNE, language, 1)


def _change(change: LookedChange, of: Entering) -> ChangeLook:
    moved = (change.old.shop, change.old.unit, change.old.start_ns) != (
        *(change.new.shop, change.new.unit, change.new.start_ns),
    )
    becomes = with_tonnes(change.new.grams, of)
    who = change.old.origin or "–"
    return ChangeLook(
        what=figure_where(change.old, of),
        stands=with_tonnes(change.old.grams, of),
        becomes=f"{figure_where(change.new, of)}: {becomes}" if moved else becomes,
        who=text("files_meanwhile", of.language).format(name=who) if change.meanwhile else who,
        meanwhile=change.meanwhile,
    )


def _sheet(sheet: LookedSheet, language: Language) -> SheetLook:
    head = text("files_head_row", language).format(row=sheet.header_row, count=number(sheet.rows, language))
    named = text("files_sheet", language).format(sheet=sheet.name) if sheet.name else text("files_whole", language)
    columns = tuple(
        (
            f"{column.letters} {column.heading}".strip(),
            text("files_unread", language) if column.field is None else column.field(language),
            column.field is not None,
        )
        for column in sheet.columns
    )
    return SheetLook(sentence(f"{named}: {head}"), columns)


def _more(count: int, language: Language) -> str:
    return text("files_more", language).format(count=number(count, language)) if count > 0 else ""


def _statement(statement: ListedStatement, of: Entering) -> StatementView:
    undone = statement.undone_by
    right, user = right_for_file(plans=statement.planned), of.user
    return StatementView(
        number=statement.number,
        when=moment(statement.recorded_ns, of.now_ns, of.plant.zone),
        who=statement.author,
        source=_source(statement.file, of),
        figures=told_figures(statement.figures, statement.count, of),
        undone=text("entry_undone_by", of.language).format(name=undone) if undone else "",
        may_undo=not undone and user is not None and all(user.may(right, shop) for shop in statement.shops),
    )


def _source(file: str, of: Entering) -> str:
    """The name of a file; the title of a sheet of the desk."""
    sheet = _SHEET.fullmatch(file)
    if sheet is None or sheet[2] not in of.plant.shops:
        return file
    day = date.fromisoformat(f"{sheet[3]}{sheet[4] or '-01'}").toordinal()
    kind = SheetKind(sheet[1])
    return sheet_title(AskedSheet(kind, sheet[2], month_of(day) if kind.of_month else day), of)
