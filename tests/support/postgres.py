"""A real PostgreSQL server for tests: Debian's, on a free port of 127.0.0.1 and a local socket.

A cluster of its own in a short folder of /tmp (a path of a socket is at most 107 bytes), as an unprivileged user:
initdb refuses root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from collector.postgres.settings import PostgresSettings
from tests.support.ports import free_port

ADMIN, ADMIN_PASSWORD = "chief", "ladle-and-lance"
PASSWORD = "smelt-and-cast"
START_LIMIT_S = 40.0


def program(name: str) -> str:
    """The path of a program of PostgreSQL. Debian keeps them out of PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which(name, path=os.pathsep.join([*map(str, reversed(folders)), os.environ.get("PATH", "")]))
    if found is None:
        pytest.fail(f"no {name} on this machine; install with: apt-get install postgresql")
    return found


@contextmanager
def postgres_server() -> Iterator["PostgresServer"]:
    """A running server, ended and removed on leaving."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = PostgresServer(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    """One cluster. `kill` and `start` may follow each other; port and files stay the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._user = None if os.getuid() else pwd.getpwnam("postgres")

    def make(self) -> None:
        """Makes the cluster, with an administrator who has a password."""
        (self.folder / "password").write_text(ADMIN_PASSWORD, encoding="utf-8")
        if self._user is not None:
            for path in (self.folder, self.folder / "password"):
                os.chown(path, self._user.pw_uid, self._user.pw_gid)
        command = [program("initdb"), "-D", str(self.folder / "data"), "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}", "--no-sync"]
        made = subprocess.run(command, cwd="/", capture_output=True, text=True, **self._as_user())
        assert made.returncode == 0, made.stderr

    def start(self, *options: str) -> None:
        """Starts the server and waits until it answers. `options`: such as "ssl=on"."""
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
        # A crash of the process alone loses nothing of what it gave to the kernel.
        settings += ["fsync=off", "max_connections=40", "shared_buffers=32MB", *options]
        command = [program("postgres"), "-D", str(self.folder / "data")]
        command += [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **self._as_user())
        deadline = time.monotonic() + START_LIMIT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"postgres did not start: {self.log()[-2000:]}")
            time.sleep(0.05)

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "server.log").read_text(errors="replace")

    @property
    def pid(self) -> int:
        """Of the first process."""
        assert self._process is not None
        return self._process.pid

    @property
    def down(self) -> bool:
        """Whether it is killed, or was never started."""
        return self._process is None

    def kill(self) -> None:
        """Ends all of its processes at once, without a checkpoint: the next start recovers, as after a power cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
            self._process = None

    @property
    def administrator(self) -> str:
        """The administrator's connection for provisioning."""
        return f"host=127.0.0.1 port={self.port} user={ADMIN} password={ADMIN_PASSWORD}"

    def settings(self, database: str, **changes: object) -> PostgresSettings:
        """What the configuration would give for this server."""
        values: dict[str, Any] = {"host": "127.0.0.1", "port": self.port, "database": database, "user": database}
        return PostgresSettings(**{**values, "password": PASSWORD, **changes})

    def section(self, database: str, folder: Path) -> dict[str, object]:
        """The section `postgres` of a plant.yaml in `folder`, where the password's file is written too."""
        secret = folder / "postgres.secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o600)
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "database": database,
            "user": database,
            "password_file": str(secret),
        }

    def rows(self, database: str, query: str, *parameters: object) -> list[dict[str, Any]]:
        """The rows of one statement as the administrator, as {column: value}."""
        connection = psycopg.connect(f"{self.administrator} dbname={database}", row_factory=psycopg.rows.dict_row)
        with connection:
            return connection.execute(query, parameters or None).fetchall()

    def change(self, database: str, *statements: str) -> None:
        """Statements as the administrator."""
        with psycopg.connect(f"{self.administrator} dbname={database}", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _answers(self) -> bool:
        try:
            psycopg.connect(f"{self.administrator} dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
