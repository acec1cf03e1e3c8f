"""The wall clock of a child process, set while it runs: libfaketime reads the offset anew at each call."""

from collections.abc import Mapping
from pathlib import Path

import pytest

_LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


class HostClock:
    """Gives the environment for a process, and sets its clock; the monotonic clock goes on as it does."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.set(0)

    def set(self, offset_s: int) -> None:
        """So many seconds from the true time, from now on."""
        beside = self._file.with_suffix(".new")
        beside.write_text(f"{offset_s:+d}\n", encoding="ascii")
        beside.replace(self._file)

    def environment(self) -> Mapping[str, str]:
        if not _LIBRARIES:
            pytest.fail("no libfaketime on this machine; install with: apt-get install faketime")
        return {
            "LD_PRELOAD": str(_LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            # Looked at once a second: at each call it would cost more than the collector itself.
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
