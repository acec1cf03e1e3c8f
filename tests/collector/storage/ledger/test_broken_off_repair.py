"""A repair of the ledger that its disk breaks off at any call is done again, and gives what one that was not gives."""

import asyncio
import itertools
import shutil
from pathlib import Path

import pytest

from collector.errors import CollectorError
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from tests.support.corruption import DAY_S, DAYS, START_S, Figures, built, figures
from tests.support.counted_works import pages_of, spoil
from tests.support.forgetful_disk import ForgetfulDisk, forgetful_disk

pytestmark = pytest.mark.long

END_NS = (START_S + DAYS * DAY_S) * 10**9
_NAMES = (f"broken-off-{number}" for number in itertools.count())
SAID_TWICE = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""A disk that fails also fails SQLite while it closes a file, which nobody can be told of."""
CALLS = 2000
"""More than a repair of these files makes; the loop ends where it made fewer."""


def repaired(folder: Path, disk: ForgetfulDisk | None = None) -> tuple[Figures, int]:
    """The figures after a start on the files, and how many gaps stand beside them."""
    ledger = Ledger.open(folder, clock_ns=lambda: END_NS, demo=None, vfs=None if disk is None else disk.name)
    try:
        return ledger.read(figures), len(ledger.read(ledger_reads.gaps))
    finally:
        ledger.close_now()


def every(folder: Path, step: int, *, full: bool) -> int:
    """Break off at each `step`th call; how many times."""
    stand = asyncio.run(built(folder / "stand", closed=True))
    broken = folder / "broken"
    shutil.copytree(stand.now, broken)
    (broken / "backups.json").unlink()
    pages = pages_of(broken, "increment")
    spoil(broken, [pages[1], pages[-2], *pages_of(broken, "totalizer")])
    shutil.copytree(broken, folder / "whole")
    expected = repaired(folder / "whole")
    count = 0
    for first in range(1, CALLS, step):
        case = folder / "case"
        shutil.copytree(broken, case)
        with forgetful_disk(next(_NAMES)) as disk:
            disk.full, disk.failing = full, range(first, first + (1, 5, 10**6)[count % 3])
            try:
                repaired(case, disk)
                done = disk.calls < first
            except CollectorError:
                done = False
        assert repaired(case) == expected, f"broken off at call {first}"
        shutil.rmtree(case)
        count += 1
        if done:
            break
    return count


@SAID_TWICE
def test_whatever_call_of_a_repair_fails_the_next_start_ends_it(tmp_path: Path) -> None:
    assert every(tmp_path, 37, full=False) > 5


@SAID_TWICE
@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("full", [True, False], ids=["full", "broken"])
def test_each_call_of_a_repair_may_fail_in_turn(full: bool, tmp_path: Path) -> None:
    assert every(tmp_path, 1, full=full) > 100
