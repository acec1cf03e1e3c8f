"""Everything that POSIX and Windows do differently: locks, folder syncs, free space, stop signals, the last moment."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from collector.errors import AlreadyRunning, CannotStart

if TYPE_CHECKING:
    import asyncio

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_LONGEST_LOCK_TEXT = 900
"""Bytes: on Windows the locked byte lies at 1024, and what is before it may be read by others."""


class FileLock:
    """A lock held until `release` or the end of the process, however it ends."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor: int | None = descriptor
        self.path = path

    def note(self, since_ns: int, remark: str) -> None:
        """Say since when (UTC ns; 0: not yet) the holder works, and what it remarks of itself. Keeps the lock."""
        if self._descriptor is not None:
            text = f"{os.getpid()}\n{since_ns}\n{remark}\n".encode()[:_LONGEST_LOCK_TEXT]
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, text)

    def release(self) -> None:
        """Give the lock up. The file stays: removing it would let two processes lock two different files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who holds a lock: its process, since when it works (UTC ns; 0: not yet), and what it remarks of itself."""

    process: int
    since_ns: int
    remark: str


def lock_holder(path: Path) -> LockHolder | None:
    """Who wrote itself into a lock file last, whether or not it holds the lock still; None if nobody did."""
    try:
        words = path.read_bytes()[:_LONGEST_LOCK_TEXT].decode("utf-8", "replace").split("\n", 2)
        return LockHolder(int(words[0]), int(words[1]), words[2].strip())
    except (OSError, ValueError, IndexError):
        return None


def is_locked(path: Path) -> bool:
    """Whether a process holds the lock now. Where none does, asking takes it for an instant: ask once."""
    try:
        with path.open("rb") as file:
            return sys.platform == "win32" or not _locked(file.fileno())
    except OSError:
        return False


def hang_up(process: int) -> None:
    """Ask a process of ours to look at its configuration again. Raises OSError if it cannot be asked (Windows)."""
    if sys.platform == "win32":
        raise OSError(0, "Windows has no SIGHUP")
    os.kill(process, signal.SIGHUP)


def lock_file(path: Path) -> FileLock:
    """Lock `path`, creating it and its folder where missing, and write our process id into it.

    Raises:
        AlreadyRunning: another process holds it.
        CannotStart: the file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
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
        holder = os.read(descriptor, 32).decode("ascii", "replace").partition("\n")[0].strip() or "unknown"
        os.close(descriptor)
        raise AlreadyRunning(
            f"{path.parent} is in use by process {holder}: stop that process, or set another data_dir"
        ) from error
    lock = FileLock(descriptor, path)
    lock.note(0, "")
    return lock


_HELD = threading.local()
FOLDER_WAIT_S = 60.0
"""Making a file takes a moment, and bringing one of ten years to a new version half a minute."""


@contextlib.contextmanager
def alone_in(folder: Path, limit_s: float = FOLDER_WAIT_S) -> Iterator[None]:
    """One process at a time makes and opens files in `folder`, or writes beside a service: four first imports at once
    made one ledger over another. Within it, the same thread may ask again.

    Windows has no lock of a folder: there the first one to rename its file wins. Raises CannotStart after `limit_s`.
    """
    held: set[Path] = _HELD.__dict__.setdefault("folders", set())
    if sys.platform == "win32" or folder in held:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        deadline_s = time.monotonic() + limit_s
        while not _locked(descriptor):
            if time.monotonic() > deadline_s:
                raise CannotStart(
                    f"another process has been making or bringing up to date the files in {folder} for {limit_s:g} s; "
                    "try again when it is done"
                )
            time.sleep(0.02)
        held.add(folder)
        try:
            yield
        finally:
            held.discard(folder)
            _leave_to_owner(folder)
    finally:
        os.close(descriptor)


def _leave_to_owner(folder: Path) -> None:
    """What root made in a folder of somebody else is given to that user. A command that an administrator ran without
    `sudo -u` would else leave files that the service cannot open."""
    owner = folder.stat()
    if os.geteuid() != 0 or owner.st_uid == 0:
        return
    for made in folder.iterdir():
        if made.stat(follow_symlinks=False).st_uid == 0:
            os.chown(made, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


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


class SignalWatch:
    """Hears stop signals and SIGHUP in a thread of its own, so that a process whose loop hangs is ended too.

    The loop is told of each. `limit_s` after the first stop signal the process ends with exit code 1, whatever its loop
    and its threads wait for, and `last_words` go to stderr. Windows has no SIGHUP. Make it in the main thread.
    """

    def __init__(
        self,
        loop: "asyncio.AbstractEventLoop",
        stop: Callable[[], object],
        hangup: Callable[[], object],
        *,
        limit_s: float,
        last_words: Callable[[], bytes],
    ) -> None:
        self._loop = loop
        self._limit_s = limit_s
        self._last_words = last_words
        self._calls = dict.fromkeys(map(int, stop_signals()), stop)
        if sys.platform != "win32":
            # By it init systems ask for a reload, and a closed terminal says goodbye: either would end the process.
            self._calls[int(signal.SIGHUP)] = hangup
        self._near, self._far = socket.socketpair()
        self._far.setblocking(False)
        # The number is written the moment the signal comes, by code that needs nothing of the interpreter.
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for number in self._calls:
            signal.signal(number, lambda *_: None)
        threading.Thread(target=self._watch, name="signals", daemon=True).start()

    def _watch(self) -> None:
        end_s: float | None = None
        while True:
            self._near.settimeout(None if end_s is None else max(0.001, end_s - time.monotonic()))
            try:
                number = self._near.recv(1)[0]
            except TimeoutError:
                end_process(1, self._last_words)
            else:
                call = self._calls.get(number)
                if call is None:
                    continue
                if end_s is None and number in map(int, stop_signals()):
                    end_s = time.monotonic() + self._limit_s
                _call_in(self._loop, call)


LAST_WORDS_LIMIT_S = 0.5
"""For the last line of a process: its reader may stand still, and then the line is lost."""


def end_process(code: int, words: Callable[[], bytes] = lambda: b"") -> NoReturn:
    """End at once, with last words to stderr. Nothing is tidied up: files must be safe at a kill."""
    with contextlib.suppress(Exception):  # whatever is wrong with the words or with threads: the process ends
        writer = threading.Thread(target=lambda: os.write(2, words()), daemon=True)
        writer.start()
        writer.join(LAST_WORDS_LIMIT_S)
    os._exit(code)


def _call_in(loop: "asyncio.AbstractEventLoop", callback: Callable[[], object]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended: there is nothing left to stop
        loop.call_soon_threadsafe(callback)
