"""What programs read is what pages, reports and receipts say: to the gram, in any form, as known at any time."""

import csv
import io
import json
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from httpx import Response
from openpyxl import load_workbook
from pyarrow import parquet

from collector.cli.desk_figures import DeskFigures
from collector.storage.ledger.ledger import Ledger
from dashboards.web.api import answering
from models.tables.asked_figures import AskedFigures, FigureGrain
from models.works.month import shifted
from models.works.span import SpanKind, span_holding
from models.works.table import Row
from tests.dashboards.web.api.works_api import FORMULA, WorksApi, asked, rows_of, unlimited
from tests.dashboards.web.conftest import done
from tests.dashboards.web.full_month import IRON, UNITS
from tests.support.ledger_calls import publish

__all__ = ["unlimited"]
pytestmark = pytest.mark.usefixtures("unlimited")

LISTS = ("/figures", "/growth", "/plans", "/states", "/stops", "/alerts", "/reports/month", "/signatures")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> WorksApi:
    """Whoever stated its plans has a name that a spreadsheet would run."""
    return WorksApi(tmp_path_factory.mktemp("figures"), author=f'{FORMULA}+HYPERLINK("x")')


def days(first: int, last: int) -> str:
    return f"from={date.fromordinal(first)}&to={date.fromordinal(last)}"


async def receipt(works: WorksApi, query: str) -> dict[str, Any]:
    answer = await asked(works.app(), f"/receipts?product={IRON}&{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.long
async def test_a_day_is_the_figure_of_its_receipt_and_tonnes_are_exact(works: WorksApi) -> None:
    # On the first of a month the day that runs is all that the month has.
    last = max(works.month.today - 1, works.month.month)
    first = max(works.month.month, last - 3)
    answer = await asked(works.app(), f"/figures?{days(first, last)}&product={IRON}")
    rows = json.loads(answer.content, parse_float=Decimal)["rows"]
    assert {row["unit"] for row in rows} == {"all", *UNITS}
    for row in rows:
        assert Decimal(row["tonnes"]) * 10**6 == row["grams"]
        assert Decimal(row["target_tonnes"]) * 10**6 == row["target_grams"]
        where = {"unit": f"&unit={row['unit']}", "shop": f"&shop={row['shop']}", "site": ""}[row["level"]]
        told = await receipt(works, f"from={row['date']}&to={row['date']}{where}")
        assert told["grams"] == row["grams"]
        assert sum(line["grams"] for line in told["lines"]) == row["grams"]


@pytest.mark.long
async def test_all_days_together_are_the_figure_of_their_receipt(works: WorksApi) -> None:
    first, last = works.month.month - 40, works.month.today - 1
    rows = await rows_of(works.app(), f"/figures?grain=span&{days(first, last)}&product={IRON}")
    assert {row["level"] for row in rows} == {"unit", "shop", "site"}
    for row in rows:
        where = {"unit": f"&unit={row['unit']}", "shop": f"&shop={row['shop']}", "site": ""}[row["level"]]
        told = await receipt(works, f"{days(first, last)}{where}")
        assert (row["grams"], row["whole"], row["target_grams"]) == (told["grams"], told["whole"], told["target_grams"])


@pytest.mark.long
async def test_figures_as_known_earlier_are_those_of_the_receipt_of_that_time(works: WorksApi) -> None:
    # The last month was closed on the first of this one; until then it was what its days say.
    month = shifted(works.month.month, -1)
    for known in (date.fromordinal(month + 20), date.fromordinal(works.month.today)):
        rows = await rows_of(
            works.app(), f"/figures?{days(month + 10, month + 12)}&as_known_on={known}&product={IRON}&level=site"
        )
        assert [row["date"] for row in rows] == [str(date.fromordinal(month + day)) for day in (10, 11, 12)]
        for row in rows:
            told = await receipt(works, f"from={row['date']}&to={row['date']}&as_known_on={known}")
            assert row["grams"] == told["grams"]
    path = f"/figures?grain=month&{days(month, month)}&product={IRON}&level=site"
    (then,) = await rows_of(works.app(), f"{path}&as_known_on={date.fromordinal(month + 20)}")
    (now,) = await rows_of(works.app(), path)
    assert then["status"] != "closed"
    assert now["status"] == "closed"
    assert then["grams"] != now["grams"]


async def test_hours_and_shifts_as_known_now_sum_to_the_day_that_runs(works: WorksApi) -> None:
    """Nothing of them is published here: they are computed from what was counted today."""
    today = works.month.today
    known = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1))
    for grain in ("hour", "shift"):
        path = f"/figures?grain={grain}&{days(today, today)}&as_known_on={known}&product={IRON}&unit=bf2"
        rows = await rows_of(works.app(), path)
        assert {row["date"] for row in rows} == {str(date.fromordinal(today))}
        assert [row["shift"] for row in rows] == ([None] * len(rows) if grain == "hour" else [*range(1, len(rows) + 1)])
        told = await receipt(works, f"{days(today, today)}&unit=bf2&as_known_on={known}")
        assert sum(row["grams"] for row in rows) == told["grams"]


