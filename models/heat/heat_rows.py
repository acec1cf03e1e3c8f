"""Rows of `heat_hour`: an hour of a heat network against its approved graph."""

from models.heat.heat_hour import HeatHour, HeatVerdict
from models.works.calendar import NS
from models.works.table import FieldValue, Row, RowKey

HEAT_TABLE = "heat_hour"
VERDICT_CODES = {
    HeatVerdict.BY_GRAPH: 0,
    HeatVerdict.OFF_GRAPH: 1,
    HeatVerdict.LOW: 2,
    HeatVerdict.VERY_LOW: 3,
    HeatVerdict.FROST: 4,
}
"""A part of the table contract: a number is never given a new meaning."""
_DECIMALS = 3


def heat_row(site: str, hour: HeatHour) -> Row:
    """The row of an hour; what is not known is absent."""
    numbers: dict[str, float | None] = {
        "outdoor_degc": hour.outdoor,
        "supply_degc": hour.supply,
        "return_degc": hour.returned,
        "supply_due_degc": None if hour.due is None else hour.due.supply,
        "return_due_degc": None if hour.due is None else hour.due.returned,
        "short_by_degc": hour.short_by,
        "flow_t_per_h": hour.flow,
        "make_up_t_per_h": hour.make_up,
        "supply_pressure_mpa": hour.supply_pressure,
        "return_pressure_mpa": hour.return_pressure,
        "heat_gcal": hour.heat_gcal,
        "demand_gcal": hour.demand_gcal,
        "heat_known_s": hour.heat_known_s if hour.heat_gcal is not None else None,
    }
    fields: dict[str, FieldValue] = {
        # Without the last digits of the arithmetic, which would publish the same row anew.
        name: round(float(value), _DECIMALS)
        for name, value in numbers.items()
        if value is not None
    }
    if hour.verdict is not None:
        fields["verdict"] = VERDICT_CODES[hour.verdict]
    if hour.no_verdict is not None:
        fields["no_verdict"] = hour.no_verdict.value
    if hour.no_heat is not None:
        fields["no_heat"] = hour.no_heat.value
    return Row(RowKey.of(HEAT_TABLE, hour.start_s * NS, {"site": site, "network": hour.network}), fields)
