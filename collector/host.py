"""Everything that POSIX and Windows do differently: locks, folder syncs, free space, stop signals."""

import contextlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from collector.errors import AlreadyRunning, CannotStart

if TYPE_CHECKING:
    import asyncio

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A lock held until `release` or the end of the process, however it ends."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor: int | None = descriptor
        self.path = path

    def release(self) -> None:
        """Give the lock up. The file stays: removing it would let two processes lock two different files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_file(path: Path) -> FileLock:
    """Lock `path`, creating it and its folder where missing, and write our process id into it.

    Raises:
        AlreadyRunning: another process holds it.
        CannotStart: the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotStart(
            f"cannot make the lock file {path}: {error.strerror}; give this user a data folder to write in"
        ) from error
    try:
        if sys.platform == "win32":
            # The locked byte lies beyond the process id, which others may read while we hold the lock.
            os.lseek(descriptor, 1024, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.lseek(descriptor, 0, os.SEEK_SET)
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise AlreadyRunning(
            f"{path.parent} is in use by process {holder}: stop that process, or set another data_dir"
        ) from error
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
    return FileLock(descriptor, path)


def sync_folder(path: Path) -> None:
    """Make the names in `path` survive a power cut. NTFS journals names itself, so there it does nothing."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of a file survive a power cut."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_bytes(path: Path) -> int:
    """Bytes that this user may still write on the disk of `path`."""
    return shutil.disk_usage(path).free


def stop_signals() -> tuple[signal.Signals, ...]:
    """The signals by which a person or an init system asks us to end."""
    if sys.platform == "win32":
        return signal.SIGINT, signal.SIGBREAK
    return signal.SIGINT, signal.SIGTERM


def install_stop_handlers(loop: "asyncio.AbstractEventLoop", callback: Callable[[], object]) -> None:
    """Call `callback` in `loop` at each stop signal. Call from the main thread."""
    for number in stop_signals():
        if sys.platform == "win32":
            signal.signal(number, lambda *_: _call_in(loop, callback))
        else:
            loop.add_signal_handler(number, callback)


def on_hangup(loop: "asyncio.AbstractEventLoop", callback: Callable[[], object]) -> None:
    """Call `callback` in `loop` at SIGHUP, by which init systems ask for a reload, and a closed terminal says goodbye:
    either would end the process else. Windows has no such signal. Call from the main thread."""
    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGHUP, callback)


def end_process_after(limit_s: float) -> None:
    """End this process with exit code 1 where it still runs after `limit_s`, whatever its threads wait for."""
    watch = threading.Timer(limit_s, os._exit, (1,))
    watch.daemon = True
    watch.start()


def _call_in(loop: "asyncio.AbstractEventLoop", callback: Callable[[], object]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended: there is nothing left to stop
        loop.call_soon_threadsafe(callback)
