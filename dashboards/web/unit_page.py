"""The page of one unit as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.card_panel import CardPanel
from dashboards.web.drops_table import show_drops
from dashboards.web.elements import BarsInWords, box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.growth_page import bars_with_targets
from dashboards.web.incident_cards import IncidentActions, IncidentCards
from dashboards.web.later_chart import LaterChart
from dashboards.web.texts import text
from dashboards.web.unit_chart import colour_of, day_options
from dashboards.web.unit_view import Band, MonthPlot, UnitView
from models.works.localize import Language

_SIGNS = {"stopped": "stopped", "slow": "slow", "planned": "planned", "silent": "stale", "unwatched": "silent"}
"""The kinds of band by the lamp whose sign they have."""


class UnitPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(
        self, head: tuple[str, bool], view: UnitView, warning: str, actions: IncidentActions, language: Language
    ) -> None:
        """`head`: the name of the works, and whether it is simulated."""
        self._language = language
        site, simulated = head
        page_header(site, simulated=simulated, page=f"unit/{view.unit}", language=language)
        with box("desk unit-page") as self._desk:
            with box("warning").props("role=status") as self._warning:
                self._warning_text = label("")
            with box("panel unit-state", "section") as self._state:
                heading(f"{view.name}, {view.shop}", classes="name")
                with box("now"):
                    box("sign")
                    self._state_text = label("unit-name")
                self._detail = label("detail")
            with box("panel", "section") as self._incident_panel:
                heading(text("open_incidents", language))
                self._incidents = IncidentCards(actions, text("no_open", language), language, to_units=False)
            with box("growth-cards"):
                self._cards = [CardPanel(card, language) for card in view.cards]
                with box("panel", "section"):
                    self._build_plot(view)
            with box("panel drops-panel", "section"):
                heading(text("drops_of_month", language))
                with box("said"):
                    self._drops = scroll(text("drops_of_month", language))
            with box("growth-cards"):
                self._months = [_MonthPanel(month, language) for month in view.days]
                self._events = _Table("events_of_day", ("event_end", "event_key", "product", "tonnes"), language)
                self._repairs = _Table("repairs", ("drop_when", "repair_kind", "approved_by"), language)
                self._corrections = _Table(
                    "corrections", ("production_date", "product", "tonnes", "author", "reason", "event_key"), language
                )
            page_footer(simulated=simulated, language=language)
        ui.on("theme", self._draw)
        self._shown: UnitView | None = None
        self.show(view, warning)

    def _build_plot(self, view: UnitView) -> None:
        heading(text("last_day", self._language))
        self._about = label("empty")
        self._plot: LaterChart | None = None
        if view.plot is not None and view.plot.traces:
            self._plot = LaterChart(day_options(view.plot, self._language)).classes("chart day-plot").props("role=img")
            self._plot.props["aria-label"] = f"{view.name}: {view.plot.about}"
        else:
            label("not-known", text("no_signal", self._language))
        self._bands = box("counts")
        self._spans = BarsInWords(text("in_figures", self._language))

    def show(self, view: UnitView, warning: str) -> None:
        """Bring the page up to date."""
        self._warning_text.text = warning
        self._warning.set_visibility(bool(warning))
        self._desk.classes(add="stale" if warning else "", remove="" if warning else "stale")
        for panel, card in zip(self._cards, view.cards, strict=False):
            panel.show(card)
        self._incidents.show(view.incidents, calm=False)
        self._incident_panel.set_visibility(bool(view.incidents))
        before, self._shown = self._shown, view
        if before is None or view.lamp != before.lamp:
            self._state.classes(replace=f"panel unit-state is-{view.lamp.state}")
            cause = f", {view.lamp.cause}" if view.lamp.cause else ""
            self._state_text.text, self._detail.text = view.lamp.state_text + cause, view.lamp.detail
        if before is None or view.plot != before.plot:
            self._show_plot(view)
        if before is None or view.drops != before.drops:
            self._drops.clear()
            with self._drops:
                show_drops(view.drops, text("no_drops_of_month", self._language), self._language)
        for month, shown in zip(view.days, self._months, strict=False):
            shown.show(month)
        self._events.show(view.events)
        self._repairs.show(view.repairs)
        self._corrections.show(view.corrections)

    def _show_plot(self, view: UnitView) -> None:
        bands: Sequence[Band] = () if view.plot is None else view.plot.bands
        self._about.text = "" if view.plot is None else view.plot.about
        self._about.set_visibility(bool(self._about.text))
        self._bands.clear()
        with self._bands:
            # In the page and not in the plot: names of any length have room.
            for number, trace in enumerate(() if view.plot is None else view.plot.traces):
                with box("count"):
                    box("stroke").style(f"background: var(--{colour_of(number)})")
                    label("", trace.name)
            for kind, name in dict.fromkeys((band.kind, band.name) for band in bands):
                with box(f"count is-{_SIGNS[kind]}"):
                    box("sign")
                    label("", name)
        self._spans.show("" if view.plot is None else view.plot.about, () if view.plot is None else view.plot.spans)
        self._draw_plot()

    def _draw_plot(self) -> None:
        if self._plot is not None and self._shown is not None and self._shown.plot is not None:
            self._plot.options.clear()
            self._plot.options.update(day_options(self._shown.plot, self._language))
            self._plot.update()

    def _draw(self) -> None:
        """Draw all charts anew, in the colours of the theme."""
        self._draw_plot()
        for card in self._cards:
            card.draw()
        for month in self._months:
            month.draw()


class _MonthPanel:
    """The last 30 days of a product."""

    def __init__(self, month: MonthPlot, language: Language) -> None:
        self._language, self._shown = language, month
        with box("panel growth-card", "section"):
            heading(f"{text('last_month', language)}: {month.name}")
            self._nothing = label("empty", text("no_data", language))
            self._place = box("")
            self._chart: LaterChart | None = None
            self._words = BarsInWords(text("in_figures", language))
        self._say()
        self.draw()

    def show(self, month: MonthPlot) -> None:
        """Bring it up to date."""
        if month == self._shown:
            return
        self._shown = month
        self._say()
        self.draw()

    def draw(self) -> None:
        """Draw it anew; at all, once a day is known: axes without bars have no room of their own."""
        if not self._shown.bars:
            return
        if self._chart is None:
            with self._place:
                self._chart = LaterChart({}).classes("chart").props("role=img")
            self._chart.props["aria-label"] = f"{self._shown.name}: {text('last_month', self._language)}"
        self._chart.options.clear()
        self._chart.options.update(bars_with_targets(self._shown.bars, self._language))
        self._chart.update()

    def _say(self) -> None:
        self._nothing.set_visibility(not self._shown.bars)
        self._words.show(self._shown.definition, (bar.tip.split("\n") for bar in self._shown.bars))


class _Table:
    """A panel with a plain table; `name` and `columns` are keys of texts, "no_" and the name that of an empty one."""

    def __init__(self, name: str, columns: Sequence[str], language: Language) -> None:
        self._name, self._columns, self._language = name, columns, language
        self._shown: Sequence[Sequence[str]] | None = None
        with box("panel listed", "section"):
            heading(text(name, language))
            self._body = scroll(text(name, language))

    def show(self, lines: Sequence[Sequence[str]]) -> None:
        """Bring it up to date."""
        if lines == self._shown:
            return
        self._shown = lines
        self._body.clear()
        with self._body:
            if not lines:
                label("empty", text(f"no_{self._name}", self._language))
                return
            with ui.element("table").classes("lines"):
                with ui.element("thead"), ui.element("tr"):
                    for column in self._columns:
                        cell("th", text(column, self._language), number=column == "tonnes")
                with ui.element("tbody"):
                    for line in lines:
                        with ui.element("tr"):
                            for column, content in zip(self._columns, line, strict=True):
                                cell("td", content, number=column == "tonnes")
