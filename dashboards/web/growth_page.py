"""The growth page as NiceGUI elements."""

from collections.abc import Sequence
from html import escape
from typing import Any

from nicegui import ui

from dashboards.web.chart import ACTUAL, AXIS, FONT, QUIET, RUNNING, TARGET, axis_top, tonnes_axis, tooltip
from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_header
from dashboards.web.growth_view import GrowthCard, GrowthView, MonthBar
from dashboards.web.later_chart import LaterChart
from dashboards.web.texts import text
from models.works.localize import Language


def build_growth_page(view: GrowthView, warning: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function; `warning` stands above the figures, or is ""."""
    page_header(view.site, simulated=view.simulated, page="growth", language=language)
    charts: list[tuple[LaterChart, GrowthCard]] = []
    # Figures that are not of now have no colour, here as on the first page.
    with box("desk growth stale" if warning else "desk growth"):
        if warning:
            label("warning", warning)
        if not view.cards:
            label("panel empty", text("no_products", language))
        with box("growth-cards"):
            for card in view.cards:
                chart = _card(card, language)
                if chart is not None:
                    charts.append((chart, card))
        page_footer(simulated=view.simulated, language=language)

    def draw() -> None:
        for chart, card in charts:
            chart.options.clear()
            chart.options.update(bars_with_targets(card.bars, language))
            chart.update()

    ui.on("theme", draw)


def _card(card: GrowthCard, language: Language) -> LaterChart | None:
    """One product; its chart, if it has months."""
    with box("panel growth-card", "section") as panel:
        panel.props(f'data-growth="{card.product}"')
        with box("top"):
            with box("named"):
                heading(card.name, classes="name").props["title"] = card.definition
                label("when", " - ".join(part for part in (card.month, card.remark) if part))
            if card.status:
                label("status", card.status)
        label("actual", card.actual).props(f'data-exact-t="{"" if card.exact_t is None else card.exact_t}"')
        with box("tiles"):
            for tile in card.tiles:
                with box(f"tile {tile.tone}") as shown:
                    exact = "" if tile.exact is None else tile.exact
                    shown.props(f'data-field="{tile.field}" data-exact="{exact}"')
                    label("pct", tile.shown)
                    label("what", tile.name)
                    if tile.restated:
                        label("restated", tile.restated)
                    if tile.why:
                        # Three of a card are called alike: a reader that goes from link to link hears of which growth.
                        link = ui.link(text("why_link", language), tile.why).classes("what")
                        link.props["aria-label"] = f"{text('why_link', language)} {card.name}, {tile.name}"
        if card.behind:
            with box("month-words"):
                label("sentence", card.behind)
                link = ui.link(text("recovery_link", language), card.recovery)
                link.props["aria-label"] = f"{text('recovery_link', language)}: {card.name}"
        if not card.bars:
            return None
        chart = LaterChart(bars_with_targets(card.bars, language)).classes("chart").props("role=img")
        chart.props["aria-label"] = f"{card.name}: {text('by_month', language)}"
        BarsInWords(text("in_figures", language)).show(card.definition, (bar.tip.split("\n") for bar in card.bars))
    return chart


def bars_with_targets(bars: Sequence[MonthBar], language: Language) -> dict[str, Any]:
    """Bars of months or days with the target of each as a short line. One that runs is pale."""
    highest = max((value for bar in bars for value in (bar.actual, bar.target) if value), default=1.0)
    top, step = axis_top(highest)
    axis_label = {":color": QUIET, "fontSize": 11}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 8, "top": 30, "bottom": 2, "containLabel": True},
        "legend": {"top": 0, "right": 8, "itemWidth": 14, "itemHeight": 8, "textStyle": {":color": QUIET}},
        "tooltip": tooltip(),
        "xAxis": {
            "type": "category",
            "data": [bar.label.replace(" ", "\n").replace(".", "\n") for bar in bars],
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            # The years stand below the months. As many are labelled as the width has room for.
            "axisLabel": {**axis_label, "hideOverlap": True, "lineHeight": 14},
        },
        "yAxis": tonnes_axis(top, step, language),
        "series": [
            {
                "name": text("actual", language),
                "type": "bar",
                "itemStyle": {":color": ACTUAL},
                "barCategoryGap": "22%",
                "data": [
                    {
                        "value": bar.actual,
                        "tip": "<br>".join(escape(line) for line in bar.tip.split("\n")),
                        "itemStyle": {":color": RUNNING if bar.running else ACTUAL, "borderRadius": [2, 2, 0, 0]},
                    }
                    for bar in bars
                ],
            },
            {
                "name": text("target", language),
                "type": "line",
                "step": "middle",
                "symbol": "none",
                "silent": True,
                "itemStyle": {":color": TARGET},
                "lineStyle": {":color": TARGET, "width": 1.5, "type": "dashed"},
                "data": [{"value": bar.target} for bar in bars],
            },
        ],
    }
