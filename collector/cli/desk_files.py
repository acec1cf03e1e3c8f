"""How people hand in files at the desk: with the rights of who does it, and in that person's name."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import apsw

from collector.cli.file_looks import file_look, told_here
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.entries.figures import Imported
from collector.entries.kept_uploads import IncomingUpload, KeptUploads
from collector.entries.listed_statements import listed_statements
from collector.entries.read_upload import (
    ReadUpload,
    check_meanwhile,
    check_places,
    check_replaced,
    layout_names,
    read_upload,
)
from collector.errors import CollectorError, EntryRefused, ImportRefused, UnreadableFile
from collector.files.refusal import RefusalCode
from collector.storage.ledger import desk_saves
from collector.storage.ledger.changes import number as ledger_number
from models.access.desk_actions import ActionRefused
from models.access.file_desk import FileChoice, FileLook, ListedStatement
from models.access.user import User

Result = TypeVar("Result")


class DeskFiles:
    """Fulfils `models.access.file_desk.FileDesk`."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)
        self._uploads = KeptUploads(settings.data_dir)

    def close(self) -> None:
        """Forget every file."""
        self._uploads.clear()

    def receive(self, user: User, name: str) -> IncomingUpload:
        """See `FileDesk`."""
        return self._uploads.receive(user.name, name)

    def layouts(self, *, plans: bool) -> Sequence[str]:
        """See `FileDesk`."""
        return layout_names(self._entries, plans=plans)

    def look(self, user: User, upload: str, choice: FileChoice, since_ns: int = 0) -> FileLook:
        """See `FileDesk`."""
        kept = self._uploads.found(user.name, upload)
        try:
            read = read_upload(self._entries, kept, user, choice)
        except UnreadableFile as error:
            if error.refusal.code is RefusalCode.OVER_BOUND:
                # No choice makes it smaller, so it is not kept for one.
                self._uploads.drop(kept.name)
                raise ActionRefused(told_here(error.told)) from error
            return FileLook(file=kept.path.name, plans=choice.plans, refused=told_here(error.told))
        except CollectorError as error:
            return FileLook(file=kept.path.name, plans=choice.plans, refused=told_here(error.told))

        def post(connection: apsw.Connection) -> tuple[int, Imported]:
            seen_ns = ledger_number(connection, "recorded_ns")
            try:
                return seen_ns, read.post(connection, self._entries, keep_good=True)
            except ImportRefused as error:  # not one row is good
                return seen_ns, Imported(None, 0, 0, (), error.rejections)

        seen_ns, imported = _asked(lambda: self._entries.try_out(post))
        found = file_look(self._entries.plant, read, imported, seen_ns, since_ns)
        try:
            self._check_rights(user, read, imported)
        except EntryRefused as error:
            return replace(found, refused=told_here(error.told))
        return found

    def take(self, user: User, upload: str, choice: FileChoice, seen_ns: int) -> int:
        """See `FileDesk`."""
        content = desk_saves.digest(user.name, upload)
        known = _asked(lambda: self._entries.look(lambda connection: _taken_as(connection, upload, content)))
        if known:
            return known
        kept = self._uploads.found(user.name, upload)
        number = _asked(lambda: self._take(user, upload, read_upload(self._entries, kept, user, choice), seen_ns))
        self._uploads.drop(upload)
        return number

    def drop(self, user: User, upload: str) -> None:
        """See `FileDesk`."""
        self._uploads.drop(self._uploads.found(user.name, upload).name)

    def statements(self, limit: int) -> Sequence[ListedStatement]:
        """See `FileDesk`."""
        return _asked(lambda: listed_statements(self._entries, limit))

    def _take(self, user: User, upload: str, read: ReadUpload, seen_ns: int) -> int:
        content = desk_saves.digest(user.name, upload)

        def post(connection: apsw.Connection) -> int:
            known = _taken_as(connection, upload, content)
            if known:
                return known
            check_meanwhile(connection, self._entries, read, seen_ns)
            imported = read.post(connection, self._entries, keep_good=read.choice.keep_good)
            self._check_rights(user, read, imported)
            if imported.number is None:
                return 0
            desk_saves.add(connection, upload, content, imported.number)
            return imported.number

        return self._entries.write(post)

    def _check_rights(self, user: User, read: ReadUpload, imported: Imported) -> None:
        check_places(self._entries, user, read)
        check_replaced(self._entries, user, imported, plans=read.plans is not None)


def _taken_as(connection: apsw.Connection, upload: str, content: str) -> int:
    found = desk_saves.found(connection, upload)
    return found[1] if found is not None and found[0] == content else 0


def _asked(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except CollectorError as error:
        raise ActionRefused(told_here(error.told)) from error
