"""What systems do differently: one holder a lock, folders that are synced, stop signals."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from collector import host
from collector.errors import AlreadyRunning, CannotStart

ROOT = Path(__file__).resolve().parents[2]


def test_a_second_process_is_refused_and_told_who_holds_the_folder(tmp_path: Path) -> None:
    lock = host.lock_file(tmp_path / "data" / "collector.lock")
    code = "import sys; from pathlib import Path; from collector import host; host.lock_file(Path(sys.argv[1]))"
    other = subprocess.run(
        [sys.executable, "-c", code, str(lock.path)], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert "AlreadyRunning" in other.stderr
    assert f"process {os.getpid()}" in other.stderr
    lock.release()
    host.lock_file(lock.path).release()


def test_the_same_process_cannot_lock_twice(tmp_path: Path) -> None:
    lock = host.lock_file(tmp_path / "collector.lock")
    with pytest.raises(AlreadyRunning, match="data_dir"):
        host.lock_file(tmp_path / "collector.lock")
    lock.release()


def test_a_folder_that_cannot_be_made_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="data folder to write in"):
        host.lock_file(tmp_path / "file" / "collector.lock")


def test_folders_are_synced_and_free_space_is_told(tmp_path: Path) -> None:
    host.sync_folder(tmp_path)
    assert host.free_bytes(tmp_path) > 0
    with pytest.raises(OSError, match="missing"):
        host.sync_folder(tmp_path / "missing")


async def test_a_stop_signal_calls_back_in_the_loop() -> None:
    stopped = asyncio.Event()
    host.install_stop_handlers(asyncio.get_running_loop(), stopped.set)
    for number in host.stop_signals():
        stopped.clear()
        os.kill(os.getpid(), number)
        await asyncio.wait_for(stopped.wait(), 5)
        asyncio.get_running_loop().remove_signal_handler(number)


def test_a_process_that_hangs_is_ended_in_time() -> None:
    code = "import time; from collector import host; host.end_process_after(0.3); time.sleep(30)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=10, check=False)
    assert ended.returncode == 1
