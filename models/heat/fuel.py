"""The fuels of a works: what is burned or flared where, what a cubic metre or kilogram of it gives, and its CO2."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.heat.network import SHIFT_S


class FuelKind(StrEnum):
    """What a fuel is; the value is what the database keeps."""

    NATURAL_GAS = "natural_gas"
    COKE_OVEN_GAS = "coke_oven_gas"
    BLAST_FURNACE_GAS = "blast_furnace_gas"
    COAL = "coal"

    @property
    def is_gas(self) -> bool:
        """Gases are measured in Nm3, coal in tonnes."""
        return self is not FuelKind.COAL

    @property
    def gj_per_amount(self) -> float:
        """GJ of one Nm3 at 1 MJ/Nm3, or of one tonne at 1 MJ/kg."""
        return 0.001 if self.is_gas else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalorificValue:
    """What a fuel gives when it burns, in MJ/Nm3 or MJ/kg: a number that stands, or the gauge `tag`. `source`: who
    found it, and when."""

    source: str
    value: float | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class EmissionFactor:
    """kg of CO2 for each GJ, and whose number it is: none is law by Tundish."""

    kg_per_gj: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuel:
    """One fuel at one place. `place`: the code of the unit or shop that burns or flares it, `place_names` its name.
    `flow`: the gauge, in Nm3/h or t/h. A flow that stood still above zero for `stuck_s` is not believed."""

    code: str
    names: Mapping[str, str]
    kind: FuelKind
    place: str
    place_names: Mapping[str, str]
    flared: bool
    flow: str
    calorific: CalorificValue
    emission: EmissionFactor | None = None
    stuck_s: float = SHIFT_S

    @property
    def tags(self) -> tuple[str, ...]:
        """The gauges whose hours are asked for."""
        return tuple(filter(None, (self.flow, self.calorific.tag)))

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]

    def place_name(self, language: str) -> str:
        """The same of its unit or shop."""
        return self.place_names.get(language) or self.place_names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelUse:
    """Everything that the configuration says of fuel. `per_tonne_of`: the products that GJ/t is told of.
    `gasification`: the project whose milestones are the phases of the move to natural gas ("": none is named)."""

    fuels: tuple[Fuel, ...] = ()
    per_tonne_of: tuple[str, ...] = ()
    gasification: str = ""

    @property
    def burned(self) -> tuple[Fuel, ...]:
        """Those that give heat; flared gas gives none."""
        return tuple(fuel for fuel in self.fuels if not fuel.flared)

    @property
    def flared(self) -> tuple[Fuel, ...]:
        """Those that are burned off."""
        return tuple(fuel for fuel in self.fuels if fuel.flared)

    @property
    def counts_co2(self) -> bool:
        """Whether each has a factor; the configuration's check holds that all have one, or none."""
        return bool(self.fuels) and all(fuel.emission is not None for fuel in self.fuels)

    @property
    def tags(self) -> tuple[str, ...]:
        """The gauges whose hours are asked for, each once."""
        return tuple(dict.fromkeys(tag for fuel in self.fuels for tag in fuel.tags))
