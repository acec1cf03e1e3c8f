"""The page of losses as NiceGUI elements: what stops cost in words, and four rankings as charts and tables."""

from nicegui import ui

from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_header, scroll
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_table
from dashboards.web.losses_chart import pareto, pareto_height_px
from dashboards.web.losses_view import (
    LossesView,
    LossRanking,
    losses_dates,
    losses_link,
    losses_presets,
)
from dashboards.web.period_choice import period_choice
from dashboards.web.product_choice import product_choice
from dashboards.web.texts import text
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.plant import Plant


class LossesPage:
    """Everything on the page. Make it inside a NiceGUI page function; the losses come by `show` or `refuse`."""

    def __init__(self, plant: Plant, product: str, days: tuple[Days | None, Days], language: Language) -> None:
        """`days`: those that are shown (None: the address names none that could be), and the last complete month."""
        self._language = language
        asked, usual = days
        site = plant.site_names.get(language) or plant.site_names["en"]
        address = losses_link(product, language, asked)
        page_header(site, simulated=plant.simulated, page="losses", language=language, address=address)
        with box("desk growth losses-page"):
            with box("month-choices"):
                product_choice(plant, product, lambda code: losses_link(code, language, asked), language)
            with box("panel growth-card compare", "section") as self._panel:
                self._panel.props["data-losses"] = product
                heading(plant.products[product].name(language), classes="name")
                dates = ("", "") if asked is None else losses_dates(asked)
                presets = tuple(losses_presets(product, usual, language))
                period_choice(dates, losses_link(product, language), presets, language, "losses_show")
                self._state = label("when", text("losses_making", language)).props("role=status")
            self._rankings = box("growth-cards")
            page_footer(simulated=plant.simulated, language=language)

    def refuse(self, why: str) -> None:
        """Say why there are no losses."""
        self._state.classes(replace="warning").set_text(why)

    def show(self, view: LossesView | None) -> None:
        """Show the losses; None: the books have no such product."""
        language = self._language
        self._state.set_visibility(False)
        with self._panel:
            if view is None:
                label("not-known", text("losses_nothing", language))
                return
            label("when", view.period)
            if view.total:
                label("total", view.total)
            with box("month-words"):
                for sentence in view.sentences:
                    label("", sentence)
        charts: list[tuple[LaterChart, LossRanking]] = []
        with self._rankings:
            for ranking in view.rankings:
                chart = _ranking(ranking, language)
                if chart is not None:
                    charts.append((chart, ranking))

        def draw() -> None:
            for chart, ranking in charts:
                chart.options.clear()
                chart.options.update(pareto(ranking.bars, language))
                chart.update()

        ui.on("theme", draw)


def _ranking(ranking: LossRanking, language: Language) -> LaterChart | None:
    """One ranking; its chart, if anything was lost."""
    chart = None
    with box("panel growth-card", "section") as panel:
        panel.props["data-ranking"] = ranking.by
        heading(ranking.title, classes="name")
        if ranking.bars:
            if ranking.hint:
                label("when", ranking.hint)
            chart = LaterChart(pareto(ranking.bars, language)).classes("chart").props("role=img")
            chart.style(f"height: {pareto_height_px(ranking.bars)}px; flex: none")
            about = f"{ranking.title}: {text('losses_lost', language)}"
            chart.props["aria-label"] = about
            BarsInWords(text("in_figures", language)).show(about, (bar.tip for bar in ranking.bars))
        with scroll(ranking.title):
            show_table(ranking.columns, ranking.lines, ranking.columns[1:], language)
    return chart
