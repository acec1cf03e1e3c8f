"""Data health, for instrument staff: connections, data age, rejections, the queue and what is missing."""

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.quantity import Quantity
from models.works.plant import Plant


def data_health(_plant: Plant) -> Board:
    """What the collector says of itself, and how complete the output is."""
    return Board(
        key="health",
        span=("now-24h", "now"),
        rows=(
            PanelRow(
                panels=(
                    _now("source_state", catalogue.UP, 7),
                    _now("age", catalogue.AGE, 7),
                    _now("queue_age", catalogue.QUEUE_AGE, 5, split="collector"),
                    _now("loop_lag", catalogue.LOOP_LAG, 5, split="collector"),
                    # The largest of each interval: a mean would smooth away the outage that is looked for.
                    _over_time("age", catalogue.AGE, "max"),
                    _over_time("rejections", catalogue.REJECTED, "", pick=Pick.GAIN),
                    _over_time("queue", catalogue.QUEUE_ROWS, "max", split="collector"),
                    _over_time("clock_offset", catalogue.CLOCK_OFFSET, "mean"),
                    Panel(
                        # As lines, fifteen sound units would lie on each other.
                        shape=Shape.HEAT_MAP,
                        title="completeness_by_unit",
                        quantities=(catalogue.HOUR_COMPLETENESS,),
                        where={"level": "unit"},
                        split="unit",
                        by_shop=True,
                        width=24,
                        height=11,
                    ),
                )
            ),
        ),
    )


def _now(title: str, quantity: Quantity, width: int, *, split: str = "source") -> Panel:
    return Panel(
        shape=Shape.STAT, title=title, quantities=(quantity,), split=split, pick=Pick.NOW, width=width, height=5
    )


def _over_time(
    title: str, quantity: Quantity, sampled_by: str, *, split: str = "source", pick: Pick = Pick.SAMPLED
) -> Panel:
    return Panel(
        shape=Shape.TIME_SERIES,
        title=title,
        quantities=(quantity,),
        split=split,
        pick=pick,
        sampled_by=sampled_by,
        height=7,
    )
