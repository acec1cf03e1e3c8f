"""A day that people sign is refined in the real database, and no longer once it was corrected."""

import asyncio
import time
from pathlib import Path

import pytest

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.sign_desk import LedgerSignDesk
from models.access.desk_actions import ActionRefused
from models.access.sign_desk import AskedSignature
from models.stated.signature import WORKS
from tests.collector.entries.signed_works import DAY, DIRECTOR, MADE, MINER, SMELTER, figures
from tests.collector.files.forms import csv_file, paper_works
from tests.end_to_end.test_tables_match_reports import reported, stamp, stored, tundish
from tests.support.collector_process import CollectorProcess
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.ports import free_port

pytestmark = pytest.mark.long

WITHIN_S = 60.0


async def statuses(file: Path, database: InfluxServer, wanted: dict[str, int]) -> None:
    """Wait until the day is in the table with these statuses by shop, and as its report has it."""
    moment, deadline = stamp(file, DAY.year, DAY.month, DAY.day), time.monotonic() + WITHIN_S
    while True:
        found = stored(database, "output_day", moment)
        by_shop = {tags[1]: row["status"] for tags, row in found.items()}
        if by_shop == wanted or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.2)
    assert by_shop == wanted
    rows = await reported(file, "day", str(DAY))
    assert found == {tags: {name: of for name, of in row.items() if name != "period"} for tags, row in rows.items()}


def sign(desk: LedgerSignDesk, *scopes: str) -> None:
    """As soon as nothing is being counted."""
    for scope in scopes:
        user = {"mines": MINER, "iron": SMELTER, WORKS: DIRECTOR}[scope]
        deadline = time.monotonic() + WITHIN_S
        while True:
            found = {each.judged.scope: each.judged for each in desk.day(DAY.toordinal()).scopes}
            try:
                desk.sign(user, AskedSignature(DAY.toordinal(), scope, found[scope].seen, ""))
                break
            except ActionRefused:
                assert time.monotonic() < deadline
                time.sleep(0.2)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("dialect", dialects())
async def test_signed_rows_are_refined_in_the_database_until_somebody_corrects_them(
    dialect: str, tmp_path: Path
) -> None:
    with influx_server(dialect, tmp_path / "influx") as database:  # type: ignore[arg-type]
        database.make_bucket("works")
        database.make_bucket("works_raw")
        sections = {"influxdb": database.section("works", tmp_path), "metrics": {"port": free_port()}, "sources": []}
        file = paper_works(tmp_path, **sections)
        desk = LedgerSignDesk(EntryFile(load(file)))
        collector = CollectorProcess(file, tmp_path / "run.log")
        await collector.start()
        try:
            await tundish(file, "import", csv_file(tmp_path, figures(*MADE)), "--by", "Anna", "--confirm")
            await statuses(file, database, {"mines": 0, "iron": 0, WORKS: 0})
            sign(desk, "mines", "iron", WORKS)
            await statuses(file, database, {"mines": 1, "iron": 1, WORKS: 1})
            assert "the database has what was published" in await tundish(file, "verify", "--database")
            assert "3 signatures hold" in await tundish(file, "verify")

            corrected = csv_file(tmp_path, figures(("mine1", "coal_raw", 890.0)), "corrected.csv")
            await tundish(file, "import", corrected, "--by", "Anna", "--confirm")
            await statuses(file, database, {"mines": 0, "iron": 1, WORKS: 0})
            assert "Mine 1, Coal: 900.000 → 890.000 t" in await tundish(file, "verify")

            sign(desk, "mines", WORKS)
            await statuses(file, database, {"mines": 1, "iron": 1, WORKS: 1})
            assert "3 signatures hold; 2 were replaced" in await tundish(file, "verify")
        finally:
            assert await collector.stop() < 10
