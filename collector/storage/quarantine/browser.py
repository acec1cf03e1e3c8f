"""The quarantines of both files as one, for a person: records are called J17 (journal) and L5 (ledger)."""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import apsw

from collector.errors import CannotStart, NoSuchRecord, StorageDamaged
from collector.storage.file.opening import check_readable, failure_in_use
from collector.storage.file.sql import FILE_ERRORS, in_our_words, pragma
from collector.storage.file.sqlite_file import open_beside, open_reader
from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger.schema import LEDGER
from collector.storage.quarantine import records as quarantine
from collector.storage.quarantine.records import Decision, Quarantined

Result = TypeVar("Result")
_KINDS = {"J": JOURNAL, "L": LEDGER}
MOST_REFUSED = 100_000
"""Records that are looked through for causes, the newest first: a works has some hundreds open."""
_NAME = re.compile(r"([JLjl])(\d{1,18})")


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record with the name by which a person calls it."""

    name: str
    record: Quarantined


class QuarantineBrowser:
    """Works on a data folder, beside a running service or without one; each call is a short transaction."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int]) -> None:
        self._folder = folder
        self._clock_ns = clock_ns

    def listed(self, state: str | None, limit: int) -> list[NamedRecord]:
        """The newest records of both files, newest first. Raises CannotStart if neither file exists."""
        there = [letter for letter, kind in _KINDS.items() if (self._folder / kind.name).exists()]
        if not there:
            raise CannotStart(
                f"{self._folder} holds no journal and no ledger: name the data_dir of a service that has run"
            )
        found = []
        for letter in there:
            with self._open(letter) as connection:
                found += [_named(letter, record) for record in quarantine.listed(connection, state, limit)]
        return sorted(found, key=lambda item: item.record.changed_ns or item.record.recorded_ns, reverse=True)[:limit]

    def shown(self, name: str) -> NamedRecord:
        """One record. Raises NoSuchRecord."""
        letter, number = _parse(name)
        with self._open(letter) as connection:
            record = quarantine.shown(connection, number)
        if record is None:
            raise NoSuchRecord(f"there is no record {name}: see `tundish quarantine list --state all`")
        return _named(letter, record)

    def replay(self, names: Sequence[str], *, corrected: str | None, by: str | None, first: bool = False) -> None:
        """Ask for replays, all or none of one file's. The service takes them while it runs, or at its next start.

        `first`: only of records that nobody decided about. Raises NoSuchRecord: nothing was changed in that file.
        """
        decision = Decision(by, self._clock_ns(), first)
        self._change(names, lambda connection, number: quarantine.ask_replay(connection, number, decision, corrected))

    def drop(self, names: Sequence[str], *, by: str | None, first: bool = False) -> None:
        """Settle records as not worth replaying, all or none of one file's; `first` and errors as of `replay`."""
        decision = Decision(by, self._clock_ns(), first)
        self._change(names, lambda connection, number: quarantine.drop(connection, number, decision))

    def _change(self, names: Sequence[str], change: Callable[[apsw.Connection, int], bool]) -> None:
        by_file: dict[str, list[int]] = {}
        for letter, number in map(_parse, names):
            by_file.setdefault(letter, []).append(number)
        for letter, numbers in by_file.items():
            with self._open(letter) as connection, connection:
                for number in numbers:
                    if not change(connection, number):
                        raise NoSuchRecord(
                            f"{letter}{number} is unknown or was replayed already, so nothing was changed in "
                            f"{_KINDS[letter].name}: see `tundish quarantine list --state all`"
                        )

    @contextlib.contextmanager
    def _open(self, letter: str) -> Iterator[apsw.Connection]:
        kind = _KINDS[letter]
        path = self._folder / kind.name
        if not path.exists():
            raise NoSuchRecord(f"{path} does not exist: name the data_dir of a service that has run, or its plant.yaml")
        try:
            connection = open_beside(path, kind)
            try:
                yield connection
            finally:
                connection.close()
        except FILE_ERRORS as error:
            raise failure_in_use(path, error) from error
        except ValueError as error:
            raise StorageDamaged(
                f"{path} holds a record that cannot be read: {error}; show the others by name"
            ) from error


def newest_refused(folder: Path, limit: int = MOST_REFUSED) -> list[Quarantined]:
    """What was refused last, of both files of a data folder that are there and of this version; nothing is written."""
    found: list[Quarantined] = []
    for kind in _KINDS.values():
        path = folder / kind.name
        if not path.exists():
            continue
        try:
            connection = open_reader(path)
            try:
                check_readable(connection, path, kind)
                if pragma(connection, "user_version") == kind.version:
                    found += quarantine.listed(connection, None, limit)
            finally:
                connection.close()
        except FILE_ERRORS as error:
            raise in_our_words(path, error) from error
    return found


def _parse(name: str) -> tuple[str, int]:
    match = _NAME.fullmatch(name.strip())
    if match is None:
        raise NoSuchRecord(f"{name!r} names no record: write J or L and a number, such as J17")
    return match[1].upper(), int(match[2])


def _named(letter: str, record: Quarantined) -> NamedRecord:
    return NamedRecord(f"{letter}{record.id}", record)
