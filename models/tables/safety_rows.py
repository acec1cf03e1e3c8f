"""Rows of safety_hour: methane, air, people and power of each working, hour by hour.

A working is known only as far as each of its sensors of methane is. Time above a limit is that of the sensor which was
above for the longest; how often is that of all of them. An hour of which a sensor says nothing has a row, too: nobody
takes it for one below the limit. What the unit made meanwhile is told as far as it is known of these minutes.
"""

from collections.abc import Container, Mapping, Sequence
from functools import reduce
from operator import or_

from models.counting.measured_hour import MeasuredHour
from models.tables.above_limit import HourOutput, MadeAbove, OutputOf, made_above, minute_spans, nothing_known
from models.tables.row_fields import Fields
from models.works.calendar import NS, hours_between
from models.works.localize import LANGUAGES
from models.works.plant import Plant
from models.works.table import Row, RowKey
from models.works.working import SensorKind, Working

SAFETY_TABLE = "safety_hour"
LIMITS = ("local", "general")
"""In the order of the limits of a measured hour."""
Hours = Mapping[str, Sequence[MeasuredHour]]
"""By tag, the hours of which something is known."""


def safety_rows(
    plant: Plant,
    workings: Sequence[Working],
    known: Hours,
    span_ns: tuple[int, int],
    heard: Container[str] = (),
    output_of: OutputOf = nothing_known,
) -> list[Row]:
    """A row for each working and hour that shares time with [start_ns, now_ns) (UTC), from the first of which a sensor
    of it said anything. The hour that runs holds what is known of it. `heard`: sensors that said something before."""
    buckets = hours_between(plant.zone, *span_ns)
    rows: list[Row] = []
    for working in workings:
        by_hour = {sensor.tag: {hour.start_s: hour for hour in known.get(sensor.tag, ())} for sensor in working.sensors}
        begins = [start_s for hours in by_hour.values() for start_s in hours]
        begins += [span_ns[0] // NS for tag in by_hour if tag in heard]
        if not begins:
            continue
        tags = {"site": plant.site, "shop": working.shop, "unit": working.unit, "working": working.code}
        for start_ns, end_ns in buckets:
            start_s = start_ns // NS
            if start_s < min(begins):
                continue
            found = {tag: hours.get(start_s) for tag, hours in by_hour.items()}
            asked_s = (min(end_ns, span_ns[1]) - start_ns) / NS
            fields = _fields(working, found, asked_s)
            hour_s = start_s, end_ns // NS
            for limit, name in enumerate(LIMITS):
                bits = _above(working, found, limit)
                if bits is not None:
                    made = made_above(bits, hour_s, output_of(working.unit, *hour_s) if bits else HourOutput())
                    fields |= _made_fields(name, made)
                    if bits:
                        fields[f"above_{name}_at"] = minute_spans(bits, start_s, plant.zone)
            rows.append(Row(RowKey.of(SAFETY_TABLE, start_ns, tags), fields))
    return rows


def _fields(working: Working, found: Mapping[str, MeasuredHour | None], asked_s: float) -> Fields:
    fields: Fields = {f"name_{language}": working.name(language) for language in LANGUAGES}
    fields |= _methane(working, found)
    air = _of_kind(working, SensorKind.AIR_VELOCITY, found)
    if air:
        fields["air_velocity_mean"] = _mean(air)
        fields["air_velocity_min"] = min(hour.least for hour in air)
    people = _of_kind(working, SensorKind.PEOPLE, found)
    if people:
        fields["people_max"] = max(hour.greatest for hour in people)
    power = _of_kind(working, SensorKind.POWER, found)
    if power:
        off_s = max(hour.known_s - (hour.above_s[0] if hour.above_s else 0.0) for hour in power)
        fields["minutes_power_off"] = _minutes(min(off_s, asked_s))
    return fields


def _methane(working: Working, found: Mapping[str, MeasuredHour | None]) -> Fields:
    sensors = working.of_kind(SensorKind.METHANE)
    hours = _of_kind(working, SensorKind.METHANE, found)
    fields: Fields = {
        "sensors": len(sensors),
        "silent_sensors": len(sensors) - len(hours),
        "stuck_sensors": sum(hour.still_s >= working.stuck_after_s for hour in hours),
        # A sensor that says nothing is known for no second.
        "minutes_known": _minutes(0.0 if len(hours) < len(sensors) else min((h.known_s for h in hours), default=0.0)),
    }
    limits = [sensor.limits for sensor in sensors if sensor.limits is not None]
    if limits:
        fields["limit_local_pct"] = min(each.local for each in limits)
        fields["limit_general_pct"] = min(each.general for each in limits)
    if not hours:
        return fields
    fields["methane_mean_pct"] = _mean(hours)
    fields["methane_max_pct"] = max(hour.greatest for hour in hours)
    for at, name in enumerate(LIMITS):
        # An hour keeps the limits with which it began: one that began without any says nothing of them.
        compared = [hour for hour in hours if len(hour.above_s) > at]
        if compared:
            fields[f"minutes_above_{name}"] = _minutes(max(hour.above_s[at] for hour in compared))
            fields[f"times_above_{name}"] = sum(hour.times_above[at] for hour in compared)
    return fields


def _above(working: Working, found: Mapping[str, MeasuredHour | None], limit: int) -> int | None:
    """The minutes in which any sensor was above; None if one was, and nobody knows when, or nothing is known."""
    bits = [hour.was_above(limit) for hour in _of_kind(working, SensorKind.METHANE, found)]
    if not bits or None in bits:
        return None
    return reduce(or_, (each for each in bits if each is not None))


def _made_fields(name: str, made: MadeAbove) -> Fields:
    fields: Fields = {f"above_{name}_minutes": made.minutes, f"above_{name}_known_minutes": made.known}
    # In no minute nothing was made; of minutes of which nothing is known, nothing is said.
    if made.known or not made.minutes:
        fields[f"above_{name}_output_t"] = made.made_t
    return fields


def _of_kind(working: Working, kind: SensorKind, found: Mapping[str, MeasuredHour | None]) -> list[MeasuredHour]:
    return [hour for sensor in working.of_kind(kind) if (hour := found.get(sensor.tag)) is not None]


def _mean(hours: Sequence[MeasuredHour]) -> float:
    """Over the time in which each was known; of values that were seen once, their plain mean."""
    known_s = sum(hour.known_s for hour in hours)
    if not known_s:
        return sum(hour.mean for hour in hours) / len(hours)
    return sum(hour.mean * hour.known_s for hour in hours) / known_s


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 2)
