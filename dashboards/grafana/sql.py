"""SQL of PostgreSQL for what a panel asks: the sibling of influxql.py, statement by statement.

A series of Grafana has one time for all of its points, so what is newest of each place stands at one moment here: else
only the place whose row came last would show a last value.
"""

from collections.abc import Iterable, Mapping

from dashboards.grafana.formula import arithmetic, check_level, scaled
from dashboards.grafana.influxql import HOUR_TABLE, IN_EVERY_ROW, PanelStatement, panel_statements
from dashboards.panels.board import Choice, Panel, Pick, Shape
from dashboards.panels.quantity import Buckets, Measure, Quantity
from models.works.codes import UnitState
from models.works.plant import Plant

SCHEMA = "tundish"
"""Of all tables (docs/tables.md)."""
# As long as those of influxql.py, and for the same reasons.
RUNNING_SPAN = {
    "output_day": "33 hours",
    "output_month": "33 days",
    "project_month": "33 days",
    "growth_part": "33 days",
    "heat_hour": "2 hours",
    "fuel_day": "26 hours",
    "safety_hour": "65 minutes",
}
NOW_SPAN = "5 minutes"
LONGEST_EVENT = "400 days"
AGGREGATES = {"mean": "avg", "max": "max"}
NEWEST_PICKS = (Pick.NEWEST, Pick.RUNNING, Pick.NOW)
_TIME = '"time"'


def sql_statements(panel: Panel, plant: Plant) -> list[PanelStatement]:
    """All statements of a panel, split as those of InfluxQL are."""
    # A statement may have one of several figures, which has to keep its own name.
    several = len(panel.quantities) > 1
    return panel_statements(panel, plant, lambda part, site: sql_query(part, site, several=several))


def sql_query(panel: Panel, site: str, *, several: bool = False) -> str:
    """The statement of a panel; macros and the board's variables are left for Grafana.

    `site` stands in every one: works may share a database. `several`: the panel has other figures too.

    Raises ValueError for a table with levels of which none is fixed: its totals would be added to their parts.
    """
    check_level(panel)
    where = [*conditions({"site": site, **panel.where}), *_buckets(panel.quantities[0])]
    split = _split(panel, several=several or len(panel.quantities) > 1)
    match panel.pick:
        case Pick.PACE:
            return pace_query(where, panel.window_h, split)
        case Pick.DROPS:
            return drops_query(panel, where)
        case Pick.GAIN:
            return _gain_query(panel, where, split)
        case Pick.SAMPLED:
            return _sampled_query(panel, where, split)
        case _:
            return _rows_query(panel, where, split)


def as_table(panel: Panel) -> bool:
    """Whether Grafana is asked for a table: as series it takes numbers alone, and reads texts as their names."""
    of_texts = any(quantity.measure is Measure.TEXT for quantity in panel.quantities)
    return of_texts or panel.shape is Shape.TABLE or (panel.shape is Shape.BAR_CHART and bool(panel.x))


def pace_query(where: Iterable[str], window_h: int, split: str = "", *, timed: bool = True) -> str:
    """Output over the last `window_h` whole hours in percent of its target, as pace_pct.

    `split`: columns to split by, as they are selected and named. `timed`: with the present for a time. Only hours that
    are judged count.
    """
    span = f"{_TIME} >= now() - interval '{window_h + 1} hours' AND {_TIME} < now() - interval '1 hour'"
    conditioned = " AND ".join([*where, '"attainment_pct" >= 0', span])
    columns = [column.partition(" AS ")[0] for column in split.split(", ") if column]
    group = f"GROUP BY {', '.join(columns)} ORDER BY {', '.join(columns)}" if columns else "HAVING count(*) > 0"
    named = f"{split}, " if split else ""
    time = f"now() AS {_TIME}, " if timed else ""
    return (
        f'SELECT {time}{named}100 * sum("actual_t") / sum("target_t") AS "pace_pct" '
        f"FROM {table_name(HOUR_TABLE)} WHERE {conditioned} {group}"
    )


def drops_query(panel: Panel, where: Iterable[str]) -> str:
    """The fields of a panel, of each unit whose newest state is a slow-down or a stop of its own."""
    split, table = identifier(panel.split), panel.quantities[0].table
    shown = ", ".join(identifier(quantity.field) for quantity in panel.quantities)
    each = newest_each(
        ", ".join([split, _TIME, '"state"', '"own"', *(_selected(quantity, panel) for quantity in panel.quantities)]),
        f"{table_name(table)} WHERE {' AND '.join([*where, _span(panel, table)])}",
        split,
    )
    low = ", ".join(str(state.value) for state in (UnitState.SLOW, UnitState.STOPPED))
    return f'SELECT {_TIME} AS "Time", {split}, {shown} FROM ({each}) AS newest WHERE "state" IN ({low}) AND "own" = 1'


