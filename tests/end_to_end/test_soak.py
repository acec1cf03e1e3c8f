"""A day of the demo at many times the clock, with faults and quiet hours: no page, board, message or report says
anything that the simulator's book does not."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.collector_process import ROOT
from tests.support.influxd import influx_server

FAULTS = [
    "bf3-stop@+100m:40m",
    "opcua-cut@+4h:10m",
    "mine1-freeze@+6h:40m",  # the other mine stands by plan at that time
    "hsm-stop@+8h:90m",
    "bf4-slow30@+14h:2h",
    "bf2-blast-bad@+18h:40m",
    "opcua-cut@+22h:3m",
]
RESTARTS = [(11 * 3600, 240), (20 * 3600, 1800)]


async def soaked(tmp_path: Path, **plan: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of a plan
    """What `tests.support.soak.run` found, in a process of its own."""
    with influx_server("v1", tmp_path / "influx") as database:
        database.make_bucket("works")
        database.make_bucket("works_raw")
        # An answer takes the database as long as ever, and the works many times longer.
        sections = {"influxdb": {**database.section("works", tmp_path), "timeout": "10m"}, "metrics": {"port": 0}}
        asked, found = tmp_path / "plan.json", tmp_path / "found.json"
        asked.write_text(json.dumps({"folder": str(tmp_path / "demo"), "sections": sections, **plan}), encoding="utf-8")
        arguments = ("-m", "tests.support.soak.run", str(asked), str(found))
        with (tmp_path / "soak.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=log, stderr=log)
            try:
                code = await process.wait()
            finally:
                if process.returncode is None:
                    process.kill()
        assert code == 0, (tmp_path / "soak.log").read_text(encoding="utf-8", errors="replace")[-4000:]
    result: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return result


def words(result: dict[str, Any]) -> list[str]:
    return [f"{each['kind']}, {each['times']} times: {each['text']}" for each in result["false"]]


@pytest.mark.slow
@pytest.mark.timeout(3 * 3600)
async def test_a_day_with_faults_over_the_end_of_a_month_has_no_false_word(tmp_path: Path) -> None:
    result = await soaked(
        tmp_path, start="2026-10-31T11:37", hours=24, seed=5, speed=60.0, faults=FAULTS, restarts=RESTARTS
    )
    assert words(result) == []
    assert result["looks"] > 1_300
    assert len(result["faults"]) == len(FAULTS)
    assert {message["subject"].split()[1] for message in result["messages"]} >= {"ALERT", "CLEARED", "DATA"}
