"""A clock that cannot be right keeps a service down with the right words; one that was ahead is told."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.errors import CannotStart
from collector.host_clock import check_host_clock, record_ahead
from tests.support.collector_process import ROOT
from tests.support.host_clock import HostClock

pytestmark = pytest.mark.long

NS = 1_000_000_000
PLANT = """
version: 1
site: {code: temirtau, names: {en: Temirtau}, zone: Asia/Almaty}
products:
  - {code: pig_iron, names: {en: Pig iron}, definition: hot metal weighed in the ladle, basis: liquid}
shops:
  - code: bf
    names: {en: Blast furnaces}
    calendar: {zone: Asia/Almaty, day_start: "00:00", shift_starts: ["00:00", "12:00"]}
    units: [{code: bf3, kind: blast_furnace, names: {en: Furnace 3}, by_hand: [pig_iron]}]
"""


def _command(folder: Path, year: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    clock = HostClock(folder)
    clock.set(round(datetime(year, 1, 1, tzinfo=UTC).timestamp() - time.time()))
    environment = {**os.environ, **clock.environment()}
    command = [sys.executable, "-m", "collector", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("year", [1970, 2000, 2020])
def test_a_start_in_the_past_says_that_the_clock_is_wrong_and_may_be_tried_again(tmp_path: Path, year: int) -> None:
    (tmp_path / "plant.yaml").write_text(PLANT, encoding="utf-8")
    checked = _command(tmp_path, year, "check", str(tmp_path / "plant.yaml"))
    assert (checked.returncode, checked.stderr) == (0, ""), "a clock is no fault of plant.yaml"
    started = _command(tmp_path, year, "run", str(tmp_path / "plant.yaml"))
    assert started.returncode == 1, "not 2: an init system that starts it again finds the clock set some time"
    (line,) = started.stderr.splitlines()
    assert line.startswith(f"tundish: this host's clock says {year}-01-01 00:0")
    assert "timedatectl" in line
    assert not (tmp_path / "data" / "ledger.db").exists(), "nothing is booked by a clock that is wrong"


def test_a_person_s_entry_is_not_recorded_by_a_clock_that_is_wrong_either(tmp_path: Path) -> None:
    (tmp_path / "plant.yaml").write_text(PLANT, encoding="utf-8")
    plant = ("--plant", str(tmp_path / "plant.yaml"))
    repair = ("--unit", "bf3", "--from", "2026-12-01", "--to", "2026-12-05", "--approved-by", "Aigul")
    wrong = _command(tmp_path, 2020, "repair", "add", *repair, *plant)
    assert wrong.returncode == 1
    assert "the clock is wrong" in wrong.stderr
    assert _command(tmp_path, 2026, "repair", "add", *repair, *plant).returncode == 0


def test_the_clock_is_right_from_the_year_in_which_this_version_was_made() -> None:
    check_host_clock(round(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * NS)
    with pytest.raises(CannotStart, match="2025-12-31 23:59"):
        check_host_clock(round(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * NS - 1)


def test_a_record_that_is_hours_ahead_of_the_clock_is_told_and_one_of_minutes_is_not() -> None:
    now_ns = round(datetime(2026, 11, 29, 6, tzinfo=UTC).timestamp()) * NS
    assert record_ahead(now_ns + 3600 * NS, now_ns) == ""
    assert record_ahead(now_ns + 365 * 86_400 * NS, now_ns).startswith(
        "the newest record is of 2027-11-29 06:00 UTC and this host's clock says 2026-11-29 06:00"
    )
