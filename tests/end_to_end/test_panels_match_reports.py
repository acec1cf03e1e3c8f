"""Every query of every panel and rule runs on the real database and gives the numbers of `tundish report`."""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collector.config.load import load
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from dashboards.grafana.influxql import panel_query, panel_statements
from dashboards.grafana.rules import rules
from dashboards.panels import catalogue
from dashboards.panels.board import Panel, Pick
from dashboards.panels.boards import boards
from dashboards.panels.places import counting_units, main_product, shop_choices
from dashboards.panels.quantity import Balance, Measure, Quantity, Renamed, Share, Times
from models.detection.watched import watched_units
from models.works.codes import UnitState
from models.works.plant import Plant
from models.works.table import FieldValue, Row, RowKey
from tests.support.collector_process import ROOT
from tests.support.history_works import HistoryWorks
from tests.support.unit_states import state_row

pytestmark = pytest.mark.long

NEW_TABLES = ("unit_state", "source_health", "telemetry")
"""What the history does not have: the tests write some rows of each."""
LEVELS = ("site", "unit")


@pytest.fixture(scope="module")
def plant(history_works: HistoryWorks) -> Plant:
    return load(history_works.file).plant


@pytest.fixture(scope="module", autouse=True)
def _rows_of_now(history_works: HistoryWorks, plant: Plant) -> None:
    """States, health and signals of this minute."""
    now_ns = time.time_ns() // 10**10 * 10**10

    def row(table: str, tags: dict[str, str], fields: dict[str, FieldValue]) -> Row:
        return Row(RowKey.of(table, now_ns, tags), fields)

    states, raw = [], []
    for code in watched_units(plant, plant.detection):
        state, severity = (UnitState.STOPPED, 1) if code == "bf3" else (UnitState.OK, 0)
        states.append(state_row(plant, plant.units[code], now_ns // 10**9, state, severity=severity))
    for unit in counting_units(plant):
        place = {"site": plant.site, "shop": unit.shop, "unit": unit.code}
        raw.append(row("telemetry", {**place, "signal": "blast"}, {"value": 4200.0, "quality": 2}))
    health: dict[str, FieldValue] = {"up": 1, "age_s": 0.5, "poll_s": 0.1, "readings": 100, "rejected": 3}
    health |= {"queue_rows": 4, "queue_bytes": 1000, "queue_age_s": 0.2, "loop_lag_ms": 2.0, "clock_offset_s": 0.01}
    tags = {"site": plant.site, "source": "plc", "collector": "vm"}
    # An hour before too: rejections an hour are what the count grew by.
    before: dict[str, FieldValue] = {**health, "rejected": 1}
    raw += [Row(RowKey.of("source_health", now_ns - 3600 * 10**9, tags), before), row("source_health", tags, health)]

    async def write() -> None:
        client = InfluxClient(history_works.database.settings("works"))
        try:
            await client.write("works", gzip_member(encode_rows(states).data))
            await client.write("works_raw", gzip_member(encode_rows(raw).data))
        finally:
            await client.close()

    asyncio.run(write())


def panels(plant: Plant) -> Iterator[tuple[str, Panel]]:
    """Every panel with its variables filled in, one unit, product and shop that have what it shows."""
    shop = next(code for code, _ in shop_choices(plant) if code == plant.units["bf3"].shop)
    chosen = {"$unit": "bf3", "$product": "pig_iron", "$shop": shop, "$signal": "blast"}
    for board in boards(plant):
        for row in board.rows:
            for panel in row.panels:
                where = {tag: chosen.get(value, value) for tag, value in panel.where.items()}
                yield board.key, replace(panel, where=where)


def filled(query: str, span_ns: tuple[int, int]) -> str:
    """A statement as Grafana sends it."""
    span = f"time >= {span_ns[0]} AND time < {span_ns[1]}"
    told = query.replace("$timeFilter", span).replace("$__interval", "1h")
    told = told.replace("${__from}", str(span_ns[0] // 10**6)).replace("${__to}", str(span_ns[1] // 10**6))
    return told.replace('"text"', '"text_ru"').replace('"evidence"', '"evidence_ru"').replace('"name"', '"name_ru"')


def bucket_of(table: str) -> str:
    return "works_raw" if table in ("telemetry", "source_health") else "works"


async def reported(works: HistoryWorks, kind: str, period: str) -> dict[tuple[str, ...], dict[str, Any]]:
    arguments = ("report", kind, "--period", period, "--json", "--plant", str(works.file))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "collector", *arguments), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return {tuple(row[tag] for tag in ("level", "shop", "unit", "product")): row for row in json.loads(out)}


def expected(quantity: Quantity, row: dict[str, Any]) -> float | str | None:
    values = [row.get(field) for field in quantity.fields]
    if any(value is None for value in values):
        return None
    match quantity.formula:
        case Share():
            return 100 * values[0] / values[1]
        case Balance(plus, _):
            return sum(values[: len(plus)]) - sum(values[len(plus) :])
        case Renamed():
            return values[0]
        case Times(_, factor):
            return values[0] * factor
        case None:
            return values[0]


def alike(ours: list[Any], theirs: list[Any]) -> bool:
    """Texts and gaps to the letter, numbers to the last digits that a division leaves."""
    return all(
        mine == other if mine is None or isinstance(mine, str) else other == pytest.approx(mine, rel=1e-12)
        for mine, other in zip(ours, theirs, strict=True)
    )


def test_every_panel_gives_an_answer_for_what_the_works_has(history_works: HistoryWorks, plant: Plant) -> None:
    end_ns = time.time_ns() + 60 * 10**9
    asked = 0
    for board, panel in panels(plant):
        statements = panel_statements(panel, plant)
        queries = [filled(it.query, (end_ns - 500 * 86_400 * 10**9, end_ns)) for it in statements]
        assert not any("$" in query for query in queries), queries
        bucket = bucket_of(panel.quantities[0].table)
        found = [bool(history_works.database.rows(bucket, query)) for query in queries]
        if panel.among and panel.pick is Pick.PACE:
            assert any(found), "a unit in relining has no pace"
        elif panel.by_limit and panel.where.get("unit"):
            limited = [there for there, it in zip(found, statements, strict=True) if it.limit is not None]
            assert sum(limited) == 1, "a unit has one limit"
        else:
            running = [it.query for it in statements if 'AS "running_t"' in it.query]
            assert all(found) or len(running) == found.count(False), f"{board}: {queries}"
        asked += len(queries)
    assert asked > 40


def test_the_lamps_of_a_works_stand_shop_by_shop_in_the_order_of_the_plant(
    history_works: HistoryWorks, plant: Plant
) -> None:
    lamps = [panel for board, panel in panels(plant) if board == "now" and panel.quantities[0].measure is Measure.STATE]
    now_ns = time.time_ns()
    asked = [filled(it.query, (now_ns, now_ns)) for panel in lamps for it in panel_statements(panel, plant)]
    found = [row["unit"] for query in asked for row in history_works.database.rows("works", query)]
    assert found == [
        unit.code
        for shop in plant.shops
        for unit in sorted(plant.units.values(), key=lambda unit: unit.code)
        if unit.shop == shop
    ]
    assert set(found) == set(watched_units(plant, plant.detection))


async def test_panels_over_days_and_months_give_the_numbers_of_the_report(
    history_works: HistoryWorks, plant: Plant
) -> None:
    yesterday = datetime.fromtimestamp(history_works.end_s - 86_400, UTC).astimezone(plant.zone).date()
    periods = {"output_day": yesterday, "output_month": (yesterday.replace(day=1) - timedelta(1)).replace(day=1)}
    reports = {
        "output_day": await reported(history_works, "day", yesterday.isoformat()),
        "output_month": await reported(history_works, "growth", f"{periods['output_month']:%Y-%m}"),
    }
    compared = 0
    for board, panel in panels(plant):
        table = panel.quantities[0].table
        if table not in periods or panel.quantities[0] == catalogue.ATTAINMENT_SO_FAR:
            continue  # that is of the running day alone: test_rendered_numbers
        start = datetime.combine(periods[table], datetime.min.time(), plant.zone)
        start_ns = int(start.timestamp()) * 10**9
        query = filled(panel_query(replace(panel, pick=Pick.RANGE), plant.site), (start_ns, start_ns + 1))
        rows = history_works.database.rows("works", query)
        wanted = [
            row
            for (level, shop, unit, product), row in reports[table].items()
            for tags in ({"level": level, "shop": shop, "unit": unit, "product": product},)
            if all(tags[tag] == value for tag, value in panel.where.items())
        ]
        # On the last day of a month no day is left of which a pace could be required.
        known = any(expected(quantity, it) is not None for it in wanted for quantity in panel.quantities)
        assert bool(rows) == known, f"{board}: {query}"
        for row in rows:
            same = [it for it in wanted if not panel.split or it[panel.split] == row[panel.split]]
            values = [[expected(quantity, it) for quantity in panel.quantities] for it in same]
            found = [row.get(quantity.field) for quantity in panel.quantities]
            assert any(map(alike, values, [found] * len(values))), f"{board}: {query}: {found} is not in {values}"
            compared += len(found)
    assert compared > 80


async def test_the_hours_of_a_day_make_up_what_the_report_says_of_it(history_works: HistoryWorks, plant: Plant) -> None:
    yesterday = datetime.fromtimestamp(history_works.end_s - 86_400, UTC).astimezone(plant.zone).date()
    report = await reported(history_works, "day", yesterday.isoformat())
    checked = 0
    for (level, shop, unit, product), row in report.items():
        if level not in LEVELS or row.get("actual_t") is None or unit == "unallocated":
            continue
        tags = f"\"level\" = '{level}' AND \"shop\" = '{shop}' AND \"unit\" = '{unit}' AND \"product\" = '{product}'"
        span = f"time >= {row['start_ms']}ms AND time < {row['end_ms']}ms"
        hours = history_works.database.rows("works", f'SELECT "actual_t" FROM "output_hour" WHERE {tags} AND {span}')
        assert len(hours) == 24
        assert sum(hour["actual_t"] for hour in hours) == pytest.approx(row["actual_t"], abs=1e-6)
        checked += 1
    assert checked > 15


def test_pace_is_the_share_of_the_whole_hours_of_its_window(history_works: HistoryWorks, plant: Plant) -> None:
    unit = next(it for it in counting_units(plant) if it.code == "bf3")
    product = main_product(plant, unit)
    assert product is not None
    rule = next(it for it in rules(plant) if it.key == "below_pace" and it.values["hours"] == "24")
    rows = [it for it in history_works.database.rows("works", rule.query) if it["unit"] == "bf3"]
    assert len(rows) == 1
    now_s = int(time.time())
    first = (now_s - 25 * 3600) * 10**9
    tags = "\"level\" = 'unit' AND \"unit\" = 'bf3'"
    hours = history_works.database.rows(
        "works",
        f'SELECT "actual_t", "target_t" FROM "output_hour" WHERE {tags} AND time >= {first} AND time < {now_s - 3600}s',
    )
    assert 23 <= len(hours) <= 24
    share = 100 * sum(it["actual_t"] for it in hours) / sum(it["target_t"] for it in hours)
    assert rows[0]["pace_pct"] == pytest.approx(share, abs=0.01)


def test_every_rule_asks_the_database_and_gets_the_series_that_it_judges(
    history_works: HistoryWorks, plant: Plant
) -> None:
    for rule in rules(plant):
        bucket = "works_raw" if '"source_health"' in rule.query else "works"
        rows = history_works.database.rows(bucket, rule.query)
        assert rows or rule.key == "month_short", f"{rule.key}: {rule.query}"
        assert all(rule.where_label in row for row in rows), f"{rule.key} does not say where"
        assert rule.precondition is None or history_works.database.rows(bucket, rule.precondition.query)


def test_a_month_is_judged_only_from_its_fifth_day_on(history_works: HistoryWorks, plant: Plant) -> None:
    rule = next(it for it in rules(plant) if it.key == "month_short")
    share = float(re.search(r"> ([\d.]+)", rule.query)[1])  # type: ignore[index]
    for days, judged in ((4, False), (5, True)):
        first = datetime(2026, 8, 1, tzinfo=plant.zone)
        upto = first + timedelta(days=days)
        span = f"time >= {int(first.timestamp())}s AND time < {int(upto.timestamp())}s"
        query = rule.query.replace("time >= now() - 3d", span)
        assert f"{share:.6f}" in query
        assert bool(history_works.database.rows("works", query)) is judged
