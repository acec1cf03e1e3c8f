"""A fixed fortnight of the simulated works gives the figures, reports and messages that it always gave, to the byte.

`make test` lives through its first two days, with three shifts and the change of a day; `make test-all` through all of
it, with the faults, corrections and the closed month that come later.
Where a change is meant to change one, write both anew and look at the difference before it is committed:
TUNDISH_WRITE_FORTNIGHT=1 python -m pytest tests/end_to_end/test_fortnight.py
"""

import difflib
import lzma
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from collector.cli.main import main
from collector.entries.entry_file import EntryFile
from tests.collector.entries.conftest import Answer
from tests.support.fortnight import Clock, Written, fortnight, write_plant
from tests.support.fortnight_instruments import DAYS

pytestmark = pytest.mark.long

CASE = Path(__file__).resolve().parents[1] / "cases" / "fortnight"
PACKED = {2: CASE / "first_two_days.txt.xz", DAYS: CASE / "fortnight.txt.xz"}
MOST_SHOWN = 40


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("days", [2, pytest.param(DAYS, marks=pytest.mark.slow)])
async def test_the_fortnight_is_the_same_to_the_byte(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    file = write_plant(tmp_path)
    monkeypatch.setenv("TUNDISH_PLANT", str(file))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(EntryFile.__init__, "__defaults__", (clock,))

    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["tundish", *arguments])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ending:
            code = ending.code
        return Answer(int(str(code or 0)), *capsys.readouterr())

    found = as_files(await fortnight(file, clock, run, days))
    if os.environ.get("TUNDISH_WRITE_FORTNIGHT"):
        PACKED[days].write_bytes(lzma.compress(packed(found).encode(), preset=9))
    assert "\n".join(differences(packed(found), PACKED[days])) == ""


def as_files(written: Written) -> dict[str, str]:
    return {
        "rows.txt": "\n".join(written.rows) + "\n",
        "messages.txt": "\n".join(written.messages) + "\n",
        "telemetry.txt": written.telemetry + "\n",
        **written.said,
    }


def packed(files: Mapping[str, str]) -> str:
    return "".join(f"==== {name}\n{files[name]}" for name in sorted(files))


def differences(found: str, packed_file: Path) -> list[str]:
    """The first lines that differ, as a unified diff; of long texts, only what lies between equal ends."""
    kept = lzma.decompress(packed_file.read_bytes()).decode()
    if found == kept:
        return []
    was, now = kept.splitlines(), found.splitlines()
    head = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    changed = difflib.unified_diff(was[head : head + 400], now[head : head + 400], "kept", "found", lineterm="", n=0)
    return [f"from line {head + 1}:", *list(changed)[:MOST_SHOWN]]
