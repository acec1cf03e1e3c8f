"""A real Firebird server for tests: Debian's, on a free port of 127.0.0.1, with a folder and users of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.ports import free_port

READER, READER_PASSWORD = "lab", "assay-and-ash"
CHIEF, CHIEF_PASSWORD = "sysdba", "ladle-and-lance"
START_LIMIT_S = 20.0


class FirebirdServer:
    """One server with one database."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.database = folder / "lab.fdb"
        self._folder = folder
        (folder / "lock").mkdir()
        (folder / "firebird.conf").write_text(
            f"RemoteBindAddress = 127.0.0.1\nRemoteServicePort = {self.port}\nUdfAccess = None\n"
            f"SecurityDatabase = {folder / 'users.fdb'}\n",
            encoding="utf-8",
        )
        for name in ("plugins.conf", "fbintl.conf", "databases.conf"):
            shutil.copy(next(Path("/etc/firebird").glob(f"*/{name}")), folder / name)
        # Before the server holds the file of its users, the file can be made without it.
        self._isql(
            f"CREATE DATABASE '{folder / 'users.fdb'}' USER '{CHIEF}';",
            f"CREATE USER {CHIEF} PASSWORD '{CHIEF_PASSWORD}';",
            f"CREATE USER {READER} PASSWORD '{READER_PASSWORD}';",
            "COMMIT;",
            f"CREATE DATABASE '{self.database}' USER '{CHIEF}';",
        )
        with (folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen([_program("firebird")], env=self._environment(), stdout=log, stderr=log)
        deadline = time.monotonic() + START_LIMIT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"firebird did not start: {(folder / 'server.log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def change(self, *statements: str) -> None:
        """Statements as the administrator, each with its own end."""
        connect = f"CONNECT '127.0.0.1/{self.port}:{self.database}' USER '{CHIEF}' PASSWORD '{CHIEF_PASSWORD}';"
        self._isql(connect, *statements, "COMMIT;")

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait(20)

    def _isql(self, *statements: str) -> None:
        # It goes on after an error, and ends with success; what it says is then the error.
        done = subprocess.run(
            [_program("isql-fb"), "-q", "-b"],
            input="\n".join(statements) + "\n",
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert not done.stderr, done.stderr

    def _environment(self) -> dict[str, str]:
        messages = next(iter(Path("/usr/lib").glob("*/firebird/*/firebird.msg")), None)
        own = {"FIREBIRD": str(self._folder), "FIREBIRD_LOCK": str(self._folder / "lock")}
        return os.environ | own | ({"FIREBIRD_MSG": str(messages.parent)} if messages else {})

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


@contextmanager
def firebird_server(folder: Path) -> Iterator[FirebirdServer]:
    """A running server, ended on leaving."""
    server = FirebirdServer(folder)
    try:
        yield server
    finally:
        server.end()


def _program(name: str) -> str:
    """Debian keeps the server out of the PATH of people."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if found is None:
        pytest.fail(f"no {name} on this machine; install with: apt-get install firebird3.0-server")
    return found
