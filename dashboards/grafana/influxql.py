"""InfluxQL for what a panel asks: every identifier quoted, every literal escaped, and a level wherever totals exist."""

from collections.abc import Iterable

from dashboards.panels.board import Panel, Pick
from dashboards.panels.quantity import Less, Quantity, Share, Times

HOUR_TABLE = "output_hour"
RUNNING_SPAN = {"output_day": "33h", "output_month": "33d"}
"""How far back the stamp of the running bucket may lie: a production day that starts at 08:00 is stamped at midnight
and runs for 32 hours after that; a month is at most 31 days old."""
NOW_SPAN = "5m"


def identifier(name: str) -> str:
    """A quoted identifier."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def literal(value: str) -> str:
    """A quoted string."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def panel_query(panel: Panel) -> str:
    """The statement of a panel; $timeFilter, $__interval and the board's variables are left for Grafana.

    Raises ValueError for an output table without a fixed level: its totals would be added to their parts.
    """
    table = panel.quantities[0].table
    if table.startswith("output_") and "level" not in panel.where:
        raise ValueError(f"a query on {table} fixes no level")
    if panel.pick is Pick.PACE:
        return pace_query(panel.where.items(), panel.window_h, split=(panel.split,) if panel.split else ())
    select = ", ".join(_selected(quantity, panel) for quantity in panel.quantities)
    where = " AND ".join([*conditions(panel.where.items()), _span(panel, table)])
    groups = [identifier(panel.split)] if panel.split else []
    tail = ""
    if panel.pick is Pick.SAMPLED:
        groups = ["time($__interval)", *groups]
        tail = " fill(none)"
    if panel.newest_first:
        tail = " ORDER BY time DESC"
    if panel.pick in (Pick.NEWEST, Pick.RUNNING, Pick.NOW):
        tail = " ORDER BY time DESC LIMIT 1"
    group = f" GROUP BY {', '.join(groups)}" if groups else ""
    return f"SELECT {select} FROM {identifier(table)} WHERE {where}{group}{tail}"


def pace_query(where: Iterable[tuple[str, str]], window_h: int, *, split: tuple[str, ...] = ()) -> str:
    """Output over the last `window_h` whole hours in percent of its target, as pace_pct.

    Only hours of which both are known count: an hour without data says nothing about output.
    """
    known = ['"actual_t" >= 0', '"target_t" > 0']
    span = f"time >= now() - {window_h + 1}h AND time < now() - 1h"
    group = f" GROUP BY {', '.join(map(identifier, split))}" if split else ""
    return (
        f'SELECT 100 * sum("actual_t") / sum("target_t") AS "pace_pct" FROM "{HOUR_TABLE}" '
        f"WHERE {' AND '.join([*conditions(where), *known, span])}{group}"
    )


def conditions(where: Iterable[tuple[str, str]]) -> list[str]:
    """Fixed tags as conditions."""
    return [f"{identifier(tag)} = {literal(value)}" for tag, value in where]


def expression(quantity: Quantity) -> str:
    """What is selected for a quantity, without its name."""
    match quantity.formula:
        case Share(part, whole):
            return f"100 * {identifier(part)} / {identifier(whole)}"
        case Less(amount, less):
            return f"{identifier(amount)} - {identifier(less)}"
        case Times(amount, factor):
            return f"{identifier(amount)} * {factor:g}"
        case None:
            return identifier(quantity.field)


def _selected(quantity: Quantity, panel: Panel) -> str:
    shown = expression(quantity)
    if panel.pick is Pick.SAMPLED:
        shown = f"{panel.sampled_by}({shown})"
    in_kilotonnes = panel.display_unit == "kt" and quantity.measure.startswith("tonnes")
    if in_kilotonnes:
        shown = f"({shown}) / 1000"
    return shown if shown == identifier(quantity.field) else f"{shown} AS {identifier(quantity.field)}"


def _span(panel: Panel, table: str) -> str:
    match panel.pick:
        case Pick.RUNNING:
            return f"time >= now() - {RUNNING_SPAN[table]} AND time <= now()"
        case Pick.WHOLE:
            return "$timeFilter AND time < now() - 1h"
        case Pick.NOW:
            return f"time >= now() - {NOW_SPAN}"
        case _:
            return "$timeFilter"
