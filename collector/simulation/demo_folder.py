"""The folder of a demo: made again at each start, and never confused with another folder."""

import shutil
from pathlib import Path

from collector.errors import CannotStart

MARK = "SIMULATED.txt"
PLANT, BOOK, DATA, READY, FORMS = "plant.yaml", "book.db", "data", "simulator.url", "forms"
_MARK_TEXT = "Everything in this folder is made up. `tundish demo` removes it and makes it again at each start.\n"
_OURS = (PLANT, READY, "simulate.log", "run.log", "desk.log", "import.log")
_DATABASES = (f"{DATA}/journal.db", f"{DATA}/ledger.db", BOOK)


def prepare(folder: Path) -> None:
    """Make `folder`, or clear what an earlier demo left there.

    Raises CannotStart if it holds something that no demo made, or cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
            raise CannotStart(f"{folder.resolve()} is not empty and not a demo's: name another folder with --folder")
        (folder / DATA).mkdir(parents=True, exist_ok=True)
        if (folder / FORMS).exists():
            shutil.rmtree(folder / FORMS)
        (folder / FORMS).mkdir()
        (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")
        for name in (*_OURS, *(f"{name}{end}" for name in _DATABASES for end in ("", "-wal", "-shm"))):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise CannotStart(
            f"the demo's folder {folder.resolve()} cannot be written: {error.strerror}; name another with --folder"
        ) from error
