"""The page of files as NiceGUI elements: where a file is handed in, what it comes to, templates, who stated what."""

import json
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

from nicegui import ui

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.entry_page import add_entry_style, kinds_nav
from dashboards.web.entry_view import Entering
from dashboards.web.files_routes import UPLOAD, template_path
from dashboards.web.files_screen import FileControls, FilesActions, show_screen
from dashboards.web.files_view import LookView, StatementView
from dashboards.web.texts import text
from models.access.file_desk import LARGEST_UPLOAD_BYTES, FileChoice, FileLook
from models.stated.entry_sheet import AskedSheet, SheetKind

_HERE = Path(__file__).parent
_STYLE = (_HERE / "files.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "files.js").read_text(encoding="utf-8")
_WORDS = ("sending", "reading", "too_large", "cut", "one")
"""Texts that the script says."""


class FilesPage:
    """Everything on the page. Make it inside a NiceGUI page function."""

    def __init__(self, asked: AskedSheet, of: Entering, actions: FilesActions, hint: str) -> None:
        """`asked`: the sheet to which Entry leads back. `hint`: why the viewer may hand in nothing, or ""."""
        self._of, self._actions = of, actions
        self._client = ui.context.client
        language, plant = of.language, of.plant
        add_entry_style()
        ui.add_head_html(f"<style>{_STYLE}</style><script>{_SCRIPT}</script>")
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="files", language=language)
        with box("desk entry-page files-page"):
            self._warning = label("warning").props("role=status")
            with box("entry-bar"):
                kinds_nav(asked, "files", language)
            if hint:
                label("panel hint", hint)
            else:
                self._hand_in()
            self._look = box("files-look")
            _templates(of)
            with box("panel listed", "section"):
                heading(text("files_list", language))
                self._statements = scroll(text("files_list", language))
            page_footer(simulated=plant.simulated, language=language)

    def _hand_in(self) -> None:
        language = self._of.language
        words = json.dumps({name: text(f"files_{name}", language) for name in _WORDS})
        with box("panel files-hand-in", "section"):
            heading(text("files_take_in", language))
            self._what = box("languages files-what").props("role=group")
            self._what.props["aria-label"] = text("files_what", language)
            with box("files-drop") as drop:
                drop.props["data-words"] = words
                drop.props["data-address"] = f"{UPLOAD}?lang={language}"
                drop.props["data-most"] = str(LARGEST_UPLOAD_BYTES)
                # The browser's own control, over its words: it opens by mouse and keyboard without a script of ours.
                chosen = '<input type="file" accept=".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods">'
                words_of = escape(text("files_choose", language))
                ui.html(f"{chosen}<span>{words_of}</span>", sanitize=False, tag="label").classes("files-choose")
                label("quiet", text("files_drop_here", language))
            label("files-say").props("role=status")  # the script says what the browser does, too

    def show_kind(self, *, plans: bool) -> None:
        """What the file is read for."""
        self._what.clear()
        with self._what:
            for key, stands in (("files_figures", False), ("files_plans", True)):
                chosen = partial(self._actions.say, "plans", stands)
                made = button(text(key, self._of.language), "", chosen)
                made.props(f'aria-pressed="{str(stands is plans).lower()}"')

    def say(self, words: str) -> None:
        """Below the place where a file is handed in."""
        # The button that was pressed may be gone by now, and with it the place where scripts are run.
        self._client.run_javascript(f"fileSay({json.dumps(words)})")

    def warn(self, words: str) -> None:
        """Above everything."""
        self._warning.text = words
        self._warning.set_visibility(bool(words))

    def show_statements(self, statements: Sequence[StatementView]) -> None:
        """Bring the list up to date."""
        language = self._of.language
        self._statements.clear()
        with self._statements:
            if not statements:
                label("empty", text("files_none", language))
                return
            with ui.element("table").classes("lines saves entry-saves"):
                with ui.element("thead"), ui.element("tr"):
                    for key in ("entry_number", "entry_when", "entry_who", "files_from", "entry_figures"):
                        cell("th", text(key, language)).props("scope=col")
                with ui.element("tbody"):
                    for statement in statements:
                        self._statement(statement)

    def _statement(self, statement: StatementView) -> None:
        language = self._of.language
        with ui.element("tr").props(f"data-save={statement.number}"):
            for words in (str(statement.number), statement.when, statement.who, statement.source):
                cell("td", words)
            with ui.element("td").classes("figures"):
                for figure in statement.figures:
                    label("", figure)
                if statement.undone:
                    label("quiet", statement.undone)
                if statement.may_undo:
                    button(text("entry_undo", language), "quiet", partial(self._actions.undo, statement))

    def clear_look(self) -> None:
        """There is no file."""
        self._look.clear()

    def show_look(self, look: FileLook, view: LookView, choice: FileChoice, layouts: Sequence[str]) -> None:
        """What the file comes to."""
        self._look.clear()
        with self._look:
            show_screen(look, view, FileControls(choice, layouts, self._of, self._actions))


def _templates(of: Entering) -> None:
    language = of.language
    with box("panel files-templates", "section"):
        heading(text("files_templates", language))
        label("quiet", text("files_templates_how", language))
        with box("files-template-list"):
            for kind in SheetKind:
                with box("files-template"):
                    name = text(f"entry_{kind.value}", language)
                    label("", name)
                    for form in ("xlsx", "csv"):
                        link = ui.link(form.upper(), template_path(kind, form, language))
                        link.props["aria-label"] = f"{name}, {form.upper()}"
                        link.props("download")
