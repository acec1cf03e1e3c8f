"""The ledger's buckets summed by production days: SQLite sums faster than we could read them. SQL, no threads."""

from collections.abc import Sequence

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger.changes import BACKFILLED_AT_S, RECORDING_S
from models.books.counted_days import CoarseCount, DayCount
from models.counting.increment import BUCKET_S, IncrementFlag


def day_counts(
    connection: apsw.Connection, days: Sequence[tuple[int, int, int]], known_ns: int | None
) -> list[DayCount]:
    """For each (day, start_s, end_s) and counter, the buckets that lie whole in the day, grouped by how full they are.

    `known_ns`: as known then, to the end of that five minutes of recording (None: now).
    """
    return [
        DayCount(day, *row)
        for day, start_s, end_s in days
        for row in rows(
            connection,
            "SELECT tag, unit, product, width, readings, count(*), sum(grams) FROM ("
            "SELECT counter, end_s - start_s AS width, sum(readings) AS readings, sum(grams) AS grams "
            "FROM increment WHERE start_s >= ? AND start_s < ? AND end_s <= ? AND recorded_s <= ? "
            "GROUP BY start_s, end_s, counter"
            ") JOIN counter ON counter.id = counter GROUP BY counter, width, readings",
            (start_s, end_s, end_s, recorded_until_s(known_ns)),
        )
    ]


def coarse_counts(connection: apsw.Connection, start_s: int, end_s: int, known_ns: int | None) -> list[CoarseCount]:
    """The sums of every coarse bucket that lies within [start_s, end_s)."""
    return [
        CoarseCount(*row)
        for row in rows(
            connection,
            "SELECT tag, unit, product, start_s, end_s, sum(grams) FROM increment JOIN counter ON counter.id = counter "
            "WHERE start_s >= ? AND start_s < ? AND end_s <= ? AND end_s - start_s > ? AND flags & ? "
            "AND recorded_s <= ? GROUP BY counter, start_s, end_s",
            (start_s, end_s, end_s, BUCKET_S, int(IncrementFlag.COARSE), recorded_until_s(known_ns)),
        )
    ]


def recorded_until_s(known_ns: int | None) -> int:
    """The newest `recorded_s` that was known at an instant."""
    if known_ns is None:
        return 2**62
    return known_ns // 1_000_000_000 // RECORDING_S * RECORDING_S + BACKFILLED_AT_S
