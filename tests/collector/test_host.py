"""What systems do differently: one holder a lock, folders that are synced, stop signals."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collector import host
from collector.access.access_file import AccessFile
from collector.entries.entry_file import EntryFile
from collector.errors import AlreadyRunning, CannotStart
from models.access.user import User
from tests.collector.service.works_document import works_settings
from tests.support.full_pipe import full_pipe

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


WATCHED = """
import asyncio, ctypes, sys, time
from collector import host

async def serve(hangs):
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    host.SignalWatch(loop, stop.set, lambda: print("hung up", flush=True), limit_s=0.5, last_words=lambda: b"by force")
    print("ready", flush=True)
    if hangs == "in python":
        while True:
            pass
    if hangs == "in a call":
        time.sleep(60)
    if hangs == "in a thread":
        await asyncio.to_thread(time.sleep, 60)
    await stop.wait()

asyncio.run(serve(sys.argv[1]))
"""


def _watched(hangs: str, stderr: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", WATCHED, hangs], cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize("hangs", ["in python", "in a call"])
@pytest.mark.parametrize("number", host.stop_signals())
def test_a_process_whose_loop_hangs_is_ended_in_time_and_says_so(hangs: str, number: signal.Signals) -> None:
    process, began = _watched(hangs), time.monotonic()
    process.send_signal(number)
    _, words = process.communicate(timeout=10)
    assert process.returncode == 1
    assert words == b"by force"
    assert time.monotonic() - began < 5


def test_a_process_whose_loop_stops_and_whose_thread_hangs_is_ended_in_time() -> None:
    process = _watched("in a thread")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) in (0, 1)


def test_a_process_whose_loop_goes_on_hears_each_signal_and_ends_by_itself() -> None:
    process = _watched("nowhere")
    process.send_signal(signal.SIGHUP)
    assert process.stdout is not None
    assert process.stdout.readline() == b"hung up\n"
    process.send_signal(signal.SIGTERM)
    _, words = process.communicate(timeout=10)
    assert (process.returncode, words) == (0, b"")


def test_a_process_that_hangs_is_ended_where_nobody_reads_its_last_words() -> None:
    reader, writer = full_pipe()
    process = _watched("in python", stderr=writer)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 1
    os.close(reader)
    os.close(writer)


def test_what_root_enters_in_the_folder_of_the_service_belongs_to_the_service(tmp_path: Path) -> None:
    settings = works_settings(tmp_path)
    owner = os.geteuid() or 65534
    settings.data_dir.mkdir()
    os.chown(settings.data_dir, owner, -1)
    AccessFile(settings.data_dir).add(User(name="dana", full_name="", roles=()), "furnace number 3", "root")
    EntryFile(settings).write(lambda _connection: None)
    made = {path.name: path.stat().st_uid for path in settings.data_dir.iterdir()}
    assert {"access.db", "ledger.db", "ledger.db-mark"} <= set(made)
    assert set(made.values()) == {owner}
