"""A second demo starts beside a first one, and a port that is taken is told before anything is made."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector.cli.main import app
from collector.errors import CannotStart
from collector.simulation import page_port as ports
from collector.simulation.page_port import page_port


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


def test_without_a_wish_the_first_free_port_is_taken(taken: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST_PORT", taken.getsockname()[1])
    assert page_port(None) > taken.getsockname()[1]


def test_a_wanted_port_that_is_taken_is_refused_before_the_folder_is_made(taken: socket.socket, tmp_path: Path) -> None:
    port = taken.getsockname()[1]
    with pytest.raises(CannotStart, match=f"127.0.0.1:{port} is taken; name another port with --desk-port"):
        page_port(port)
    ran = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path / "demo"), "--desk-port", str(port)])
    assert isinstance(ran.exception, CannotStart)
    assert not (tmp_path / "demo").exists()


def test_a_number_that_is_no_port_leaves_no_folder_behind(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path / "demo"), "--desk-port", "70000"])
    assert ran.exit_code == 2
    assert "65535" in ran.output
    assert not (tmp_path / "demo").exists()
