"""A folder into which shift forms come: each whole file is taken once, then moved to done/ or rejected/."""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

from collector import host
from collector.errors import CannotStart, CollectorError, StorageFull
from collector.files.sheet import SUFFIXES
from collector.files.watch_texts import watch_text
from collector.files.words import known_word
from models.works.localize import Language

DONE, REJECTED = "done", "rejected"
POLL_S = 2.0  # a person who drops a form waits for it about as long as for SETTLED_S; listing a folder costs nothing
SETTLED_S = 5.0
"""A file is whole when neither its size nor its time changed for this long.

Longer than a copy over a slow network pauses. A judgement; a file that is cut is refused and can be put there again.
"""

RETRY_S = 60.0
"""A good form that ledger or folder cannot take now is tried again: a disk is freed, a service ends its work."""

Seen = dict[Path, tuple[int, int, float]]


def watch_folder(folder: Path, take: Callable[[Path], str], say: Callable[[str], None], language: Language) -> None:
    """Take files until the process is interrupted. Blocks. Raises CollectorError if it is not a folder."""
    if not folder.is_dir():
        raise CollectorError(watch_text("not_a_folder", folder=folder))
    seen: Seen = {}
    there = True
    while True:
        try:
            said = take_settled(folder, take, seen, time.monotonic(), SETTLED_S, language)
            there = True
        except OSError as error:
            # A share may be away for a while. It is told once, and looked for again.
            away = watch_text("folder_away", folder=folder, reason=known_word(str(error.strerror)))
            said = [away.told(language)] if there else []
            there = False
        for text in said:
            say(text)
        _wait(POLL_S)


def _wait(seconds: float) -> None:
    time.sleep(seconds)


def take_settled(
    folder: Path, take: Callable[[Path], str], seen: Seen, now_s: float, settled_s: float, language: Language
) -> list[str]:
    """Take the files that did not change for `settled_s`; what was said of each. `seen` is kept between calls.

    A file is moved only after it was taken whole: a kill in between repeats the import, which changes nothing. Raises
    OSError if the folder cannot be listed.
    """
    said = []
    marks = {path: mark for path in sorted(folder.iterdir()) if (mark := mark_of(path)) is not None}
    for gone in set(seen) - set(marks):
        del seen[gone]
    for path, mark in marks.items():
        before = seen.get(path)
        if before is None or before[:2] != mark:
            seen[path] = (*mark, now_s)
        if now_s - seen[path][2] >= settled_s:
            text, away = _take(path, take, language)
            said.append(text)
            if away:
                del seen[path]
            else:
                seen[path] = (*mark, now_s + RETRY_S - settled_s)
    return said


def mark_of(path: Path) -> tuple[int, int] | None:
    """Size and time of a form or of a link that looks like one; None for what is none, or is being written."""
    if path.name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
        return None
    try:
        found = path.lstat()
    except OSError:
        return None
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
        return None
    return found.st_size, found.st_mtime_ns


def _take(path: Path, take: Callable[[Path], str], language: Language) -> tuple[str, bool]:
    """What was said of a file, and whether it is put away."""
    where = REJECTED
    try:
        if path.is_symlink():
            report = watch_text("is_link", file=path.name).told(language)
        else:
            report, where = take(path), DONE
    except (StorageFull, CannotStart) as error:
        return watch_text("stays", file=path.name, error=error).told(language), False
    except CollectorError as error:
        report = error.told(language)
    # A form can be damaged in any way, and other forms wait behind it: it is put away, and they are taken.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        report = watch_text("not_understood", file=path.name, reason=reason).told(language)
    try:
        put_away(path, path.parent / where, report)
    except OSError as error:
        why = known_word(str(error.strerror))
        stuck = watch_text("not_moved", file=path.name, folder=where, reason=why, report=report)
        return stuck.told(language), False
    return report, True


def put_away(path: Path, folder: Path, report: str | None) -> None:
    """Report first, if there is one, then the file: whoever finds the file finds why. Nothing older is overwritten, no
    link followed. Raises OSError."""
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "it is a link: make it a folder")
    number, name = 1, path.name
    while os.path.lexists(folder / name) or os.path.lexists(folder / f"{name}.report.txt"):
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    if report is not None:
        beside = folder / f"{name}.report.txt"
        # "x": a file of this name, and a link to one, that came meanwhile is not written to.
        with beside.open("x", encoding="utf-8") as file:
            file.write(report + "\n")
        host.sync_file(beside)
    os.replace(path, folder / name)  # noqa: PTH105 - a rename within one file system, and nothing else
    # A share may know no such call. A move that a power cut undoes is made again: the file is read anew, and changes
    # nothing.
    with contextlib.suppress(OSError):
        host.sync_folder(folder)
        host.sync_folder(path.parent)
