"""The page of the month as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import box, heading, label, page_footer, page_header, scroll
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_linked, show_table
from dashboards.web.month_chart import month_options
from dashboards.web.month_view import MonthView, UnitLine
from dashboards.web.periods_page import show_periods
from dashboards.web.periods_view import PeriodsView
from dashboards.web.recovery_address import recovery_link
from dashboards.web.texts import text
from models.works.localize import Language

_DAYS = ("production_date", "made", "plan_of_day", "to_date", "completeness", "figure_status")
_DAY_NUMBERS = frozenset(("made", "plan_of_day", "to_date", "completeness"))
_MONTHS = (
    *("month", "made", "month_plan", "deviation_to_plan", "of_plan", "mom_pct", "yoy_pct"),
    "figure_status",
)
_MONTH_NUMBERS = frozenset(_MONTHS) - {"month", "figure_status"}
_LEGEND = (("bar", "made"), ("bar-running", "made_running"), ("target", "plan_to_date"), ("fan", "fan"))


class MonthPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, head: tuple[str, bool], view: MonthView, address: str, language: Language) -> None:
        """`head`: the name of the works, and whether it is simulated. `address`: of this very page."""
        self._language = language
        site, simulated = head
        page_header(site, simulated=simulated, page="month", language=language, address=address)
        with box("desk month-page") as self._desk:
            with box("warning").props("role=status") as self._warning:
                self._warning_text = label("")
            self._choices(view)
            with box("panel growth-card month-figure", "section"):
                with box("top"):
                    with box("named"):
                        heading(f"{view.name}, {view.month}", classes="name").props["title"] = view.definition
                    self._status = label("status")
                self._figure = box("")
            with box("panel growth-card", "section"):
                heading(text("cumulative", language))
                self._plot_place = box("")
                self._chart: LaterChart | None = None
                with box("counts") as self._legend:
                    for colour, key in _LEGEND:
                        with box("count"):
                            box(f"stroke {colour}")
                            label("", text(key, language))
                with box("figures", "details") as self._by_day:
                    with ui.element("summary"):
                        ui.label(text("by_day", language))
                    self._days = box("said")
            with box("panel listed", "section"):
                heading(text("deviation_by_unit", language))
                self._units = box("said")
            with box("panel listed", "section"):
                heading(text("months", language))
                with box("said"):
                    self._months = scroll(text("months", language))
            self._compare = box("panel listed compare", "section")
            page_footer(simulated=simulated, language=language)
        ui.on("theme", self._draw)
        self._shown: MonthView | None = None

    def show(self, view: MonthView, warning: str) -> None:
        """Bring the page up to date."""
        self._warning_text.text = warning
        self._warning.set_visibility(bool(warning))
        self._desk.classes(add="stale" if warning else "", remove="" if warning else "stale")
        before, self._shown = self._shown, view
        if before == view:
            return
        self._status.text = view.status
        self._status.set_visibility(bool(view.status))
        self._figure.clear()
        with self._figure:
            self._show_figure(view)
        self._draw()
        for part, lines, columns, numbers, empty in (
            (self._days, view.days, _DAYS, _DAY_NUMBERS, "no_months"),
            (self._months, view.months, _MONTHS, _MONTH_NUMBERS, "no_months"),
        ):
            part.clear()
            with part:
                if lines:
                    show_table(columns, lines, numbers, self._language)
                else:
                    label("empty", text(empty, self._language))
        self._units.clear()
        with self._units:
            self._show_units(view.units)

    def compare(self, view: PeriodsView | None, fault: str, address: str) -> None:
        """The two periods; `fault`: why they are not shown. `address`: of this page without its periods."""
        self._compare.clear()
        with self._compare:
            show_periods(view, fault, address, self._language)

    def _choices(self, view: MonthView) -> None:
        with box("month-choices"):
            with box("languages products", "nav").props(f'aria-label="{text("products", self._language)}"'):
                for choice in view.products:
                    link = ui.link(choice.name, choice.link)
                    link.props(f'aria-current="{"page" if choice.current else "false"}"')
            with box("languages", "nav").props(f'aria-label="{text("months", self._language)}"'):
                for what, content in view.neighbours:
                    ui.link(content.shown, content.link).props["aria-label"] = f"{what}: {content.shown}"

    def _show_figure(self, view: MonthView) -> None:
        if view.empty:
            label("empty", view.empty)
        else:
            with box("figure"):
                with box("actual").props(f'data-exact-t="{"" if view.exact_t is None else view.exact_t}"'):
                    show_linked(view.made)
                label("sofar", text("made_so_far" if view.runs else "made_of_month", self._language))
        with box("tiles"):
            for what, amount, tone in view.tiles:
                with box(f"tile {tone}"):
                    label("pct", amount)
                    label("what", what)
        for words in view.words:
            label("month-words", words)
        if view.runs:
            with box("figure"):
                ui.link(text("recovery_link", self._language), recovery_link(view.product, self._language))

    def _show_units(self, units: Sequence[UnitLine]) -> None:
        if not units:
            label("empty", text("no_units_of_month", self._language))
            return
        columns = ("drop_unit", "made", "due_so_far", "deviation_to_plan", "of_plan")
        if self._shown is not None and not self._shown.runs:
            columns = ("drop_unit", "made", "month_plan", "deviation_to_plan", "of_plan")
        with ui.element("table").classes("lines linked"):
            with ui.element("thead"), ui.element("tr"):
                for column in columns:
                    with ui.element("th").classes("" if column == "drop_unit" else "number"):
                        label("", text(column, self._language))
            with ui.element("tbody"):
                for unit in units:
                    self._show_unit(unit, columns)

    def _show_unit(self, unit: UnitLine, columns: Sequence[str]) -> None:
        with ui.element("tr"):
            with ui.element("td"):
                label("unit-name", unit.name)
                # A bar of what was due: full at 100 %; what goes beyond it stands in the number.
                if unit.of_plan_pct is not None:
                    with box(f"share {unit.tone}").props("aria-hidden=true"):
                        box("fill").style(f"width: {min(unit.of_plan_pct, 100):.1f}%")
            with ui.element("td").classes("number") as made:
                made.props["data-label"] = text(columns[1], self._language)
                show_linked(unit.made)
            for column, content in zip(columns[2:], (unit.due, unit.deviation, unit.of_plan), strict=True):
                with ui.element("td").classes("number") as cell:
                    cell.props["data-label"] = text(column, self._language)
                    label(f"toned {unit.tone}" if column == "deviation_to_plan" else "", content)

    def _draw(self) -> None:
        """Draw the chart anew, in the colours of the theme; at all, once a day is known."""
        plot = None if self._shown is None else self._shown.plot
        for part in (self._legend, self._by_day):
            part.set_visibility(plot is not None)
        if self._shown is None:
            return
        if plot is None:
            self._plot_place.clear()
            self._chart = None
            with self._plot_place:
                label("empty", self._shown.empty)
            return
        if self._chart is None:
            self._plot_place.clear()
            with self._plot_place:
                self._chart = LaterChart({}).classes("chart month-plot").props("role=img")
            self._chart.props["aria-label"] = f"{self._shown.name}, {self._shown.month}: " + text(
                "cumulative", self._language
            )
        self._chart.options.clear()
        self._chart.options.update(month_options(plot, self._language))
        self._chart.update()
