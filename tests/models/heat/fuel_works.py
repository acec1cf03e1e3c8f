"""A works that burns natural gas, coal and the gas of its furnaces, and flares some of it."""

from dataclasses import replace

from models.counting.measured_hour import MeasuredHour
from models.heat.fuel import CalorificValue, EmissionFactor, Fuel, FuelKind, FuelUse
from tests.models.heat.heat_works import read

METHOD = "approved method"


def fuel(code: str, kind: FuelKind, value: float, kg_per_gj: float, *, flared: bool = False) -> Fuel:
    return Fuel(
        code=code,
        names={"en": code.replace("_", " "), "ru": f"топливо {code}"},
        kind=kind,
        place="chp",
        place_names={"en": "CHP"},
        flared=flared,
        flow=f"chp.{code}",
        calorific=CalorificValue(source="laboratory", value=value),
        emission=EmissionFactor(kg_per_gj, METHOD),
    )


GAS = fuel("gas", FuelKind.NATURAL_GAS, 34.0, 56.1)
COAL = fuel("coal", FuelKind.COAL, 18.0, 94.6)
FURNACE_GAS = fuel("furnace_gas", FuelKind.BLAST_FURNACE_GAS, 3.5, 260.0)
FLARE = fuel("flare", FuelKind.BLAST_FURNACE_GAS, 3.5, 260.0, flared=True)
USE = FuelUse(fuels=(GAS, COAL, FURNACE_GAS, FLARE), per_tonne_of=("steel",))
BY_GAUGE = replace(GAS, calorific=CalorificValue(source="chromatograph", tag="chp.value"))
FLOWS = {"gas": 10_000.0, "coal": 50.0, "furnace_gas": 400_000.0, "flare": 20_000.0}
"""Nm3/h and t/h: 340, 900 and 1,400 GJ/h; 70 GJ/h are flared."""


def hours(start_s: int, count: int, **flows: float) -> dict[str, list[MeasuredHour]]:
    """So many hours of each flow of `FLOWS`, or of those that are given."""
    return {
        f"chp.{code}": [read(f"chp.{code}", start_s + at * 3600, flow) for at in range(count)]
        for code, flow in {**FLOWS, **flows}.items()
    }
