"""Unit: all about one unit, which a choice names."""

from dataclasses import replace

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Choice, Panel, PanelRow, Pick, Shape
from dashboards.panels.places import unit_choices
from dashboards.panels.quantity import Measure, Quantity
from models.works.plant import Plant

HERE = {"level": "unit", "unit": "$unit"}


def unit(plant: Plant) -> Board:
    """Output against target and limits, states, stops, process signals, indicators and data quality."""
    # Grafana shows a column without any value as "null", so it is asked for only if a unit has a target.
    targets = (catalogue.KPI_TARGET,) if any(unit.kpi_targets for unit in plant.units.values()) else ()
    return Board(
        key="unit",
        span=("now-7d", "now"),
        choices=(
            Choice(name="unit", title="choose_unit", options=unit_choices(plant)),
            Choice(
                name="signal",
                title="choose_signal",
                looked_up="signal",
                table="telemetry",
                where={"unit": "$unit"},
                all_of_them=True,
                hidden=True,
            ),
        ),
        remarks=("repair", "stop", "correction"),
        rows=(
            PanelRow(
                panels=(
                    Panel(
                        shape=Shape.STAT,
                        title="unit_today",
                        quantities=(catalogue.DAY_ACTUAL, catalogue.TARGET_SO_FAR, catalogue.DAY_TARGET),
                        where=HERE,
                        split="product",
                        pick=Pick.RUNNING,
                        width=6,
                        height=4,
                    ),
                    replace(
                        _stat("attainment_so_far", catalogue.ATTAINMENT_SO_FAR, Pick.RUNNING, 4), absent="too_early"
                    ),
                    _stat("pace", catalogue.PACE, Pick.PACE, 3),
                    _stat("forecast_short", catalogue.MONTH_FORECAST_PCT, Pick.RUNNING, 4),
                    _stat("complete_short", catalogue.DAY_COMPLETENESS, Pick.RUNNING, 3),
                    _now("state", (catalogue.STATE_GRADED,), 4, 4),
                    _now("rate_now", (catalogue.ACTUAL_RATE, catalogue.EXPECTED_RATE), 6, 4),
                    _now("drop", (catalogue.DROP,), 5, 4),
                    _now("evidence", (catalogue.EVIDENCE,), 13, 4),
                    Panel(
                        shape=Shape.TIME_SERIES,
                        title="by_hour",
                        quantities=(
                            catalogue.HOUR_OVER,
                            catalogue.HOUR_RUNNING,
                            catalogue.HOUR_TARGET,
                            catalogue.HOUR_LIMIT,
                        ),
                        where=HERE,
                        split="product",
                        by_limit=True,
                        width=24,
                        height=8,
                    ),
                    Panel(
                        shape=Shape.STATE_TIMELINE,
                        title="states",
                        quantities=(catalogue.STATE,),
                        where={"unit": "$unit"},
                        width=24,
                        height=4,
                    ),
                    Panel(
                        shape=Shape.TIME_SERIES,
                        title="by_day",
                        quantities=(catalogue.DAY_OVER, catalogue.DAY_RUNNING, catalogue.DAY_TARGET),
                        where=HERE,
                        width=8,
                    ),
                    Panel(
                        shape=Shape.TABLE,
                        title="stops",
                        quantities=(catalogue.EVENT_TEXT, catalogue.EVENT_END),
                        where={"unit": "$unit"},
                        pick=Pick.OVERLAPPING,
                        newest_first=True,
                        width=16,
                    ),
                    Panel(
                        shape=Shape.TIME_SERIES,
                        title="quality",
                        quantities=(catalogue.HOUR_COMPLETENESS,),
                        where=HERE,
                        split="product",
                        width=12,
                        height=6,
                    ),
                    Panel(
                        shape=Shape.TABLE,
                        title="kpis",
                        quantities=(catalogue.KPI_VALUE, *targets),
                        where={"unit": "$unit"},
                        split="kpi",
                        pick=Pick.NEWEST,
                        width=12,
                        height=6,
                    ),
                ),
            ),
            PanelRow(
                title="process",
                panels=(
                    Panel(
                        shape=Shape.TIME_SERIES,
                        quantities=(catalogue.SIGNAL,),
                        where={"unit": "$unit", "signal": "$signal"},
                        # Its name is that of its line: a title can show the code alone.
                        split="signal",
                        pick=Pick.SAMPLED,
                        width=8,
                        height=6,
                        repeat="signal",
                    ),
                ),
            ),
        ),
    )


def _stat(title: str, quantity: Quantity, pick: Pick, width: int) -> Panel:
    return Panel(
        shape=Shape.STAT,
        title=title,
        quantities=(quantity,),
        where=HERE,
        split="product",
        pick=pick,
        by_limit=pick is Pick.PACE,
        width=width,
        height=4,
    )


def _now(title: str, quantities: tuple[Quantity, ...], width: int, height: int) -> Panel:
    """What the newest row of its state says of the unit."""
    return Panel(
        shape=Shape.STAT,
        title=title,
        quantities=quantities,
        where={"unit": "$unit"},
        pick=Pick.NOW,
        width=width,
        height=height,
        big=quantities[0].measure not in (Measure.STATE, Measure.TEXT),
    )
