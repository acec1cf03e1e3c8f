"""Panels of one thing that is watched: what holds in the bucket that runs, and its hours."""

from collections.abc import Mapping

from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.quantity import Quantity


def running(
    title: str, quantities: tuple[Quantity, ...], where: Mapping[str, str], width: int, display_unit: str = "t"
) -> Panel:
    """Figures of the bucket that runs: an older one never stands for it."""
    return Panel(
        shape=Shape.STAT,
        title=title,
        quantities=quantities,
        where=where,
        pick=Pick.RUNNING,
        width=width,
        height=4,
        display_unit=display_unit,
    )


def over_time(
    title: str, quantities: tuple[Quantity, ...], where: Mapping[str, str], width: int, *, cut_axis: bool = False
) -> Panel:
    """Lines over the span of the board."""
    return Panel(
        shape=Shape.TIME_SERIES,
        title=title,
        quantities=quantities,
        where=where,
        width=width,
        height=9,
        cut_axis=cut_axis,
    )
