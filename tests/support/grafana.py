"""A real Grafana for tests, or the recorded answers of one.

TUNDISH_TEST_GRAFANA names the home folder of a built Grafana (with bin/grafana-server or bin/grafana). Where it is not
set, a small server on loopback gives the answers that a real one gave to the same requests in the same order; the
record says which version and when. TUNDISH_RECORD_GRAFANA=1 beside a real one writes the record anew.
"""

import json
import lzma
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dashboards.grafana.desired_state import DesiredState, Kind, Resource, desired_resources
from tests.support.ports import free_port

USER, PASSWORD = "admin", "smelt-and-cast"
START_LIMIT_S = 60.0
RECORD = Path(__file__).resolve().parents[1] / "cases" / "grafana" / "provision.json.xz"


def home() -> Path | None:
    """The home of a real Grafana, where one is named. Fails the test where it is none."""
    named = os.environ.get("TUNDISH_TEST_GRAFANA")
    if not named:
        return None
    if _program(Path(named)) is None:
        pytest.fail(
            f"TUNDISH_TEST_GRAFANA names {named!r}, which has no bin/grafana-server; give Grafana's home folder"
        )
    return Path(named)


def _program(folder: Path) -> Path | None:
    return next((it for name in ("grafana-server", "grafana") if (it := folder / "bin" / name).is_file()), None)


@contextmanager
def real_grafana(folder: Path, **environment: str) -> Iterator[str]:
    """The address of a fresh Grafana on a free port of loopback, ended on leaving."""
    there = home()
    assert there is not None
    program = _program(there)
    assert program is not None
    port = free_port()
    settings = {
        "GF_SERVER_HTTP_ADDR": "127.0.0.1",
        "GF_SERVER_HTTP_PORT": str(port),
        "GF_PATHS_DATA": str(folder / "data"),
        "GF_PATHS_LOGS": str(folder / "log"),
        "GF_PATHS_PLUGINS": str(folder / "plugins"),
        "GF_SECURITY_ADMIN_PASSWORD": PASSWORD,
        "GF_ANALYTICS_REPORTING_ENABLED": "false",
        "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
        "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES": "false",
        "GF_NEWS_NEWS_FEED_ENABLED": "false",
        "GF_SECURITY_DISABLE_GRAVATAR": "true",
        "GF_UNIFIED_ALERTING_MIN_INTERVAL": "10s",
        **environment,
    }
    folder.mkdir(parents=True, exist_ok=True)
    command = [str(program), *(["server"] if program.name == "grafana" else []), f"--homepath={there}"]
    with (folder / "grafana.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=there, env={**os.environ, **settings}, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_LIMIT_S
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"Grafana did not start: {(folder / 'grafana.log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/api/health", timeout=2) as answer:  # noqa: S310 - loopback
            return bool(json.load(answer).get("database") == "ok")
    except OSError:
        return False


@contextmanager
def served(handle: Any) -> Iterator[str]:  # noqa: ANN401 - (method, path, body) -> (status, body)
    """The address of a server on loopback that answers by `handle`."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = handle(self.command, self.path, body, dict(self.headers))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815 - the names that the library calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Recorder:
    """Passes requests to a real Grafana and keeps the answers, in their order for each request."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._answers: dict[str, list[Any]] = defaultdict(list)
        self._desired: list[list[dict[str, Any]]] = []

    def __call__(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        request = urllib.request.Request(self._address + path, data=body or None, method=method)  # noqa: S310
        for name in ("Authorization", "Content-Type", "X-Disable-Provenance"):
            if name in headers:
                request.add_header(name, headers[name])
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        self._answers[f"{method} {path}"].append([status, json.loads(text) if text.strip() else None])
        return status, text

    def desired_resources(
        self, desired: DesiredState, version: tuple[int, int], *, by_rule: bool | None = None
    ) -> list[Resource]:
        """What was desired at each call: a board may change later, and what was recorded of it does not."""
        resources = desired_resources(desired, version, by_rule=by_rule)
        self._desired.append([asdict(resource) for resource in resources])
        return resources

    def save(self, version: str) -> None:
        """Write the record."""
        RECORD.parent.mkdir(parents=True, exist_ok=True)
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        content = {"version": version, "recorded": day, "answers": self._answers, "wanted": self._desired}
        RECORD.write_bytes(lzma.compress(json.dumps(content, sort_keys=True).encode(), preset=9))


def recorded() -> Any:  # noqa: ANN401 - JSON
    """The record: version, day, and the answers by request."""
    return json.loads(lzma.decompress(RECORD.read_bytes()))


class Replayer:
    """Gives the recorded answers; the last one of a request again where it is asked more often."""

    def __init__(self) -> None:
        content = recorded()
        self.version: str = content["version"]
        self.recorded: str = content["recorded"]
        self._answers = {request: deque(answers) for request, answers in content["answers"].items()}
        self.strange: list[str] = []
        self._desired = deque(content["wanted"])

    def desired_resources(self, _desired: DesiredState, _version: tuple[int, int], **_: object) -> list[Resource]:
        """What was desired when it was recorded, call by call."""
        return [Resource(**{**recorded, "kind": Kind(recorded["kind"])}) for recorded in self._desired.popleft()]

    def __call__(self, method: str, path: str, _body: bytes, _headers: dict[str, str]) -> tuple[int, bytes]:
        answers = self._answers.get(f"{method} {path}")
        if not answers:
            self.strange.append(f"{method} {path}")
            return 501, b'{"message": "nothing was recorded for this request"}'
        status, answer = answers.popleft() if len(answers) > 1 else answers[0]
        return status, b"" if answer is None else json.dumps(answer).encode()
