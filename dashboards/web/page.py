"""The page as NiceGUI elements: built once for a browser, then brought up to date each second."""

from nicegui import ui

from dashboards.web.card_panel import CardPanel
from dashboards.web.drops_table import show_drops
from dashboards.web.elements import box, heading, label, page_footer, page_header, scroll
from dashboards.web.sources_table import SourcesTable
from dashboards.web.texts import text
from dashboards.web.units_panel import UnitsPanel
from dashboards.web.view import DeskView
from models.works.localize import Language


class DeskPage:
    """Everything on the page. Make it inside a NiceGUI page function. `show` changes only what differs."""

    def __init__(self, view: DeskView, language: Language) -> None:
        self._language = language
        with page_header(view.site, simulated=view.simulated, page="today", language=language):
            self._date = label("date")
            self._clock = label("clock")
            self._zone = label("zone")
        with box("desk") as self._desk:
            with box("warning").props("role=status") as self._warning:
                self._warning_text = label("")
                self._reason = label("reason")
            # What is wrong comes first, on a phone too: the order of the page is that of its keys and of its voice.
            with box("panel drops-panel", "section"):
                heading(text("drops", language))
                with box("said"):
                    self._not_known = label("not-known")
                    self._drops = scroll(text("drops", language))
            if not view.cards:
                label("panel empty", text("no_products", language))
            with box("cards").style(f"--columns: {_columns(len(view.cards))}"):
                self._cards = [CardPanel(card, language) for card in view.cards]
            with box("below"):
                self._units = UnitsPanel(language)
                with box("panel sources-panel", "section"):
                    with box("panel-head"):
                        heading(text("sources", language))
                    self._sources = SourcesTable(language)
                    self._readings = label("empty readings-so-far")
            page_footer(simulated=view.simulated, language=language)
        ui.on("theme", self._draw)
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
        # Parts are built anew only if they differ: a table that is built each second loses its scroll.
        if before is None or (view.drops, view.no_drops) != (before.drops, before.no_drops):
            self._drops.clear()
            with self._drops:
                show_drops(view.drops, view.no_drops, self._language)
        if before is None or view.shops != before.shops:
            self._units.show(view.shops, view.unit_counts)
        self._readings.text = "\n".join(view.readings)
        self._readings.set_visibility(bool(view.readings))
        if before is None or view.sources != before.sources:
            self._sources.show(view.sources)

    def _draw(self) -> None:
        for card in self._cards:
            card.draw()


def _columns(cards: int) -> int:
    """How many cards stand side by side on a wide screen: rows of equal length if there can be any."""
    return cards if 1 <= cards <= 4 else 3 if cards in (5, 6, 9) else 4
