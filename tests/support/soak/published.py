"""Whether reports and boards say what the simulator's book and each other say."""

import json
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboards.grafana.influxql import panel_statements
from dashboards.panels.board import Panel
from dashboards.panels.boards import boards
from models.works.plant import Reported
from tests.support.soak.book import NS, SoakBook
from tests.support.soak.causes import low_spans
from tests.support.soak.checker import Look
from tests.support.soak.figures import LATE_S, Between, expected
from tests.support.soak.languages import false_language
from tests.support.soak.stand import SoakStand

FORECAST_SPREAD = 0.06
"""A forecast of the month is its tonnes so far and a rest that is made as planned, give or take so much of the rest."""
SIGMAS = 4.5
Rows = Sequence[Mapping[str, Any]]


async def false_published(stand: SoakStand, look: Look, read: Callable[[], SoakBook]) -> list[tuple[str, str]]:
    """Ask for what the boards show, at the instant of the look, and for the reports, and hold them against the book.

    `read`: the book as it is when reports were made, which takes seconds.
    """
    found = []
    if stand.settings.influx is not None:
        found += [("board", text) for text in false_boards(stand, look)]
    zone = stand.settings.plant.zone
    today = datetime.fromtimestamp(look.now_s, UTC).astimezone(zone).date()
    yesterday, month = today - timedelta(days=1), f"{today:%Y-%m}"

    async def rows(kind: str, period: str) -> Rows:
        found: Rows = json.loads(await stand.command("report", kind, "--period", period, "--json"))
        return found

    days = {day: await rows("day", day.isoformat()) for day in (today, yesterday)}
    months = {kind: await rows(kind, month) for kind in ("month", "growth")}
    nodes = await rows("balance", yesterday.isoformat())
    asked_s, book = time.time_ns() // NS, read()
    for day, of_day in days.items():
        start_s = int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
        for reported in book.plant.reported:
            span_s = start_s, start_s + 86_400
            then, since = expected(book, reported, span_s, look.now_s), expected(book, reported, span_s, asked_s)
            wanted = Between(then.least_t, since.most_t)
            found += [("report", text) for text in false_day(of_day, reported, wanted, f"{day}")]
    for reported in book.plant.reported:
        found += [("report", text) for text in false_month(days[today], months, reported, asked_s - look.now_s)]
    found += [("report", text) for text in false_balance(nodes)]
    for language in ("ru", "kk"):
        for arguments in (("report", "day", "--period", today.isoformat()), ("report", "month"), ("alert", "list")):
            said = await stand.command(*arguments, "--lang", language)
            found += [("language", text) for text in false_language(said.splitlines(), language)]
    return found


def false_day(rows: Rows, reported: Reported, wanted: Between, day: str) -> Iterator[str]:
    """What the day report says of a product of the works that the book does not."""
    row = site_row(rows, reported.product)
    if row is None or "actual_t" not in row:
        if wanted.least_t > 1:
            yield f"{day}: the report knows nothing of {reported.product}, and the book has {wanted}"
        return
    if not wanted.holds(row["actual_t"]):
        yield f"{day}: the report has {row['actual_t']} of {reported.product}, and the book has {wanted}"
    units = [each["actual_t"] for each in rows if each["level"] == "unit" and each["unit"] in reported.counted_at]
    if abs(sum(units) - row["actual_t"]) > 0.002:
        yield f"{day}: the units' {reported.product} comes to {sum(units)}, the total is {row['actual_t']}"
    if "forecast_month_t" in row:
        low, so_far = row.get("forecast_low_t", 0.0), row["month_to_date_t"]
        forecast, plan = row["forecast_month_t"], row["month_target_t"]
        rest = max(plan - row.get("month_to_date_target_t", 0.0), 0.0) + row.get("target_t", 0.0)
        if not low <= forecast <= row.get("forecast_high_t", forecast) or forecast < so_far - 0.2:
            yield f"{day}: {reported.product} has {so_far}, and is forecast to be {low} to {forecast}"
        if abs(forecast - so_far - rest) > FORECAST_SPREAD * rest + row.get("target_t", 0.0) * 1.2:
            yield f"{day}: {reported.product} has {so_far}, {rest} are to come, and the forecast is {forecast}"


