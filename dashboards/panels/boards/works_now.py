"""Works now: each reported product against its target, and the state of every unit. One screen of 1920 x 1080."""

from dataclasses import replace

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.places import counting_units
from dashboards.panels.quantity import Quantity
from models.works.plant import Plant, Reported

COLUMNS = 24
"""The width of a board in Grafana's units."""


def works_now(plant: Plant) -> Board:
    """A line for each reported product, then the units: what is low and why, their pace, their lamps."""
    drops = Panel(
        shape=Shape.TABLE,
        title="drops_now",
        quantities=(catalogue.EVIDENCE,),
        split="unit",
        pick=Pick.DROPS,
        width=COLUMNS,
        # Two sentences are seen at once; the head would take the place of one.
        height=3,
        heads=False,
    )
    # Figures with names in lines: below a bar the longest names are cut.
    paces = Panel(
        shape=Shape.STAT,
        title="pace_by_unit",
        quantities=(catalogue.PACE,),
        where={"level": "unit"},
        split="unit",
        pick=Pick.PACE,
        by_limit=True,
        width=COLUMNS,
        height=3,
        big=False,
    )
    lamps = Panel(
        shape=Shape.STAT,
        title="states",
        quantities=(catalogue.STATE_GRADED,),
        split="unit",
        pick=Pick.NOW,
        width=COLUMNS,
        height=4,
        big=False,
        by_shop=True,
    )
    below = (drops, paces, lamps) if counting_units(plant) else ()
    products = tuple(panel for reported in plant.reported for panel in _line(plant, reported))
    return Board(
        # The wall: as often as the service judges units.
        key="now",
        rows=(PanelRow(panels=(*products, *below)),),
        span=("now-24h", "now"),
        refresh="10s",
        remarks=("repair",),
    )


def _line(plant: Plant, reported: Reported) -> tuple[Panel, ...]:
    """All of one product beside each other; on a phone, where panels stand below each other, they stay together."""
    product = plant.products[reported.product]
    site = {"level": "site", "product": product.code}

    def stat(title: str, quantities: tuple[Quantity, ...], pick: Pick, width: int) -> Panel:
        return Panel(shape=Shape.STAT, title=title, quantities=quantities, where=site, pick=pick, width=width, height=4)

    today = replace(
        stat("today", (catalogue.DAY_ACTUAL, catalogue.TARGET_SO_FAR, catalogue.DAY_TARGET), Pick.RUNNING, 6),
        heading=product.names,
        display_unit=product.display_unit,
        note={"": product.definition},
    )
    so_far = replace(
        stat("attainment_so_far", (catalogue.ATTAINMENT_SO_FAR,), Pick.RUNNING, 3),
        absent="too_early",
    )
    hours = Panel(
        shape=Shape.TIME_SERIES,
        title="by_hour",
        quantities=(catalogue.HOUR_OVER, catalogue.HOUR_RUNNING, catalogue.HOUR_TARGET),
        where=site,
        width=6,
        height=4,
        display_unit=product.display_unit,
    )
    return (
        today,
        so_far,
        stat("pace_24", (catalogue.PACE,), Pick.PACE, 3),
        stat("forecast_pct", (catalogue.MONTH_FORECAST_PCT,), Pick.RUNNING, 3),
        stat("completeness", (catalogue.DAY_COMPLETENESS,), Pick.RUNNING, 3),
        hours,
    )
