"""What must hold for fuel: its gauges are the right ones, its numbers can be, and no sum lacks a part in silence."""

from collections.abc import Mapping
from typing import Any

from collector.config.entries import Entries, TagPart
from collector.config.fuel_document import FuelEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean, parse

_LEAST_AND_MOST = {
    "natural_gas": (25.0, 50.0),
    "coke_oven_gas": (10.0, 25.0),
    "blast_furnace_gas": (2.0, 6.0),
    "coal": (5.0, 36.0),
}
"""MJ/Nm3 and MJ/kg. Wider than any fuel of that name: what is outside was written in kcal, kWh or kJ."""


def check_fuel(data: Mapping[str, Any], entries: Entries, problems: Problems) -> None:
    """Each sound fuel of `data` by itself, so that one fault does not hide the next."""
    section = data.get("fuel")
    if not isinstance(section, Mapping):
        return
    tags = {tag.name: tag for tag in entries.tags}
    codes: dict[str, int] = {}
    flows: dict[str, str] = {}
    found: list[tuple[int, FuelEntry]] = []
    for number, raw in enumerate(_list(section, "fuels")):
        at: Path = ("fuel", "fuels", number)
        fuel = parse(FuelEntry, raw, (), Problems())
        if fuel is None:
            continue
        found.append((number, fuel))
        if codes.setdefault(fuel.code, number) != number:
            problems.add((*at, "code"), f"'{fuel.code}' is given twice; give each fuel a code of its own")
        known = entries.known("unit") | entries.known("shop")
        if fuel.burned_at not in known:
            text = f"'{fuel.burned_at}' is not a unit or a shop of this plant; {did_you_mean(fuel.burned_at, known)}"
            problems.add((*at, "burned_at"), text)
        if fuel.flared and fuel.kind == "coal":
            problems.add((*at, "flared"), "coal is not flared; remove flared, or correct kind")
        if flows.setdefault(fuel.flow, fuel.code) != fuel.code:
            text = f"'{fuel.flow}' is already the flow of {flows[fuel.flow]}, and would count twice; name another gauge"
            problems.add((*at, "flow"), text)
        else:
            _check_flow(fuel, (*at, "flow"), tags, problems)
        _check_calorific(fuel, (*at, "calorific_value"), tags, problems)
    _check_factors(found, problems)
    _check_products(section, entries, problems)
    _check_project(section, data, problems)


def _list(section: Mapping[str, Any], key: str) -> list[Any]:
    given = section.get(key)
    return given if isinstance(given, list) else []


NORMAL_FLOW = "Nm3/h"
_NORMAL = (
    "cubic metres as they flow are no normal ones: name a meter that corrects for pressure and temperature, and say "
    "unit_of_measure: Nm3/h without a source_unit_of_measure"
)
"""The factor between the two is another in each hour."""
_AS_IT_FLOWS = ("m3/h", "m3/s", "m3/min", "м3/ч", "м³/ч", "m³/h")


def _gauge(name: str, unit: str, path: Path, tags: Mapping[str, TagPart], problems: Problems) -> TagPart | None:
    """The gauge of that name, if it is one and is kept in `unit`."""
    part = tags.get(name)
    if part is None:
        problems.add(path, f"'{name}' is not a tag of this plant; write it as UNIT.SIGNAL; {did_you_mean(name, tags)}")
        return None
    if part.entry.kind != "gauge":
        problems.add(path, f"'{name}' is a {part.entry.kind}; name a gauge")
        return None
    if (given := part.entry.unit_of_measure) != unit:
        by = _NORMAL if unit == NORMAL_FLOW and given == "m3/h" else f"name the gauge of it that is kept in {unit}"
        problems.add(path, f"'{name}' is kept in {given}, and not in {unit}; {by}")
        return None
    source = part.entry.source_unit_of_measure
    if unit == NORMAL_FLOW and source in _AS_IT_FLOWS:
        problems.add(path, f"'{name}' comes in {source}; {_NORMAL}")
        return None
    return part


def _check_flow(fuel: FuelEntry, path: Path, tags: Mapping[str, TagPart], problems: Problems) -> None:
    part = _gauge(fuel.flow, "t/h" if fuel.kind == "coal" else NORMAL_FLOW, path, tags, problems)
    if part is None:
        return
    low, high = part.entry.low, part.entry.high
    if low is None or high is None:
        problems.add(
            path,
            f"'{part.name}' has no low and high, so that a broken meter would count; give that tag low: 0 and high: "
            "the range of the meter",
        )
    elif low < 0:
        problems.add(
            path,
            f"'{part.name}' may fall to {low:g}, and no fuel flows back; give that tag low: 0: what is below is set "
            "aside",
        )


def _check_calorific(fuel: FuelEntry, path: Path, tags: Mapping[str, TagPart], problems: Problems) -> None:
    given, unit = fuel.calorific_value, "MJ/kg" if fuel.kind == "coal" else "MJ/Nm3"
    least, most = _LEAST_AND_MOST[fuel.kind]
    if (given.value is None) == (given.tag is None):
        problems.add(path, "give a value or a tag, one of the two")
    elif given.value is not None:
        if not least <= given.value <= most:
            problems.add(
                (*path, "value"),
                f"{given.value:g} {unit} is outside of {least:g} to {most:g}, which no {_named(fuel)} is; write it in "
                f"{unit} (1 kcal is 0.0041868 MJ), or correct kind",
            )
    elif given.tag is not None:
        part = _gauge(given.tag, unit, (*path, "tag"), tags, problems)
        if part is None:
            return
        low, high = part.entry.low, part.entry.high
        if low is None or high is None or not least <= low < high <= most:
            problems.add(
                (*path, "tag"),
                f"'{given.tag}' may show what no {_named(fuel)} is; give that tag low and high between {least:g} and "
                f"{most:g} {unit}",
            )


def _named(fuel: FuelEntry) -> str:
    return fuel.kind.replace("_", " ")


def _check_factors(found: list[tuple[int, FuelEntry]], problems: Problems) -> None:
    """A sum of CO2 without one of its fuels would look like a cleaner works."""
    without = [(number, fuel) for number, fuel in found if fuel.co2 is None]
    if len(without) < len(found):
        for number, fuel in without:
            problems.add(
                ("fuel", "fuels", number, "co2"),
                f"'{fuel.code}' has no factor, and other fuels have one: the CO2 of the works would lack it; give its "
                "kg_per_gj with its source, or remove co2 from all",
            )


def _check_products(section: Mapping[str, Any], entries: Entries, problems: Problems) -> None:
    """The site's output of a product is published if it is reported."""
    reported = {report.product for _, _, report in entries.reported}
    seen: set[str] = set()
    for number, product in enumerate(_list(section, "per_tonne_of")):
        if not isinstance(product, str):
            continue
        if product in seen:
            problems.add(("fuel", "per_tonne_of", number), f"'{product}' is given twice; remove one of the two")
        elif product not in reported:
            problems.add(
                ("fuel", "per_tonne_of", number),
                f"'{product}' is not a product that the works reports (section reported); "
                f"{did_you_mean(product, reported)}",
            )
        seen.add(product)


def _check_project(section: Mapping[str, Any], data: Mapping[str, Any], problems: Problems) -> None:
    code = section.get("gasification")
    projects = {each.get("code") for each in _list(data, "projects") if isinstance(each, Mapping)}
    known = {each for each in projects if isinstance(each, str)}
    if isinstance(code, str) and code not in known:
        problems.add(
            ("fuel", "gasification"), f"'{code}' is not a project (section projects); {did_you_mean(code, known)}"
        )
