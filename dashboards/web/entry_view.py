"""A sheet of figures in one language: its grid, what a save would do, and who stated what. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.web.acting import sentence
from dashboards.web.numbers import local, moment
from dashboards.web.texts import text
from models.access.entry_desk import CheckedSheet, EntryChange, EntrySheet, ListedSave, SheetRow, right_for
from models.access.user import User
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.entry_sheet import AskedSheet, SheetKind, SheetLine
from models.stated.figure import NO_OUTPUT, STOCK, Figure
from models.works.calendar import HOUR_NS
from models.works.localize import NO_BREAK_SPACE, Language, localize_day, localize_month, localize_number
from models.works.place import ALL
from models.works.plant import Plant

MONTH_NS = 27 * 24 * HOUR_NS
"""A longer span is a month: the sheets have no other."""


@dataclass(frozen=True, slots=True)
class CellView:
    """`value`: what stands, as it is typed. `label`: what it is, for those who do not see where it stands."""

    id: str
    value: str
    version: str
    read_only: bool
    label: str


@dataclass(frozen=True, slots=True)
class RowView:
    """`before`, `usual`, `due`: "" where nothing is known."""

    name: str
    product: str
    cells: tuple[CellView, ...]
    before: str
    usual: str
    due: str


@dataclass(frozen=True, slots=True)
class GridView:
    """`columns`: name and hours of each."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[RowView, ...]
    may_enter: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`kind`: new, replaced or withdrawn. `why`: what a person is asked, a line each."""

    kind: str
    what: str
    value: str
    said: str
    why: tuple[str, ...]
    meanwhile: bool


@dataclass(frozen=True, slots=True)
class SaveView:
    """One line of who stated what."""

    number: int
    when: str
    who: str
    figures: tuple[str, ...]
    undone: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Entering:
    """What the view is made of: the plant, who looks, when (UTC ns), and in which language."""

    plant: Plant
    user: User | None
    now_ns: int
    language: Language

    def may_enter(self, asked: AskedSheet) -> bool:
        """Whether the viewer may state something on a sheet."""
        return self.user is not None and self.user.may(right_for(asked.kind), asked.shop)

    def line(self, asked: AskedSheet, line: SheetLine) -> tuple[str, str]:
        """The unit, or the shop for what it states of itself; and the product."""
        unit = self.plant.units.get(line.unit)
        names = self.plant.shops[asked.shop].names
        name = unit.name(self.language) if unit is not None else names.get(self.language) or names["en"]
        product = self.plant.products.get(line.product)
        made = line.product if product is None else product.name(self.language)
        basis = f", {text(f'basis_{line.basis}', self.language)}" if line.basis in NO_OUTPUT else ""
        return name, made + basis


def grid_view(sheet: EntrySheet, of: Entering) -> GridView:
    """The sheet as it is shown."""
    asked, may_enter = sheet.asked, of.may_enter(sheet.asked) and not sheet.closed
    spans = [cell.span_ns for cell in sheet.rows[0].cells] if sheet.rows else []
    columns = tuple(_column(asked, number, span_ns, of) for number, span_ns in enumerate(spans, 1))
    return GridView(
        title=sheet_title(asked, of),
        columns=columns,
        rows=tuple(_row(asked, row, [name for name, _ in columns], may_enter, of) for row in sheet.rows),
        may_enter=may_enter,
    )


def sheet_title(asked: AskedSheet, of: Entering) -> str:
    """ "Mines: shifts, 28 Nov 2026"."""
    names = of.plant.shops[asked.shop].names
    first = date.fromordinal(asked.days[0])
    when = localize_month(first, of.language) if asked.kind.of_month else localize_day(first, of.language)
    kind = text(f"entry_{asked.kind.value}", of.language)
    return f"{names.get(of.language) or names['en']}: {kind[:1].lower()}{kind[1:]}, {when}"


def typed_text(grams: int | None, language: Language) -> str:
    """Tonnes as a person types them: exact, without signs between thousands."""
    if grams is None:
        return ""
    plain = f"{(Decimal(grams) / GRAMS_PER_TONNE).normalize():f}"
    return plain if language == "en" else plain.replace(".", ",")


def tonnes(grams: int | None, language: Language) -> str:
    """Tonnes as they are read: exact, with signs between thousands; "" for none."""
    if grams is None:
        return ""
    exact = (Decimal(grams) / GRAMS_PER_TONNE).normalize()
    exponent = exact.as_tuple().exponent
    return localize_number(exact, language, max(-exponent, 0) if isinstance(exponent, int) else 0)


def change_views(checked: CheckedSheet, of: Entering) -> tuple[ChangeView, ...]:
    """What a save would do: first what is new, then what is replaced, then what is withdrawn."""
    kinds = ("new", "replaced", "withdrawn")
    views = [_change(change, of) for change in checked.changes]
    return tuple(sorted(views, key=lambda view: kinds.index(view.kind)))


def save_views(saves: Sequence[ListedSave], asked: AskedSheet, of: Entering) -> tuple[SaveView, ...]:
    """Who stated what, the newest first."""
    return tuple(_save(save, asked, of) for save in saves)


def figure_where(figure: Figure, of: Entering) -> str:
    """ "Mine 1, Coal, 28.11 08:00 - 20:00"."""
    zone = of.plant.zone if figure.shop not in of.plant.shops else of.plant.shops[figure.shop].calendar.zone
    name, product = _names(figure, of)
    begin = moment(figure.start_ns, of.now_ns, zone)
    if figure.basis == STOCK:
        return f"{name}, {product}, {begin}"
    if figure.end_ns - figure.start_ns > MONTH_NS:
        return f"{name}, {product}, {localize_month(local(figure.start_ns, zone).date(), of.language)}"
    return f"{name}, {product}, {begin} – {moment(figure.end_ns, figure.start_ns, zone)}"


def fault_texts(checked: CheckedSheet, sheet: AskedSheet, of: Entering) -> list[str]:
    """Of each cell that cannot be stated its place, and why."""
    return [f"{_cell_where(fault.cell, sheet, of)}: {fault.told(of.language)}" for fault in checked.faults]


def _cell_where(cell: str, asked: AskedSheet, of: Entering) -> str:
    parts = cell.split("/")
    if len(parts) != 4 or not parts[3].isdecimal():
        return cell
    name, product = of.line(asked, SheetLine(*parts[:3]))
    if asked.kind is not SheetKind.SHIFTS:
        return f"{name}, {product}"
    return f"{name}, {product}, {text('entry_shift', of.language).format(number=int(parts[3]) + 1)}"


def _names(figure: Figure, of: Entering) -> tuple[str, str]:
    if figure.shop not in of.plant.shops:
        product, site = of.plant.products.get(figure.product), of.plant.site_names
        name = (site.get(of.language) or site["en"]) if figure.shop == ALL else figure.unit
        return name, figure.product if product is None else product.name(of.language)
    asked = AskedSheet(SheetKind.SHIFTS, figure.shop, 1)
    return of.line(asked, SheetLine(figure.unit, figure.product, figure.basis))


def _column(asked: AskedSheet, number: int, span_ns: tuple[int, int], of: Entering) -> tuple[str, str]:
    if asked.kind.of_month:
        return text("entry_whole_month", of.language), ""
    zone = of.plant.shops[asked.shop].calendar.zone
    hours = f"{local(span_ns[0], zone):%H:%M} – {local(span_ns[1], zone):%H:%M}"
    if asked.kind is SheetKind.STOCKS:
        return text("entry_whole_day", of.language), hours
    return text("entry_shift", of.language).format(number=number), hours


def _row(asked: AskedSheet, row: SheetRow, columns: Sequence[str], may_enter: bool, of: Entering) -> RowView:
    name, product = of.line(asked, row.line)
    cells = tuple(
        CellView(
            id=cell.id,
            value=typed_text(None if cell.standing is None else cell.standing.grams, of.language),
            version=str(cell.version),
            read_only=not (may_enter and cell.begun),
            label=f"{name}, {product}, {column}",
        )
        for cell, column in zip(row.cells, columns, strict=True)
    )
    known = [tonnes(grams, of.language) or "–" for grams in row.before]
    usual = row.usual
    return RowView(
        name=name,
        product=product,
        cells=cells,
        before=" / ".join(known) if any(grams is not None for grams in row.before) else "",
        usual="" if usual is None else f"{tonnes(usual.low, of.language)} – {tonnes(usual.high, of.language)}",
        due=tonnes(None if row.target is None else round(row.target, -6), of.language),
    )


def _change(change: EntryChange, of: Entering) -> ChangeView:
    new, old = change.new.grams, change.old
    was = None if old is None else old.grams
    kind = "withdrawn" if new is None else "new" if was is None else "replaced"
    values = {"old": with_tonnes(was, of), "new": with_tonnes(new, of)}
    shown = values["new"] if kind == "new" else values["old"]
    if kind == "replaced":
        shown = f"{values['old']} → {values['new']}"
    zone = of.plant.shops[change.new.shop].calendar.zone
    said, why = "", [text("entry_unusual", of.language).format(why=told(of.language)) for told in change.unusual]
    at = moment(change.version, of.now_ns, zone)
    if change.meanwhile:
        why.insert(0, text("entry_meanwhile", of.language).format(name=old.origin if old else "–", at=at))
    elif old is not None and was is not None:
        said = text("entry_said_by", of.language).format(name=old.origin, at=at)
    return ChangeView(kind, figure_where(change.new, of), shown, said, tuple(map(sentence, why)), change.meanwhile)


def with_tonnes(grams: int | None, of: Entering) -> str:
    """Exact, with the unit of measure."""
    return f"{tonnes(grams, of.language)}{NO_BREAK_SPACE}{text('unit_t', of.language)}" if grams is not None else "–"


def told_figures(figures: Sequence[Figure], count: int, of: Entering) -> tuple[str, ...]:
    """A line for each of the first figures, and how many more there are of `count`."""
    told = [
        f"{figure_where(figure, of)}: "
        + (text("entry_withdrawn_figure", of.language) if figure.grams is None else with_tonnes(figure.grams, of))
        for figure in figures
    ]
    if count > len(told):
        told.append(text("entry_more", of.language).format(count=count - len(told)))
    return tuple(told)


def _save(save: ListedSave, asked: AskedSheet, of: Entering) -> SaveView:
    undone = text("entry_undone_by", of.language).format(name=save.undone_by) if save.undone_by else ""
    return SaveView(
        number=save.number,
        when=moment(save.recorded_ns, of.now_ns, of.plant.shops[asked.shop].calendar.zone),
        who=save.author,
        figures=told_figures(save.figures, save.count, of),
        undone=undone,
        may_undo=not undone and of.may_enter(asked),
    )