def newest_each(what: str, rows: str, split: str) -> str:
    """The newest of `rows` (a table and its conditions) for each value of `split`."""
    return f"SELECT DISTINCT ON ({split}) {what} FROM {rows} ORDER BY {split}, {_TIME} DESC"


def choice_query(choice: Choice, site: str) -> str:
    """The values of a tag. Each is looked up in the key, one after the other: telemetry has millions of rows of one."""
    tag, table = identifier(choice.looked_up), table_name(choice.table)
    where = " AND ".join(conditions({"site": site, **choice.where}))
    first = f"SELECT {tag} AS value FROM {table} WHERE {where} ORDER BY {tag} LIMIT 1"
    after = f"SELECT {tag} FROM {table} WHERE {where} AND {tag} > found.value ORDER BY {tag} LIMIT 1"
    return (
        f"WITH RECURSIVE found AS (({first}) UNION ALL SELECT ({after}) FROM found WHERE found.value IS NOT NULL) "
        "SELECT value FROM found WHERE value IS NOT NULL"
    )


def event_query(text: str, where: Iterable[str]) -> str:
    """Events that share an instant with the span, as Grafana reads annotations; `text` is the column of their words."""
    return (
        f'SELECT {_TIME}, to_timestamp("end_ms" / 1000.0) AS "timeend", {identifier(text)} AS "text" '
        f"FROM {table_name('plant_event')} WHERE {' AND '.join([*where, overlapping()])}"
    )


def overlapping() -> str:
    """Events that share an instant with the span of the board: a relining that began weeks before it is one of them."""
    begun = f"{_TIME} <= $__timeTo() AND {_TIME} >= $__timeFrom()::timestamptz - interval '{LONGEST_EVENT}'"
    return f'{begun} AND "end_ms" >= $__unixEpochFrom()::bigint * 1000'


def conditions(where: Mapping[str, str]) -> list[str]:
    """Fixed tags as conditions. A variable of the board is quoted by Grafana, whatever it holds."""
    return [f"{identifier(tag)} {_equal_to(value)}" for tag, value in where.items()]


def any_of(tag: str, values: Iterable[str]) -> str:
    """One tag with one of these values."""
    return f"{identifier(tag)} IN ({', '.join(map(literal, values))})"


def expression(quantity: Quantity) -> str:
    """What is selected for a quantity, without its name. A share of nothing is not known, and is not 0."""
    return arithmetic(quantity, identifier, lambda whole: f"nullif({identifier(whole)}, 0)")


