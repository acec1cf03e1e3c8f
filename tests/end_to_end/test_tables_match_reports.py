"""The tables in the real database hold what the reports say, to the last digit, and lose what was taken back."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from collector.config.load import load
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.tables.year_fields import DAY_EXTRAS, MONTH_EXTRAS
from tests.collector.files.forms import csv_file, paper_works
from tests.support.collector_process import ROOT, CollectorProcess
from tests.support.history_works import HistoryWorks
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.ledger_calls import dirty
from tests.support.ports import free_port

pytestmark = pytest.mark.long

TAGS = ("site", "shop", "unit", "product", "level")
FIGURES = "start,end,unit,product,tonnes,status\n"
PLANS = "month,unit,product,tonnes\n"


async def tundish(file: Path, *arguments: object) -> str:
    """Run the command in a process of its own, beside the collector."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "collector"),
        *(str(argument) for argument in arguments),
        *("--plant", str(file)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def reported(file: Path, kind: str, period: str) -> dict[tuple[str, ...], dict[str, object]]:
    """The rows of a report by their tags, with the fields that are published."""
    rows = json.loads(await tundish(file, "report", kind, "--period", period, "--json"))
    extras = DAY_EXTRAS if kind == "day" else MONTH_EXTRAS
    return {
        tuple(row[tag] for tag in TAGS): {name: value for name, value in row.items() if name not in (*TAGS, *extras)}
        for row in rows
    }


def stored(database: InfluxServer, table: str, time_ns: int) -> dict[tuple[str, ...], dict[str, object]]:
    """The points of a table at one instant, by their tags; fields that a point lacks are left out."""
    rows = database.rows("works", f'SELECT * FROM "{table}" WHERE time = {time_ns} GROUP BY *')
    return {
        tuple(row[tag] for tag in TAGS): {
            name: value for name, value in row.items() if name not in (*TAGS, "time") and value is not None
        }
        for row in rows
    }


def stamp(file: Path, *day: int) -> int:
    return int(datetime(*day, tzinfo=load(file).plant.zone).timestamp()) * 10**9  # type: ignore[arg-type]


async def agree(file: Path, database: InfluxServer, kind: str, period: str, time_ns: int, within_s: float = 20) -> None:
    """Wait until report and table are equal; fails with the difference."""
    table = "output_day" if kind == "day" else "output_month"
    wanted = await reported(file, kind, period)
    if kind == "day":
        wanted = {tags: {name: it for name, it in row.items() if name != "period"} for tags, row in wanted.items()}
    deadline = time.monotonic() + within_s
    while stored(database, table, time_ns) != wanted and time.monotonic() < deadline:  # noqa: ASYNC110 - of others
        await asyncio.sleep(0.2)
    assert stored(database, table, time_ns) == wanted


async def plant_events(database: InfluxServer, count: int, within_s: float = 20) -> list[dict[str, object]]:
    """Wait for so many rows of plant_event, which come after those of the months."""
    deadline = time.monotonic() + within_s
    while True:
        events = database.rows("works", 'SELECT * FROM "plant_event"')
        if len(events) >= count or time.monotonic() > deadline:
            return events
        await asyncio.sleep(0.2)


@pytest.mark.parametrize("dialect", dialects())
async def test_what_people_enter_beside_a_running_collector_is_in_the_tables_as_in_the_reports(
    dialect: str, tmp_path: Path
) -> None:
    with influx_server(dialect, tmp_path / "influx") as database:  # type: ignore[arg-type]
        database.make_bucket("works")
        database.make_bucket("works_raw")
        sections = {"influxdb": database.section("works", tmp_path), "metrics": {"port": free_port()}, "sources": []}
        file = paper_works(tmp_path, **sections)
        collector = CollectorProcess(file, tmp_path / "run.log")
        await collector.start()
        try:
            august, day, before = stamp(file, 2026, 8, 1), stamp(file, 2026, 8, 5), stamp(file, 2025, 8, 1)
            base = csv_file(tmp_path, FIGURES + "2025-08-01,2025-09-01,bf3,pig_iron,140000,refined\n", "base.csv")
            days = "".join(
                f"2026-08-{it:02d},2026-08-{it + 1:02d},bf3,pig_iron,{4800 + it / 3:.3f},\n" for it in range(1, 31)
            )
            figures = csv_file(
                tmp_path, FIGURES + days + "2026-08-31,2026-09-01,bf3,pig_iron,4799.999,\n", "august.csv"
            )
            july = csv_file(tmp_path, FIGURES + "2026-07-01,2026-08-01,bf3,pig_iron,149000,\n", "july.csv")
            plan = csv_file(tmp_path, PLANS + "2026-08,bf3,pig_iron,155000\n", "plan.csv")
            await tundish(file, "import", base, july, figures, "--number-format", "1234.5")
            await tundish(file, "plan", "import", plan)
            await agree(file, database, "day", "2026-08-05", day)
            await agree(file, database, "growth", "2026-08", august)
            row = stored(database, "output_month", august)["works", "iron", "bf3", "pig_iron", "unit"]
            assert {"yoy_pct", "mom_pct", "attainment_pct", "target_t"} <= row.keys()

            await tundish(file, "plan", "withdraw", "2026-08", "--unit", "bf3", "--product", "pig_iron")
            await agree(file, database, "day", "2026-08-05", day)
            await agree(file, database, "month", "2026-08", august)
            row = stored(database, "output_month", august)["works", "iron", "bf3", "pig_iron", "unit"]
            assert not {"attainment_pct", "target_t", "deviation_t"} & row.keys(), (
                "a withdrawn plan leaves the database"
            )

            await tundish(file, "import", base, "--withdraw")
            await agree(file, database, "growth", "2026-08", august)
            row = stored(database, "output_month", august)["works", "iron", "bf3", "pig_iron", "unit"]
            assert "yoy_pct" not in row, "a lost base year takes its growth along"
            await agree(file, database, "growth", "2025-08", before)
            assert stored(database, "output_month", before) == {}

            await tundish(file, "close", "2026-08", "--by", "Chief")
            entry = ("--unit", "bf3", "--product", "pig_iron", "--tonnes", "-77.5", "--by", "S", "--reason", "survey")
            await tundish(file, "correct", "--day", "2026-08-31", *entry)
            await agree(file, database, "growth", "2026-08", august)
            row = stored(database, "output_month", august)["works", "iron", "bf3", "pig_iron", "unit"]
            assert (row["status"], row["adjustment_t"]) == (2, -77.5)
            events = await plant_events(database, 2)
            assert {event["kind"] for event in events} == {"month_closed", "late_correction"}
            assert all(event["text_ru"] and event["text_kk"] for event in events)
        finally:
            assert await collector.stop() < 10
        log = (tmp_path / "run.log").read_text(encoding="utf-8").splitlines()
        assert [line for line in log if "Traceback" in line] == []


async def test_two_years_of_counted_history_are_in_the_tables_as_in_the_reports(history_works: HistoryWorks) -> None:
    file, database, end_s = history_works.file, history_works.database, history_works.end_s
    yesterday = datetime.fromtimestamp(end_s - 86_400, UTC).astimezone(load(file).plant.zone).date()
    for day in (yesterday, yesterday.replace(day=1)):
        period, moment = day.isoformat(), stamp(file, day.year, day.month, day.day)
        await agree(file, database, "day", period, moment, within_s=1)
    for year, month in ((2026, 8), (2026, 1), (2025, 12)):
        await agree(file, database, "growth", f"{year}-{month:02d}", stamp(file, year, month, 1), within_s=1)
    rows = stored(database, "output_month", stamp(file, 2026, 8, 1))
    site = {product: rows["temirtau", "all", "all", product, "site"]["ytd_pct"] for product in _PUBLISHED}
    assert site == _PUBLISHED, "January to August grows as it was published"


async def test_a_collector_that_goes_on_with_the_history_rolls_none_of_it_up_anew(history_works: HistoryWorks) -> None:
    settings = load(history_works.file)
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        before = dirty(ledger)
        await ledger.write(partial(configurations.keep, plant=settings.plant, clock_ns=time.time_ns()))
        assert dirty(ledger) == before == [], "it took 15 s of a start before its first number moved"
    finally:
        await ledger.close()


_PUBLISHED = {"coal_raw": 15.0, "pig_iron": 6.0, "steel_liquid": 6.9, "rolled": 5.0}
