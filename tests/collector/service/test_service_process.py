"""`tundish run` as a process of its own: how it ends, and how it refuses to start."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
import yaml
from aiohttp import ClientSession

from collector.config.application_uri import DEFAULT_APPLICATION_URI
from collector.sources.opcua.certificate import make_certificate
from collector.storage.file.summed_disk import connect
from collector.storage.ledger.ledger import Ledger
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import source_yaml, works_yaml, write_works
from tests.support.collector_process import ROOT, CollectorProcess, until
from tests.support.influxd import PASSWORD, USER, influx_server
from tests.support.ports import free_port

pytestmark = pytest.mark.long

NOTHING_THERE = "opc.tcp://127.0.0.1:1"
WITHIN_S = 10.0


def _plant(folder: Path, url: str = NOTHING_THERE, port: int = 0, **sections: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return write_works(folder, works_yaml(url, metrics={"port": port}, **sections))


@asynccontextmanager
async def collecting(plant_file: Path) -> AsyncIterator[CollectorProcess]:
    collector = CollectorProcess(plant_file, plant_file.parent / "run.log")
    await collector.start()
    try:
        yield collector
    finally:
        await collector.end()


@asynccontextmanager
async def simulator(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, Path]]:
    """A simulated works in a process of its own, and the plant.yaml for it."""
    plant_file = folder / "plant.yaml"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", "simulate", "--write-config", str(plant_file)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        await soon(plant_file.exists, what="the simulator")
        yield process, plant_file
    finally:
        process.kill()
        await process.wait()


async def _refused(plant_file: Path) -> tuple[int, str]:
    """Exit code and stderr of a collector that is not to start."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", "run", str(plant_file)),
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        _, text = await asyncio.wait_for(process.communicate(), 20)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    assert b"Traceback" not in text
    return process.returncode, text.decode()


def _told(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("tundish: ")]


async def test_sigterm_ends_a_collector_at_work(tmp_path: Path) -> None:
    port = free_port()
    async with simulator(tmp_path) as (_, plant_file):
        plant_file.write_text(plant_file.read_text() + f"metrics: {{port: {port}}}\n")
        async with collecting(plant_file) as collector:
            await until("tundish_source_up == 1 and tundish_readings_total > 0", 15, port)
            assert await collector.stop(WITHIN_S) < 4
        assert '"collector_stopped"' in collector.log_text()
        assert "Traceback" not in collector.log_text()


async def test_sigterm_ends_a_collector_whose_opc_ua_server_hangs(tmp_path: Path) -> None:
    port = free_port()
    async with simulator(tmp_path) as (server, plant_file):
        plant_file.write_text(plant_file.read_text() + f"metrics: {{port: {port}}}\n")
        async with collecting(plant_file) as collector:
            await until("tundish_source_up == 1 and tundish_readings_total > 0", 15, port)
            os.kill(server.pid, signal.SIGSTOP)
            await asyncio.sleep(2)
            await collector.stop(WITHIN_S)
        assert "Traceback" not in collector.log_text()


async def test_sigterm_ends_a_collector_whose_database_hangs(tmp_path: Path) -> None:
    port = free_port()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    with influx_server("v1", tmp_path / "influx") as database:
        for bucket in ("works", "works_raw"):
            database.make_bucket(bucket)
        login = {"dialect": "v1", "user": USER, "password_file": str(secret)}
        sections = {"influxdb": {"url": database.url, "bucket": "works", **login}, "metrics": {"port": port}}
        async with simulator(tmp_path) as (_, plant_file):
            plant_file.write_text(plant_file.read_text() + yaml.safe_dump(sections))
            async with collecting(plant_file) as collector:
                await until("tundish_rows_sent_total > 0", 25, port)
                assert database.pid is not None
                os.kill(database.pid, signal.SIGSTOP)
                await until("unsent_age_s > 2", 15, port)
                await collector.stop(WITHIN_S)
                os.kill(database.pid, signal.SIGCONT)
    assert '"left_for_the_next_start"' in collector.log_text()
    assert "Traceback" not in collector.log_text()


