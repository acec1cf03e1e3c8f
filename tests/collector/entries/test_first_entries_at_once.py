"""Several first commands at once in a folder that has no ledger yet: each succeeds, and nothing is lost."""

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from collector.errors import CannotStart
from collector.host import alone_in
from tests.support.collector_process import ROOT

pytestmark = pytest.mark.long

COMMANDS = 4


@pytest.mark.parametrize("round_", range(3))
async def test_first_entries_at_once_all_succeed(works: Path, round_: int) -> None:
    async def enter(day: int) -> tuple[int | None, str]:
        span = ("--from", f"2027-01-0{day}", "--to", f"2027-01-0{day + 1}")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "collector", "repair", "add", "--unit", "bf3", *span, "--approved-by", "Aigul"),
            *("--plant", str(works)),
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()
        return process.returncode, said.decode()

    ended = await asyncio.gather(*(enter(day) for day in range(1, COMMANDS + 1)))
    assert ended == [(0, "")] * COMMANDS
    listed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "collector", "repair", "list", "--plant", str(works)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await listed.communicate()
    assert out.decode().count("Aigul") == COMMANDS
    (ledger,) = works.parent.rglob("ledger.db")
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.parent.stat().st_mode) == 0o700


def test_who_waits_too_long_for_a_folder_is_told_why(tmp_path: Path) -> None:
    with alone_in(tmp_path), alone_in(tmp_path):
        pass  # the same thread may ask again
    import fcntl
    import os

    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(CannotStart, match="try again when it is done"), alone_in(tmp_path, limit_s=0.1):
            pass
    finally:
        os.close(descriptor)
