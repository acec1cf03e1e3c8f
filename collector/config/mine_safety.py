"""The workings of a configuration."""

from collections.abc import Mapping
from typing import Any, get_args

from collector.config.document import PlantFile
from collector.config.entries import Entries, TagPart
from collector.config.fields import names_of
from collector.config.mine_safety_document import MethaneLimitsEntry, MineSafetyEntry, SafetySensorEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean
from models.works.measured_tag import MeasuredTag
from models.works.working import MethaneLimits, SafetySensor, SensorKind, Working

_UNITS = {"methane": "%", "air_velocity": "m/s"}


def check_mine_safety(data: Mapping[str, Any], entries: Entries, problems: Problems) -> None:
    """Workings are of known units, their sensors are gauges of that unit, and every limit was approved by somebody: of
    each what can be known, also where the shape of another place is wrong, so that one fault does not hide the next."""
    section = data.get("mine_safety")
    if not isinstance(section, Mapping):
        return
    tags = {tag.name: tag for tag in entries.tags}
    codes: set[str] = set()
    used: set[str] = set()
    _check_limits(section, ("mine_safety",), problems)
    for number, working in enumerate(_entries(section, "workings")):
        path: Path = ("mine_safety", "workings", number)
        code, unit = _text(working, "code"), _text(working, "unit")
        if code and code in codes:
            problems.add((*path, "code"), f"'{code}' is already given; choose another name")
        codes.add(code)
        known = entries.known("unit")
        if unit and unit not in known:
            problems.add((*path, "unit"), f"'{unit}' is not a unit; {did_you_mean(unit, known)}")
        for at, sensor in enumerate(_entries(working, "sensors")):
            place = (*path, "sensors", at)
            tag = _text(sensor, "tag")
            if tag and tag in used:
                problems.add((*place, "tag"), f"'{tag}' is already a sensor; keep one")
            used.add(tag)
            _check_limits(sensor, place, problems)
            _check_sensor(sensor, tags, section, place, problems)


def _entries(section: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """What is a mapping of a list; an empty one in the place of what is none, so that the others keep their places."""
    given = section.get(key)
    return [each if isinstance(each, Mapping) else {} for each in given] if isinstance(given, list) else []


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _check_limits(entry: Mapping[str, Any], path: Path, problems: Problems) -> None:
    """The limit at one place is the higher one: where gas gathers there may be more of it than in the whole stream."""
    given = entry.get("limits")
    limits = given if isinstance(given, Mapping) else {}
    local, general = limits.get("local"), limits.get("general")
    if isinstance(local, int | float) and isinstance(general, int | float) and general > local:
        problems.add(
            (*path, "limits", "general"),
            f"{general:g} is above local, {local:g}: the limit of the general stream of air is not above that at one "
            "place; correct one of the two",
        )


def _check_sensor(
    sensor: Mapping[str, Any], tags: Mapping[str, TagPart], section: Mapping[str, Any], path: Path, problems: Problems
) -> None:
    name, kind = _text(sensor, "tag"), _text(sensor, "kind")
    if name:
        _check_tag(name, kind, tags, (*path, "tag"), problems)
    if kind == "methane" and sensor.get("limits") is None and section.get("limits") is None:
        problems.add(
            path,
            "a sensor of methane has no limits; give limits with clause and approved_by here or in mine_safety.limits",
        )
    others = set(get_args(SafetySensorEntry.model_fields["kind"].annotation)) - {"methane"}
    if kind in others and sensor.get("limits") is not None:
        problems.add((*path, "limits"), f"limits are of methane, and this measures {kind}; remove them")


def _check_tag(name: str, kind: str, tags: Mapping[str, TagPart], path: Path, problems: Problems) -> None:
    tag = tags.get(name)
    if tag is None:
        problems.add(path, f"'{name}' is not a tag; {did_you_mean(name, sorted(tags))}")
    elif tag.entry.kind != "gauge":
        problems.add(path, f"'{name}' is a {tag.entry.kind}; a sensor is a gauge")
    elif kind in _UNITS:
        if tag.entry.unit_of_measure != _UNITS[kind]:
            problems.add(path, f"'{name}' is in {tag.entry.unit_of_measure}; store it in {_UNITS[kind]}")
        if kind == "methane" and (tag.entry.low is None or tag.entry.high is None or tag.entry.high > 100):
            problems.add(
                path, f"'{name}' needs low and high from 0 to 100; give its tag low: 0 and high: what it can show"
            )


def workings_of(file: PlantFile) -> tuple[Working, ...]:
    """The workings, in their order."""
    shops = {unit.code: shop.code for shop in file.shops for unit in shop.units}
    section = file.mine_safety
    return tuple(
        Working(
            code=working.code,
            names=names_of(working.names),
            shop=shops[working.unit],
            unit=working.unit,
            sensors=tuple(_sensor(sensor, section) for sensor in working.sensors),
            stuck_after_s=section.stuck_after,
        )
        for working in section.workings
    )


def sensor_tags(file: PlantFile) -> dict[str, MeasuredTag]:
    """The gauges whose hours are kept, by name."""
    sensors = [_sensor(each, file.mine_safety) for working in file.mine_safety.workings for each in working.sensors]
    return {each.tag: MeasuredTag(each.tag, each.measured_limits) for each in sensors}


def _sensor(sensor: SafetySensorEntry, section: MineSafetyEntry) -> SafetySensor:
    kind = SensorKind(sensor.kind)
    limits = _limits(sensor.limits or section.limits) if kind is SensorKind.METHANE else None
    return SafetySensor(sensor.tag, kind, limits)


def _limits(entry: MethaneLimitsEntry | None) -> MethaneLimits | None:
    if entry is None:
        return None
    return MethaneLimits(entry.local, entry.general, entry.clause, entry.approved_by)
