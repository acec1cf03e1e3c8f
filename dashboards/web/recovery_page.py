"""The page that says how a month can still be made, as NiceGUI elements: sentences, bars, units, and sliders."""

import json
from collections.abc import Awaitable, Callable, Sequence
from html import escape

from nicegui import ui
from nicegui.events import GenericEventArguments

from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_header, scroll
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_named_table, show_table
from dashboards.web.month_parts import Linked
from dashboards.web.recovery_address import recovery_link
from dashboards.web.recovery_chart import bar_words, bars_chart, height_px
from dashboards.web.recovery_sliders import Slider
from dashboards.web.recovery_view import RecoveryBar, RecoveryView
from dashboards.web.texts import text
from models.recovery.recovery_texts import recovery_text
from models.recovery.what_if import Supposed
from models.works.localize import Language
from models.works.plant import Plant

_COLUMNS = (
    "drop_unit",
    "product",
    "recovery_day",
    "recovery_shift",
    "recovery_now",
    "recovery_possible",
    "recovery_hours",
    "recovery_standing",
)
_NUMBERS = _COLUMNS[2:-1]
_TELL = (
    "const said = words[Number(event.target.value)]; event.target.setAttribute('aria-valuetext', said); "
    "event.target.parentElement.querySelector('.supposed').textContent = said;"
)
Supposing = Callable[[Slider, int], Awaitable[None]]


