"""Mine safety: methane of each working against its limits and what was made above them, how long it is known, its
sensors, air, people and power."""

from collections.abc import Sequence

from dashboards.panels import catalogue
from dashboards.panels.board import Board, Panel, PanelRow
from dashboards.panels.boards.hour_panels import over_time, running
from models.works.working import SensorKind, Working


def mine_safety(workings: Sequence[Working]) -> Board:
    """A row for each working: the hour that runs, and the hours of the span."""
    rows = tuple(_working(each) for each in workings)
    return Board(key="safety", span=("now-24h", "now"), refresh="1m", rows=rows)


def _working(working: Working) -> PanelRow:
    where = {"unit": working.unit, "working": working.code}
    panels: list[Panel] = []
    if working.of_kind(SensorKind.METHANE):
        above = (catalogue.ABOVE_LOCAL, catalogue.ABOVE_GENERAL)
        panels += [
            running("methane_now", (catalogue.METHANE_MAX, catalogue.METHANE_MEAN), where, 6),
            running("above_limits", above, where, 8),
            running("methane_known", (catalogue.METHANE_KNOWN,), where, 4),
            running("sensors_now", (catalogue.SILENT_SENSORS, catalogue.STUCK_SENSORS), where, 6),
            over_time(
                "methane_by_hour",
                (
                    catalogue.METHANE_MAX,
                    catalogue.METHANE_MEAN,
                    catalogue.METHANE_LIMIT_LOCAL,
                    catalogue.METHANE_LIMIT_GENERAL,
                ),
                where,
                16,
            ),
            over_time("above_limits", above, where, 8),
            over_time("made_above", (catalogue.MADE_ABOVE_LOCAL, catalogue.MADE_ABOVE_GENERAL), where, 8),
        ]
    others = (
        (SensorKind.AIR_VELOCITY, "air_velocity", (catalogue.AIR_MEAN, catalogue.AIR_LEAST)),
        (SensorKind.PEOPLE, "people_below", (catalogue.PEOPLE_MOST,)),
        (SensorKind.POWER, "power_off", (catalogue.POWER_OFF,)),
    )
    panels += [over_time(title, quantities, where, 8) for kind, title, quantities in others if working.of_kind(kind)]
    return PanelRow(heading=working.names, panels=tuple(panels))
