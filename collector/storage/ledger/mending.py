"""A group of rows that is not as it was sealed: brought back from a backup that has it as it was, else a gap."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw

from collector.storage.file.sql import FILE_ERRORS, rows
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import configurations, damage, seals
from collector.storage.ledger.changes import mark_dirty, put_gap, recording_time
from collector.storage.ledger.damage import Damage
from collector.storage.ledger.seals import INCREMENT, Seal
from models.counting.increment import UncertainGap
from models.works.calendar import NS

EVERY_TAG = "*"
"""The tag of a gap that may concern any counter."""

_SUPERSEDED = """
UPDATE figure SET superseded_ns = (
    SELECT min(later.recorded_ns) FROM figure AS later WHERE later.id > figure.id AND later.key = figure.key
    AND (figure.key <> '' OR (later.unit, later.shop, later.product, later.start_ns, later.end_ns, later.basis,
        later.definition) = (figure.unit, figure.shop, figure.product, figure.start_ns, figure.end_ns, figure.basis,
        figure.definition))
) WHERE id BETWEEN ? AND ?
"""


def mend(connection: apsw.Connection, number: int, seal: Seal, backups: Sequence[Path], now_ns: int) -> Damage:
    """Put a broken group right in the transaction that is under way, or tell what is not known any more."""
    for backup in backups:
        found = _backed_up(backup, seal)
        if found is not None:
            _put_back(connection, seal, found)
            told = Damage(f"{_named(seal)}: brought back from {backup}", False, now_ns)
            break
    else:
        what = f"{_named(seal)}: not as recorded, and no backup has it"
        follows = "the days have to be signed again" if seal.part in seals.NO_TONNES else "a gap is noted"
        told = Damage(f"{what}; {follows}", True, now_ns)
        if seal.part not in seals.NO_TONNES:
            gap = UncertainGap(EVERY_TAG, seal.start_ns, max(seal.start_ns, min(seal.end_ns, now_ns)), what)
            put_gap(connection, gap, recording_time(connection, now_ns))
        seals.give_up(connection, number)
    if seal.part not in seals.NO_TONNES:
        _roll_up_anew(connection, seal)
    damage.note(connection, told)
    return told


def _backed_up(backup: Path, seal: Seal) -> list[tuple[Any, ...]] | None:
    """The rows of the group in a backup, if they are as they were sealed."""
    with contextlib.suppress(*FILE_ERRORS, OSError):
        with contextlib.closing(connect(backup, apsw.SQLITE_OPEN_READONLY)) as connection:
            found = seals.group(connection, seal)
        if seals.digest(found) == seal.digest:
            return found
    return None


def _put_back(connection: apsw.Connection, seal: Seal, found: Sequence[tuple[Any, ...]]) -> None:
    names = seals.columns(seal.part)
    if seal.part == INCREMENT:
        connection.execute(
            "DELETE FROM increment WHERE start_s BETWEEN ? AND ? AND recorded_s >= ? AND recorded_s < ?",
            (seal.first, seal.last, seal.from_s, seal.until_s),
        )
    else:
        connection.execute(f"DELETE FROM {seal.part} WHERE id BETWEEN ? AND ?", (seal.first, seal.last))  # noqa: S608
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {seal.part} ({', '.join(names)}) VALUES ({marks})", found)  # noqa: S608
    if seal.part == "figure":
        connection.execute(_SUPERSEDED, (seal.first, seal.last))


def _roll_up_anew(connection: apsw.Connection, seal: Seal) -> None:
    if seal.part != INCREMENT:
        connection.execute(configurations.ROLL_UP_ANEW)
        return
    for unit, product in list(rows(connection, "SELECT DISTINCT unit, product FROM counter")):
        mark_dirty(connection, unit, product, seal.start_ns // NS, seal.end_ns // NS)


def _named(seal: Seal) -> str:
    return f"{seal.row_count} rows of {seal.part} from {seal.first} to {seal.last}"