class RecoveryPage:
    """Everything on the page. Make it inside a NiceGUI page function; the way comes by `show` or `refuse`."""

    def __init__(self, plant: Plant, product: str, address: str, language: Language) -> None:
        """`address`: that of the page, as it was asked for."""
        self._language, self._product, self._plant = language, product, plant
        self._links: dict[str, ui.link] = {}
        site = plant.site_names.get(language) or plant.site_names["en"]
        page_header(site, simulated=plant.simulated, page="recovery", language=language, address=address)
        with box("desk growth recovery-page"):
            with box("month-choices"):
                self._choices(plant, language)
                self._months = box("languages products", "nav")
                self._months.props["aria-label"] = text("month", language)
                self._months.set_visibility(False)
            with box("panel growth-card", "section") as panel:
                panel.props["data-recovery"] = product
                name = plant.products[product].name(language) if product in plant.products else product
                heading(name, classes="name")
                self._state = label("when", text("recovery_making", language)).props("role=status")
                self._words = box("recovery-words").props("role=status")
                self._reset = ui.link(text("recovery_reset", language), recovery_link(product, language))
                self._reset.set_visibility(False)
            # Below the answer and above its details: whoever moves a slider sees what becomes of it.
            with box("panel", "section") as self._panel:
                heading(text("recovery_what_if", language))
                label("when", text("recovery_what_if_said", language))
                self._sliders = box("sliders")
            self._panel.set_visibility(False)
            with box("panel growth-card compare", "section") as self._details:
                self._way = box("recovery-way")
            self._details.set_visibility(False)
            page_footer(simulated=plant.simulated, language=language)

    def refuse(self, why: str) -> None:
        """Say why there is no way, and offer the one without any supposition."""
        self._state.classes(replace="warning").set_text(why)
        self._state.set_visibility(True)
        self._reset.set_visibility(True)

    def show(self, view: RecoveryView | None) -> None:
        """Show the way; None: the books have no such product."""
        language = self._language
        self._state.set_visibility(False)
        self._words.clear()
        self._way.clear()
        self._reset.set_visibility(view is not None and bool(view.supposed))
        self._details.set_visibility(view is not None)
        with self._words:
            if view is None:
                label("not-known", text("nothing_to_compare", language))
                return
            label("when", view.as_of)
            with box("month-words"):
                if view.supposed:
                    label("toned down", text("recovery_supposed", language).format(what=view.supposed))
                for sentence in view.sentences:
                    label("sentence", sentence)
        with self._way:
            if view.bars:
                self._chart(view)
            if view.units:
                heading(text("recovery_units", language), "h3")
                with box("said"), scroll(text("recovery_units", language)):
                    # Of works that run nothing is said in the last column: it would only squeeze the others.
                    shown = len(_COLUMNS) if any(row[-1].shown for row in view.units) else len(_COLUMNS) - 1
                    show_table(_COLUMNS[:shown], [row[:shown] for row in view.units], _NUMBERS, language)
            if view.days is not None:
                with box("figures", "details"):
                    with ui.element("summary"):
                        ui.label(text("recovery_days", language))
                    label("", recovery_text("days_said", language))
                    with box("said"), scroll(text("recovery_days", language)):
                        show_named_table(view.days.names, view.days.rows)
            with box("figures", "details"):
                with ui.element("summary"):
                    ui.label(text("recovery_granted", language))
                with box("said"):
                    for remark in view.remarks:
                        label("", remark)

    def offer(self, sliders: Sequence[Slider], suppose: Supposing) -> None:
        """Show the sliders; `suppose` is called when one was moved."""
        self._sliders.clear()
        self._panel.set_visibility(bool(sliders))
        with self._sliders:
            for slider in sliders:
                _slider(slider, suppose)

    def offer_months(self, months: Sequence[tuple[Linked, bool]]) -> None:
        """Show which months can be chosen, each with whether it is that which is shown."""
        self._months.set_visibility(True)
        with self._months:
            for month, chosen in months:
                ui.link(month.shown, month.link).props(f'aria-current="{str(chosen).lower()}"')

    def keep(self, month: int | None, supposed_of: Callable[[str], Supposed]) -> None:
        """Let the other products open under the same suppositions: a furnace that stands is missed by each of them.
        `supposed_of`: what of it means something to a product; the rest would be refused there."""
        for code, link in self._links.items():
            link.props["href"] = recovery_link(code, self._language, month, supposed_of(code))

    def _chart(self, view: RecoveryView) -> None:
        language = self._language
        chart = LaterChart(bars_chart(view.bars, view.plan_t, language)).classes("chart").props("role=img")
        chart.style(f"height: {height_px(view.bars)}px; flex: none")
        chart.props["aria-label"] = text("recovery_chart", language)
        words = BarsInWords(text("in_figures", language))
        plan = [] if view.plan_t is None else [RecoveryBar(text("recovery_plan", language), view.plan_t, "plan")]
        words.show(text("recovery_chart", language), (bar_words(bar, language) for bar in (*view.bars, *plan)))

        def draw() -> None:
            chart.options.clear()
            chart.options.update(bars_chart(view.bars, view.plan_t, language))
            chart.update()

        ui.on("theme", draw)

    def _choices(self, plant: Plant, language: Language) -> None:
        codes = dict.fromkeys([*(reported.product for reported in plant.reported), self._product])
        with box("languages products", "nav").props(f'aria-label="{escape(text("products", language))}"'):
            for code in codes:
                if code in plant.products:
                    link = ui.link(plant.products[code].name(language), recovery_link(code, language))
                    self._links[code] = link
                    link.props(f'aria-current="{str(code == self._product).lower()}"')


def _slider(slider: Slider, suppose: Supposing) -> None:
    with box("slider", "label"):
        label("what", slider.label)
        label("supposed", slider.words[slider.at])
        made = ui.element("input")
        made.props.update(
            {
                "type": "range",
                "min": 0,
                "max": slider.last,
                "step": 1,
                "^value": slider.at,  # where it begins: as a property, each answer would put it back there
                "aria-label": slider.label,
                "aria-valuetext": slider.words[slider.at],
                "data-slider": f"{slider.kind}:{slider.code}",
            }
        )

        async def moved(event: GenericEventArguments) -> None:
            await suppose(slider, slider.place(event.args))

        # Its place and its words are the browser's alone: an answer that comes late would take a key press back.
        said = json.dumps(slider.words).replace("<", "\\u003c")
        made.on("input", js_handler=f"(event) => {{ const words = {said}; {_TELL} }}")
        made.on("change", moved, js_handler="(event) => emit(event.target.value)")
