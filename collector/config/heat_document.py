"""The shape of heat supply in plant.yaml: networks of towns with their approved graphs, boilers and turbines."""

from typing import Annotated

from pydantic import Field

from collector.config.duration import Span
from collector.config.fields import Names, Text
from collector.sources.base import Code
from models.works.strict import StrictModel

Degrees = Annotated[float, Field(ge=-100, le=300)]
Difference = Annotated[float, Field(gt=0, le=100)]
Power = Annotated[float, Field(gt=0, le=100_000)]
MOST_NETWORKS = 50


class GraphPointEntry(StrictModel):
    """A point of the temperature graph, in degC."""

    outdoor: Degrees = Field(description="the outdoor temperature")
    supply: Degrees = Field(description="the temperature that is due in the supply pipe then (T1)")
    returned: Degrees = Field(alias="return", description="the temperature that is due in the return pipe then (T2)")


class HeatLimitsEntry(StrictModel):
    """How far a network may be off its graph. No limit is law by Tundish: name the rule, and who approved it."""

    clause: Text = Field(description="the clause of the technical rules that deviation_pct is of, in words")
    approver: Text = Field(description="who approved the graph and these limits, by post or name")
    deviation_pct: Difference = Field(
        default=3.0, description="how far T1 and T2 may be off the graph, in percent of the degrees that are due"
    )
    low_by: Difference = Field(
        default=3.0, description="by how many degC below the graph the T1 of an hour is a warning, and under-heating"
    )
    very_low_by: Difference = Field(
        default=10.0, description="by how many degC below the graph the T1 of an hour is far too low"
    )
    frost_outdoor: Degrees = Field(description="the outdoor temperature, in degC, at and below which it is frost")
    frost_supply: Degrees = Field(
        default=80.0, description="the T1, in degC, below which the town is in danger in frost"
    )
    stuck: Span = Field(
        default=8 * 3600.0, description="the time after which a value that did not change is not believed"
    )


class HeatNetworkEntry(StrictModel):
    """The heat network of a town. Its tags are named as UNIT.SIGNAL."""

    code: Code = Field(description="the short code of the network")
    names: Names = Field(description="the name of the town or network")
    outdoor: Text = Field(description="the gauge of the outdoor temperature, in degC")
    supply: Text = Field(description="the gauge of the temperature in the supply pipe (T1), in degC")
    returned: Text = Field(alias="return", description="the gauge of the temperature in the return pipe (T2), in degC")
    flow: Text = Field(description="the gauge of the flow of network water, in t/h")
    heat: Text | None = Field(
        default=None,
        description="the gauge of a heat meter, in Gcal/h; if missing, Tundish makes UNIT.CODE_heat = flow x (supply - "
        "return) / 1000 of each reading",
    )
    make_up: Text | None = Field(default=None, description="the gauge of the flow of make-up water, in t/h")
    supply_pressure: Text | None = Field(
        default=None, description="the gauge of the pressure in the supply pipe, in MPa"
    )
    return_pressure: Text | None = Field(
        default=None, description="the gauge of the pressure in the return pipe, in MPa"
    )
    graph: list[GraphPointEntry] = Field(
        min_length=1,
        description="the approved temperature graph, two points or more: straight between them, and beyond its ends as "
        "at its ends",
    )
    regime_flow: Power = Field(
        description="the flow, in t/h, that the graph was approved for; the demand by the graph is counted with it"
    )
    outdoor_hours: Annotated[int, Field(ge=1, le=72)] = Field(
        default=12,
        description="over how many hours before an hour the outdoor temperature is averaged; all have to be known",
    )
    limits: HeatLimitsEntry = Field(description="how far it may be off the graph, by which rule")


class HeatSourceEntry(StrictModel):
    """A boiler or a turbine that gives heat."""

    unit: Code = Field(description="the unit; its load or activity signal and its repairs say what it is good for")
    gcal_h: Power = Field(description="the heat that it gives at full work, in Gcal/h")
    load: Text | None = Field(
        default=None,
        description="a gauge that shows whether it works, such as its steam or heat, as UNIT.SIGNAL; if missing, the "
        "state of the unit says so, and hours at work are not known",
    )
    works_above: Annotated[float, Field(ge=0, le=1_000_000)] = Field(
        default=1.0, description="the value of load, in its own unit, above which it works"
    )


class HeatSupplyEntry(StrictModel):
    """The heat that the works gives to towns."""

    networks: list[HeatNetworkEntry] = Field(
        min_length=1, max_length=MOST_NETWORKS, description="the heat networks, one for each town"
    )
    boilers: list[HeatSourceEntry] = Field(default=[], description="the boilers that heat the network water")
    turbines: list[HeatSourceEntry] = Field(default=[], description="the turbines whose steam heats the network water")
    coal: Code | None = Field(
        default=None, description="the product that the boilers burn; its stock is told in days of use"
    )