async def test_published_hours_and_shifts_are_given_by_their_production_date(works: WorksApi) -> None:
    today, known_ns = works.month.today, time.time_ns() - 10**9
    for grain in (FigureGrain.HOUR, FigureGrain.SHIFT):
        rows = DeskFigures(works.settings).figures(AskedFigures(grain, today, today + 1, known_ns))
        assert rows
        done(published(works, rows))
        for day, expected in ((today, rows), (today - 1, [])):
            found = await rows_of(works.app(), f"/figures?grain={grain.value}&{days(day, day)}")
            assert [row["tonnes"] for row in found] == [row.fields["actual_t"] for row in expected]


async def published(works: WorksApi, rows: Sequence[Row]) -> None:
    ledger = Ledger.open(works.settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        await publish(ledger, list(rows), to_outbox=False)
    finally:
        await ledger.close()


async def test_growth_is_what_the_page_of_growth_has(works: WorksApi) -> None:
    rows = await rows_of(works.app(), f"/growth?product={IRON}&level=site")
    points = [point for point in works.parts().data.months(0, 2**62) if point.level == "site" and point.product == IRON]
    found = {row["month"]: (row["grams"], row["mom_pct"], row["yoy_pct"], row["ytd_pct"]) for row in rows}
    assert len(found) > 12
    for point in points:
        month = time.strftime("%Y-%m-%d", time.localtime((point.time_ns + 12 * 3600 * 10**9) / 1e9))
        if month in found:
            made = point.number("actual_t")
            expected = (
                None if made is None else round(made * 10**6),
                *map(point.number, ("mom_pct", "yoy_pct", "ytd_pct")),
            )
            assert found[month] == expected


@pytest.mark.long
async def test_a_report_gives_the_rows_that_the_command_prints_with_the_rest_of_their_fields(works: WorksApi) -> None:
    month = shifted(works.month.month, -1)
    over = {SpanKind.QUARTER: shifted(month, -3)}  # the present one may run, and be due for more at each look
    for kind in (SpanKind.MONTH, SpanKind.DAY, SpanKind.TEN_DAYS, SpanKind.QUARTER):
        span = span_holding(kind, over.get(kind, month))
        rows = await rows_of(works.app(), f"/reports/{kind.value}?period={span.text}")
        printed = DeskFigures(works.settings).report_rows(span, None)
        assert len(rows) == len(printed) > 0
        for row, line in zip(rows, printed, strict=True):
            assert row["tonnes"] == line.get("actual_t")
            assert row["completeness_pct"] == line["completeness_pct"]
            kept = {name: value for name, value in line.items() if name in row["more"]}
            assert kept == row["more"]
    assert (
        "month_to_date_t" in (await rows_of(works.app(), f"/reports/day?period={date.fromordinal(month)}"))[0]["more"]
    )


async def test_a_plan_stands_with_its_author_and_names_stand_in_the_asked_language(works: WorksApi) -> None:
    path = f"/plans?month={date.fromordinal(works.month.month):%Y-%m}"
    english, russian = [await rows_of(works.app(), f"{path}&lang={language}") for language in ("en", "ru")]
    assert [row["grams"] for row in english] == [row["grams"] for row in russian]
    assert {row["unit"] for row in english} == set(UNITS)
    assert english[0]["author"].startswith(FORMULA)
    assert (english[0]["product_name"], russian[0]["product_name"]) == ("Pig iron", "Чугун")


async def test_a_stop_and_its_alert_are_told_and_a_state_is_one_of_now(works: WorksApi) -> None:
    app = works.app()
    (stop,) = await rows_of(app, "/stops")
    assert (stop["unit"], stop["stop_end"], stop["end"], stop["waits"]) == ("bf3", None, None, True)
    assert stop["hours"] >= 3
    (alert,) = await rows_of(app, "/alerts")
    assert (alert["unit"], alert["severity"], alert["state"], alert["shop"]) == (
        "bf3",
        "P1",
        "raised",
        "blast_furnaces",
    )
    states = {row["unit"]: row for row in await rows_of(app, "/states")}
    assert states["bf3"]["state"] == "stopped"
    assert set(states) == set(works.plant.units)


async def test_a_state_is_not_told_over_a_collector_that_is_silent(works: WorksApi) -> None:
    app = works.app(clock_ns=lambda: time.time_ns() + 3600 * 10**9)
    answer = (await asked(app, "/states")).json()
    assert {row["state"] for row in answer["rows"]} == {None}
    assert {row["severity"] for row in answer["rows"]} == {None}
    assert answer["collector"] == "silent"
    assert answer["collector_silent_since"] is not None


def table_of(answer: Response, form: str) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text[:500]
    assert f".{form}" in answer.headers["content-disposition"]
    if form == "csv":
        return [list(row) for row in csv.reader(io.StringIO(answer.content.decode()))]
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet.freeze_panes == "A2"
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    read = parquet.read_table(io.BytesIO(answer.content))
    return [read.column_names, *([row[name] for name in read.column_names] for row in read.to_pylist())]


@pytest.mark.parametrize("path", LISTS)
async def test_every_list_is_the_same_in_every_form(works: WorksApi, path: str) -> None:
    app = works.app()
    rows = await rows_of(app, path)
    assert rows
    for form in ("csv", "xlsx", "parquet"):
        columns, *found = table_of(await asked(app, f"{path}?format={form}"), form)
        assert columns[:2] == ["site", "simulated"]
        assert len(found) == len(rows)
        assert [name for name in rows[0] if name != "more"] == columns[2 : 2 + len(rows[0]) - ("more" in rows[0])]
        for row, cells in zip(rows, found, strict=True):
            of = dict(zip(columns, cells, strict=True))
            assert str(of["simulated"]).lower() == "true"
            for name in ("grams", "target_grams", "id"):
                if name in row:
                    assert (None if of[name] in (None, "") else int(of[name])) == row[name]
            if row.get("tonnes") is not None:
                assert Decimal(str(of["tonnes"])) * 10**6 == row["grams"]


async def test_parquet_has_exact_tonnes_whole_grams_dates_and_instants_of_the_works(works: WorksApi) -> None:
    answer = await asked(works.app(), "/figures?format=parquet")
    schema = parquet.read_table(io.BytesIO(answer.content)).schema
    types = {name: schema.field(name).type for name in schema.names}
    assert types["tonnes"] == pa.decimal128(19, 6)
    assert types["grams"] == pa.int64()
    assert types["date"] == pa.date32()
    assert types["start"] == pa.timestamp("us", tz=str(works.plant.zone))
    assert types["running"] == pa.bool_()


async def test_no_text_of_anybody_runs_in_a_spreadsheet(works: WorksApi) -> None:
    app = works.app()
    for path, column in (("/plans", "author"), ("/states", "evidence"), ("/stops", "evidence")):
        columns, first, *_ = table_of(await asked(app, f"{path}?format=csv"), "csv")
        assert first[columns.index(column)].startswith(f"'{FORMULA}")
        book = load_workbook(io.BytesIO((await asked(app, f"{path}?format=xlsx")).content))
        assert book.active is not None
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "b", "d", "inlineStr"}


