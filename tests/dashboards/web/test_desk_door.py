"""Who the desk answers: browsers of this machine that asked for it by its own name, to read."""

import asyncio
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from collector.simulation.plant_config import plant_yaml
from tests.dashboards.web.conftest import ROOT, Desk

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


def ask(desk: Desk, path: str = "/", method: str = "GET", **headers: str) -> int:
    request = urllib.request.Request(desk.url + path, method=method, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - always http://127.0.0.1
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.long
def test_a_foreign_host_name_is_refused(desk: Desk) -> None:
    assert ask(desk) == 200
    assert ask(desk, Host=f"localhost:{desk.port}") == 200
    assert ask(desk, Host="works.example") == 403
    assert ask(desk, Host=f"127.0.0.1.works.example:{desk.port}") == 403
    assert ask(desk, Host="127.0.0.1:1") == 403


def test_a_request_from_another_site_is_refused(desk: Desk) -> None:
    assert ask(desk, Origin=desk.url) == 200
    assert ask(desk, Origin="http://works.example") == 403
    assert ask(desk, Origin="null") == 403


def test_only_reading_is_answered(desk: Desk) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(desk, method=method) == 405
    assert ask(desk, "/docs") == 404
    assert ask(desk, "/openapi.json") == 404


@pytest.mark.parametrize("origin", [None, "http://works.example", "null", "https://127.0.0.1"])
async def test_a_websocket_from_another_site_is_refused(desk: Desk, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(desk.url + SOCKET, headers=headers)
        assert refused.value.status == 403
        async with session.ws_connect(desk.url + SOCKET, headers={"Origin": desk.url}) as socket:
            assert (await asyncio.wait_for(socket.receive(), 5)).data


def test_every_answer_forbids_frames_and_foreign_content(desk: Desk) -> None:
    with urllib.request.urlopen(desk.url, timeout=10) as answer:  # noqa: S310 - always http://127.0.0.1
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def run_desk(folder: Path, host: str, port: int) -> subprocess.CompletedProcess[str]:
    file = folder / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections={"desk": {"host": host, "port": port}}))
    command = [sys.executable, "-m", "collector", "desk", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.long
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 - to see it refused
def test_listening_beyond_this_machine_is_refused(host: str, tmp_path: Path) -> None:
    ended = run_desk(tmp_path, host, 0)
    assert ended.returncode != 0
    assert "127.0.0.1" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_a_port_in_use_is_reported_in_one_line(desk: Desk, tmp_path: Path) -> None:
    ended = run_desk(tmp_path, "127.0.0.1", desk.port)
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "desk.port" in line
