import asyncio
import signal
import sys
from pathlib import Path

import pytest
import typer
import yaml
from asyncua.client.client import Client
from typer.testing import CliRunner

from collector.cli.simulate import simulate
from collector.errors import CannotStart, ConfigurationError
from collector.simulation.book import TruthBook
from tests.collector.simulation.hand_clock import until
from tests.collector.storage.ledger import ledgers

pytestmark = pytest.mark.long

COMMAND = "import typer; from collector.cli.simulate import simulate; typer.run(simulate)"


async def test_the_command_runs_a_works_that_its_config_finds_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    ready, config, book = tmp_path / "ready", tmp_path / "plant.yaml", tmp_path / "book.db"
    arguments = ["--start", "1h", "--speed", "600", "--ready-file", ready, "--write-config", config, "--book", book]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        COMMAND,
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await until(lambda: ready.exists() or process.returncode is not None)
        document = yaml.safe_load(config.read_text(encoding="utf-8"))
        assert document["site"]["simulated"] is True
        assert "SIMULATED" in document["site"]["names"]["kk"]
        assert document["sources"][0]["url"] == ready.read_text().strip()
        async with Client(document["sources"][0]["url"], timeout=30) as client:
            for shop in document["shops"]:
                for tag in (tag for unit in shop["units"] for tag in unit["tags"]):
                    for node in tag["ring"].values() if "ring" in tag else [tag["node"]]:
                        namespace, identifier = node.removeprefix("nsu=").split(";", 1)
                        index = await client.get_namespace_index(namespace)
                        await client.get_node(f"ns={index};{identifier}").read_value()
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert b"SIMULATED works at opc.tcp://127.0.0.1:" in out
    assert b"Traceback" not in errors
    assert len(TruthBook.open(book).published("mine1.coal_total")) > 0


@pytest.mark.parametrize(
    "option", [["--fault", "bf9-stop@+1s"], ["--start", "yesterday"], ["--host", "192.0.2.1"], ["--speed", "0"]]
)
def test_what_cannot_be_is_refused_before_anything_starts(option: list[str]) -> None:
    app = typer.Typer()
    app.command()(simulate)
    result = CliRunner().invoke(app, option)
    assert isinstance(result.exception, ConfigurationError)


async def test_a_real_works_ledger_is_refused_and_a_demos_is_not(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(simulate)
    real = ledgers.opened(tmp_path / "data", demo=False)
    options = ["--write-config", str(tmp_path / "plant.yaml"), "--host", "192.0.2.1"]
    result = CliRunner().invoke(app, options)
    assert isinstance(result.exception, CannotStart)
    assert "real works" in str(result.exception)
    assert not (tmp_path / "plant.yaml").exists()
    await real.close()
    await ledgers.opened(tmp_path / "demo", demo=True).close()
    result = CliRunner().invoke(app, [*options, "--data-dir", "./demo"])
    assert isinstance(result.exception, ConfigurationError), "only the host is refused here"
