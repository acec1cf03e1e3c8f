"""The page of entry as NiceGUI elements: the choice of a sheet, its grid, and who stated what."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from nicegui import ui

from dashboards.web.ask_dialog import LONGEST, button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.entry_view import CellView, Entering, GridView, RowView, SaveView
from dashboards.web.texts import text
from models.stated.entry_sheet import AskedSheet, SheetKind
from models.works.localize import Language
from models.works.month import month_of, shifted

_HERE = Path(__file__).parent
_STYLE = (_HERE / "entry.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "entry.js").read_text(encoding="utf-8")
_WORDS = ("restored", "discard", "other", "nothing", "offline", "not_kept", "no_room", "pasted")
"""Texts that the script says."""
MONTHS_AHEAD = 15
"""A year's plan is entered in its last quarter before."""


def latest_day(kind: SheetKind, today: int) -> int:
    """The last production date whose sheet is offered: plans are entered for months to come."""
    return shifted(month_of(today), MONTHS_AHEAD) if kind is SheetKind.PLANS else today


def entry_path(asked: AskedSheet, language: Language | None = None) -> str:
    """The address of a sheet; without a language, the name by which drafts of it are kept."""
    query = {"sheet": asked.kind.value, "shop": asked.shop, "day": date.fromordinal(asked.days[0]).isoformat()}
    return f"/entry?{urlencode(query | ({'lang': language} if language else {}))}"


def repairs_path(shop: str, language: Language | None = None, month: int = 0) -> str:
    """The address of the repairs of a shop; `month`: the first day (ordinal) of the one in its calendar, 0: now's."""
    query = {"shop": shop} | ({"month": f"{date.fromordinal(month):%Y-%m}"} if month else {})
    return f"/repairs?{urlencode(query | ({'lang': language} if language else {}))}"


def add_entry_style() -> None:
    """The style of the pages on which something is entered."""
    ui.add_head_html(f"<style>{_STYLE}</style>")


class EntryPage:
    """Everything on the page. Make it inside a NiceGUI page function; `show` brings grid and list up to date."""

    def __init__(self, asked: AskedSheet, of: Entering, today: int, undo: Callable[[SaveView], None]) -> None:
        """`today`: the production date that runs. `undo` opens its dialog."""
        self._asked, self._of, self._undo = asked, of, undo
        language, plant = of.language, of.plant
        add_entry_style()
        ui.add_head_html(f"<script>{_SCRIPT}</script>")
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="entry", language=language, address=entry_path(asked))
        with box("desk entry-page"):
            self._warning = label("warning").props("role=status")
            self._hint = label("panel hint")
            with box("entry-bar"):
                kinds_nav(asked, asked.kind.value, language)
                shops_nav(asked.shop, of, lambda code: entry_path(AskedSheet(asked.kind, code, asked.day), language))
                _days(asked, latest_day(asked.kind, today), language)
            with box("panel entry-panel", "section"):
                self._title = heading("")
                with self._title:
                    self._title_text = ui.label()
                ui.html('<div class="entry-drafts"></div><div class="entry-say" role="status"></div>', sanitize=False)
                self._grid = ui.html("", sanitize=False).classes("entry-grid")  # grid_html escapes
                self._bottom = box("entry-bottom")
                with self._bottom:
                    _note(language)
                    with box("buttons"):
                        check = ui.button(text("entry_check", language), color=None).props("flat no-caps")
                        check.classes("button act").on("click", js_handler="() => window.entryCheck()")
                    label("quiet", text("entry_keys", language))
            self.corrections = box("panel listed entry-corrections", "section")
            self.corrections.set_visibility(False)
            with box("panel listed", "section"):
                heading(text("entry_saves", language))
                self._saves = scroll(text("entry_saves", language))
            page_footer(simulated=plant.simulated, language=language)
        ui.run_javascript("showEntry()")

    def show(self, grid: GridView, saves: Sequence[SaveView], warning: str, hint: str) -> None:
        """Bring the page up to date."""
        language = self._of.language
        self._title_text.text = grid.title
        for line, words in ((self._warning, warning), (self._hint, hint)):
            line.text = words
            line.set_visibility(bool(words))
        if grid.rows:
            self._grid.content = grid_html(grid, self._asked, self._of)
        else:
            empty = escape(text(f"entry_empty_{self._asked.kind.value}", language))
            self._grid.content = f'<p class="empty">{empty}</p>'
        self._bottom.set_visibility(bool(grid.rows) and grid.may_enter)
        self._saves.clear()
        with self._saves:
            if saves:
                self._show_saves(saves)
            else:
                label("empty", text("entry_no_saves", language))

    def _show_saves(self, saves: Sequence[SaveView]) -> None:
        language = self._of.language
        with ui.element("table").classes("lines saves entry-saves"):
            with ui.element("thead"), ui.element("tr"):
                for key in ("number", "when", "who", "figures"):
                    cell("th", text(f"entry_{key}", language)).props("scope=col")
            with ui.element("tbody"):
                for save in saves:
                    with ui.element("tr").props(f"data-save={save.number}"):
                        cell("td", str(save.number))
                        cell("td", save.when)
                        cell("td", save.who)
                        with ui.element("td").classes("figures"):
                            for figure in save.figures:
                                label("", figure)
                            if save.undone:
                                label("quiet", save.undone)
                            if save.may_undo:
                                button(text("entry_undo", language), "quiet", partial(self._undo, save))


