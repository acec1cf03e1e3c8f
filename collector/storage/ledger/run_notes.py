"""Minutes in which the collector ran, sources answered and tags could not be read: why readings are missing. SQL.

They stand in `observed`, beside the minutes of units, under names that no unit has: a code begins with a letter or a
digit, and these begin with a sign that is sorted before those.
"""

from collections.abc import Iterable, Mapping

import apsw

from collector.storage.file.sql import rows
from models.tables.loss_cause import Answer

THE_COLLECTOR = ""
_SOURCE, _UNREAD = ".", "!"
FIRST_UNIT = "0"
"""Every unit's code is sorted at or after it, and no name here is."""
HOUR_S, MINUTE_S = 3600, 60
MINUTES = HOUR_S // MINUTE_S


def note_run(connection: apsw.Connection, start_s: int, end_s: int) -> None:
    """The collector ran from `start_s` to `end_s` (UTC seconds, taken to whole minutes)."""
    first_s, end_s = start_s // MINUTE_S * MINUTE_S, end_s // MINUTE_S * MINUTE_S
    for hour_s in range(first_s // HOUR_S * HOUR_S, end_s, HOUR_S):
        known = _hour(connection, THE_COLLECTOR, hour_s)
        low, high = max(first_s - hour_s, 0) // MINUTE_S, min(end_s - hour_s, HOUR_S) // MINUTE_S
        known[low:high] = b"\x01" * (high - low)
        _put(connection, THE_COLLECTOR, hour_s, known)


def note_minute(
    connection: apsw.Connection, minute_s: int, answers: Mapping[str, Answer], unread: Iterable[str]
) -> None:
    """What each source did in the minute from `minute_s`, and the tags that could not be read. A source that was away
    in a part of a minute was away."""
    hour_s, minute = minute_s // HOUR_S * HOUR_S, minute_s % HOUR_S // MINUTE_S
    codes = {_SOURCE + name: int(answer) for name, answer in answers.items()}
    for name, code in (codes | {_UNREAD + tag: 1 for tag in unread}).items():
        known = _hour(connection, name, hour_s)
        if known[minute] not in (code, Answer.AWAY):
            known[minute] = code
            _put(connection, name, hour_s, known)


def ran(connection: apsw.Connection, start_s: int, end_s: int) -> frozenset[int]:
    """The minutes (UTC seconds of their begin) of [start_s, end_s) in which it ran."""
    return frozenset(_minutes(connection, THE_COLLECTOR, start_s, end_s))


def answers(connection: apsw.Connection, source: str, start_s: int, end_s: int) -> dict[int, Answer]:
    """By minute of [start_s, end_s), what a source did, where that was noted."""
    return {at_s: Answer(code) for at_s, code in _minutes(connection, _SOURCE + source, start_s, end_s).items()}


def unread(connection: apsw.Connection, tag: str, start_s: int, end_s: int) -> frozenset[int]:
    """The minutes of [start_s, end_s) in which a tag could not be read, though its source answered."""
    return frozenset(_minutes(connection, _UNREAD + tag, start_s, end_s))


def first_run_s(connection: apsw.Connection) -> int | None:
    """The first minute (UTC seconds) of which it was noted that the collector ran."""
    sql = "SELECT start_s, minutes FROM observed WHERE unit = ? ORDER BY start_s LIMIT 1"
    return next(
        (
            int(hour_s) + MINUTE_S * next((minute for minute, runs in enumerate(blob) if runs), 0)
            for hour_s, blob in rows(connection, sql, (THE_COLLECTOR,))
        ),
        None,
    )


def _minutes(connection: apsw.Connection, name: str, start_s: int, end_s: int) -> dict[int, int]:
    found = {
        int(hour_s) + MINUTE_S * minute: code
        for hour_s, blob in rows(
            connection,
            "SELECT start_s, minutes FROM observed WHERE unit = ? AND start_s > ? AND start_s < ?",
            (name, start_s - HOUR_S, end_s),
        )
        for minute, code in enumerate(blob)
        if code
    }
    return {at_s: code for at_s, code in found.items() if start_s <= at_s < end_s}


def _hour(connection: apsw.Connection, name: str, hour_s: int) -> bytearray:
    found = rows(connection, "SELECT minutes FROM observed WHERE start_s = ? AND unit = ?", (hour_s, name))
    return next((bytearray(row[0]) for row in found), bytearray(MINUTES))


def _put(connection: apsw.Connection, name: str, hour_s: int, minutes: bytearray) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO observed (start_s, unit, minutes) VALUES (?, ?, ?)", (hour_s, name, bytes(minutes))
    )
