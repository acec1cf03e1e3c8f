"""The shape of fuel in plant.yaml: what is burned or flared where, with its gauges and the sources of its numbers."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.duration import Span
from collector.config.fields import Names, Text
from collector.sources.base import Code
from models.works.strict import StrictModel

MOST_FUELS = 100
KindOfFuel = Literal["natural_gas", "coke_oven_gas", "blast_furnace_gas", "coal"]


class CalorificValueEntry(StrictModel):
    """The lower calorific value of a fuel: a number, or the gauge that measures it."""

    value: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="the number, in MJ/Nm3 of a gas and MJ/kg of coal; or give tag"
    )
    tag: Text | None = Field(default=None, description="the gauge, as UNIT.SIGNAL, in the same unit; or give value")
    source: Text = Field(description="who found it, and when, such as: laboratory, certificate 112 of 01.10.2026")


class EmissionFactorEntry(StrictModel):
    """What a fuel leaves in the air. No number is law by Tundish: name whose it is."""

    kg_per_gj: Annotated[float, Field(ge=1, le=400)] = Field(
        description="kg of CO2 for each GJ that is burned, 1 to 400, such as 56.1 of natural gas: 0.0561 is in t, and "
        "56100 for each TJ"
    )
    source: Text = Field(description="whose number it is, such as the clause of a method and who approved it")


class FuelEntry(StrictModel):
    """One fuel at one place: the natural gas of a power plant, the gas that a flare burns off."""

    code: Code = Field(description="the short code of the fuel at this place")
    names: Names = Field(description="its name, such as {en: natural gas of the CHP plant}")
    kind: KindOfFuel = Field(description="what it is")
    burned_at: Code = Field(description="the unit or shop that burns it, or whose flare it is")
    flared: bool = Field(default=False, description="true for a gas that is burned off and heats nothing")
    flow: Text = Field(description="the gauge of its flow, as UNIT.SIGNAL, in Nm3/h of a gas and t/h of coal")
    calorific_value: CalorificValueEntry = Field(description="what a cubic metre or a kilogram of it gives")
    co2: EmissionFactorEntry | None = Field(
        default=None, description="its factor of CO2; give one to every fuel, or to none: then no CO2 is told"
    )
    stuck: Span = Field(
        default=8 * 3600.0, description="the time after which a flow that stood still above zero is not believed"
    )


class FuelUseEntry(StrictModel):
    """The fuels that the works burns and flares."""

    fuels: list[FuelEntry] = Field(min_length=1, max_length=MOST_FUELS, description="each fuel at each place")
    per_tonne_of: list[Code] = Field(
        default=[], description="the reported products of which GJ/t is told: all burned fuel over their tonnes"
    )
    gasification: Code | None = Field(
        default=None, description="the project (see projects) whose milestones are the phases of the move to gas"
    )
