"""The row of fuel on the board of heat and fuel: the day, the month to date, and the days of the span."""

from collections.abc import Sequence
from dataclasses import replace

from dashboards.panels import catalogue
from dashboards.panels.board import Panel, PanelRow
from dashboards.panels.boards.hour_panels import over_time, running
from models.heat.fuel import Fuel, FuelKind

_WORKS = {"level": "works"}


def fuel_row(fuels: Sequence[Fuel]) -> PanelRow:
    """Of these fuels, without a panel for what none of them has. GJ/t is empty where no product is named."""
    burned = [fuel for fuel in fuels if not fuel.flared]
    gas = any(fuel.kind is FuelKind.NATURAL_GAS for fuel in burned)
    flared = len(burned) < len(fuels)
    carbon = all(fuel.emission is not None for fuel in fuels)
    stats: list[Panel] = [
        running("fuel_burned", (catalogue.FUEL_ENERGY, catalogue.FUEL_MONTH_ENERGY), _WORKS, 6),
        running("fuel_known", (catalogue.FUEL_KNOWN, catalogue.FUEL_HOURS), _WORKS, 3),
    ]
    days: list[Panel] = [
        replace(over_time("fuel_by_kind", (catalogue.KIND_ENERGY,), {"level": "kind"}, 24), split="kind", stacked=True)
    ]
    if gas:
        stats.append(running("fuel_share", (catalogue.FUEL_SHARE, catalogue.FUEL_MONTH_SHARE), _WORKS, 5))
        days.append(over_time("fuel_share_by_day", (catalogue.FUEL_SHARE_OF_DAY,), _WORKS, 12))
    if flared:
        stats.append(running("fuel_flared", (catalogue.FUEL_FLARED, catalogue.FUEL_MONTH_FLARED), _WORKS, 5))
        days.append(over_time("fuel_flared_by_day", (catalogue.FUEL_FLARED_OF_DAY,), _WORKS, 12))
    if carbon:
        stats.append(running("fuel_co2", (catalogue.FUEL_CO2, catalogue.FUEL_MONTH_CO2), _WORKS, 5))
        days.append(over_time("fuel_co2_by_day", (catalogue.FUEL_CO2_OF_DAY,), _WORKS, 12))
    specific = over_time("fuel_specific", (catalogue.FUEL_SPECIFIC,), {"level": "product"}, 12)
    days.append(replace(specific, split="product"))
    return PanelRow(title="fuel", panels=(*stats, *days))
