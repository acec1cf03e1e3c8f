"""What a person decides about readings that were not believed: take them in again, with another value, or drop them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused, NoSuchRecord
from collector.storage.quarantine.browser import NamedRecord, QuarantineBrowser
from models.tables.held_reading import HeldReading
from models.works.codes import Reason

MOST_LISTED = 200
"""Causes, the newest: a works has some hundreds at a time, and nobody decides about more in a morning."""
SETTLED_LISTED = 50
_TYPED_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?", re.IGNORECASE)


def listed(entries: EntryFile, *, settled: bool) -> Sequence[HeldReading]:
    """Those that wait for a person, the newest first; `settled`: the newest of which somebody decided."""
    browser = _browser(entries)
    if not settled:
        return [_held(item) for item in browser.listed("open", MOST_LISTED)]
    decided = (item for state in ("replay", "replayed", "dropped") for item in browser.listed(state, SETTLED_LISTED))
    newest = sorted(decided, key=lambda item: item.record.changed_ns or 0, reverse=True)
    return [_held(item) for item in newest[:SETTLED_LISTED]]


def found(entries: EntryFile, name: str) -> HeldReading:
    """One of them. Raises EntryRefused: there is none of that name."""
    try:
        return _held(_browser(entries).shown(name))
    except NoSuchRecord as error:
        raise EntryRefused(entry_text("no_such_held", name=name[:40])) from error


def replay(entries: EntryFile, name: str, typed: str, *, by: str) -> None:
    """Have it taken in again; `typed` in place of the value that came. Raises EntryRefused: nothing was changed."""
    corrected = None
    if typed:
        if found(entries, name).rejection.reason is Reason.DATABASE_REFUSED:
            raise EntryRefused(entry_text("row_has_no_value"))
        corrected = as_number(typed)
    with _told_if_gone(entries, name):
        _browser(entries).replay([name], corrected=corrected, by=by, first=True)


def drop(entries: EntryFile, name: str, *, by: str) -> None:
    """Settle it as not worth replaying. Raises EntryRefused: nothing was changed."""
    with _told_if_gone(entries, name):
        _browser(entries).drop([name], by=by, first=True)


def as_number(typed: str) -> str:
    """The number as the service reads it: a decimal comma and spaces between thousands are what people type.

    Raises EntryRefused.
    """
    plain = "".join(typed.split()).replace(",", ".")
    if _TYPED_NUMBER.fullmatch(plain) is None:
        raise EntryRefused(entry_text("not_a_number_typed", value=typed[:40]))
    return plain


@contextmanager
def _told_if_gone(entries: EntryFile, name: str) -> Iterator[None]:
    """Of two who decide at once the second is told who was first."""
    try:
        yield
    except NoSuchRecord as error:
        held = found(entries, name)
        raise EntryRefused(entry_text("held_is_gone", name=held.name, by=held.changed_by or "-")) from error


def _browser(entries: EntryFile) -> QuarantineBrowser:
    return QuarantineBrowser(entries.settings.data_dir, entries.clock_ns)


def _held(item: NamedRecord) -> HeldReading:
    record = item.record
    return HeldReading(
        name=item.name,
        rejection=record.rejection,
        count=record.count,
        first_ns=record.recorded_ns,
        last_ns=record.last_ns,
        state=record.state,
        corrected=record.corrected,
        changed_by=record.changed_by,
    )
