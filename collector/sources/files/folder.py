"""Which files of a drop folder are whole, and where they go when they were read. Blocks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from collector.files.watch import RETRY_S, mark_of, put_away

log = structlog.get_logger(__name__)

_LOOKS = 2
"""A file is seen so often with the same size and time before it is taken, however short `settle` is."""
Mark = tuple[int, int]


@dataclass(slots=True)
class _Seen:
    mark: Mark
    since_s: float
    first_s: float
    looks: int = 1
    not_before_s: float = 0.0


@dataclass(slots=True)
class DropFolder:
    """What is known of the files in one folder. It outlives the connection; `monotonic` is replaced in tests only.

    `put`: files that were read and could not be moved, with where to and the report.
    """

    path: Path
    settle_s: float
    monotonic: Callable[[], float] = time.monotonic
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _stuck: dict[Path, tuple[Mark, str, str | None]] = field(default_factory=dict)

    def ready(self) -> list[Path]:
        """The whole files, the oldest first. Raises OSError if the folder cannot be listed."""
        now_s = self.monotonic()
        marks = {path: mark for path in self.path.iterdir() if (mark := mark_of(path)) is not None}
        for gone in self._seen.keys() - marks.keys():
            del self._seen[gone]
        for gone in self._stuck.keys() - marks.keys():
            del self._stuck[gone]
        whole = []
        for path, mark in marks.items():
            seen = self._seen.get(path)
            if seen is None or seen.mark != mark:
                first_s = now_s if seen is None else seen.first_s
                self._seen[path] = _Seen(mark, now_s, first_s)
                continue
            seen.looks += 1
            if seen.looks < _LOOKS or now_s - seen.since_s < self.settle_s or now_s < seen.not_before_s:
                continue
            if path in self._stuck and self._stuck[path][0] == mark:
                self._move(path)
                continue
            whole.append(path)
        return sorted(whole, key=lambda path: (marks[path][1], path.name))

    def mark(self, path: Path) -> Mark | None:
        """Size and time of a file as it was seen; None if it is not known."""
        seen = self._seen.get(path)
        return None if seen is None else seen.mark

    def age_s(self, path: Path) -> float:
        """How long it has been there, for us."""
        seen = self._seen.get(path)
        return 0.0 if seen is None else self.monotonic() - seen.first_s

    def later(self, path: Path, after_s: float = RETRY_S) -> None:
        """Leave a file alone for a while."""
        if path in self._seen:
            self._seen[path].not_before_s = self.monotonic() + after_s

    def put_away(self, path: Path, where: str, report: str | None) -> None:
        """Move a file that was read, if it is still as it was read; tried again later if it cannot be moved."""
        mark = self.mark(path)
        if mark is None or mark_of(path) != mark:
            # It was written to while it was read, or is gone: what it holds now is another file.
            self._seen.pop(path, None)
            return
        self._stuck[path] = (mark, where, report)
        self._move(path)

    def _move(self, path: Path) -> None:
        _, where, report = self._stuck[path]
        try:
            put_away(path, path.parent / where, report)
        except OSError as error:
            log.warning("file_not_moved", file=path.name, folder=where, error=str(error.strerror), retry_in_s=RETRY_S)
            self.later(path)
            return
        del self._stuck[path]
        self._seen.pop(path, None)
