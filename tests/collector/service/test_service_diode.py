"""A service behind a data diode: what it sends as files is in the database of the other side, to the gram."""

import asyncio
import shutil
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector.cli.main import app
from collector.config.settings import Settings
from collector.errors import ConfigurationError
from collector.service.service import opened
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.influxd import influx_server


def settings_of(folder: Path, **sections: object) -> Settings:
    """A furnace whose taps a laboratory's database has."""
    folder.mkdir(exist_ok=True)
    shops = works_yaml()["shops"]
    taps = {"signal": "taps", "kind": "event", "source": "lab", "product": "pig_iron", "unit_of_measure": "t"}
    taps |= {"cadence": "1s", "query": "taps", "key": "number", "tonnes": "weight", "end": "ended"}
    for shop in shops:
        shop["units"] = [{**unit, "tags": [taps]} for unit in shop["units"] if unit["code"] == "bf3"]
    query = "SELECT number, weight, ended FROM taps WHERE ended >= :since ORDER BY ended"
    lab = {"name": "lab", "type": "sql", "driver": "sqlite", "database": "lab.db", "queries": {"taps": query}}
    shops = [shop for shop in shops if shop["units"]]
    sections = {"metrics": {"port": 0}, "shops": shops, **sections}
    return works_settings(folder, sources=[{**lab, "poll": "100ms"}], **sections)


def put(folder: Path, number: int, minutes: int, tonnes: float) -> None:
    ended = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(" ", "seconds")
    with sqlite3.connect(folder / "lab.db") as file:
        file.execute("CREATE TABLE IF NOT EXISTS taps (number, weight, ended)")
        file.execute("INSERT INTO taps VALUES (?, ?, ?)", (number, tonnes, ended))


async def serve(settings: Settings, seconds: float) -> None:
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        await asyncio.sleep(seconds)


@pytest.mark.long
def test_the_other_side_has_the_figures_to_the_gram_and_is_told_what_is_missing(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    plant = settings_of(near, diode={"folder": "outbox"})
    put(near, 1, 5, 400.25)
    put(near, 2, 4, 410.5)
    asyncio.run(serve(plant, 4.0))
    files = sorted((near / "outbox").glob("*.tundish"))
    assert len(files) >= 2
    there = tmp_path / "there"
    there.mkdir()
    with influx_server("v1", tmp_path / "influx") as server:
        for bucket in ("works", "works_raw"):
            server.make_bucket(bucket)
        settings_of(far, influxdb=server.section("works", tmp_path))

        def taken() -> str:
            result = CliRunner().invoke(app, ["ingest", str(there), "--plant", str(far / "plant.yaml")])
            assert result.exit_code == 0, result.output
            return result.output

        for path in files[1:]:
            shutil.copy(path, there)
        assert "missing: 1" in taken()
        shutil.copy(files[0], there)
        shutil.copy(files[-1], there)
        assert "1 files taken, 1 known already" in taken()
        assert "nothing is missing" in taken()
        put(near, 3, 3, 99.25)
        asyncio.run(serve(plant, 4.0))
        for path in sorted((near / "outbox").glob("*.tundish"))[len(files) :]:
            shutil.copy(path, there)
        assert "nothing is missing" in taken()
        rows = server.rows("works", "SELECT last(actual_t) AS tonnes FROM output_month WHERE unit = 'bf3'")
        assert [row["tonnes"] for row in rows] == [910.0]


def test_a_database_and_a_diode_are_not_both_sent_to(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="give one of the two"):
        settings_of(tmp_path, diode={}, influxdb={"url": "http://127.0.0.1:1", "dialect": "v1", "bucket": "works"})


async def test_an_outbox_that_nobody_empties_holds_the_rows_back_and_stops_nothing_else(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, diode={"folder": "outbox", "max_bytes": 1_000_000})
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "0000000000-stays.tundish").write_bytes(b"x" * 1_000_000)
    put(tmp_path, 1, 5, 400.25)
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        sending = service._duties.parts.sending
        assert sending is not None
        await soon(lambda: "nobody takes files away" in sending.outbox.retry.last_error)
        (tmp_path / "outbox" / "0000000000-stays.tundish").unlink()
        deadline = time.monotonic() + 30
        while not list((tmp_path / "outbox").glob("*.tundish")):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)
