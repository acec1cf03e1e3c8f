"""The choice of a product as NiceGUI elements: a link for each that the works reports."""

from collections.abc import Callable

from nicegui import ui

from dashboards.web.elements import box
from dashboards.web.texts import text
from models.works.localize import Language
from models.works.plant import Plant


def product_choice(plant: Plant, chosen: str, link: Callable[[str], str], language: Language) -> None:
    """`link`: the address of the page for the code of a product."""
    codes = dict.fromkeys([*(reported.product for reported in plant.reported), chosen])
    with box("languages products", "nav") as shown:
        shown.props["aria-label"] = text("products", language)
        for code in codes:
            if code in plant.products:
                current = str(code == chosen).lower()
                ui.link(plant.products[code].name(language), link(code)).props(f'aria-current="{current}"')
