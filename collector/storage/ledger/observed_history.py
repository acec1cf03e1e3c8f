"""Any span of the past as detection saw it, or would have seen it, read out of the ledger. SQL."""

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.mending import EVERY_TAG
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.minutes.history import Kept, PastEvent, works_minutes
from models.detection.minutes.observed import MINUTE_S, WorksMinutes
from models.detection.watched import watched_units
from models.works.calendar import NS
from models.works.plant import Plant

HOUR_S = 3600
KNOWN_LATE_S = 48 * HOUR_S
"""An event that was recorded later than this was entered or loaded afterwards, and not heard late: it counts as known
when it ended. So does one whose time of recording says nothing, for the clock had jumped ahead."""


def read_history(connection: apsw.Connection, plant: Plant, start_s: int, end_s: int) -> WorksMinutes:
    """The minutes of [start_s, end_s) (UTC seconds, taken to whole minutes) of every unit that is watched."""
    start_s, end_s = start_s // MINUTE_S * MINUTE_S, end_s // MINUTE_S * MINUTE_S
    first_s = ledger_detection.first_hour(connection)
    counted_until_s = end_s if first_s is None else min(first_s, end_s)
    units = watched_units(plant, plant.detection)
    kept = Kept(
        hours=ledger_detection.hours(connection, start_s - HOUR_S + 1, end_s),
        sums=ledger_reads.buckets(connection, start_s - HOUR_S, counted_until_s, None)
        if start_s < counted_until_s
        else (),
        events=[
            event
            for product, event in _events(connection, start_s, end_s)
            if event.unit in units and units[event.unit].product == product
        ],
        gaps=_gaps(connection, plant, start_s, end_s),
    )
    return works_minutes(units, start_s, end_s, kept)


def _events(connection: apsw.Connection, start_s: int, end_s: int) -> list[tuple[str, PastEvent]]:
    """(product, event) by the newest revision of each, known since the first."""
    return [
        (product, PastEvent(unit, end_ns // NS, grams / GRAMS_PER_TONNE, _known_s(end_ns // NS, recorded_ns // NS)))
        for product, unit, end_ns, grams, recorded_ns in rows(
            connection,
            "SELECT product, unit, end_ns, grams, (SELECT min(recorded_ns) FROM event AS first WHERE "
            "first.unit = this.unit AND first.tag = this.tag AND first.production_year = this.production_year "
            "AND first.key = this.key) FROM event AS this WHERE end_ns >= ? AND end_ns < ? AND grams > 0 "
            "AND revision = (SELECT max(revision) FROM event AS other WHERE other.unit = this.unit AND "
            "other.tag = this.tag AND other.production_year = this.production_year AND other.key = this.key) "
            "ORDER BY end_ns, id",
            ((start_s - KNOWN_LATE_S) * NS, end_s * NS),
        )
    ]


def _known_s(end_s: int, recorded_s: int) -> int:
    return recorded_s if end_s <= recorded_s <= end_s + KNOWN_LATE_S else end_s


def _gaps(connection: apsw.Connection, plant: Plant, start_s: int, end_s: int) -> list[tuple[str, int]]:
    """(unit, end) of every gap that ended in the span."""
    owners = {tag.name: tag.unit for tag in plant.tags}
    found: list[tuple[str, int]] = []
    for gap in ledger_reads.gaps(connection, start_s * NS, end_s * NS):
        units = plant.units if gap.tag == EVERY_TAG else [owners[gap.tag]] if gap.tag in owners else []
        found += [(unit, gap.end_ns // NS) for unit in units]
    return found
