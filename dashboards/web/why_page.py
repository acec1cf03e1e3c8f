"""The page that says why output changed as NiceGUI elements: sentences, a waterfall, and parts that open."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_header, scroll
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_table
from dashboards.web.losses_view import losses_link
from dashboards.web.month_parts import Linked
from dashboards.web.period_choice import period_choice
from dashboards.web.product_choice import product_choice
from dashboards.web.texts import text
from dashboards.web.why_address import Spans, span_dates, why_link
from dashboards.web.why_chart import height_px, waterfall
from dashboards.web.why_view import WhyPart, WhyView, why_presets
from models.works.localize import Language
from models.works.plant import Plant

_COLUMNS = ("drop_unit", "why_change", "why_made_of")


class WhyPage:
    """Everything on the page. Make it inside a NiceGUI page function; the split comes by `show` or `refuse`."""

    def __init__(
        self, plant: Plant, product: str, spans: Spans | None, language: Language, given: Sequence[str] = ("",) * 4
    ) -> None:
        """`spans`: those that are compared; None: the address names none that could be. Its dates `given` then stay in
        the fields, so that only what is wrong has to be mended."""
        self._language = language
        site = plant.site_names.get(language) or plant.site_names["en"]
        address = why_link(product, language, spans)
        page_header(site, simulated=plant.simulated, page="why", language=language, address=address)
        with box("desk growth why-page"):
            with box("month-choices"):
                product_choice(plant, product, lambda code: why_link(code, language, spans), language)
            with box("panel growth-card compare", "section") as self._panel:
                self._panel.props["data-why"] = product
                name = plant.products[product].name(language) if product in plant.products else product
                heading(name, classes="name")
                dates = given if spans is None else span_dates(spans)
                presets = () if spans is None else tuple(why_presets(product, spans, language))
                usual = Linked(text("why_usual", language), why_link(product, language))
                period_choice(dates, why_link(product, language), presets or (usual,), language)
                with box("figure"):
                    days = None if spans is None else spans[0]
                    ui.link(text("losses_link", language), losses_link(product, language, days))
                self._state = label("when", text("why_making", language)).props("role=status")
            page_footer(simulated=plant.simulated, language=language)

    def refuse(self, why: str) -> None:
        """Say why there is no split."""
        self._state.classes(replace="warning").set_text(why)

    def show(self, view: WhyView | None) -> None:
        """Show the split; None: the books have no such product."""
        language = self._language
        self._state.set_visibility(False)
        with self._panel:
            if view is None:
                label("not-known", text("nothing_to_compare", language))
                return
            with box("month-words"):
                for sentence in view.sentences:
                    label("", sentence)
            if not view.bars:
                return
            chart = LaterChart(waterfall(view.bars, language)).classes("chart").props("role=img")
            chart.style(f"height: {height_px(view.bars)}px; flex: none")
            chart.props["aria-label"] = text("why_chart", language)
            BarsInWords(text("in_figures", language)).show(text("why_chart", language), (bar.tip for bar in view.bars))
            heading(text("why_parts", language), "h3")
            label("when", text("why_open", language))
            for part in view.parts:
                _part(part, language)

        def draw() -> None:
            chart.options.clear()
            chart.options.update(waterfall(view.bars, language))
            chart.update()

        ui.on("theme", draw)


def _part(part: WhyPart, language: Language) -> None:
    with box("why-part", "details") as opened:
        opened.props["data-part"] = part.code
        with ui.element("summary"):
            label("what", part.name)
            label(f"toned {part.tone}", part.tonnes)
            label("when", part.share)
        with box("said"), scroll(part.name):
            show_table(_COLUMNS, part.units, ("why_change",), language)
        for title, lines in part.all_lines:
            BarsInWords(title).show(title, ((line,) for line in lines))
