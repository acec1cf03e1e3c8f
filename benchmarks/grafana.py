"""What the boards cost: every panel's query on ten years of history, and provisioning a Grafana.

python -m benchmarks.grafana [--years 10] [--rounds 20]

The real InfluxDB (2 where TUNDISH_TEST_INFLUXD names one, else Debian's 1.x) holds simulated hours, days and months of
every place of the simulated works. Each panel asks over the span of its board, round after round; the table shows the
slowest ones at the 95th percentile. The plain alternative makes days of hours in the query, as a board without
calculated tables would. Provisioning is timed where TUNDISH_TEST_GRAFANA names a Grafana: from nothing, and again.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.simulation.plant_config import plant_yaml
from dashboards.grafana.adapter import GrafanaAdapter, GrafanaLogin
from dashboards.grafana.desired_state import Database, DesiredState
from dashboards.grafana.influxql import panel_query
from dashboards.grafana.provision import ProvisionOptions, provision
from dashboards.grafana.store import GrafanaStore
from dashboards.panels.board import THIS_MONTH, TWO_YEARS
from dashboards.panels.boards import boards
from models.works.calendar import stamp_ns
from models.works.month import period_text
from models.works.place import Place, Places
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey
from tests.support.grafana import PASSWORD, USER, home, real_grafana
from tests.support.influxd import InfluxServer, dialects, influx_server

HOUR_NS = 3_600 * 10**9
DAY_NS = 24 * HOUR_NS
# The spans of the boards as lengths: the queries ask for the same amount of history, with literal times.
SPANS_NS = {"now-24h": DAY_NS, "now-7d": 7 * DAY_NS, THIS_MONTH[0]: 31 * DAY_NS, TWO_YEARS[0]: 760 * DAY_NS}
# What the variables of a board stand for.
CHOSEN = {"$unit": "bf3", "$product": "pig_iron", "$shop": "blast_furnaces", "$signal": "blast"}
CHUNK = 20_000
"""Rows a request while the history is written: a few megabytes, which 1.x takes at once."""
SLOWEST = 8
"""Lines of the table: enough to see whether one panel stands out."""
PLAIN = (
    'SELECT sum("actual_t") AS "actual_t", sum("target_t") AS "target_t" FROM "output_hour" '
    "WHERE \"level\" = 'site' AND \"product\" = 'pig_iron' AND {span} GROUP BY time(1d)"
)
OURS = (
    'SELECT "actual_t", "target_t" FROM "output_day" WHERE "level" = \'site\' AND "product" = \'pig_iron\' AND {span}'
)


def made_up(plant: Plant, years: int, now_ns: int) -> Iterator[Row]:
    """Rows of hours, days and months of every place."""
    today = datetime.fromtimestamp(now_ns / 1e9, plant.zone).date()
    places = _places(plant)
    for back in range(365 * years, -1, -1):
        day = today - timedelta(days=back)
        start_ns = stamp_ns(plant.zone, day)
        for place in places:
            for hour in range(24):
                if start_ns + hour * HOUR_NS < now_ns:
                    yield _row(plant, "output_hour", start_ns + hour * HOUR_NS, place, _figures(hour))
            yield _row(plant, "output_day", start_ns, place, _figures(back) | _cumulated(day))
            if day.day == 1:
                growth = {
                    "mom_pct": 1.5,
                    "mom_per_day_pct": 1.4,
                    "yoy_pct": 5.0,
                    "yoy_per_day_pct": 5.0,
                    "ytd_pct": 6.0,
                }
                fields: dict[str, FieldValue] = {**_figures(back), **growth, "period": period_text(day.toordinal())}
                yield _row(plant, "output_month", start_ns, place, fields)


def _places(plant: Plant) -> tuple[Place, ...]:
    counted = dict.fromkeys((tag.unit, tag.product) for tag in plant.tags if tag.product is not None)
    return Places(plant, list(counted)).all


def _row(plant: Plant, table: str, time_ns: int, place: Place, fields: dict[str, FieldValue]) -> Row:
    return Row(RowKey.of(table, time_ns, place.tags(plant)), fields)


def _figures(number: int) -> dict[str, FieldValue]:
    actual = 200.0 + number % 17
    return {
        "actual_t": actual,
        "target_t": 210.0,
        "deviation_t": actual - 210.0,
        "attainment_pct": round(actual / 2.1, 1),
        "completeness_pct": 100.0,
        "status": 0,
        "start_ms": number,
        "end_ms": number + 1,
    }


def _cumulated(day: date) -> dict[str, FieldValue]:
    return {
        "month_to_date_t": 5000.0 * day.day,
        "month_to_date_target_t": 5040.0 * day.day,
        "month_target_t": 151_200.0,
        "forecast_month_t": 150_000.0,
        "forecast_low_t": 148_000.0,
        "forecast_high_t": 152_000.0,
        "required_rate_t_per_day": 5_060.0,
    }


async def fill(server: InfluxServer, plant: Plant, years: int, now_ns: int) -> int:
    """Write all rows; how many they are."""
    client, count, chunk = InfluxClient(server.settings("works", timeout_s=120.0)), 0, []
    total = 365 * years * len(_places(plant)) * 25
    try:
        with Progress() as progress:
            bar = progress.add_task(f"{years} years of rows", total=total)
            for row in made_up(plant, years, now_ns):
                chunk.append(row)
                if len(chunk) == CHUNK:
                    await client.write("works", gzip_member(encode_rows(chunk).data))
                    count, chunk = count + CHUNK, []
                    progress.update(bar, completed=count)
            await client.write("works", gzip_member(encode_rows(chunk).data))
    finally:
        await client.close()
    return count + len(chunk)


def asked(plant: Plant, now_ns: int) -> dict[str, tuple[str, str]]:
    """The queries of the panels on calculated tables, by board and title: (bucket, statement)."""
    found = {}
    for board in boards(plant):
        span = f"time >= {now_ns - SPANS_NS[board.span[0]]} AND time <= {now_ns}"
        for row in board.rows:
            for panel in row.panels:
                if not panel.quantities[0].table.startswith("output_"):
                    continue
                where = {tag: CHOSEN.get(value, value) for tag, value in panel.where.items()}
                query = panel_query(replace(panel, where=where), plant.site).replace("$timeFilter", span)
                of = where.get("product", where.get("unit", "all"))
                found[f"{board.key}: {panel.title}, {of}"] = ("works", query)
    decade = f"time >= {now_ns - 3650 * DAY_NS} AND time <= {now_ns}"
    found["ten years of days, calculated"] = ("works", OURS.format(span=decade))
    found["ten years of days, plain: summed from hours"] = ("works", PLAIN.format(span=decade))
    return found


def timed(server: InfluxServer, queries: dict[str, tuple[str, str]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every round by query. A round goes through all queries, so that none is answered from the cache
    of the one before.
    """
    spent: dict[str, list[float]] = {name: [] for name in queries}
    for _ in range(rounds):
        for name, (bucket, query) in queries.items():
            begin = time.perf_counter()
            server.query(bucket, query)
            spent[name].append((time.perf_counter() - begin) * 1000)
    return spent