def grid_html(grid: GridView, asked: AskedSheet, of: Entering) -> str:
    """The grid, every text of it escaped."""
    language, user = of.language, of.user.name if of.user is not None else ""
    words = json.dumps({name: text(f"entry_{name}", language) for name in _WORDS})
    last, due = (text(f"entry_{key}_{asked.kind.value}", language) for key in ("last", "due"))
    heads = [_head(text("entry_line", language), "", ""), *(_head(*column, "number") for column in grid.columns)]
    beside = {last: [row.before for row in grid.rows], text("entry_usual", language): [row.usual for row in grid.rows]}
    beside |= {due: [row.due for row in grid.rows]} if due else {}
    heads += [_head(name, "", "number") for name, values in beside.items() if any(values)]
    shown = [(name, values) for name, values in beside.items() if any(values)]
    names = [name for name, _ in grid.columns]
    rows = "".join(
        _row_html(row, names, [(name, values[at]) for name, values in shown]) for at, row in enumerate(grid.rows)
    )
    return (
        f'<div class="entry-sheet" data-user="{escape(user)}" data-address="{escape(entry_path(asked))}" '
        f'data-words="{escape(words)}"><table class="entry" aria-label="{escape(grid.title)}"><thead><tr>'
        f"{''.join(heads)}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(name: str, hours: str, classes: str) -> str:
    below = f"<small>{escape(hours)}</small>" if hours else ""
    return f'<th scope="col" class="{classes}">{escape(name)}{below}</th>'


def _row_html(row: RowView, columns: Sequence[str], known: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<td class="number" data-label="{escape(column)}">{_input(view)}</td>'
        for view, column in zip(row.cells, columns, strict=True)
    )
    beside = "".join(
        f'<td class="number" data-label="{escape(name)}">{escape(value)}</td>' if value else "<td></td>"
        for name, value in known
    )
    named = f'<td class="named">{escape(row.name)}<small>{escape(row.product)}</small></td>'
    return f"<tr>{named}{cells}{beside}</tr>"


def _input(view: CellView) -> str:
    read_only = " readonly" if view.read_only else ""
    return (
        f'<input class="cell" inputmode="decimal" autocomplete="off" maxlength="40" data-cell="{escape(view.id)}" '
        f'data-seen="{view.version}" data-was="{escape(view.value)}" value="{escape(view.value)}" '
        f'aria-label="{escape(view.label)}"{read_only}>'
    )


def _note(language: Language) -> None:
    ui.html(
        f'<label class="entry-note-line">{escape(text("entry_note", language))}'
        f'<input class="entry-note" maxlength="{LONGEST}" autocomplete="off"></label>',
        sanitize=False,
    )


def kinds_nav(asked: AskedSheet, current: str, language: Language) -> None:
    """Links to what else is entered for the shop; `current`: a kind of sheet, repairs, or files."""
    ways = {kind.value: entry_path(AskedSheet(kind, asked.shop, asked.day), language) for kind in SheetKind}
    names = {kind.value: text(f"entry_{kind.value}", language) for kind in SheetKind}
    ways["repairs"], names["repairs"] = repairs_path(asked.shop, language), text("repairs_tab", language)
    ways["files"], names["files"] = f"/files?lang={language}", text("files_tab", language)
    with box("languages", "nav").props(f'aria-label="{text("entry_kind", language)}"'):
        for kind, way in ways.items():
            ui.link(names[kind], way).props(f'aria-current="{str(kind == current).lower()}"')


def shops_nav(current: str, of: Entering, way: Callable[[str], str]) -> None:
    """Links to the other shops; `way`: the address for the code of one."""
    with box("languages", "nav").props(f'aria-label="{text("entry_shop", of.language)}"'):
        for shop in of.plant.shops.values():
            name = shop.names.get(of.language) or shop.names["en"]
            ui.link(name, way(shop.code)).props(f'aria-current="{str(shop.code == current).lower()}"')


def _days(asked: AskedSheet, latest: int, language: Language) -> None:
    with box("entry-days", "nav").props(f'aria-label="{text("entry_day", language)}"'):
        ui.link(text("entry_before", language), entry_path(asked.before, language))
        chosen = ui.element("input").classes("entry-date").props("type=date")
        chosen.props["value"] = date.fromordinal(asked.day).isoformat()
        chosen.props["max"] = date.fromordinal(latest).isoformat()
        chosen.props["aria-label"] = text("entry_day", language)
        chosen.on(
            "change",
            lambda event: _go(str(event.args), asked, latest, language),
            js_handler="(event) => emit(event.target.value)",
        )
        if asked.after.days[0] <= latest:
            ui.link(text("entry_after", language), entry_path(asked.after, language))


def _go(day: str, asked: AskedSheet, latest: int, language: Language) -> None:
    """To the sheet of a date; one that is half typed leads nowhere."""
    try:
        chosen = date.fromisoformat(day).toordinal()
    except ValueError:
        return
    if date(1990, 1, 1).toordinal() <= chosen <= latest:
        ui.navigate.to(entry_path(AskedSheet(asked.kind, asked.shop, chosen), language))