def false_month(day: Rows, months: Mapping[str, Rows], reported: Reported, later_s: int) -> Iterator[str]:
    """Where the reports of the month differ from that of today, or from each other; they are asked one by one."""
    own = site_row(day, reported.product)
    rows = {kind: site_row(of_kind, reported.product) for kind, of_kind in months.items()}
    if own is None:
        return
    grown_t = own.get("target_t", 0.0) / 86_400 * 3 * (later_s + LATE_S) + 600.0
    for kind, row in rows.items():
        made_t = None if row is None else row.get("actual_t")
        if made_t is None or not -0.002 <= made_t - own["month_to_date_t"] <= grown_t:
            yield f"{reported.product}: {own['month_to_date_t']} to date, and the report {kind} has {made_t}"


def false_balance(nodes: Rows) -> Iterator[str]:
    """Nodes of the mass balance that do not close, though every scale of the works is exact."""
    for node in nodes:
        if "residual_t" in node and abs(node["residual_t"]) > SIGMAS * node["sigma_t"]:
            yield f"{node['node']} lacks {node['residual_t']} of {node['sigma_t']} on {node['period']}"


def site_row(rows: Rows, product: str) -> Mapping[str, Any] | None:
    """The row of the works' total."""
    return next((row for row in rows if row["level"] == "site" and row["product"] == product), None)


def false_boards(stand: SoakStand, look: Look) -> Iterator[str]:
    """What the queries of the first board give that the book does not."""
    plant, book = stand.settings.plant, look.book
    for panel in (panel for board in boards(plant) if board.key == "now" for row in board.rows for panel in row.panels):
        rows = [row for it in panel_statements(panel, plant) for row in asked(stand, it.query, look.now_s)]
        if panel.title == "today":
            yield from false_today(rows, panel, book, look.now_s)
        if panel.title == "drops_now":
            for row in rows:
                unit = row["unit"]
                if not any(start_s <= look.now_s <= end_s for start_s, end_s in low_spans(book, unit, look.now_s)):
                    yield f"the board has a drop of {unit} without a cause"


def false_today(rows: Rows, panel: Panel, book: SoakBook, now_s: int) -> Iterator[str]:
    """Today's tonnes on the board."""
    (reported,) = (each for each in book.plant.reported if each.product == panel.where["product"])
    local = datetime.fromtimestamp(now_s, UTC).astimezone(book.plant.zone)
    start_s = int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
    wanted = expected(book, reported, (start_s, start_s + 86_400), now_s)
    shown = next((row.get(panel.quantities[0].field) for row in rows), None)
    if now_s - start_s > 5 * LATE_S and (shown is None or not wanted.holds(shown)):
        yield f"the board has {shown} of {reported.product} today, and the book has {wanted}"


def asked(stand: SoakStand, query: str, now_s: int) -> list[dict[str, Any]]:
    """The rows of a statement, as Grafana would ask it at an instant of the works' own clock."""
    settings = stand.settings.influx
    assert settings is not None
    span = f"time >= {now_s - 86_400}s AND time < {now_s + 86_400}s"
    told = query.replace("$timeFilter", span).replace("$__interval", "1h").replace("now()", f"{now_s}s")
    told = told.replace('"text"', '"text_ru"').replace('"evidence"', '"evidence_ru"')
    where = {"db": settings.bucket, "q": told, "epoch": "ns", "u": settings.user or "", "p": settings.password or ""}
    with urllib.request.urlopen(f"{settings.url}/query?{urllib.parse.urlencode(where)}", timeout=20) as answer:  # noqa: S310
        result = json.loads(answer.read())["results"][0]
    assert "error" not in result, (told, result["error"])
    return [
        {**dict(zip(series["columns"], row, strict=True)), **series.get("tags", {})}
        for series in result.get("series", [])
        for row in series["values"]
    ]