async def test_rows_are_never_left_out_silently(works: WorksApi, monkeypatch: pytest.MonkeyPatch) -> None:
    app = works.app()
    whole = (await asked(app, "/figures")).json()
    cut = (await asked(app, "/figures?limit=4")).json()
    assert (whole["cut"], whole["found"]) == (False, len(whole["rows"]))
    assert (cut["cut"], cut["found"], cut["rows"]) == (True, whole["found"], whole["rows"][:4])
    few = {form: (make, kind, 3) for form, (make, kind, _) in answering._FILES.items()}
    monkeypatch.setattr(answering, "_FILES", few)
    for form in ("csv", "xlsx", "parquet"):
        answer = await asked(app, f"/figures?format={form}")
        assert (answer.status_code, answer.json()["code"]) == (400, "too_many_rows")
        assert str(whole["found"]) in answer.json()["detail"]


async def test_every_instant_has_an_offset_and_every_list_says_that_the_works_is_simulated(works: WorksApi) -> None:
    for path in LISTS:
        answer = (await asked(works.app(), path)).json()
        assert answer["simulated"] is True
        assert answer["read"].endswith("+05:00")
        for row in answer["rows"]:
            for name in ("start", "end", "since", "stop_start", "opened", "entered", "signed"):
                assert row.get(name) is None or row[name].endswith("+05:00")
