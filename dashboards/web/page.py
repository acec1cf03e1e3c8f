"""The page as NiceGUI elements: built once for a browser, then told the newest view each second."""

from collections.abc import Sequence
from pathlib import Path

from nicegui import ui
from nicegui.element import Element

from dashboards.web.cards import ProductCard
from dashboards.web.chart import chart_options
from dashboards.web.texts import LANGUAGE_NAMES, LANGUAGE_TITLES, LANGUAGES, Language, text
from dashboards.web.view import DeskView, ShopView, SourceView

_FIGURES = ("age", "readings", "rejected")
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


class DeskPage:
    """Everything on the page. Make it inside a NiceGUI page function; `show` changes only what differs."""

    def __init__(self, view: DeskView, language: Language) -> None:
        self._language = language
        with _box("desk"):
            self._build_head(view)
            with _box("warning") as self._warning:
                self._warning_text = _label("")
                self._reason = _label("reason")
            if not view.cards:
                _label("panel empty", text("no_products", language))
            with _box("cards").style(f"--columns: {_columns(len(view.cards))}"):
                self._cards = [_Card(card, language) for card in view.cards]
            with _box("below"):
                with _box("panel units"):
                    with _box("panel-head"):
                        _heading(text("units", language))
                        self._unit_counts = _box("counts")
                    self._units = _box("shops")
                with _box("panel"):
                    with _box("panel-head"):
                        _heading(text("sources", language))
                    self._sources = _box("scroll")
        self._shown_units: Sequence[ShopView] | None = None
        self._shown_sources: Sequence[SourceView] | None = None
        self.show(view)

    def show(self, view: DeskView) -> None:
        """Bring the page up to date."""
        self._date.text, self._clock.text, self._zone.text = view.date, view.clock, view.zone
        self._warning_text.text, self._reason.text = view.warning, view.reason
        self._warning.classes(add="waiting" if view.waiting else "", remove="" if view.waiting else "waiting")
        self._warning.set_visibility(bool(view.warning))
        self._reason.set_visibility(bool(view.reason))
        for panel, card in zip(self._cards, view.cards, strict=True):
            panel.show(card)
        if view.shops != self._shown_units:
            self._shown_units = view.shops
            self._unit_counts.clear()
            with self._unit_counts:
                for count in view.unit_counts:
                    with _box(f"count {count.state}"):
                        _box("sign")
                        _label("", count.told)
            self._units.clear()
            with self._units:
                _show_units(view.shops, self._language)
        if view.sources != self._shown_sources:
            self._shown_sources = view.sources
            self._sources.clear()
            with self._sources:
                _show_sources(view.sources, self._language)

    def _build_head(self, view: DeskView) -> None:
        with _box("head"):
            _label("site", view.site)
            if view.simulated:
                _label("badge", text("simulated", self._language)).tooltip(text("simulated_why", self._language))
            _label("title", text("title", self._language))
            _box("space")
            with _box("moment"):
                self._date = _label("date")
                self._clock = _label("clock")
                self._zone = _label("zone")
            with ui.element("nav").classes("languages").props(f'aria-label="{text("language", self._language)}"'):
                for language in LANGUAGES:
                    link = ui.link(LANGUAGE_NAMES[language], f"/?lang={language}")
                    current = str(language == self._language).lower()
                    link.props(f'title="{LANGUAGE_TITLES[language]}" aria-current="{current}" lang="{language}"')


class _Card:
    """One product."""

    def __init__(self, card: ProductCard, language: Language) -> None:
        self._language = language
        self._shown: ProductCard | None = None
        with _box("panel card") as self._panel:
            self._panel.props(f'data-product="{card.product}"')
            with _box("top"):
                with _box(""):
                    _label("name", card.name).props(f'title="{card.definition}"')
                    self._day = _label("when")
                with _box("pill"):
                    self._attainment = _label("pct")
                    _label("what", text("attainment", language))
            with _box("figure"):
                self._actual = _label("actual")
                self._unit = _label("unit")
                self._so_far = _label("sofar", text("so_far", language))
            with _box("bar"):
                self._fill = _box("fill")
                self._mark = _box("mark")
            with _box("facts"):
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
        _label("empty", text("no_units", language))
    for shop in shops:
        with _box("shop"):
            _label("shop-name", shop.name)
            with _box("lamps"):
                for lamp in shop.lamps:
                    with _box(f"lamp {lamp.state}").props(f'data-unit="{lamp.unit}" title="{lamp.detail}"'):
                        _box("sign")
                        with _box(""):
                            _label("unit-name", lamp.name)
                            _label("state", lamp.state_text)


def _show_sources(sources: Sequence[SourceView], language: Language) -> None:
    if not sources:
        _label("empty", text("no_data", language))
        return
    with ui.element("table").classes("sources"):
        with ui.element("thead"), ui.element("tr"):
            for key in ("source", "state", *_FIGURES):
                _cell("th", text(key, language), number=key in _FIGURES)
        for source in sources:
            with ui.element("tbody").props(f'data-source="{source.source}"'):
                _show_source(source, language)


def _show_source(source: SourceView, language: Language) -> None:
    """A line of figures, and below it the last error where there was one."""
    with ui.element("tr"):
        _cell("td", source.source).classes("source-name")
        with ui.element("td").classes("source-state"):
            _box(f"dot {source.state}")
            ui.label(source.state_text)
        for key, figure in zip(_FIGURES, (source.age, source.readings, source.rejected), strict=True):
            _cell("td", figure, number=True).props(f'data-label="{text(key, language)}"')
    if source.last_error:
        with ui.element("tr").classes("error"), ui.element("td").props(f"colspan={2 + len(_FIGURES)}"):
            ui.label(f"{text('last_error', language)}: {source.last_error}")


def _cell(tag: str, content: str, *, number: bool = False) -> Element:
    with ui.element(tag).classes("number" if number else "") as cell:
        ui.label(content)
    return cell


def _columns(cards: int) -> int:
    """How many cards stand beside each other on a wide screen: rows of equal length where that can be."""
    return cards if 1 <= cards <= 4 else 3 if cards in (5, 6, 9) else 4


def _fact(what: str, classes: str = "") -> ui.label:
    with _box(classes):
        _label("what", what)
        return _label("value")


def _heading(content: str) -> None:
    with ui.element("h2"):
        ui.label(content)


def _box(classes: str) -> Element:
    return ui.element("div").classes(classes)


def _label(classes: str, content: str = "") -> ui.label:
    return ui.label(content).classes(classes)
