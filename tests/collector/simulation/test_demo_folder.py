"""The folder of a demo: cleared at a start, and only if nobody is at work in it."""

import asyncio
import time
from pathlib import Path

import pytest

from collector.errors import CannotStart
from collector.simulation import demo_folder
from collector.storage.ledger import damage
from collector.storage.ledger.changes import mark_dirty
from collector.storage.ledger.ledger import Ledger


def test_a_second_demo_in_the_folder_of_one_that_runs_is_refused_and_takes_nothing_away(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    lock = demo_folder.prepare(folder)
    (folder / demo_folder.BOOK).write_text("the book of the first", encoding="utf-8")
    with pytest.raises(CannotStart, match=r"another demo runs in .*--folder"):
        demo_folder.prepare(folder)
    assert (folder / demo_folder.BOOK).read_text(encoding="utf-8") == "the book of the first"
    lock.release()
    demo_folder.prepare(folder).release()
    assert not (folder / demo_folder.BOOK).exists()


def test_a_second_demo_in_the_folder_of_the_first_finds_no_damage(tmp_path: Path) -> None:
    """Marks and seals that stood beside the files of the first called those of the second damaged: 18 false alerts."""
    folder = tmp_path / "demo"

    async def run_once() -> int:
        lock = demo_folder.prepare(folder)
        ledger = Ledger.open(folder / demo_folder.DATA, clock_ns=time.time_ns, demo=True)
        await ledger.write(lambda connection: mark_dirty(connection, "bf3", "pig_iron", 0, 300))
        found = ledger.read(damage.count)
        await ledger.close()
        lock.release()
        return found

    assert asyncio.run(run_once()) == 0
    assert asyncio.run(run_once()) == 0


def test_what_stands_beside_the_databases_goes_with_them(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo_folder.prepare(folder).release()
    for name in ("ledger.db-mark", "ledger.db-days", "journal.db-mark", "access.db"):
        (folder / demo_folder.DATA / name).write_bytes(b"of the first")
    demo_folder.prepare(folder).release()
    assert list((folder / demo_folder.DATA).iterdir()) == []
