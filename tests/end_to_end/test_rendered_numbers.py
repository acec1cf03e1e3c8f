"""Every number that a rendered board shows, as the browser has it, against `tundish report`: all columns, all products.

Needs TUNDISH_TEST_GRAFANA, of version 12 or later: before, the page does not say which panel is which.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboards.grafana.board import numbered
from dashboards.grafana.uids import board_uid
from dashboards.grafana.words import PanelWords
from dashboards.panels.board import Panel, Shape
from dashboards.panels.boards import boards
from dashboards.panels.places import shop_choices
from dashboards.panels.quantity import Measure, Quantity
from dashboards.panels.texts import text
from models.works.month import period_text, shifted
from models.works.plant import Plant
from tests.end_to_end.test_panels_match_reports import expected, reported
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.grafana import PASSWORD, USER
from tests.support.grafana_stand import Stand
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.timeout(400)
FIRST_WITH_KEYS = (12, 0)
MONTHS = 25
READ = """all => all.map(e => ({
    key: e.getAttribute('data-griditem-key') || '',
    panel: (e.querySelector('[data-viz-panel-key]') || e).getAttribute('data-viz-panel-key') || '',
    text: e.innerText,
    heads: [...e.querySelectorAll('[role=columnheader]')].map(head => head.innerText.trim()),
    rows: [...e.querySelectorAll('[role=row]')]
        .map(row => [...row.querySelectorAll('[role=gridcell]')].map(cell => cell.innerText.trim()))
        .filter(row => row.length),
}))"""
Rows = dict[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What `tundish report` says: of the running day, and of each month by its period."""

    plant: Plant
    today: Rows
    months: dict[str, Rows]
    month: str

    def rows(self, panel: Panel, where: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
        """(value of the tag that splits the panel, row) of the newest bucket, in the order of the tag."""
        table = panel.quantities[0].table
        found = self.today if table == "output_day" else self.months[self.month]
        kept = []
        for tags, row in sorted(found.items()):
            named = dict(zip(("level", "shop", "unit", "product"), tags, strict=True))
            if all(named[tag] == value for tag, value in where.items()):
                kept.append((named.get(panel.split, ""), row))
        return kept


@pytest.fixture(scope="module")
def truth(stand: Stand) -> Truth:
    if stand.store.api.version() < FIRST_WITH_KEYS:
        pytest.skip("the page of this Grafana does not say which panel is which")
    now = datetime.fromtimestamp(stand.works.end_s, UTC).astimezone(stand.plant.zone).date()
    first = now.replace(day=1).toordinal()
    periods = [period_text(shifted(first, -back)) for back in range(MONTHS)]

    async def all_of_them() -> tuple[Rows, dict[str, Rows]]:
        today = await reported(stand.works, "day", now.isoformat())
        return today, {period: await reported(stand.works, "growth", period) for period in periods[:SHOWN]}

    today, months = asyncio.run(all_of_them())
    _put_moving(stand, today)
    return Truth(stand.plant, today, months, periods[0])


def _put_moving(stand: Stand, today: Rows) -> None:
    """What falls due with every second is that of the row in the database: the report is asked later than the board."""
    tags = [f'"{tag}"' for tag in ("level", "shop", "unit", "product")]
    places, moving = ", ".join(tags), ", ".join(MOVING)
    asked = f'SELECT {moving} FROM "output_day" WHERE time >= now() - 33h GROUP BY {places} ORDER BY time DESC LIMIT 1'
    if isinstance(stand.works.database, PostgresServer):
        rows = "tundish.output_day WHERE time >= now() - interval '33 hours' AND time <= now()"
        asked = f"SELECT DISTINCT ON ({places}) {places}, {moving} FROM {rows} ORDER BY {places}, time DESC"
    found = 0
    for row in stand.works.database.rows("works", asked):
        known = today.get(tuple(row[tag.strip('"')] for tag in tags))
        if known is None:
            continue
        for field in MOVING:
            if row.get(field) is not None and known.get(field) is not None:
                assert row[field] == pytest.approx(known[field], rel=0.05), "some minutes of a day"
                found += 1
            known[field] = row.get(field)
    assert found > 40


MOVING = ("month_to_date_due_t", "target_so_far_t", "attainment_so_far_pct")
SHOWN = 8
"""Months of the table that are in sight; each costs a report."""


@pytest.mark.parametrize(
    ("key", "chosen", "least"), [("growth", "", 150), ("plan", "&var-product=steel", 70), ("now", "", 8)]
)
def test_every_number_in_the_browser_is_that_of_the_report(
    stand: Stand, truth: Truth, key: str, chosen: str, least: int
) -> None:
    (board,) = (board for board in boards(stand.plant) if board.key == key)
    panels = {number: panel for number, _, panel in numbered(board) if isinstance(panel, Panel)}
    compared = 0
    for shown in _read(stand, key, chosen):
        number = re.search(r"\d+", shown["panel"])
        panel = panels.get(int(number[0])) if number else None
        if panel is None or panel.quantities[0].table not in ("output_day", "output_month"):
            continue
        clone = re.search(r"clone-(\d+)", shown["key"])
        shop = shop_choices(stand.plant)[int(clone[1]) if clone else 0][0]
        product = chosen.partition("product=")[2]
        where = {tag: {"$shop": shop, "$product": product}.get(value, value) for tag, value in panel.where.items()}
        if panel.shape is Shape.TABLE:
            compared += _table(truth, panel, where, shown)
        elif panel.shape is Shape.STAT:
            compared += _figures(truth, panel, where, shown["text"])
    assert compared >= least


def _read(stand: Stand, key: str, chosen: str) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1920, "height": 3000}, locale="ru-RU")
        context.request.post(f"{stand.address}/login", data={"user": USER, "password": PASSWORD})
        page = context.new_page()
        page.goto(f"{stand.address}/d/{board_uid(stand.plant, key, 'ru')}?kiosk{chosen}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(2500)
        found: list[dict[str, Any]] = page.eval_on_selector_all(".react-grid-item", READ)
        browser.close()
    return found


def _figures(truth: Truth, panel: Panel, where: dict[str, str], shown: str) -> int:
    """Figures of a panel, each on a line of its own, against those of its series; no number is left over."""
    told = [number for line in shown.splitlines()[1:] if (number := _number(line)) is not None]
    rows = truth.rows(panel, where)
    if panel.quantities[0].measure is Measure.TEXT:
        assert truth.month in shown, shown
        return 1
    if panel.quantities[0].measure is Measure.STATUS:
        assert text(f"status_{rows[0][1]['status']}", "ru") in shown, shown
        return 1
    wanted = [(quantity, expected(quantity, row)) for _, row in rows for quantity in panel.quantities]
    if any(quantity.field == "completeness_pct" for quantity, _ in wanted):
        return 0  # that of a running day falls from the last reading on: the report is asked later than the board
    known = [(quantity, value) for quantity, value in wanted if value is not None]
    assert len(told) == len(known), f"{shown!r}: {known}"
    for number, (quantity, value) in zip(told, known, strict=True):
        assert _same(number, quantity, value), f"{shown!r}: {quantity.field} is {value}"
    return len(told)


def _table(truth: Truth, panel: Panel, where: dict[str, str], shown: dict[str, Any]) -> int:
    """Every cell of a table in sight, by the name of its column and the first cell of its row."""
    words = PanelWords(truth.plant, "ru")
    columns = {words.name(panel, quantity): quantity for quantity in panel.quantities}
    assert set(columns) <= {head.replace("\n", " ") for head in shown["heads"]}, shown["heads"]
    compared = 0
    for cells in shown["rows"]:
        row = _row(truth, panel, where, cells[0])
        if row is None:
            continue
        for head, cell in zip(shown["heads"], cells, strict=True):
            quantity = columns.get(head.replace("\n", " "))
            if quantity is None or quantity.measure is Measure.TEXT:
                continue
            value = expected(quantity, row)
            if quantity.measure is Measure.STATUS:
                assert cell == text(f"status_{value}", "ru")
            elif value is None:
                assert _number(cell) is None, f"{head} of {cells[0]}: {cell}, and the report knows nothing"
            else:
                number = _number(cell)
                assert number is not None, f"{head} of {cells[0]}: {cell}; the report says {value}"
                assert _same(number, quantity, value), f"{head} of {cells[0]}: {cell}; the report says {value}"
            compared += 1
    return compared


def _row(truth: Truth, panel: Panel, where: dict[str, str], first: str) -> dict[str, Any] | None:
    if panel.split:
        of_unit = {
            truth.plant.units[unit].names["ru"]: row
            for unit, row in truth.rows(panel, where)
            if unit in truth.plant.units
        }
        return of_unit[first]
    if first not in truth.months:
        return None
    tags = tuple(where.get(tag, "all") for tag in ("level", "shop", "unit", "product"))
    return truth.months[first][tags]


def _number(shown: str) -> float | None:
    """The number of a figure as a Russian browser shows it; None if it is none."""
    bare = re.sub(r"[\s%]", "", shown).replace(",", ".").replace("\u2212", "-")
    return float(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def _same(number: float, quantity: Quantity, value: float | str) -> bool:
    """Whether it is the value, rounded to the decimals that the figure is shown with."""
    return abs(number - float(value)) <= 0.5 * 10**-quantity.decimals + 1e-9
