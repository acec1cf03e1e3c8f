"""What must hold for heat supply: its tags are the right gauges, its graph is one, its limits go together."""

from collections.abc import Mapping
from typing import Any

from collector.config.entries import Entries, TagPart
from collector.config.heat import heat_formula, heat_tag_name
from collector.config.heat_document import GraphPointEntry, HeatLimitsEntry, HeatNetworkEntry, HeatSourceEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean, parse
from models.counting.formula import FormulaError, formula
from models.heat.temperature_graph import GraphFault, GraphPoint, TemperatureGraph, graph_faults

_KEYS = {
    "outdoor": ("outdoor", "degC"),
    "supply": ("supply", "degC"),
    "returned": ("return", "degC"),
    "flow": ("flow", "t/h"),
    "heat": ("heat", "Gcal/h"),
    "make_up": ("make_up", "t/h"),
    "supply_pressure": ("supply_pressure", "MPa"),
    "return_pressure": ("return_pressure", "MPa"),
}
"""By field: the key that people write, and the unit that hours of it are kept in."""
_GRAPH_WORDS = {
    GraphFault.TOO_FEW: "the graph has one point; give two or more",
    GraphFault.SAME_OUTDOOR: "two points are of one outdoor temperature, {outdoor:g} degC; remove one of them",
    GraphFault.SUPPLY_RISES: "T1 is {supply:g} degC here, and lower where it is colder outside; T1 has to fall or "
    "stay as it gets warmer: correct one of the points",
    GraphFault.RETURN_NOT_BELOW: "T2, {returned:g} degC, is not below T1, {supply:g} degC; correct this point",
}


def check_heat(data: Mapping[str, Any], entries: Entries, problems: Problems) -> None:
    """What can be known of each network and source of `data`, also of one whose shape is wrong in another place: so one
    fault does not hide the next."""
    section = data.get("heat_supply")
    if not isinstance(section, Mapping):
        return
    tags = {tag.name: tag for tag in entries.tags}
    codes: dict[str, int] = {}
    for number, raw in enumerate(_list(section, "networks")):
        at: Path = ("heat_supply", "networks", number)
        if not isinstance(raw, Mapping):
            continue
        code = raw.get("code")
        if isinstance(code, str) and codes.setdefault(code, number) != number:
            problems.add((*at, "code"), f"'{code}' is given twice; give each network a code of its own")
        found = _check_tags(raw, at, tags, problems)
        network = parse(HeatNetworkEntry, raw, (), Problems())
        if network is not None and network.heat is None and {"flow", "supply", "returned"} <= found.keys():
            _check_made(network, found, at, tags, problems)
        graph = _check_graph(raw, at, problems)
        _check_limits(raw, graph, at, problems)
    seen: set[str] = set()
    for kind in ("boilers", "turbines"):
        for number, raw in enumerate(_list(section, kind)):
            source = parse(HeatSourceEntry, raw, (), Problems())
            if source is not None:
                place: Path = ("heat_supply", kind, number)
                _check_source(source, (*place, "unit"), seen, entries, problems)
                _check_load(source.load, (*place, "load"), tags, problems)
    coal = section.get("coal")
    if isinstance(coal, str) and coal not in entries.known("product"):
        text = f"'{coal}' is not a product of this plant; {did_you_mean(coal, entries.known('product'))}"
        problems.add(("heat_supply", "coal"), text)


def _list(section: Mapping[str, Any], key: str) -> list[Any]:
    given = section.get(key)
    return given if isinstance(given, list) else []


def _check_tags(
    raw: Mapping[str, Any], at: Path, tags: Mapping[str, TagPart], problems: Problems
) -> Mapping[str, TagPart]:
    """The gauges that are the right ones, by field."""
    found: dict[str, TagPart] = {}
    first: dict[str, str] = {}
    for field, (key, unit) in _KEYS.items():
        name = raw.get(key)
        if not isinstance(name, str) or not name.strip():
            continue
        path = (*at, key)
        if first.setdefault(name, key) != key:
            problems.add(path, f"'{name}' is already the {first[name]} of this network; give another tag")
        elif name not in tags:
            problems.add(
                path, f"'{name}' is not a tag of this plant; write it as UNIT.SIGNAL; {did_you_mean(name, tags)}"
            )
        elif tags[name].entry.kind != "gauge":
            problems.add(path, f"'{name}' is a {tags[name].entry.kind}; name a gauge")
        elif (given := tags[name].entry.unit_of_measure) != unit:
            problems.add(
                path,
                f"'{name}' is kept in {given}, and not in {unit}; give that tag unit_of_measure: {unit} and "
                f"source_unit_of_measure: {given}, if that can be converted to {unit}",
            )
        else:
            found[field] = tags[name]
    return found