def identifier(name: str) -> str:
    """`name` as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def table_name(table: str) -> str:
    """The table in our schema."""
    return f"{SCHEMA}.{identifier(table)}"


def _rows_query(panel: Panel, where: list[str], split: str) -> str:
    """Rows as they are: those of the span, or the newest one (of each)."""
    if panel.pick in NEWEST_PICKS:
        return _newest_query(panel, where, split)
    fields = [_selected(quantity, panel) for quantity in panel.quantities]
    columns = ", ".join([_shown_time(panel), *([split] if split else []), *fields])
    return f"SELECT {columns} FROM {_rows(panel, where)} ORDER BY {_TIME}{' DESC' if panel.newest_first else ''}"


def _newest_query(panel: Panel, where: list[str], split: str) -> str:
    """The newest row (of each) that has anything of the figures, and nothing where it does not have all that they need.

    An older row must not stand for it: on the first of a month no forecast is known, and that of the month before is
    none.
    """
    fields = [_selected(quantity, panel) for quantity in panel.quantities]
    table = panel.quantities[0].table
    needed = dict.fromkeys(field for quantity in panel.quantities for field in quantity.fields)
    if panel.pick is Pick.RUNNING and table in IN_EVERY_ROW:
        needed = {IN_EVERY_ROW[table]: None}
    rows = _rows_with(map(identifier, needed), panel, where)
    figures = [identifier(quantity.field) for quantity in panel.quantities]
    if panel.split:
        newest = newest_each(", ".join([_TIME, identifier(panel.split), *fields]), rows, identifier(panel.split))
        at = _shown_time(panel) if as_table(panel) else f"now() AS {_TIME}"
    else:
        newest = f"SELECT {', '.join([_TIME, *fields])} FROM {rows} ORDER BY {_TIME} DESC LIMIT 1"
        at = _shown_time(panel)
    columns = ", ".join([at, *([split] if split else []), *figures])
    return f"SELECT {columns} FROM ({newest}) AS newest WHERE {_any_known(figures)}"


def _shown_time(panel: Panel) -> str:
    return f'{_TIME} AS "Time"' if as_table(panel) else _TIME


def _rows(panel: Panel, where: list[str]) -> str:
    """The table of a panel and its conditions. A row without any of the figures would make an empty series."""
    return _rows_with(map(expression, panel.quantities), panel, where)


def _rows_with(known: Iterable[str], panel: Panel, where: list[str]) -> str:
    """The table of a panel and its conditions, one of which is that any of `known` is."""
    table = panel.quantities[0].table
    return f"{table_name(table)} WHERE {' AND '.join([*where, _any_known(known), _span(panel, table)])}"


def _any_known(columns: Iterable[str]) -> str:
    return f"num_nonnulls({', '.join(columns)}) > 0"


def _sampled_query(panel: Panel, where: list[str], split: str) -> str:
    fields = [
        f"{AGGREGATES[panel.sampled_by]}({_scaled(quantity, panel)}) AS {identifier(quantity.field)}"
        for quantity in panel.quantities
    ]
    columns = ", ".join([f"$__timeGroupAlias({_TIME}, $__interval)", *([split] if split else []), *fields])
    groups = ", ".join(str(number + 1) for number in range(1 + bool(split)))
    rows = _rows(panel, where)
    return f"SELECT {columns} FROM {rows} GROUP BY {groups} ORDER BY 1"


def _gain_query(panel: Panel, where: list[str], named: str) -> str:
    """How much a counter grew from one hour to the next; one that began again gives nothing for that hour."""
    (quantity,) = panel.quantities
    split, field = identifier(panel.split), identifier(quantity.field)
    rows = _rows(panel, where)
    most = f"max({_scaled(quantity, panel)}) AS most"
    hours = f"SELECT $__timeGroupAlias({_TIME}, 1h), {split}, {most} FROM {rows} GROUP BY 1, 2"
    grown = f"most - lag(most) OVER (PARTITION BY {split} ORDER BY {_TIME})"
    return (
        f"SELECT {_TIME}, {named}, {field} FROM (SELECT {_TIME}, {split}, {grown} AS {field} "
        f"FROM ({hours}) AS hours) AS gains WHERE {field} >= 0 ORDER BY 1"
    )


def _split(panel: Panel, *, several: bool) -> str:
    """The column of the tag that a panel is split by. The only figure of a series is named by the value of the tag."""
    if not panel.split:
        return ""
    named = not as_table(panel) and not several
    return f'{identifier(panel.split)} AS "metric"' if named else identifier(panel.split)


def _selected(quantity: Quantity, panel: Panel) -> str:
    shown = _scaled(quantity, panel)
    return shown if shown == identifier(quantity.field) else f"{shown} AS {identifier(quantity.field)}"


def _scaled(quantity: Quantity, panel: Panel) -> str:
    return scaled(expression(quantity), quantity, panel)


def _buckets(quantity: Quantity) -> list[str]:
    """The condition for buckets that are over, or for the one that runs: as in influxql.py."""
    if quantity.buckets is Buckets.ALL:
        return []
    over = quantity.buckets is Buckets.OVER
    if quantity.table == HOUR_TABLE:
        return [f"{_TIME} {'<' if over else '>='} now() - interval '1 hour'"]
    return [f'"month_to_date_due_t" {"=" if over else "<"} "month_to_date_target_t"']


def _span(panel: Panel, table: str) -> str:
    match panel.pick:
        case Pick.RUNNING:
            return f"{_TIME} >= now() - interval '{RUNNING_SPAN[table]}' AND {_TIME} <= now()"
        case Pick.NOW | Pick.DROPS:
            return f"{_TIME} >= now() - interval '{NOW_SPAN}'"
        case Pick.OVERLAPPING:
            return overlapping()
        case _:
            return f"$__timeFilter({_TIME})"


def _equal_to(value: str) -> str:
    if value.startswith("$"):
        return f"IN (${{{value[1:]}:sqlstring}})"
    return f"= {literal(value)}"
