"""The card of a product as NiceGUI elements."""

from nicegui import ui

from dashboards.web.cards import ProductCard
from dashboards.web.chart import chart_options
from dashboards.web.elements import BarsInWords, box, heading, label
from dashboards.web.later_chart import LaterChart
from dashboards.web.texts import text
from models.works.localize import Language


class CardPanel:
    """One product."""

    def __init__(self, card: ProductCard, language: Language) -> None:
        self._language = language
        self._shown: ProductCard | None = None
        with box("panel card", "section") as self._panel:
            self._panel.props(f'data-product="{card.product}"')
            with box("top"):
                with box("named"):
                    heading(card.name, classes="name").props["title"] = card.definition
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
            self._chart = LaterChart(chart_options(card.chart, language)).classes("chart").props("role=img")
            self._chart.props["aria-label"] = f"{card.name}: {text('by_hour', language)}"
            self._figures = BarsInWords(text("in_figures", language))

    def show(self, card: ProductCard) -> None:
        """Bring it up to date."""
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
        if before is None or before.chart != card.chart:
            self._figures.show(card.definition, (bar.tip for bar in card.chart.bars))
        if before is not None and before.chart != card.chart:
            self.draw()

    def draw(self) -> None:
        """Draw the chart anew, in the colours of the theme."""
        if self._shown is not None:
            self._chart.options.clear()
            self._chart.options.update(chart_options(self._shown.chart, self._language))
            self._chart.update()


def _fact(what: str, classes: str = "") -> ui.label:
    with box(classes):
        label("what", what)
        return label("value")
