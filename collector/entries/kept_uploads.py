"""Files that people handed in at the desk, until they are taken or given up: few of them, and not for long."""

import contextlib
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from collector.entries.file_desk_texts import file_desk_text
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.words import known_word
from models.access.desk_actions import ActionRefused
from models.access.file_desk import LARGEST_UPLOAD_BYTES

FOLDER = "desk-uploads"
"""In the data folder: it is on the same disk as the ledger, and no backup takes it."""
LONGEST_S = 1800.0
"""From the last byte on. Whoever looks at a screen for longer chooses the file once more."""
MOST_OF_ONE = 3
"""Uploads of one person: as many pages may be open."""
MOST_OF_ALL = 12
"""600 MB at the very most. The oldest goes."""
LONGEST_NAME_BYTES = 150
"""A file system takes 255; what a person wrote in front of the date is enough to know a file by."""


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A file that is there in full. `user`: who handed it in."""

    name: str
    user: str
    path: Path
    at_s: float


class KeptUploads:
    """Thread-safe. What a desk that was killed left behind goes when the next one starts."""

    def __init__(self, data_dir: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._folder = data_dir / FOLDER
        self._monotonic = monotonic
        self._kept: dict[str, KeptUpload] = {}
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._kept.clear()
            shutil.rmtree(self._folder, ignore_errors=True)

    def receive(self, user: str, name: str) -> "IncomingUpload":
        """Begin to take one in. Raises ActionRefused."""
        self._forget_old()
        upload = secrets.token_hex(16)
        path = self._folder / upload / safe_name(name)
        try:
            path.parent.mkdir(mode=0o700, parents=True)
            return IncomingUpload(self, upload, user, path, path.open("wb"))
        except OSError as error:
            self._remove(path)
            raise _not_stored(error) from error

    def found(self, user: str, upload: str) -> KeptUpload:
        """That of the user. Raises ActionRefused if it is gone."""
        self._forget_old()
        with self._lock:
            kept = self._kept.get(upload)
        if kept is None or kept.user != user:
            raise ActionRefused(file_desk_text("upload_gone").told)
        return kept

    def keep(self, upload: str, user: str, path: Path) -> None:
        """It is there in full."""
        with self._lock:
            self._kept[upload] = KeptUpload(upload, user, path, self._monotonic())
            ours = [kept for kept in self._kept.values() if kept.user == user]
            gone = [*ours[:-MOST_OF_ONE], *list(self._kept.values())[:-MOST_OF_ALL]]
        for kept in gone:
            self.drop(kept.name)
        # Nobody may come again to look whether it is old.
        waiting = threading.Timer(LONGEST_S + 1, self._forget_old)
        waiting.daemon = True
        waiting.start()

    def drop(self, upload: str) -> None:
        """Forget it, if it is there."""
        with self._lock:
            kept = self._kept.pop(upload, None)
        if kept is not None:
            self._remove(kept.path)

    def _forget_old(self) -> None:
        now_s = self._monotonic()
        with self._lock:
            old = [kept.name for kept in self._kept.values() if now_s - kept.at_s > LONGEST_S]
        for upload in old:
            self.drop(upload)

    def _remove(self, path: Path) -> None:
        shutil.rmtree(path.parent, ignore_errors=True)


@dataclass(slots=True)
class IncomingUpload:
    """Fulfils `models.access.file_desk.FileUpload`."""

    uploads: KeptUploads
    upload: str
    user: str
    path: Path
    file: IO[bytes]
    size: int = field(default=0)

    def write(self, piece: bytes) -> None:
        """See `FileUpload`."""
        self.size += len(piece)
        if self.size > LARGEST_UPLOAD_BYTES:
            too_large = unreadable(
                RefusalCode.FILE_TOO_LARGE, file=self.path.name, bytes=self.size, most=LARGEST_UPLOAD_BYTES
            )
            raise ActionRefused(too_large.told)
        try:
            self.file.write(piece)
        except OSError as error:
            raise _not_stored(error) from error

    def finish(self) -> str:
        """See `FileUpload`."""
        if not self.size:
            raise ActionRefused(file_desk_text("upload_empty").told)
        try:
            self.file.close()
        except OSError as error:
            raise _not_stored(error) from error
        self.uploads.keep(self.upload, self.user, self.path)
        return self.upload

    def drop(self) -> None:
        """See `FileUpload`."""
        with contextlib.suppress(OSError):  # a full disk says so once more
            self.file.close()
        self.uploads.drop(self.upload)
        shutil.rmtree(self.path.parent, ignore_errors=True)


def safe_name(name: str) -> str:
    """The name without folders and without what turns the direction of a line, short enough for a disk."""
    last = name.replace("\\", "/").rpartition("/")[2]
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split())
    found = PurePosixPath(words)
    if not found.stem or words in (".", ".."):
        return "file"
    suffix = found.suffix[:20]
    stem = found.stem.encode()[: LONGEST_NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return stem + suffix


def _not_stored(error: OSError) -> ActionRefused:
    return ActionRefused(file_desk_text("upload_not_kept", reason=known_word(error.strerror or str(error))).told)
