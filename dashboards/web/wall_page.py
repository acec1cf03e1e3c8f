"""The wall screen: one thing at a time, in letters that are read from four metres, in turn."""

from collections.abc import Sequence

from nicegui.element import Element

from dashboards.web.cards import ProductCard
from dashboards.web.drops import DropView
from dashboards.web.elements import box, heading, label
from dashboards.web.lamps import LampView
from dashboards.web.texts import text
from dashboards.web.view import DeskView
from models.works.localize import Language

TURN_S = 12.0
"""How long each slide stands: long enough to be read from the door to the desk. A judgement."""
UNITS_A_SLIDE = 8
"""Two rows of four, with room for names of three lines below three drops. Smaller letters are not read."""
MOST_DROPS = 3
"""In the line above all slides; the most severe come first, and how many others there are is said."""


class WallPage:
    """Everything on the screen. Make it inside a NiceGUI page function; `show` brings it up to date, `turn` turns."""

    def __init__(self, view: DeskView, language: Language) -> None:
        self._language = language
        self._at = 0
        with box("wall") as self._wall:
            with box("wall-head"):
                heading(view.site, "h1", "site")
                if view.simulated:
                    label("badge", text("simulated", language))
                self._clock = label("clock")
            self._warning = label("warning")
            self._drops = box("wall-drops")
            self._stage = box("stage")
        self._slides: list[Element] = []
        self._shown: DeskView | None = None
        self.show(view)

    def show(self, view: DeskView) -> None:
        """Bring it up to date."""
        self._clock.text = view.clock[:5]
        self._warning.text = view.warning
        self._warning.set_visibility(bool(view.warning))
        stale = bool(view.warning) and not view.waiting
        self._wall.classes(add="stale" if stale else "", remove="" if stale else "stale")
        before, self._shown = self._shown, view
        if before is None or (before.drops, before.not_known) != (view.drops, view.not_known):
            self._drops.clear()
            with self._drops:
                _drops([drop for drop in view.drops if drop.lasts], view.not_known, self._language)
        if before is None or (before.cards, before.shops) != (view.cards, view.shops):
            self._stage.clear()
            with self._stage:
                self._slides = [_product(card, self._language) for card in view.cards] + _units(view)
            self._turn_to(self._at)

    def turn(self) -> None:
        """The next slide."""
        self._turn_to(self._at + 1)

    def _turn_to(self, number: int) -> None:
        self._at = number % len(self._slides) if self._slides else 0
        for at, slide in enumerate(self._slides):
            slide.set_visibility(at == self._at)


def _drops(lasting: Sequence[DropView], not_known: str, language: Language) -> None:
    """What lasts, or that nothing does: on every slide, for it is what somebody has to act on."""
    for drop in lasting[:MOST_DROPS]:
        with box("wall-drop"):
            label(f"grade {drop.severity.lower()}", drop.severity)
            label("name", drop.name)
            label("what", f"{drop.what}, {drop.when}")
    if len(lasting) > MOST_DROPS:
        label("", text("and_more", language).format(count=len(lasting) - MOST_DROPS))
    if not_known:
        label("not-known", not_known)


def _product(card: ProductCard, language: Language) -> Element:
    with box(f"slide product {card.level}", "section") as slide:
        slide.props(f'data-product="{card.product}"')
        with box("line"):
            heading(card.name)
            with box("pill"):
                label("pct", card.attainment)
        with box("line actual-line"):
            label("actual", card.actual)
            label("unit", card.unit)
        with box("bar"):
            box("fill").style(f"width: {card.fill_pct or 0}%")
            if card.mark_pct is not None:
                box("mark").style(f"left: {card.mark_pct}%")
        with box("line"):
            label("", f"{text('target_so_far', language)}: {card.target_so_far}")
            label("", f"{text('day_target', language)}: {card.target}")
    return slide


def _units(view: DeskView) -> list[Element]:
    lamps = [lamp for shop in view.shops for lamp in shop.lamps]
    return [_lamps(lamps[first : first + UNITS_A_SLIDE]) for first in range(0, len(lamps), UNITS_A_SLIDE)]


def _lamps(lamps: Sequence[LampView]) -> Element:
    with box("slide wall-units", "section") as slide, box("wall-lamps"):
        for lamp in lamps:
            with box(f"wall-lamp is-{lamp.state}").props(f'data-unit="{lamp.unit}"'):
                box("sign")
                with box(""):
                    label("unit-name", lamp.name)
                    label("state", lamp.state_text)
    return slide
