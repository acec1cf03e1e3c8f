"""Works now: each reported product against its target, and the state of every unit. One screen of 1920 x 1080."""

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.places import counting_units
from models.works.plant import Plant, Reported

COLUMNS = 24
"""The width of a board in Grafana's units."""


def works_now(plant: Plant) -> Board:
    """A column for each reported product, then the lamps of the units."""
    # At most four side by side: a fifth column would cut its figures short on a screen of 1920 px.
    width = COLUMNS // max(1, min(len(plant.reported), 4))
    columns = [_column(plant, reported, width) for reported in plant.reported]
    # Panels are laid from left to right: the first line of every column, then the second, and so on.
    by_line = tuple(panel for line in zip(*columns, strict=True) for part in line for panel in part)
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
    paces = Panel(
        shape=Shape.BAR_GAUGE,
        title="pace_by_unit",
        quantities=(catalogue.PACE,),
        where={"level": "unit"},
        split="unit",
        pick=Pick.PACE,
        by_limit=True,
        width=COLUMNS,
        height=5,
    )
    below = (paces, lamps) if counting_units(plant) else ()
    return Board(
        # The wall: as often as the service judges units.
        key="now",
        rows=(PanelRow(panels=(*by_line, *below)),),
        span=("now-24h", "now"),
        refresh="10s",
        remarks=("repair",),
    )


def _column(plant: Plant, reported: Reported, width: int) -> tuple[tuple[Panel, ...], ...]:
    """The lines of a column, each as wide as it."""
    product = plant.products[reported.product]
    site = {"level": "site", "product": product.code}
    today = Panel(
        shape=Shape.STAT,
        heading=product.names,
        title="today",
        quantities=(catalogue.DAY_ACTUAL, catalogue.DAY_TARGET),
        where=site,
        pick=Pick.RUNNING,
        width=width,
        height=4,
        display_unit=product.display_unit,
        note={"": product.definition},
    )
    rate = Panel(
        shape=Shape.SPARK,
        title="rate",
        quantities=(catalogue.HOUR_ACTUAL,),
        where=site,
        pick=Pick.WHOLE,
        width=width - 2 * (width // 3),
        height=4,
        display_unit=product.display_unit,
    )
    pace = Panel(
        shape=Shape.STAT,
        title="pace_24",
        quantities=(catalogue.PACE,),
        where=site,
        pick=Pick.PACE,
        width=width // 3,
        height=4,
    )
    forecast = Panel(
        shape=Shape.STAT,
        title="forecast_pct",
        quantities=(catalogue.MONTH_FORECAST_PCT,),
        where=site,
        pick=Pick.RUNNING,
        width=width // 3,
        height=4,
    )
    hours = Panel(
        shape=Shape.TIME_SERIES,
        title="by_hour",
        quantities=(catalogue.HOUR_ACTUAL, catalogue.HOUR_TARGET),
        where=site,
        width=width,
        height=6,
        display_unit=product.display_unit,
    )
    return ((today,), (rate, pace, forecast), (hours,))
