"""Works now: each reported product against its target, and the state of every unit. One screen of 1920 x 1080."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.places import counting_units
from dashboards.panels.quantity import Quantity
from models.detection.watched import watched_units
from models.works.plant import Plant, Reported

COLUMNS = 24
"""The width of a board in Grafana's units."""
MOST_LAMPS, MOST_PACES = 3, 4
"""Of a panel. On a phone a panel is as wide as the screen and no higher than on a wall: sixteen lamps would be cut."""
IN_LINE = (1, 2, 3, 4, 6, 8)
"""So many panels beside each other fill a line of the board."""


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
    counting = [unit.code for shop in plant.shops for unit in counting_units(plant) if unit.shop == shop]
    lit = watched_units(plant, plant.detection)
    watched = [code for shop in plant.shops for code, unit in lit.items() if unit.shop == shop]
    products = tuple(panel for reported in plant.reported for panel in _line(plant, reported))
    below = (drops, *_paces(counting), *_lamps(watched)) if counting else ()
    return Board(
        # The wall: as often as the service judges units.
        key="now",
        rows=(PanelRow(panels=(*products, *below)),),
        span=("now-24h", "now"),
        refresh="10s",
        remarks=("repair",),
    )


def _paces(units: Sequence[str]) -> Iterator[Panel]:
    """Figures with names in lines: below a bar the longest names are cut."""
    for some, width in _side_by_side(units, MOST_PACES):
        yield Panel(
            shape=Shape.STAT,
            title="pace_by_unit",
            quantities=(catalogue.PACE,),
            where={"level": "unit"},
            split="unit",
            pick=Pick.PACE,
            by_limit=True,
            among=some,
            width=width,
            height=3,
            big=False,
        )


def _lamps(units: Sequence[str]) -> Iterator[Panel]:
    """Without a title: they speak for themselves, and on a narrower screen they stand in two rows."""
    for some, width in _side_by_side(units, MOST_LAMPS):
        yield Panel(
            shape=Shape.STAT,
            quantities=(catalogue.STATE_GRADED,),
            split="unit",
            pick=Pick.NOW,
            by_shop=True,
            among=some,
            width=width,
            height=4,
            big=False,
        )


def _side_by_side(units: Sequence[str], most: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """The units in panels of at most so many, or of more if there were two lines else: (units, width) of each."""
    wanted = -(-len(units) // most)
    count = next((beside for beside in IN_LINE if beside >= min(wanted, len(units))), IN_LINE[-1])
    for number in range(count):
        some = units[len(units) * number // count : len(units) * (number + 1) // count]
        yield tuple(some), COLUMNS // count


def _line(plant: Plant, reported: Reported) -> tuple[Panel, ...]:
    """All of one product beside each other; on a phone, where panels stand below each other, they stay together."""
    product = plant.products[reported.product]
    site = {"level": "site", "product": product.code}

    def stat(title: str, quantities: tuple[Quantity, ...], pick: Pick, width: int) -> Panel:
        return Panel(shape=Shape.STAT, title=title, quantities=quantities, where=site, pick=pick, width=width, height=4)

    today = replace(
        stat("today", (catalogue.DAY_ACTUAL, catalogue.TARGET_SO_FAR, catalogue.DAY_TARGET), Pick.RUNNING, 5),
        heading=product.names,
        display_unit=product.display_unit,
        note={"": product.definition},
    )
    so_far = replace(
        stat("attainment_so_far", (catalogue.ATTAINMENT_SO_FAR,), Pick.RUNNING, 4),
        absent="too_early",
    )
    hours = Panel(
        shape=Shape.TIME_SERIES,
        title="by_hour",
        quantities=(catalogue.HOUR_OVER, catalogue.HOUR_RUNNING, catalogue.HOUR_TARGET),
        where=site,
        width=5,
        height=4,
        display_unit=product.display_unit,
    )
    return (
        today,
        so_far,
        stat("pace_24", (catalogue.PACE,), Pick.PACE, 4),
        stat("forecast_short", (catalogue.MONTH_FORECAST_PCT,), Pick.RUNNING, 3),
        stat("complete_short", (catalogue.DAY_COMPLETENESS,), Pick.RUNNING, 3),
        hours,
    )
