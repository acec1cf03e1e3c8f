"""`tundish reload`: a changed plant.yaml is taken by the running service, and a wrong one changes nothing."""

import asyncio
import socket
import sys
import time
from pathlib import Path

import pytest
import yaml

from collector.config.load import load
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from tests.collector.service.steel_works import soon
from tests.collector.service.test_service_process import WITHIN_S, collecting, simulator
from tests.support.collector_process import ROOT
from tests.support.ports import free_port

pytestmark = pytest.mark.long


async def test_a_reload_loses_no_tonne_and_one_that_cannot_start_goes_back(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (_, plant_file):
        text = plant_file.read_text(encoding="utf-8")
        async with collecting(plant_file) as collector:
            await soon(lambda: "collector_started" in collector.log_text(), what="the start")
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                taken.listen()
                there = taken.getsockname()[1]
                plant_file.write_text(with_port(text, there), encoding="utf-8")
                code, said = await _reload(plant_file)
                assert code != 0
                assert "runs on as it was" in said
                assert str(there) in said
            await soon(lambda: "configuration_not_taken" in collector.log_text(), what="why")
            plant_file.write_text(with_port(text, free_port()), encoding="utf-8")
            code, said = await _reload(plant_file)
            assert (code, "runs by the changed plant.yaml" in said) == (0, True), said
            code, said = await _reload(plant_file)
            assert (code, "is the one that it runs by" in said) == (2, True), said
            assert await collector.stop() < WITHIN_S
    ledger = Ledger.open(load(plant_file).data_dir, clock_ns=time.time_ns, demo=True)
    try:
        assert ledger.read(ledger_reads.totals)
        assert ledger.read(ledger_reads.gaps) == []
    finally:
        await ledger.close()


def with_port(text: str, port: int) -> str:
    document = yaml.safe_load(text)
    document["metrics"] = {"port": port}
    return yaml.safe_dump(document, allow_unicode=True)


async def _reload(plant_file: Path) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", "reload", "--plant", str(plant_file), "--yes"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=ROOT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()
