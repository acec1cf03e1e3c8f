"""A heat network of a town, its approved regime and the limits that its hours are judged by."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.heat.heat_flow import heat_gcal_h
from models.heat.temperature_graph import GraphPoint, TemperatureGraph

SHIFT_S = 8 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatLimits:
    """`clause` and `approver`: the rule that `deviation_pct` is of, and who approved it: no limit is law by Tundish.

    T1 and T2 may differ from the graph by `deviation_pct` of what is due. T1 lower than due by more than `low_by` in
    the mean of an hour is low, by more than `very_low_by` very low; below `frost_supply` while the outdoor mean is at
    most `frost_outdoor` it is dangerous. All in degC. A value that stood still for `stuck_s` is not believed.
    """

    clause: str
    approver: str
    frost_outdoor: float
    deviation_pct: float = 3.0
    low_by: float = 3.0
    very_low_by: float = 10.0
    frost_supply: float = 80.0
    stuck_s: float = SHIFT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTags:
    """Names of tags. `heat`: Q in Gcal/h, made of flow, supply and return. `pressures`: by what they are called."""

    outdoor: str
    supply: str
    returned: str
    flow: str
    heat: str
    make_up: str = ""
    supply_pressure: str = ""
    return_pressure: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Those that are given."""
        named = (self.outdoor, self.supply, self.returned, self.flow, self.heat)
        return tuple(filter(None, (*named, self.make_up, self.supply_pressure, self.return_pressure)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatNetwork:
    """What goes to one town. `regime_flow_t_h`: the flow that the graph was approved for, which its demand is counted
    with. `outdoor_hours`: over how many hours before an hour the outdoor temperature is averaged."""

    code: str
    names: Mapping[str, str]
    unit: str
    tags: HeatTags
    graph: TemperatureGraph
    regime_flow_t_h: float
    limits: HeatLimits
    outdoor_hours: int = 12

    def demand_gcal_h(self, due: GraphPoint) -> float:
        """What the graph asks for at the flow of the regime, in Gcal/h."""
        return heat_gcal_h(self.regime_flow_t_h, due.supply, due.returned)

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class HeatSource:
    """A boiler or a turbine: its unit, and the heat that it gives at full work (Gcal/h). `load`: a gauge that is above
    `works_above` while it works ("": by the state of its unit alone)."""

    unit: str
    gcal_h: float
    load: str = ""
    works_above: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatSupply:
    """Everything that the configuration says of heat. `coal`: the product that boilers burn ("": none is declared)."""

    networks: tuple[HeatNetwork, ...] = ()
    boilers: tuple[HeatSource, ...] = ()
    turbines: tuple[HeatSource, ...] = ()
    coal: str = ""

    @property
    def sources(self) -> tuple[HeatSource, ...]:
        """Boilers, then turbines."""
        return (*self.boilers, *self.turbines)
