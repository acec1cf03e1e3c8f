"""Gases and coal of the simulated works: gas of the blast furnaces rises with their iron, and natural gas replaces coal
at the power plant, boiler by boiler."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi
from random import Random
from typing import Any

from collector.simulation.catalogue import NAMESPACE
from collector.simulation.unit import Instant

DAY_S = 86_400
SAMPLE_S = 60
GAS_PER_IRON, GAS_PER_COKE = 1600.0, 430.0
"""Nm3 of blast-furnace gas for each tonne of iron, and of coke-oven gas for each tonne of coke: as text-books."""
MILL_GJ_PER_T = 1.3
NATURAL_MJ, COKE_OVEN_MJ, FURNACE_MJ, COAL_MJ = 34.1, 17.2, 3.4, 18.2
"""MJ/Nm3 and MJ/kg."""
FULL_BLAST_M3_PER_MIN = 11_500.0
FULL_IRON_T_PER_H, FULL_COKE_T_PER_H, FULL_ROLLED_T_PER_H = 371.0, 175.0, 354.0
SWITCHED_DAYS = (600, 380, 150)
"""So many days before the living works begins, a boiler was switched from coal to gas."""
NEXT_IN_DAYS = 60
_SHARE_AT_FIRST, _SHARE_OF_A_BOILER = 0.10, 0.12
_WAVERS = 0.02
_METHOD = "SIMULATED method, table 1"


@dataclass(frozen=True, slots=True)
class FuelGauge:
    """One gauge. `low` and `high` are in `unit_of_measure`."""

    unit: str
    node: str
    names: tuple[str, str, str]
    unit_of_measure: str
    low: float
    high: float


GAUGES: Mapping[str, FuelGauge] = {
    "natural_gas": FuelGauge("chp", "CHP.Gas", ("natural gas", "природный газ", "табиғи газ"), "Nm3/h", 0, 120_000),
    "steam_coal": FuelGauge("chp", "CHP.Coal", ("coal", "уголь", "көмір"), "t/h", 0, 300),
    "furnace_gas": FuelGauge(
        "chp", "CHP.FurnaceGas", ("blast-furnace gas", "доменный газ", "домна газы"), "Nm3/h", 0, 1_000_000
    ),
    "flare": FuelGauge(
        "chp",
        "CHP.Flare",
        ("blast-furnace gas flared", "доменный газ на свечу", "алаудағы домна газы"),
        "Nm3/h",
        0,
        1_000_000,
    ),
    "gas_value": FuelGauge(
        "chp",
        "CHP.GasValue",
        ("calorific value of gas", "теплота сгорания газа", "газдың жану жылуы"),
        "MJ/Nm3",
        30,
        40,
    ),
    "coke_gas": FuelGauge("coke1", "COKE1.Gas", ("coke-oven gas", "коксовый газ", "кокс газы"), "Nm3/h", 0, 200_000),
    "mill_gas": FuelGauge("hsm", "HSM.Gas", ("natural gas", "природный газ", "табиғи газ"), "Nm3/h", 0, 60_000),
}
"""By signal."""


@dataclass(frozen=True, slots=True)
class MadeAnHour:
    """Tonnes an hour of what the fuels go with."""

    iron: float = FULL_IRON_T_PER_H
    coke: float = FULL_COKE_T_PER_H
    rolled: float = FULL_ROLLED_T_PER_H


def shown(seed: int, time_s: int, begun_s: int, made: MadeAnHour) -> dict[str, float]:
    """What the gauges show at UTC second `time_s`, by signal; the same for the same seed. `begun_s`: when the living
    works begins, from which boilers are counted back."""
    now = Instant.of(time_s // SAMPLE_S * SAMPLE_S)
    random = Random(f"{seed}:fuel:{now.time_s}")
    means = mean_flows(seed, now, begun_s, made)
    values = {signal: round(max(value * random.gauss(1, _WAVERS), 0.0), 1) for signal, value in means.items()}
    values["gas_value"] = round(NATURAL_MJ + random.gauss(0, 0.05), 2)
    return values


def mean_flows(seed: int, now: Instant, begun_s: int, made: MadeAnHour) -> dict[str, float]:
    """The flows without what evens out within an hour."""
    needed_gj, flared = _of_day(seed, now.local_day)
    switched = sum(now.time_s >= begun_s - days * DAY_S for days in (*SWITCHED_DAYS, -NEXT_IN_DAYS))
    share = _SHARE_AT_FIRST + _SHARE_OF_A_BOILER * switched
    furnace_gas = GAS_PER_IRON * made.iron
    return {
        "natural_gas": needed_gj * share * 1000 / NATURAL_MJ,
        "steam_coal": needed_gj * (1 - share) / COAL_MJ,
        "furnace_gas": furnace_gas * (1 - flared),
        "flare": furnace_gas * flared,
        "coke_gas": GAS_PER_COKE * made.coke,
        "mill_gas": MILL_GJ_PER_T * made.rolled * 1000 / NATURAL_MJ,
    }


@lru_cache(maxsize=1024)
def _of_day(seed: int, local_day: int) -> tuple[float, float]:
    """GJ/h that the power plant needs, and the share of the furnaces' gas that is flared."""
    cold = 0.5 + 0.5 * cos(2 * pi * (local_day % 365.25 - 15) / 365.25)
    random = Random(f"{seed}:fuel_of_day:{local_day}")
    return (1500.0 + 900.0 * cold) * random.gauss(1, 0.02), random.uniform(0.03, 0.09)


