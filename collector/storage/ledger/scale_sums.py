"""What belt scales showed and counted, slot by slot, as the ledger has it. SQL."""

from collections.abc import Iterator
from datetime import date

import apsw

from collector.storage.file.sql import rows
from models.counting.increment import BUCKET_S
from models.counting.scale_drift import ScaleDrift, Slot, scale_drift
from models.works.calendar import NS, day_bounds
from models.works.plant import Plant, Tag


def compared_tags(plant: Plant) -> Iterator[tuple[Tag, Tag]]:
    """Each rate that is compared, and the totalizer that it is compared with."""
    tags = {(tag.unit, tag.signal): tag for tag in plant.tags}
    for tag in plant.tags:
        counter = tags.get((tag.unit, tag.compared_with))
        if tag.compared_with and counter is not None:
            yield tag, counter


def drift_of(connection: apsw.Connection, rate: Tag, counter: Tag, start_s: int, end_s: int) -> ScaleDrift:
    """Over [start_s, end_s) (UTC seconds)."""
    return scale_drift(rate, counter, *(_slots(connection, tag.name, start_s, end_s) for tag in (rate, counter)))


def day_drifts(connection: apsw.Connection, plant: Plant, day: date) -> dict[str, float]:
    """By unit, the drift of its scale over a production date, in percent; of several scales the largest."""
    found: dict[str, float] = {}
    for rate, counter in compared_tags(plant):
        start_ns, end_ns = day_bounds(plant.shops[rate.shop].calendar, day)
        pct = drift_of(connection, rate, counter, start_ns // NS, end_ns // NS).pct
        if pct is not None and abs(pct) >= abs(found.get(rate.unit, 0.0)):
            found[rate.unit] = pct
    return found


def counted_g(connection: apsw.Connection, tag: str, start_s: int, end_s: int) -> int:
    """Everything that a counter counted in [start_s, end_s)."""
    sql = (
        "SELECT ifnull(sum(grams), 0) FROM increment JOIN counter ON counter.id = counter "
        "WHERE tag = ? AND start_s >= ? AND start_s < ? AND end_s <= ?"
    )
    (found,) = rows(connection, sql, (tag, start_s, end_s, end_s))
    return int(found[0])


def _slots(connection: apsw.Connection, tag: str, start_s: int, end_s: int) -> dict[int, Slot]:
    sql = (
        "SELECT start_s, sum(grams), sum(readings) FROM increment JOIN counter ON counter.id = counter "
        "WHERE tag = ? AND start_s >= ? AND start_s < ? AND end_s = start_s + ? GROUP BY start_s"
    )
    return {
        int(at_s): Slot(grams, readings)
        for at_s, grams, readings in rows(connection, sql, (tag, start_s, end_s, BUCKET_S))
    }
