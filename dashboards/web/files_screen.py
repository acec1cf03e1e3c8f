"""What a file comes to, as NiceGUI elements: counts, what may be said of it, faults, sums, what it replaces."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from nicegui import ui
from nicegui.events import GenericEventArguments

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, cell, heading, label, scroll
from dashboards.web.entry_view import Entering
from dashboards.web.files_view import ChangeLook, LookView, SheetLook, StatementView
from dashboards.web.texts import text
from models.access.file_desk import BY_NAME, LEARNED, PLAIN, FileChoice, FileControl, FileLook
from models.works.localize import Language

NUMBER_FORMATS = ("1234.5", "1,234.5", "1 234,5", "1.234,5")
UNITS_OF_MEASURE = ("t", "kt", "kg")
SWITCHES = {FileControl.CONFIRM: "confirm", FileControl.KEEP_GOOD: "keep_good", FileControl.MOVE_KEYS: "move_keys"}
"""By what a refusal asks for, the field of `FileChoice` that says it."""

Say = Callable[[object], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FilesActions:
    """What the page calls. `say`: a field of the choice and what it is now."""

    say: Callable[[str, object], Awaitable[None]]
    take: Callable[[], Awaitable[None]]
    give_up: Callable[[], Awaitable[None]]
    undo: Callable[[StatementView], None]


@dataclass(frozen=True, slots=True)
class FileControls:
    """What a person says of a file, and may say. `layouts`: names of those that the configuration has."""

    choice: FileChoice
    layouts: Sequence[str]
    of: Entering
    actions: FilesActions

    def show(self, look: FileLook) -> None:
        """The layout, and what the faults ask for or was said already."""
        language, choice, say = self.of.language, self.choice, self.actions.say
        names = {BY_NAME: text("files_by_name", language), PLAIN: text("files_plain", language)}
        names |= {LEARNED: text("files_learned", language)} | {name: name for name in self.layouts}
        said = {"": text("files_of_the_file", language)}
        with box("files-controls"):
            _select(text("files_layout", language), names, choice.layout, partial(say, "layout"))
            if look.asks_product or choice.product:
                products = {"": "–"} | {code: each.name(language) for code, each in self.of.plant.products.items()}
                _select(text("files_product", language), products, choice.product, partial(say, "product"))
            for control, field, values in (
                (FileControl.UNIT_OF_MEASURE, "unit_of_measure", UNITS_OF_MEASURE),
                (FileControl.NUMBER_FORMAT, "number_format", NUMBER_FORMATS),
            ):
                chosen = str(getattr(choice, field))
                if control in look.controls or chosen:
                    offered = said | {value: value for value in values}
                    _select(text(f"files_{field}", language), offered, chosen, partial(say, field))
            good_and_bad = bool(look.fault_count and look.good)
            for control, field in SWITCHES.items():
                on = bool(getattr(choice, field))
                if on or control in look.controls or (control is FileControl.KEEP_GOOD and good_and_bad):
                    _switch(text(f"files_{field}", language), partial(say, field), on=on)


def show_screen(look: FileLook, view: LookView, controls: FileControls) -> None:
    """All of it, in the element that is open."""
    language, actions = controls.of.language, controls.actions
    with box("panel files-screen", "section"):
        heading(view.title)
        if view.counts:
            label("counts", view.counts).props("role=status")
        if view.about:
            label("quiet", view.about)
        if view.refused:
            label("refusal", view.refused).props("role=alert")
        if view.hint:
            label("files-hint", view.hint)
        controls.show(look)
        with box("buttons"):
            if view.take:
                button(view.take, "act files-take", actions.take)
            button(text("files_give_up", language), "quiet files-give-up", actions.give_up)
        _faults(view, language)
        for name, table in (("sums", view.sums), ("months", view.months)):
            if table:
                _table(text(f"files_{name}", language), table, name)
        if view.changes:
            _changes(view.changes, view.more_changes, language)
        if view.remarks:
            heading(text("files_remarks", language), "h3")
            _list(view.remarks)
        _how_read(view, language)


def _faults(view: LookView, language: Language) -> None:
    if view.faults:
        more = [("", view.more_faults)] if view.more_faults else []
        heads = (text("files_where", language), text("files_why", language))
        _table(text("files_faults", language), (heads, *view.faults, *more), "faults", numbers=False)


def _changes(changes: Sequence[ChangeLook], more: str, language: Language) -> None:
    heads = ("entry_line", "files_stands", "files_becomes", "files_stated_by")
    rows = [(change.what, change.stands, change.becomes, change.who) for change in changes]
    table = (tuple(text(key, language) for key in heads), *rows, *([(more, "", "", "")] if more else []))
    meanwhile = [number for number, change in enumerate(changes) if change.meanwhile]
    _table(text("files_changes", language), table, "changes", numbers=False, marked=meanwhile)


def _how_read(view: LookView, language: Language) -> None:
    if view.sheets or view.told:
        heading(text("files_sheets", language), "h3")
        _list(view.told)
        for sheet in view.sheets:
            _sheet(sheet)
    if view.proposal:
        heading(text("files_proposal", language), "h3")
        label("quiet", text("files_proposal_how", language))
        with scroll(text("files_proposal", language)).classes("wide"):
            ui.html(f"<pre>{escape(view.proposal)}</pre>", sanitize=False).classes("files-proposal")


def _sheet(sheet: SheetLook) -> None:
    label("files-sheet", sheet.title)
    with box("files-columns", "ul"):
        for name, field, read in sheet.columns:
            with box("" if read else "unread", "li"):
                label("column", name)
                label("field", f"→ {field}" if read else field)


def _list(lines: Sequence[str]) -> None:
    if lines:
        with box("files-lines", "ul"):
            for line in lines:
                with ui.element("li"):
                    label("", line)


def _table(
    name: str, rows: Sequence[Sequence[str]], classes: str, *, numbers: bool = True, marked: Sequence[int] = ()
) -> None:
    """The first of `rows` are the headings. `marked`: those of the others that stand out."""
    heading(name, "h3")
    with scroll(name).classes("wide"), ui.element("table").classes(f"lines files-{classes}"):
        with ui.element("thead"), ui.element("tr"):
            for at, words in enumerate(rows[0]):
                cell("th", words, number=numbers and at > 0).props("scope=col")
        with ui.element("tbody"):
            for number, row in enumerate(rows[1:]):
                with ui.element("tr").classes("meanwhile" if number in marked else ""):
                    for at, words in enumerate(row):
                        cell("td", words, number=numbers and at > 0)


def _select(name: str, names: dict[str, str], chosen: str, say: Say) -> None:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'
        for value, shown in names.items()
    )
    with box("files-control", "label"):
        label("quiet", name)
        made = ui.html(options, sanitize=False, tag="select")

        async def changed(event: GenericEventArguments) -> None:
            if event.args in names:
                await say(event.args)

        made.on("change", changed, js_handler="(event) => emit(event.target.value)")


def _switch(name: str, say: Say, *, on: bool) -> None:
    with box("files-control files-switch", "label"):
        made = ui.element("input").props("type=checkbox")
        if on:
            made.props("checked")
        label("", name)

        async def changed(event: GenericEventArguments) -> None:
            await say(event.args is True)

        made.on("change", changed, js_handler="(event) => emit(event.target.checked)")
