"""Heat supply of a configuration: the networks as they are judged, and the tags of heat that are made for them."""

from collections.abc import Sequence

from collector.config.fields import names_of
from collector.config.heat_document import HeatNetworkEntry, HeatSourceEntry, HeatSupplyEntry
from models.heat.network import HeatLimits, HeatNetwork, HeatSource, HeatSupply, HeatTags
from models.heat.temperature_graph import GraphPoint, TemperatureGraph
from models.works.codes import TagKind
from models.works.measured_tag import MeasuredTag
from models.works.plant import Tag

HEAT_NAMES = {"en": "heat, {name}", "ru": "тепло, {name}", "kk": "жылу, {name}"}


def heat_of(entry: HeatSupplyEntry | None) -> HeatSupply:
    """What the configuration says of heat; without a network if nothing."""
    if entry is None:
        return HeatSupply()
    return HeatSupply(
        networks=tuple(_network(each) for each in entry.networks),
        boilers=_sources(entry.boilers),
        turbines=_sources(entry.turbines),
        coal=entry.coal or "",
    )


def heat_tag_name(entry: HeatNetworkEntry) -> str:
    """The tag of Q: the heat meter's, or the one that is made."""
    return entry.heat or f"{entry.flow.partition('.')[0]}.{made_signal(entry)}"


def made_signal(entry: HeatNetworkEntry) -> str:
    """The signal of a Q that is made."""
    return f"{entry.code}_heat"


def heat_formula(entry: HeatNetworkEntry) -> str:
    """Q of one reading each of flow (t/h), T1 and T2 (degC), in Gcal/h."""
    flow, supply, returned = (name.partition(".")[2] for name in (entry.flow, entry.supply, entry.returned))
    return f"{flow} * ({supply} - {returned}) / 1000"


def made_heat_tags(entry: HeatSupplyEntry | None, tags: Sequence[Tag]) -> list[Tag]:
    """A tag of Q for each network without a heat meter: the mean of Q over an hour is not the Q of means."""
    by_name = {tag.name: tag for tag in tags}
    return [
        _made(each, by_name[each.flow], [by_name[name] for name in (each.flow, each.supply, each.returned)])
        for each in (entry.networks if entry else ())
        if each.heat is None
    ]


def measured_heat_tags(entry: HeatSupplyEntry | None) -> list[MeasuredTag]:
    """The gauges whose hours are kept."""
    supply = heat_of(entry)
    names = {name for network in supply.networks for name in network.tags.all}
    loads = {each.load: each.works_above for each in (*supply.boilers, *supply.turbines) if each.load}
    return [
        *(MeasuredTag(name) for name in sorted(names - loads.keys())),
        *(MeasuredTag(name, (works_above,)) for name, works_above in loads.items()),
    ]


def _made(entry: HeatNetworkEntry, flow: Tag, parts: Sequence[Tag]) -> Tag:
    names = names_of(entry.names)
    return Tag(
        name=heat_tag_name(entry),
        signal=made_signal(entry),
        signal_names={
            language: words.format(name=names.get(language, names["en"])) for language, words in HEAT_NAMES.items()
        },
        kind=TagKind.GAUGE,
        site=flow.site,
        shop=flow.shop,
        unit=flow.unit,
        source=flow.source,
        unit_of_measure="Gcal/h",
        cadence_s=max(part.cadence_s for part in parts),
        formula=heat_formula(entry),
    )


def _network(entry: HeatNetworkEntry) -> HeatNetwork:
    limits = entry.limits
    return HeatNetwork(
        code=entry.code,
        names=names_of(entry.names),
        unit=entry.flow.partition(".")[0],
        tags=HeatTags(
            outdoor=entry.outdoor,
            supply=entry.supply,
            returned=entry.returned,
            flow=entry.flow,
            heat=heat_tag_name(entry),
            make_up=entry.make_up or "",
            supply_pressure=entry.supply_pressure or "",
            return_pressure=entry.return_pressure or "",
        ),
        graph=TemperatureGraph.of([GraphPoint(each.outdoor, each.supply, each.returned) for each in entry.graph]),
        regime_flow_t_h=entry.regime_flow,
        limits=HeatLimits(
            clause=limits.clause,
            approver=limits.approver,
            frost_outdoor=limits.frost_outdoor,
            deviation_pct=limits.deviation_pct,
            low_by=limits.low_by,
            very_low_by=limits.very_low_by,
            frost_supply=limits.frost_supply,
            stuck_s=limits.stuck,
        ),
        outdoor_hours=entry.outdoor_hours,
    )


def _sources(entries: Sequence[HeatSourceEntry]) -> tuple[HeatSource, ...]:
    return tuple(HeatSource(each.unit, each.gcal_h, each.load or "", each.works_above) for each in entries)
