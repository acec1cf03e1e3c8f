"""The page of stops as NiceGUI elements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from nicegui import ui

from dashboards.web.ask_dialog import button
from dashboards.web.elements import box, cell, heading, label, page_footer, page_header, scroll
from dashboards.web.stops_view import Bar, StopsView, StopView
from dashboards.web.texts import text
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class AskedOfStops:
    """What the buttons of a stop open: the dialogs of its reasons, of joining it with the one before, and of taking it
    apart before the one of its stops that began then (UTC seconds)."""

    reasons: Callable[[StopView], None]
    join: Callable[[StopView], None]
    separate: Callable[[StopView, int], None]


PERIODS_DAYS = (1, 7, 30)
"""The day before, the week, the month."""


class StopsPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, head: tuple[str, bool], view: StopsView, asked: "AskedOfStops", language: Language) -> None:
        """`head`: the name of the works, and whether it is simulated."""
        self._language, self._asked = language, asked
        site, simulated = head
        page_header(site, simulated=simulated, page="stops", language=language)
        with box("desk stops-page") as self._desk:
            self._warning = label("warning").props("role=status")
            self._hint = label("panel hint")
            with box("panel", "section"):
                with box("panel-head"):
                    heading(text("hours_by", language))
                    self._periods(view.days)
                self._total = label("quiet")
                self._pareto = box("pareto")
                with box("figure"):
                    ui.link(text("losses_link", language), f"/losses?lang={language}")
            with box("panel listed", "section"):
                heading(text("waiting_stops", language))
                self._waiting = scroll(text("waiting_stops", language))
            with box("panel listed", "section"):
                heading(text("all_stops", language))
                self._all = scroll(text("all_stops", language))
            page_footer(simulated=simulated, language=language)
        self._shown: StopsView | None = None
        self.show(view)

    def show(self, view: StopsView) -> None:
        """Bring the page up to date."""
        for line, words in ((self._warning, view.warning), (self._hint, view.hint)):
            line.text = words
            line.set_visibility(bool(words))
        self._desk.classes(add="stale" if view.warning else "", remove="" if view.warning else "stale")
        self._total.text = view.total
        before, self._shown = self._shown, view
        bars = (view.by_reason, view.by_unit, view.by_shift)
        if before is None or bars != (before.by_reason, before.by_unit, before.by_shift):
            self._pareto.clear()
            with self._pareto:
                for name, listed in zip(("by_reason", "by_unit", "by_shift"), bars, strict=True):
                    self._bars(name, listed)
        if before is None or view.stops != before.stops:
            waiting = [stop for stop in view.stops if stop.waits]
            for place, stops, nothing in (
                (self._waiting, waiting, "no_waiting_stops" if view.stops else "no_stops"),
                (self._all, view.stops, "no_stops"),
            ):
                place.clear()
                with place:
                    self._table(stops, nothing)

    def _periods(self, chosen: int) -> None:
        language = self._language
        with box("languages", "nav").props(f'aria-label="{text("stops_title", language)}"'):
            for days in PERIODS_DAYS:
                name = text("last_day_short", language) if days == 1 else text("last_days", language).format(count=days)
                current = "page" if days == chosen else "false"
                ui.link(name, f"/stops?days={days}&lang={language}").props(f'aria-current="{current}"')

    def _bars(self, name: str, bars: Sequence[Bar]) -> None:
        if not bars:
            return
        with box("bars", "section"):
            heading(text(name, self._language), "h3")
            for bar in bars:
                with box("line"):
                    label("name", bar.name)
                    with box("track"):
                        box("fill").style(f"width: {100 * bar.share:.1f}%")
                    label("hours", bar.hours)

    def _table(self, stops: Sequence[StopView], nothing: str) -> None:
        language = self._language
        if not stops:
            label("empty", text(nothing, language))
            return
        with ui.element("table").classes("lines stops"):
            with ui.element("thead"), ui.element("tr"):
                for name in ("drop_unit", "drop_when", "drop_lasted", "reason_is"):
                    cell("th", text(name, language))
            with ui.element("tbody"):
                for stop in stops:
                    self._line(stop)

    def _line(self, stop: StopView) -> None:
        language = self._language
        with ui.element("tr").props(f'data-stop="{stop.unit}-{stop.start_s}"'):
            with ui.element("td"):
                if stop.unit:
                    ui.link(stop.name, f"/unit/{stop.unit}?lang={language}").classes("open-unit")
                else:
                    ui.label(stop.name)
                label("quiet", stop.what)
                if stop.joined:
                    label("quiet joined", stop.joined)
            cell("td", stop.when)
            cell("td", stop.lasted)
            with ui.element("td").classes("why"):
                for when, reason, comment in stop.parts:
                    began = f"{when} " if len(stop.parts) > 1 else ""
                    ui.label(f"{began}{reason}{f' ({comment})' if comment else ''}")
                if stop.author:
                    label("quiet", text("stated_by", language).format(name=stop.author))
                else:
                    label("quiet", stop.evidence)
                if stop.may_state:
                    name = text("name_reason" if stop.waits else "change_reason", language)
                    button(name, "act" if stop.waits else "quiet", partial(self._asked.reasons, stop))
                    if stop.earlier is not None:
                        button(text("join_stops", language), "quiet join", partial(self._asked.join, stop))
                    for begin_s, when in stop.apart:
                        name = text("separate_stop", language).format(when=when)
                        button(name, "quiet separate", partial(self._asked.separate, stop, begin_s))
