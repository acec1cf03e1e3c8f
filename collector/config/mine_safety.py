"""The workings of a configuration."""

from collections.abc import Mapping

from collector.config.document import PlantFile
from collector.config.entries import Entries, TagPart
from collector.config.fields import names_of
from collector.config.mine_safety_document import MethaneLimitsEntry, MineSafetyEntry, SafetySensorEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean
from models.works.measured_tag import MeasuredTag
from models.works.working import MethaneLimits, SafetySensor, SensorKind, Working

_UNITS = {"methane": "%", "air_velocity": "m/s"}


def check_mine_safety(file: PlantFile, entries: Entries, problems: Problems) -> None:
    """Workings are of known units, their sensors are gauges of that unit, and every limit was approved by somebody."""
    tags = {tag.name: tag for tag in entries.tags}
    units = {unit.code for _, unit in entries.units}
    codes: set[str] = set()
    used: set[str] = set()
    for number, working in enumerate(file.mine_safety.workings):
        path: Path = ("mine_safety", "workings", number)
        if working.code in codes:
            problems.add((*path, "code"), f"'{working.code}' is already given; choose another name")
        codes.add(working.code)
        if working.unit not in units:
            problems.add(
                (*path, "unit"), f"'{working.unit}' is not a unit; {did_you_mean(working.unit, sorted(units))}"
            )
        for at, sensor in enumerate(working.sensors):
            place = (*path, "sensors", at)
            if sensor.tag in used:
                problems.add((*place, "tag"), f"'{sensor.tag}' is already a sensor; keep one")
            used.add(sensor.tag)
            _check_sensor(sensor, tags, file.mine_safety, place, problems)


def _check_sensor(
    sensor: SafetySensorEntry, tags: Mapping[str, TagPart], section: MineSafetyEntry, path: Path, problems: Problems
) -> None:
    tag = tags.get(sensor.tag)
    if tag is None:
        problems.add((*path, "tag"), f"'{sensor.tag}' is not a tag; {did_you_mean(sensor.tag, sorted(tags))}")
    elif tag.entry.kind != "gauge":
        problems.add((*path, "tag"), f"'{sensor.tag}' is a {tag.entry.kind}; a sensor is a gauge")
    elif sensor.kind in _UNITS:
        unit = _UNITS[sensor.kind]
        if tag.entry.unit_of_measure != unit:
            problems.add((*path, "tag"), f"'{sensor.tag}' is in {tag.entry.unit_of_measure}; store it in {unit}")
        if sensor.kind == "methane" and (tag.entry.low is None or tag.entry.high is None or tag.entry.high > 100):
            problems.add(
                (*path, "tag"),
                f"'{sensor.tag}' needs low and high from 0 to 100; give its tag low: 0 and high: what it can show",
            )
    limits = sensor.limits or section.limits
    if sensor.kind == "methane" and limits is None:
        problems.add(
            path,
            "a sensor of methane has no limits; give limits with clause and approved_by here or in mine_safety.limits",
        )
    if sensor.kind != "methane" and sensor.limits is not None:
        problems.add((*path, "limits"), f"limits are of methane, and this measures {sensor.kind}; remove them")


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
