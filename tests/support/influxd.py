"""Real InfluxDB servers for tests: Debian's influxd 1.x, and the InfluxDB 2 that TUNDISH_TEST_INFLUXD names.

Each server runs on free ports of 127.0.0.1 with its files in a folder of the test's; buckets are made per test.
"""

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from collector.influx.settings import Dialect, InfluxSettings
from tests.support.ports import free_port

ORG = "works"
USER = "tundish"
PASSWORD = "smelt-and-cast"
TOKEN = "token-of-the-test-server"
START_LIMIT_S = 40.0

V1_CONFIG = """
reporting-disabled = true
bind-address = "127.0.0.1:{rpc_port}"
[meta]
  dir = "{folder}/meta"
[data]
  dir = "{folder}/data"
  wal-dir = "{folder}/wal"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:{port}"
  auth-enabled = true
  log-enabled = false
[continuous_queries]
  enabled = false
"""


def dialects() -> list[Dialect]:
    """The dialects that this machine can test: v1 always, v2 where TUNDISH_TEST_INFLUXD names a binary."""
    return ["v1", "v2"] if os.environ.get("TUNDISH_TEST_INFLUXD") else ["v1"]


@contextmanager
def influx_server(dialect: Dialect, folder: Path) -> Iterator["InfluxServer"]:
    """A running server with an administrator, ended on leaving. Fails the test where its program is missing."""
    server = InfluxServer(dialect, folder)
    server.start()
    try:
        server.set_up()
        yield server
    finally:
        server.kill()


