"""The lamps of the units as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import box, heading, label
from dashboards.web.lamps import LampView, ShopView, UnitCount
from dashboards.web.texts import text
from models.works.localize import Language


class UnitsPanel:
    """How many units are in which state, and a lamp for each. A lamp that was opened stays open while it changes."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._lamps: dict[str, _Lamp] = {}
        self._shown: tuple[str, ...] | None = None
        with box("panel units", "section"):
            with box("panel-head"):
                heading(text("units", language))
                self._counts = box("counts")
            self._shops = box("shops")

    def show(self, shops: Sequence[ShopView], counts: Sequence[UnitCount]) -> None:
        """Bring it up to date."""
        self._counts.clear()
        with self._counts:
            for count in counts:
                with box(f"count is-{count.state}"):
                    box("sign")
                    label("", count.text)
        units = tuple(lamp.unit for shop in shops for lamp in shop.lamps)
        if units != self._shown:
            self._build(shops)
            self._shown = units
        for shop in shops:
            for lamp in shop.lamps:
                self._lamps[lamp.unit].show(lamp)

    def _build(self, shops: Sequence[ShopView]) -> None:
        self._shops.clear()
        with self._shops:
            if not shops:
                label("empty", text("no_units", self._language))
            for shop in shops:
                with box("shop"):
                    heading(shop.name, "h3", "shop-name")
                    with box("lamps"):
                        self._lamps.update({lamp.unit: _Lamp(lamp, self._language) for lamp in shop.lamps})


class _Lamp:
    """One unit. Opened by a click, a touch or a key, it says by what it is in its state."""

    def __init__(self, lamp: LampView, language: Language) -> None:
        with box("", "details") as self._lamp:
            self._lamp.props(f'data-unit="{lamp.unit}"')
            with ui.element("summary"):
                box("sign")
                with box(""):
                    label("unit-name", lamp.name)
                    self._state = label("state")
                    self._cause = label("cause")
            with box("detail"):
                self._detail = label("")
                ui.link(text("open_unit", language), f"/unit/{lamp.unit}?lang={language}")

    def show(self, lamp: LampView) -> None:
        self._lamp.classes(replace=f"lamp is-{lamp.state}")
        self._lamp.props["title"] = lamp.detail
        self._state.text, self._cause.text, self._detail.text = lamp.state_text, lamp.cause, lamp.detail
        self._cause.set_visibility(bool(lamp.cause))
