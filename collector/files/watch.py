"""A folder into which shift forms come: each whole file is taken once, then moved to done/ or rejected/."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from collector import host
from collector.errors import CollectorError

DONE, REJECTED = "done", "rejected"
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
POLL_S = 2.0  # a person who drops a form waits for it about as long as for SETTLED_S; listing a folder costs nothing
SETTLED_S = 5.0
"""A file is whole when neither its size nor its time changed for this long.

Longer than a copy over a slow network pauses. A judgement; a file that is cut is refused and can be put there again.
"""

Seen = dict[Path, tuple[int, int, float]]


def watch_folder(folder: Path, take: Callable[[Path], str], say: Callable[[str], None]) -> None:
    """Take files until the process is interrupted. Blocks. Raises CollectorError if it is not a folder."""
    if not folder.is_dir():
        raise CollectorError(f"{folder} is not a folder: create it, or name another")
    seen: Seen = {}
    while True:
        for text in take_settled(folder, take, seen, time.monotonic(), SETTLED_S):
            say(text)
        _wait(POLL_S)


def _wait(seconds: float) -> None:
    time.sleep(seconds)


def take_settled(folder: Path, take: Callable[[Path], str], seen: Seen, now_s: float, settled_s: float) -> list[str]:
    """Take the files that did not change for `settled_s`; what was said of each. `seen` is kept between calls.

    A file is moved only after it was taken whole: a kill in between repeats the import, which changes nothing.
    """
    said = []
    present = sorted(path for path in folder.iterdir() if _is_form(path))
    for gone in set(seen) - set(present):
        del seen[gone]
    for path in present:
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        mark = (stat.st_size, stat.st_mtime_ns)
        before = seen.get(path)
        if before is None or before[:2] != mark:
            seen[path] = (*mark, now_s)
        if now_s - seen[path][2] >= settled_s:
            said.append(_take(path, take))
            seen.pop(path, None)
    return said


def _take(path: Path, take: Callable[[Path], str]) -> str:
    try:
        report, where = take(path), DONE
    except CollectorError as error:
        report, where = str(error), REJECTED
    try:
        _put_away(path, path.parent / where, report)
    except OSError as error:
        return f"{path.name} cannot be moved to {where}/ ({error.strerror}): check the permissions; {report}"
    return report


def _put_away(path: Path, folder: Path, report: str) -> None:
    """Report first, then the file: whoever finds the file finds why. Nothing older is overwritten."""
    folder.mkdir(exist_ok=True)
    number, name = 1, path.name
    while (folder / name).exists() or (folder / f"{name}.report.txt").exists():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    beside = folder / f"{name}.report.txt"
    beside.write_text(report + "\n", encoding="utf-8")
    host.sync_file(beside)
    os.replace(path, folder / name)  # noqa: PTH105 - a rename within one file system, and nothing else
    host.sync_folder(folder)
    host.sync_folder(path.parent)


def _is_form(path: Path) -> bool:
    """Whether it is a file that somebody put there, and not one that is being written."""
    hidden = path.name.startswith((".", "~$"))
    return path.is_file() and not hidden and path.suffix.lower() in SUFFIXES
