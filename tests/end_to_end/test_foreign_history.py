"""The history of a server that we did not write is read whole, each value once, in the order of time."""

import asyncio
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from collector.sources.base import SourceContext
from collector.sources.opcua import SOURCE
from collector.sources.opcua import history as history_module
from collector.sources.opcua.source import OpcUaSource
from models.works.codes import TagKind
from tests.support.foreign_server import ForeignServer
from tests.support.opcua_works import make_tag
from tests.support.run_source import run_source

pytestmark = pytest.mark.slow
NS = 1_000_000_000
SECONDS = 3_000


@pytest.mark.parametrize("per_answer", [50_000, 700])
async def test_a_foreign_history_comes_whole_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, per_answer: int
) -> None:
    monkeypatch.setattr(history_module, "VALUES_PER_ANSWER", per_answer)
    server = ForeignServer("node_opcua", tmp_path)
    await server.start()
    try:
        assert await server.say(f"past {SECONDS}") == {"past": SECONDS + 1}
        config = SOURCE.config.model_validate(
            {
                "name": "plc",
                "type": "opcua",
                "url": f"opc.tcp://127.0.0.1:{server.port}",
                "security": {"policy": "None"},
                "history": {"reach": "1d"},
            }
        )
        counter = {"kind": TagKind.TOTALIZER, "unit_of_measure": "t", "grams_per_unit": 1e6, "product": "ore"}
        tags = [
            (0, make_tag("u.past", **counter), SOURCE.address.model_validate({"node": "nsu=urn:works;s=Past"})),
            (1, make_tag("u.fine", **counter), SOURCE.address.model_validate({"node": "nsu=urn:works;s=Belt.Fine"})),
        ]
        away_ns = time.time_ns() - (SECONDS + 60) * NS
        watched = {"u.past": away_ns, "u.fine": away_ns}
        context = SourceContext(tags, tmp_path, {}, time.time_ns, watched_ns=watched)
        with capture_logs() as logs:
            async with run_source(OpcUaSource(config, context)) as got:
                end = time.monotonic() + 60
                while not any(not one.backfilled and one.readings is not None for one in got):
                    assert time.monotonic() < end, logs
                    await asyncio.sleep(0.05)
    finally:
        await server.stop()
    past = [one.readings for one in got if one.backfilled and one.readings is not None]
    values = [value for batch in past for value, tag in zip(batch.values, batch.tags, strict=True) if tag == 0]
    stamps = [at for batch in past for at, tag in zip(batch.times_ns, batch.tags, strict=True) if tag == 0]
    assert values == [1000 + number / 10 for number in range(SECONDS + 1)]
    assert stamps == sorted(set(stamps))
    # Of the other node there is none, and that is told once.
    assert [entry["first"] for entry in logs if entry["event"] == "history_missing"] == ["u.fine"]
