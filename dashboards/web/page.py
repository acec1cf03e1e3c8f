"""The page as NiceGUI elements: built once for a browser, then brought up to date each second."""

from collections.abc import Sequence
from pathlib import Path

from nicegui import ui

from dashboards.web.cards import ProductCard
from dashboards.web.chart import chart_options
from dashboards.web.drops_table import show_drops
from dashboards.web.elements import box, cell, heading, label, languages, pages
from dashboards.web.lamps import ShopView
from dashboards.web.texts import text
from dashboards.web.view import DeskView, SourceView
from models.works.localize import Language

_FIGURES = ("age", "readings", "rejected")
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


class DeskPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, view: DeskView, language: Language) -> None:
        self._language = language
        with box("desk") as self._desk:
            self._build_head(view)
            with box("warning") as self._warning:
                self._warning_text = label("")
                self._reason = label("reason")
            if not view.cards:
                label("panel empty", text("no_products", language))
            with box("cards").style(f"--columns: {_columns(len(view.cards))}"):
                self._cards = [_Card(card, language) for card in view.cards]
            with box("panel drops-panel"):
                heading(text("drops", language))
                with box("said"):
                    self._not_known = label("not-known")
                    self._drops = box("scroll")
            with box("below"):
                with box("panel units"):
                    with box("panel-head"):
                        heading(text("units", language))
                        self._unit_counts = box("counts")
                    self._units = box("shops")
                with box("panel"):
                    with box("panel-head"):
                        heading(text("sources", language))
                    self._sources = box("scroll")
        self._shown: DeskView | None = None
        self.show(view)

    def show(self, view: DeskView) -> None:
        """Bring the page up to date."""
        self._date.text, self._clock.text, self._zone.text = view.date, view.clock, view.zone
        self._warning_text.text, self._reason.text = view.warning, view.reason
        self._warning.classes(add="waiting" if view.waiting else "", remove="" if view.waiting else "waiting")
        self._warning.set_visibility(bool(view.warning))
        stale = bool(view.warning) and not view.waiting
        self._desk.classes(add="stale" if stale else "", remove="" if stale else "stale")
        self._not_known.text = view.not_known
        self._not_known.set_visibility(bool(view.not_known))
        self._reason.set_visibility(bool(view.reason))
        for panel, card in zip(self._cards, view.cards, strict=True):
            panel.show(card)
        before, self._shown = self._shown, view
        # Parts are built anew only if they differ: a table that is built each second loses its scroll and tooltips.
        if before is None or (view.drops, view.no_drops) != (before.drops, before.no_drops):
            self._drops.clear()
            with self._drops:
                show_drops(view.drops, view.no_drops, self._language)
        if before is None or view.shops != before.shops:
            self._unit_counts.clear()
            with self._unit_counts:
                for count in view.unit_counts:
                    with box(f"count is-{count.state}"):
                        box("sign")
                        label("", count.text)
            self._units.clear()
            with self._units:
                _show_units(view.shops, self._language)
        if before is None or view.sources != before.sources:
            self._sources.clear()
            with self._sources:
                _show_sources(view.sources, self._language)

    def _build_head(self, view: DeskView) -> None:
        with box("head"):
            label("site", view.site)
            if view.simulated:
                label("badge", text("simulated", self._language)).tooltip(text("simulated_why", self._language))
            label("title", text("title", self._language))
            pages("today", self._language)
            box("space")
            with box("moment"):
                self._date = label("date")
                self._clock = label("clock")
                self._zone = label("zone")
            languages("/", self._language)


class _Card:
    """One product."""

    def __init__(self, card: ProductCard, language: Language) -> None:
        self._language = language
        self._shown: ProductCard | None = None
        with box("panel card") as self._panel:
            self._panel.props(f'data-product="{card.product}"')
            with box("top"):
                with box(""):
                    label("name", card.name).props(f'title="{card.definition}"')
                    self._day = label("when")
                with box("pill"):
                    self._attainment = label("pct")
                    label("what", text("attainment", language))
            with box("figure"):
                self._actual = label("actual")
                self._unit = label("unit")
                self._so_far = label("sofar", text("so_far", language))
            with box("bar"):
                self._fill = box("fill")
                self._mark = box("mark")
            with box("facts"):
                self._target = _fact(text("day_target", language))
                self._target_so_far = _fact(text("target_so_far", language), "marked")
                self._completeness = _fact(text("completeness", language))
            self._chart = ui.echart(chart_options(card.chart, language)).classes("chart")
            self._chart.props(f'role="img" aria-label="{card.name}: {text("by_hour", language)}"')

    def show(self, card: ProductCard) -> None:
        if card == self._shown:
            return
        before, self._shown = self._shown, card
        self._panel.classes(replace=f"panel card {card.level}")
        self._day.text = card.day
        self._attainment.text = card.attainment
        self._actual.text = card.actual
        self._actual.classes(replace="actual" if card.exact_t is not None else "actual none")
        self._actual.props(f'data-exact-t="{card.exact_t or ""}"')
        self._unit.text = card.unit
        self._so_far.set_visibility(card.exact_t is not None)
        self._fill.style(f"width: {card.fill_pct or 0}%")
        self._mark.style(f"left: {card.mark_pct or 0}%")
        self._mark.set_visibility(card.mark_pct is not None)
        self._target.text = card.target
        self._target_so_far.text = card.target_so_far
        self._completeness.text = card.completeness
        if before is not None and before.chart != card.chart:
            self._chart.options.clear()
            self._chart.options.update(chart_options(card.chart, self._language))
            self._chart.update()


def _show_units(shops: Sequence[ShopView], language: Language) -> None:
    if not shops:
        label("empty", text("no_units", language))
    for shop in shops:
        with box("shop"):
            label("shop-name", shop.name)
            with box("lamps"):
                for lamp in shop.lamps:
                    with box(f"lamp is-{lamp.state}").props(f'data-unit="{lamp.unit}"') as shown:
                        shown.props["title"] = lamp.detail
                        box("sign")
                        with box(""):
                            label("unit-name", lamp.name)
                            label("state", lamp.state_text)
                            if lamp.cause:
                                label("cause", lamp.cause)


def _show_sources(sources: Sequence[SourceView], language: Language) -> None:
    if not sources:
        label("empty", text("no_data", language))
        return
    with ui.element("table").classes("sources"):
        with ui.element("thead"), ui.element("tr"):
            for key in ("source", "state", *_FIGURES):
                cell("th", text(key, language), number=key in _FIGURES)
        for source in sources:
            with ui.element("tbody").props(f'data-source="{source.source}"'):
                _show_source(source, language)


def _show_source(source: SourceView, language: Language) -> None:
    """A line of figures, and below it the last error if there was one."""
    with ui.element("tr"):
        cell("td", source.source).classes("source-name")
        with ui.element("td").classes("source-state"):
            box(f"dot {source.state}")
            ui.label(source.state_text)
        for key, figure in zip(_FIGURES, (source.age, source.readings, source.rejected), strict=True):
            cell("td", figure, number=True).props(f'data-label="{text(key, language)}"')
    if source.last_error:
        with ui.element("tr").classes("error"), ui.element("td").props(f"colspan={2 + len(_FIGURES)}"):
            ui.label(f"{text('last_error', language)}: {source.last_error}")


def _columns(cards: int) -> int:
    """How many cards stand side by side on a wide screen: rows of equal length if there can be any."""
    return cards if 1 <= cards <= 4 else 3 if cards in (5, 6, 9) else 4


def _fact(what: str, classes: str = "") -> ui.label:
    with box(classes):
        label("what", what)
        return label("value")
