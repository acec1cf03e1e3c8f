"""The folder of a demo: made again at each start, and never confused with another folder."""

import shutil
from pathlib import Path

from collector import host
from collector.errors import AlreadyRunning, CannotStart

MARK = "SIMULATED.txt"
LOCK = "demo.lock"
PLANT, BOOK, DATA, READY, FORMS = "plant.yaml", "book.db", "data", "simulator.url", "forms"
BESIDE = "beside"
_MARK_TEXT = "Everything in this folder is made up. `tundish demo` removes it and makes it again at each start.\n"
_OURS = (PLANT, READY, "simulate.log", "run.log", "desk.log", "import.log")


def prepare(folder: Path) -> host.FileLock:
    """Make `folder`, or clear what an earlier demo left there; the lock says that a demo runs in it.

    Raises CannotStart if it holds something that no demo made, if a demo runs in it, or if it cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
            raise CannotStart(f"{folder.resolve()} is not empty and not a demo's: name another folder with --folder")
        lock = host.lock_file(folder / LOCK)
        # Whole: marks and seals beside a database that is gone would call the new one damaged.
        for made in (DATA, FORMS, BESIDE):
            if (folder / made).exists():
                shutil.rmtree(folder / made)
        for needed in (DATA, FORMS):
            (folder / needed).mkdir()
        (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")
        for name in (*_OURS, *(f"{BOOK}{end}" for end in ("", "-wal", "-shm"))):
            (folder / name).unlink(missing_ok=True)
    except AlreadyRunning:
        raise CannotStart(
            f"another demo runs in {folder.resolve()}: end it, or name another folder with --folder (and another port "
            "with --desk-port)"
        ) from None
    except OSError as error:
        raise CannotStart(
            f"the demo's folder {folder.resolve()} cannot be written: {error.strerror}; name another with --folder"
        ) from error
    return lock
