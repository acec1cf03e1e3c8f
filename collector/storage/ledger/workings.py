"""Hours of the workings of mines with what their units made while methane was above a limit, out of the ledger. SQL."""

from collections.abc import Sequence
from functools import cache

import apsw

from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import measured
from collector.storage.ledger import reads as ledger_reads
from models.counting.output_plan import OutputPlan
from models.detection.minutes.minutes import joined
from models.detection.watched import watched_units
from models.tables.above_limit import HourOutput
from models.tables.safety_rows import safety_rows
from models.works.calendar import NS
from models.works.plant import Plant
from models.works.table import Row
from models.works.working import Working

HOUR_S = 3600


def read_workings(
    connection: apsw.Connection, plant: Plant, workings: Sequence[Working], span_ns: tuple[int, int]
) -> list[Row]:
    """The rows of `safety_hour` of each working and hour that shares time with [start_ns, end_ns) (UTC)."""
    tags = [sensor.tag for working in workings for sensor in working.sensors]
    known = measured.hours(connection, tags, span_ns[0] // NS, span_ns[1] // NS)
    states = measured.states(connection, tags)
    heard = {tag for tag, state in states.items() if state.time_ns < span_ns[0]}
    counters, watched = OutputPlan(plant).counters, watched_units(plant, plant.detection)

    @cache  # two limits, and perhaps several workings of a mine, ask for the same
    def output_of(code: str, start_s: int, end_s: int) -> HourOutput:
        unit = watched.get(code)
        if unit is None:
            return HourOutput()
        names = [tag.name for tag in counters.get((code, unit.product), ())]
        sums = [item for item in ledger_reads.buckets(connection, start_s, end_s) if item.tag in names]
        if unit.has_events or not unit.has_counter:
            return HourOutput(names, sums)
        hours = ledger_detection.hours(connection, start_s - HOUR_S + 1, end_s, code)
        return HourOutput(names, sums, joined(start_s, end_s, hours).get(code))

    return safety_rows(plant, workings, known, span_ns, heard, output_of)