class InfluxServer:
    """One influxd process. `kill` and `start` may follow each other; port and files stay the same."""

    def __init__(self, dialect: Dialect, folder: Path) -> None:
        self.dialect = dialect
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._program = _program(dialect)
        self._process: subprocess.Popen[bytes] | None = None
        self._org_id = ""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "influxd.conf").write_text(
            V1_CONFIG.format(folder=folder, port=self.port, rpc_port=free_port()), encoding="utf-8"
        )

    def start(self) -> None:
        """Starts the process and waits until it answers."""
        with (self._folder / "influxd.log").open("ab") as log:
            self._process = subprocess.Popen(self._command(), stdout=log, stderr=log, env=self._environment())
        deadline = time.monotonic() + START_LIMIT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                tail = (self._folder / "influxd.log").read_text(errors="replace")[-2000:]
                pytest.fail(f"{self._program} did not start: {tail}")
            time.sleep(0.05)

    @property
    def pid(self) -> int | None:
        """Of the running process, for a test that lets it hang."""
        return None if self._process is None else self._process.pid

    @property
    def down(self) -> bool:
        """Whether it is killed, or was never started."""
        return self._process is None

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def set_up(self) -> None:
        """Makes the administrator that `settings` names; once a folder."""
        if self.dialect == "v1":
            self._v1_admin(f"CREATE USER \"{USER}\" WITH PASSWORD '{PASSWORD}' WITH ALL PRIVILEGES", authorized=False)
            return
        body = {"username": USER, "password": PASSWORD, "org": ORG, "bucket": "first", "token": TOKEN}
        self._org_id = self.request("POST", "/api/v2/setup", body=json.dumps(body).encode())["org"]["id"]

    def make_bucket(self, name: str, retention_days: int | None = None) -> None:
        """A bucket, or a database with its default retention policy, that may be named in InfluxQL."""
        if self.dialect == "v1":
            limit = f" WITH DURATION {retention_days}d" if retention_days else ""
            self._v1_admin(f'CREATE DATABASE "{name}"{limit}')
            return
        rules = [{"type": "expire", "everySeconds": retention_days * 86400}] if retention_days else []
        body = {"orgID": self._org_id, "name": name, "retentionRules": rules}
        self.request("POST", "/api/v2/buckets", body=json.dumps(body).encode())

    def settings(self, bucket: str, **changes: object) -> InfluxSettings:
        """What the configuration would give for this server; `raw_bucket` is "<bucket>_raw" unless changed."""
        secret: dict[str, Any] = (
            {"user": USER, "password": PASSWORD} if self.dialect == "v1" else {"org": ORG, "token": TOKEN}
        )
        values: dict[str, Any] = {
            "url": self.url,
            "dialect": self.dialect,
            "bucket": bucket,
            "raw_bucket": f"{bucket}_raw",
        }
        return InfluxSettings(**{**values, **secret, **changes})

    def section(self, bucket: str, folder: Path) -> dict[str, str]:
        """The section `influxdb` of a plant.yaml in `folder`, where the secret's file is written too."""
        secret = folder / "influxdb.secret"
        secret.write_text(PASSWORD if self.dialect == "v1" else TOKEN, encoding="utf-8")
        secret.chmod(0o600)
        login = {"user": USER, "password_file": str(secret)}
        if self.dialect == "v2":
            login = {"org": ORG, "token_file": str(secret)}
        return {"url": self.url, "dialect": self.dialect, "bucket": bucket, **login}

    def basic_header(self) -> str:
        """The administrator's login to 1.x as a whole header."""
        return "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def query(self, bucket: str, influxql: str) -> list[dict[str, Any]]:
        """The series of one InfluxQL statement (name, tags, columns, values), times in nanoseconds."""
        where = urllib.parse.urlencode({"db": bucket, "q": influxql, "epoch": "ns"})
        result = self.request("GET", f"/query?{where}")["results"][0]
        assert "error" not in result, result["error"]
        series: list[dict[str, Any]] = result.get("series", [])
        return series

    def rows(self, bucket: str, influxql: str) -> list[dict[str, Any]]:
        """The rows of every series of the answer, as {column: value}, tags included."""
        found = []
        for series in self.query(bucket, influxql):
            tags = series.get("tags", {})
            found += [{**dict(zip(series["columns"], row, strict=True)), **tags} for row in series["values"]]
        return found

    def forget(self, bucket: str, table: str) -> None:
        """Take a table away with all its rows."""
        if self.dialect == "v1":
            where = urllib.parse.urlencode({"db": bucket, "q": f'DROP MEASUREMENT "{table}"'})
            self.request("POST", f"/query?{where}", body=b"")
            return
        body = {"start": "1970-01-01T00:00:00Z", "stop": "2200-01-01T00:00:00Z", "predicate": f'_measurement="{table}"'}
        where = urllib.parse.urlencode({"org": ORG, "bucket": bucket})
        self.request("POST", f"/api/v2/delete?{where}", body=json.dumps(body).encode())

    def request(self, method: str, path: str, *, body: bytes | None = None, authorized: bool = True) -> Any:  # noqa: ANN401 - JSON
        """One request as the administrator; the parsed JSON answer ({} where there is none)."""
        request = urllib.request.Request(self.url + path, data=body, method=method)  # noqa: S310 - always http://127.0.0.1
        if authorized and self.dialect == "v1":
            request.add_header("Authorization", self.basic_header())
        elif authorized:
            request.add_header("Authorization", f"Token {TOKEN}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(text) if text.strip() else {}

    def _v1_admin(self, statement: str, *, authorized: bool = True) -> None:
        body = urllib.parse.urlencode({"q": statement}).encode()
        result = self.request("POST", "/query", body=body, authorized=authorized)["results"][0]
        assert "error" not in result, result

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url + "/ping", timeout=1)  # noqa: S310
        except OSError:
            return False
        return True

    def _command(self) -> list[str]:
        if self.dialect == "v1":
            return [self._program, "-config", str(self._folder / "influxd.conf")]
        return [
            self._program,
            f"--http-bind-address=127.0.0.1:{self.port}",
            f"--bolt-path={self._folder}/influxd.bolt",
            f"--sqlite-path={self._folder}/influxd.sqlite",
            f"--engine-path={self._folder}/engine",
            "--reporting-disabled",
            "--log-level=warn",
        ]

    def _environment(self) -> dict[str, str]:
        # Settings of the machine's own server must not leak into this one.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("INFLUXD_", "INFLUXDB_"))}
        return {**kept, "HOME": str(self._folder)}


def _program(dialect: Dialect) -> str:
    if dialect == "v1":
        found = shutil.which("influxd")
        if found is None:
            pytest.fail("no influxd on this machine; install with: apt-get install influxdb")
        return found
    named = os.environ.get("TUNDISH_TEST_INFLUXD", "")
    if not os.access(named, os.X_OK):
        pytest.fail(
            f"TUNDISH_TEST_INFLUXD names {named!r}, which is not a program; give the path of InfluxDB 2's influxd"
        )
    return named