def provisioned(plant: Plant, folder: Path) -> list[tuple[str, int, float]]:
    """(what, resources, seconds) of provisioning a real Grafana from nothing, and again."""
    database = Database(url="http://127.0.0.1:8086", calculated="works", raw="works_raw", authorization="Token x")
    desired = DesiredState(plant=plant, languages=("ru", "kk", "en"), database=database)
    found = []
    with real_grafana(folder) as address:
        store = GrafanaStore(GrafanaAdapter(GrafanaLogin(url=address, user=USER, password=PASSWORD)), plant)
        for what in ("from nothing", "again, unchanged"):
            begin = time.perf_counter()
            changes = provision(store, desired, ProvisionOptions())
            found.append((what, len(changes), time.perf_counter() - begin))
    return found


def main() -> None:
    """Run it and print the tables."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--years", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=20)
    options = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plant.yaml").write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
        plant = load(folder / "plant.yaml").plant
        now_ns = time.time_ns()
        dialect = dialects()[-1]
        with influx_server(dialect, folder / "influx") as server:
            server.make_bucket("works")
            rows = asyncio.run(fill(server, plant, options.years, now_ns))
            spent = timed(server, asked(plant, now_ns), options.rounds)
        table = Table(title=f"Panel queries, InfluxDB {dialect}, {options.years} years, {rows:,} rows, ms")
        for column in ("query", "median", "p95"):
            table.add_column(column, justify="left" if column == "query" else "right")
        slowest = sorted(spent, key=lambda query: -_p95(spent[query]))
        for query in slowest[: SLOWEST + 2]:
            table.add_row(query, f"{statistics.median(spent[query]):.1f}", f"{_p95(spent[query]):.1f}")
        console.print(table)
        if home() is None:
            console.print("Provisioning: not measured, TUNDISH_TEST_GRAFANA names no Grafana")
            return
        for what, count, seconds in provisioned(plant, folder / "grafana"):
            console.print(f"Provisioning {what}: {count} resources in {seconds:.2f} s")


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