def _check_made(
    network: HeatNetworkEntry, found: Mapping[str, TagPart], at: Path, tags: Mapping[str, TagPart], problems: Problems
) -> None:
    """Q is made of one reading each of three signals that come together."""
    flow = found["flow"]
    for field in ("supply", "returned"):
        part, key = found[field], _KEYS[field][0]
        if (part.unit, part.entry.source) != (flow.unit, flow.entry.source):
            problems.add(
                (*at, key),
                f"'{part.name}' and '{flow.name}' are not of one unit and one source, and no heat can be made of them; "
                "give the heat meter's gauge as heat",
            )
            return
    for field in ("flow", "supply", "returned"):
        if found[field].entry.formula is not None:
            text = f"'{found[field].name}' has a formula itself; give the heat meter's gauge as heat"
            problems.add((*at, _KEYS[field][0]), text)
            return
    try:
        formula(heat_formula(network))
    except FormulaError as error:
        problems.add((*at, "flow"), f"no formula can be made of these signals: {error}; give their tags other signals")
    if heat_tag_name(network) in tags:
        problems.add(
            (*at, "heat"), f"the tag {heat_tag_name(network)} exists already; name it here, or rename it there"
        )


def _check_graph(raw: Mapping[str, Any], at: Path, problems: Problems) -> TemperatureGraph | None:
    """The faults of the points that are points; the graph, if it is one."""
    given = _list(raw, "graph")
    parsed = [(index, parse(GraphPointEntry, each, (), Problems())) for index, each in enumerate(given)]
    sound = [
        (index, GraphPoint(each.outdoor, each.supply, each.returned)) for index, each in parsed if each is not None
    ]
    points = [point for _, point in sound]
    faults = list(graph_faults(points)) if points else []
    if len(sound) < len(given):  # a point that cannot be read may be the second one
        faults = [(place, fault) for place, fault in faults if fault is not GraphFault.TOO_FEW]
    for place, fault in faults:
        point = points[place]
        words = _GRAPH_WORDS[fault].format(outdoor=point.outdoor, supply=point.supply, returned=point.returned)
        problems.add((*at, "graph", sound[place][0]), words)
    whole = bool(points) and not faults and len(sound) == len(given)
    return TemperatureGraph.of(points) if whole else None


def _check_limits(raw: Mapping[str, Any], graph: TemperatureGraph | None, at: Path, problems: Problems) -> None:
    given = raw.get("limits")
    limits = given if isinstance(given, Mapping) else {}
    low, very_low = _number(limits, "low_by"), _number(limits, "very_low_by")
    if low is not None and very_low is not None and very_low <= low:
        problems.add(
            (*at, "limits", "very_low_by"),
            f"{very_low:g} is not above low_by, {low:g}; give the greater difference here",
        )
    frost, least = _number(limits, "frost_outdoor"), _number(limits, "frost_supply")
    if graph is None or frost is None or least is None:
        return
    due = graph.at(frost)
    if due.supply < least:
        problems.add(
            (*at, "limits", "frost_supply"),
            f"at {frost:g} degC the graph asks for {due.supply:g} degC alone, which is below "
            f"{least:g}: every such hour would be in danger; lower frost_outdoor or frost_supply",
        )


def _number(limits: Mapping[str, Any], key: str) -> float | None:
    """The number that is given, or that holds where none is; None for what is none."""
    value = limits.get(key, HeatLimitsEntry.model_fields[key].get_default())
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _check_load(name: str | None, path: Path, tags: Mapping[str, TagPart], problems: Problems) -> None:
    if name is None:
        return
    if name not in tags:
        problems.add(path, f"'{name}' is not a tag of this plant; write it as UNIT.SIGNAL; {did_you_mean(name, tags)}")
    elif tags[name].entry.kind != "gauge":
        problems.add(path, f"'{name}' is a {tags[name].entry.kind}; name a gauge")


def _check_source(source: HeatSourceEntry, path: Path, seen: set[str], entries: Entries, problems: Problems) -> None:
    if source.unit in seen:
        problems.add(path, f"'{source.unit}' is given twice; its heat would count twice: remove one")
    elif source.unit not in entries.known("unit"):
        known = entries.known("unit")
        problems.add(path, f"'{source.unit}' is not a unit of this plant; {did_you_mean(source.unit, known)}")
    seen.add(source.unit)
