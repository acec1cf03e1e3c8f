"""What records say is counted once, however often they come again; the line to the cluster is as safe as it is told."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.service import opened
from collector.sources.base import SourceContext
from collector.sources.kafka import SOURCE
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.certificates import authority_and_server
from tests.support.kafka_broker import PASSWORD, USER, KafkaBroker
from tests.support.ports import free_port
from tests.support.run_source import run_source

COUNTS = {"bf3.taps": 61_000_000, "mine1.total": 90_000_000}


def settings_of(folder: Path, cluster: KafkaBroker, group: str) -> Settings:
    shops = works_yaml()["shops"]
    common = {"source": "line", "unit_of_measure": "t", "cadence": "10s"}
    taps = {
        "topic": "taps",
        "signal": "taps",
        "kind": "event",
        "key": "tap",
        "tonnes": "net",
        "end": "$received",
        "product": "pig_iron",
    }
    total = {
        "topic": "totals",
        "signal": "total",
        "kind": "totalizer",
        "value": "total",
        "max_rate_per_h": 9000,
        "product": "coal_raw",
    }
    tags = {"bf3": [{**common, **taps}], "mine1": [{**common, **total}]}
    for shop in shops:
        shop["units"] = [{**unit, "tags": tags[unit["code"]]} for unit in shop["units"] if unit["code"] in tags]
    line = {"name": "line", "type": "kafka", "servers": [cluster.server], "tls": False, "group": group}
    shops = [shop for shop in shops if shop["units"]]
    return works_settings(folder, sources=[line], metrics={"port": free_port()}, shops=shops)


async def counted(settings: Settings) -> dict[str, int]:
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(lambda connection: ledger_reads.totals(connection))
    await ledger.close()
    return dict(found)


@pytest.mark.slow
async def test_records_that_come_again_after_their_offsets_were_lost_are_counted_once(tmp_path: Path) -> None:
    cluster = KafkaBroker(tmp_path)
    try:
        cluster.topic("taps")
        cluster.topic("totals")
        now_ms = int(time.time() * 1000) - 600_000
        for minute in range(10):
            cluster.produce("totals", json.dumps({"total": 1000.0 + 10 * minute}), at_ms=now_ms + minute * 60_000)
        cluster.produce("taps", json.dumps({"tap": 7, "net": 30.5}), at_ms=now_ms)
        cluster.produce("taps", json.dumps({"tap": 8, "net": 30.5}), at_ms=now_ms + 60_000)
        for group in ("first", "first", "as-if-nothing-had-been-committed"):
            settings = settings_of(tmp_path, cluster, group)
            async with opened(settings) as service:
                await soon(lambda service=service: not service.readiness().waiting_for)
                await asyncio.sleep(2)
            assert await counted(settings) == COUNTS, group
        assert QuarantineBrowser(settings.data_dir, time.time_ns).listed("open", 10) == []
    finally:
        cluster.stop()


@pytest.mark.slow
async def test_a_user_is_checked_over_tls_and_a_wrong_password_or_authority_refused(tmp_path: Path) -> None:
    authority, certificate, key = authority_and_server(tmp_path, "127.0.0.1")
    keystore = tmp_path / "keystore.pem"
    keystore.write_bytes(key.read_bytes() + certificate.read_bytes())
    keystore.chmod(0o600)
    cluster = KafkaBroker(tmp_path, keystore)
    secret = tmp_path / "kafka.secret"

    async def standing(password: str, **keys: str) -> str:
        """What is wrong; nothing if it is up."""
        secret.write_text(password)
        secret.chmod(0o600)
        given = {
            "name": "line",
            "type": "kafka",
            "servers": [f"127.0.0.1:{cluster.secure_port}"],
            "user": USER,
            "password_file": "kafka.secret",
            "ca_file": authority.name,
            "timeout": "5s",
            **keys,
        }
        one = SOURCE.build(SOURCE.config.model_validate(given), SourceContext([], tmp_path, {}, time.time_ns))
        async with run_source(one):
            await soon(lambda: one.health.up or one.health.last_error, 25)
            return one.health.last_error

    try:
        assert await standing(PASSWORD) == ""
        assert "uthentication failed" in await standing("carries-much-metal")
        assert "ertificate verify failed" in await standing(PASSWORD, ca_file=certificate.name)
        assert "there is no file" in await standing(PASSWORD, ca_file="none.pem")
    finally:
        cluster.stop()