def fuel_tags(source: str) -> list[tuple[str, dict[str, Any]]]:
    """(unit, tag as in plant.yaml) of each gauge."""
    return [
        (
            gauge.unit,
            {
                "signal": signal,
                "names": _names(gauge.names),
                "kind": "gauge",
                "source": source,
                "node": f"nsu={NAMESPACE};s={gauge.node}",
                "unit_of_measure": gauge.unit_of_measure,
                "low": gauge.low,
                "high": gauge.high,
                # Simulated time leaps by a minute between two polls while it catches up.
                "cadence": "60s",
            },
        )
        for signal, gauge in GAUGES.items()
    ]


def fuel_section() -> dict[str, Any]:
    """The section `fuel` of plant.yaml; calorific values and factors are made up like the works."""
    laboratory = "SIMULATED laboratory"

    def fuel(
        signal: str, names: tuple[str, str, str], kind: str, value: dict[str, Any], factor: float
    ) -> dict[str, Any]:
        unit = GAUGES[signal].unit
        return {
            "code": signal,
            "names": _names(names),
            "kind": kind,
            "burned_at": unit,
            "flow": f"{unit}.{signal}",
            "calorific_value": value,
            "co2": {"kg_per_gj": factor, "source": _METHOD},
        }

    by_gauge = {"tag": "chp.gas_value", "source": "SIMULATED chromatograph of the supplier"}
    furnace_gas = {"value": FURNACE_MJ, "source": laboratory}
    names = {
        "natural_gas": ("Natural gas, CHP plant", "Природный газ, ТЭЦ", "Табиғи газ, ЖЭО"),
        "mill_gas": ("Natural gas, hot strip mill", "Природный газ, стан", "Табиғи газ, илектеу орнағы"),
        "steam_coal": ("Coal, CHP plant", "Уголь, ТЭЦ", "Көмір, ЖЭО"),
        "coke_gas": ("Coke-oven gas", "Коксовый газ", "Кокс газы"),
        "furnace_gas": ("Blast-furnace gas", "Доменный газ", "Домна газы"),
        "flare": ("Surplus blast-furnace gas", "Избыток доменного газа", "Артық домна газы"),
    }
    return {
        "fuels": [
            fuel("natural_gas", names["natural_gas"], "natural_gas", by_gauge, 56.1),
            fuel("mill_gas", names["mill_gas"], "natural_gas", by_gauge, 56.1),
            fuel("coke_gas", names["coke_gas"], "coke_oven_gas", {"value": COKE_OVEN_MJ, "source": laboratory}, 44.4)
            | {"burned_at": "coke"},
            fuel("furnace_gas", names["furnace_gas"], "blast_furnace_gas", furnace_gas, 260.0),
            fuel("steam_coal", names["steam_coal"], "coal", {"value": COAL_MJ, "source": laboratory}, 94.6),
            {**fuel("flare", names["flare"], "blast_furnace_gas", furnace_gas, 260.0), "flared": True},
        ],
        "per_tonne_of": ["steel_liquid", "rolled"],
    }


def _names(names: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("en", "ru", "kk"), names, strict=True))
