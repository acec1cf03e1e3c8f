"""The page of data as NiceGUI elements."""

from collections.abc import Callable, Sequence
from functools import partial

from nicegui import ui

from dashboards.web.ask_dialog import button
from dashboards.web.data_view import DataView, HeldView
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.works.localize import Language

_NUMBERS = frozenset({"gap_most", "yesterday", "today_so_far"})


class DataPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(
        self, head: tuple[str, bool], view: DataView, ask: Callable[[HeldView], None], language: Language
    ) -> None:
        """`head`: the name of the works, and whether it is simulated. `ask` opens the dialog of a held reading."""
        self._language, self._ask = language, ask
        site, simulated = head
        page_header(site, simulated=simulated, page="data", language=language)
        with box("desk data-page") as self._desk:
            self._warning = label("warning").props("role=status")
            self._hint = label("panel hint")
            with box("panel listed", "section"):
                heading(text("held_waiting", language))
                label("quiet", text("held_help", language))
                self._waiting = scroll(text("held_waiting", language))
            with box("panel listed", "section"):
                heading(text("clocks", language))
                self._clocks = scroll(text("clocks", language))
            with box("panel listed", "section"):
                heading(text("counter_gaps", language))
                self._gaps = scroll(text("counter_gaps", language))
                self._more = label("quiet")
            with box("panel listed", "section"):
                heading(text("completeness_of", language))
                self._completeness = scroll(text("completeness_of", language))
            with box("panel listed", "section"):
                heading(text("held_settled", language))
                self._settled = scroll(text("held_settled", language))
                ui.link(text("changes_title", language), f"/changes?lang={language}")
            page_footer(simulated=simulated, language=language)
        self._shown: DataView | None = None
        self.show(view)

    def show(self, view: DataView) -> None:
        """Bring the page up to date."""
        for line, words in ((self._warning, view.warning), (self._hint, view.hint), (self._more, view.more_gaps)):
            line.text = words
            line.set_visibility(bool(words))
        self._desk.classes(add="stale" if view.warning else "", remove="" if view.warning else "stale")
        before, self._shown = self._shown, view
        for name, place, table in (
            ("waiting", self._waiting, partial(self._held, view.waiting, "no_held")),
            ("settled", self._settled, partial(self._held, view.settled, "no_settled")),
            ("clocks", self._clocks, partial(self._clock_table, view)),
            ("gaps", self._gaps, partial(self._gap_table, view)),
            ("completeness", self._completeness, partial(self._completeness_table, view)),
        ):
            if before is None or getattr(before, name) != getattr(view, name):
                place.clear()
                with place:
                    table()

    def _held(self, found: Sequence[HeldView], nothing: str) -> None:
        language = self._language
        if not found:
            label("empty", text(nothing, language))
            return
        with ui.element("table").classes("lines held"):
            with ui.element("thead"), ui.element("tr"):
                for name in ("drop_unit", "held_value", "drop_when", "held_why", "held_decision"):
                    cell("th", text(name, language))
            with ui.element("tbody"):
                for held in found:
                    self._held_line(held)

    def _held_line(self, held: HeldView) -> None:
        language = self._language
        with ui.element("tr").props(f'data-held="{held.name}"'):
            with ui.element("td"):
                ui.label(held.what)
                label("quiet", held.signal)
            cell("td", held.value).classes("value")
            with ui.element("td"):
                ui.label(held.when)
                label("quiet", f"{text('held_count', language)}: {held.count}")
            cell("td", held.reason)
            with ui.element("td").classes("why"):
                label("quiet", f"{held.name}: {held.decided}")
                if held.may_decide:
                    button(text("decide", language), "act", partial(self._ask, held))

    def _clock_table(self, view: DataView) -> None:
        rows = [
            (
                Linked(clock.source),
                Linked(clock.clock, tone="down" if clock.off else ""),
                Linked(clock.certificate, tone="down" if clock.expires_soon else ""),
            )
            for clock in view.clocks
        ]
        self._table(("source", "clock_is", "certificate_is"), rows, "no_clocks")

    def _gap_table(self, view: DataView) -> None:
        rows = [
            (
                self._unit(gap.unit, gap.code),
                Linked(gap.tag),
                Linked(gap.when),
                Linked(gap.lasted),
                Linked(gap.most),
                Linked(gap.why),
            )
            for gap in view.gaps
        ]
        self._table(("drop_unit", "held_signal", "drop_when", "drop_lasted", "gap_most", "held_why"), rows, "no_gaps")

    def _completeness_table(self, view: DataView) -> None:
        rows = [
            (
                self._unit(line.unit, line.code),
                Linked(line.product),
                Linked(line.yesterday, tone="down" if line.lacks else ""),
                Linked(line.today),
            )
            for line in view.completeness
        ]
        self._table(("drop_unit", "product", "yesterday", "today_so_far"), rows, "no_completeness")

    def _unit(self, name: str, code: str) -> Linked:
        return Linked(name, f"/unit/{code}?lang={self._language}" if code else "")

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[Linked]], nothing: str) -> None:
        if rows:
            show_table(columns, rows, _NUMBERS, self._language)
        else:
            label("empty", text(nothing, self._language))
