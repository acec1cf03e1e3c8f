"""Hours of methane are published while they last, and no kill and no gap makes them better than they were."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from collector.config.settings import Settings
from collector.service.publishing import Publishing
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.storage.ledger import measured, outbox
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredState
from models.tables.safety_rows import SAFETY_TABLE
from tests.collector.service.steel_works import WorksParts, opened_parts
from tests.collector.service.works_document import NOON_NS, NS, works_settings, works_yaml

GAUGE = "mine1.ch4"
LIMITS = {"local": 1.0, "general": 0.75, "clause": "item 1", "approved_by": "A. B."}
NOON_S = NOON_NS // NS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    document = works_yaml()
    (mine,) = (unit for unit in document["shops"][0]["units"] if unit["code"] == "mine1")
    belt = mine["tags"][0]
    mine["tags"].append({**belt, "signal": "ch4", "unit_of_measure": "%", "high": 5, "node": f"{belt['node']}_methane"})
    workings = [
        {
            "code": "longwall",
            "names": {"en": "Longwall"},
            "unit": "mine1",
            "sensors": [{"tag": GAUGE, "kind": "methane"}],
        }
    ]
    return works_settings(tmp_path, shops=document["shops"], mine_safety={"limits": LIMITS, "workings": workings})


async def put(parts: WorksParts, step: int, hour: MeasuredHour) -> None:
    at_ns = hour.start_s * NS
    states = {GAUGE: MeasuredState(at_ns, hour.mean, at_ns, at_ns)}
    await parts.ledger.write(partial(measured.put, hours=[hour], states=states, step=step))


def published(parts: WorksParts) -> list[Mapping[str, object]]:
    found = parts.ledger.read(lambda connection: outbox.published(connection, SAFETY_TABLE, 0, 2**62))
    return [row.fields for row in found]


async def test_an_hour_is_published_while_it_lasts_and_a_silent_one_is_told(settings: Settings) -> None:
    now_ns = NOON_NS + 1800 * NS
    hour = MeasuredHour(GAUGE, NOON_S, 1800.0, 0.5, 0.2, 1.3, (60.0, 120.0), (1, 2), 30.0, (1.0, 0.75))
    async with opened_parts(settings.data_dir, settings.plant) as parts:
        tables = StatedTables(parts.ledger, Publishing(to_outbox=True), stated_tables(settings), lambda: now_ns)
        await put(parts, 1, hour)
        await tables.run()
        (row,) = published(parts)
        assert (row["minutes_known"], row["minutes_above_local"], row["methane_max_pct"]) == (30.0, 1.0, 1.3)
        now_ns += 3600 * NS
        await tables.run()
        first, silent = published(parts)
        assert (first["minutes_known"], silent["minutes_known"], silent["silent_sensors"]) == (30.0, 0.0, 1)
        assert "methane_max_pct" not in silent
        await put(
            parts, 2, MeasuredHour(GAUGE, NOON_S + 3600, 600.0, 0.4, 0.4, 0.4, (0.0, 0.0), (0, 0), 600.0, (1.0, 0.75))
        )
        now_ns += 60 * NS
        await tables.run()
        _, known = published(parts)
        assert (known["minutes_known"], known["silent_sensors"], known["minutes_above_local"]) == (10.0, 0, 0.0)
        now_ns += 30 * 86_400 * NS
        await tables.run()
        *_, newest = published(parts)
        assert published(parts)[:2] == [first, known], "what is older than seven days stays as it was published"
        assert newest["silent_sensors"] == 1, "a sensor that is silent for a month is still told"