async def test_sigterm_ends_a_collector_whose_database_never_answered(tmp_path: Path) -> None:
    async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    port = free_port()
    server = await asyncio.start_server(hangs, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    influxdb = {"url": url, "dialect": "v1", "bucket": "works"}
    async with collecting(_plant(tmp_path, port=port, influxdb=influxdb)) as collector:
        await until("tundish_journal_entries >= 0", 15, port)
        await collector.stop(WITHIN_S)
    assert "Traceback" not in collector.log_text()
    server.close()


async def test_sigterm_during_the_start_ends_it_too(tmp_path: Path) -> None:
    async with collecting(_plant(tmp_path)) as collector:
        await soon((tmp_path / "data" / "collector.lock").exists)
        await collector.stop(WITHIN_S)


async def test_a_second_collector_on_the_same_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    async with collecting(_plant(tmp_path, port=port)) as collector:
        await until("tundish_journal_entries >= 0", 15, port)
        code, text = await _refused(_plant(tmp_path))
        (line,) = _told(text)
        assert code == 1
        assert f"in use by process {collector.pid}" in line
        assert "another data_dir" in line
        await collector.stop()


@pytest.mark.parametrize("name", ["journal.db", "ledger.db"])
async def test_a_file_of_a_newer_version_is_refused_in_one_line_and_left_alone(tmp_path: Path, name: str) -> None:
    port = free_port()
    async with collecting(_plant(tmp_path, port=port)) as collector:
        await until("tundish_journal_entries >= 0", 15, port)
        await collector.stop()
    path = tmp_path / "data" / name
    connection = connect(path, apsw.SQLITE_OPEN_READWRITE)
    connection.execute("ALTER TABLE gap ADD COLUMN newer INTEGER; PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    code, text = await _refused(_plant(tmp_path))
    (line,) = _told(text)
    assert code == 1
    assert name in line
    assert "newer version" in line
    assert "start that version" in line
    assert path.read_bytes() == before


async def test_every_fault_of_a_configuration_is_a_line_and_the_exit_code_2(tmp_path: Path) -> None:
    document = works_yaml(NOTHING_THERE, colector={"name": "x"})
    document["shops"][0]["units"][0]["tags"][0]["source_unit_of_measure"] = "degC"
    document["shops"][0]["units"][0]["tags"].append(dict(document["shops"][0]["units"][0]["tags"][1]))
    code, text = await _refused(write_works(tmp_path, document))
    lines = text.splitlines()
    assert code == 2
    assert len(lines) == 3, text
    for part in ("colector", "degC", "mine1.coal"):
        assert sum(part in line for line in lines) == 1
    assert all("plant.yaml:" in line for line in lines)


@pytest.mark.parametrize("demo", [True, False])
async def test_a_works_and_a_demo_never_share_a_ledger(tmp_path: Path, demo: bool) -> None:
    data = tmp_path / "data"
    data.mkdir()
    ledger = Ledger.open(data, clock_ns=time.time_ns, demo=demo)
    await ledger.close()
    site = {"code": "works", "names": {"en": "Works"}, "zone": "Asia/Almaty", "simulated": not demo}
    code, text = await _refused(_plant(tmp_path, site=site))
    (line,) = _told(text)
    assert code == 1
    assert ("holds simulated figures" if demo else "figures of a real works") in line


async def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, text = await _refused(_plant(tmp_path, data_dir="./file/data"))
    (line,) = _told(text)
    assert code == 1
    assert str(tmp_path / "file" / "data") in line


async def test_an_expired_certificate_of_ours_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=90)
    for name, now in (("client", long_ago), ("server", datetime.now(UTC))):
        certificate, key = make_certificate(DEFAULT_APPLICATION_URI, ["127.0.0.1"], 30, now)
        (tmp_path / f"{name}.pem").write_bytes(certificate)
        (tmp_path / f"{name}.key.pem").write_bytes(key)
    security: dict[str, Any] = {
        "policy": "Basic256Sha256",
        "mode": "SignAndEncrypt",
        "certificate_file": "client.pem",
        "private_key_file": "client.key.pem",
        "server_certificate_file": "server.pem",
    }
    port = free_port()
    sources = [source_yaml("plc", NOTHING_THERE, security=security), source_yaml("dcs", NOTHING_THERE)]
    async with collecting(_plant(tmp_path, port=port, sources=sources)) as collector:
        await until("tundish_journal_entries >= 0", 15, port)
        await soon(lambda: "client.pem expired on" in collector.log_text())
        await asyncio.sleep(2)
        lines = [line for line in collector.log_text().splitlines() if "client.pem expired on" in line]
        assert len(lines) == 1
        assert "tundish cert make" in lines[0]
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 503
            assert "client.pem expired on" in await answer.text()
        await collector.stop()


async def test_a_hangup_takes_a_sound_change_and_leaves_everything_as_it_was_for_a_faulty_one(tmp_path: Path) -> None:
    plant_file = _plant(tmp_path)
    text = plant_file.read_text(encoding="utf-8")
    async with collecting(plant_file) as collector:
        await soon(lambda: "collector_started" in collector.log_text(), what="the start")
        for content, event in (
            (text, "configuration_unchanged"),
            ("version: 1\nsite: {", "configuration_refused"),
            (text.replace("zone: Asia/Almaty", "zone: Asia/Aqtau", 1), "configuration_taken"),
        ):
            plant_file.write_text(content, encoding="utf-8")
            os.kill(collector.pid, signal.SIGHUP)
            await soon(lambda event=event: event in collector.log_text(), what=event)  # type: ignore[misc]
        await soon(lambda: collector.log_text().count("collector_started") == 2, what="the new start")
        assert await collector.stop() < WITHIN_S
