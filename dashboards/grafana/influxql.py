"""InfluxQL for what a panel asks: every identifier quoted, every literal escaped, and a level wherever totals exist."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboards.grafana.formula import arithmetic, check_level, scaled
from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.places import counting_units, units_by_limit
from dashboards.panels.quantity import Buckets, Quantity, SeriesRole, Times
from models.detection.watched import watched_units
from models.tables.influxql import identifier, literal
from models.works.codes import UnitState
from models.works.limits import PaceLimit
from models.works.plant import Plant

HOUR_TABLE = "output_hour"
RUNNING_SPAN = {
    "output_day": "33h",
    "output_month": "33d",
    "project_month": "33d",
    "growth_part": "33d",
    "heat_hour": "2h",
    "fuel_day": "26h",
    "safety_hour": "65m",
}
"""How far back the stamp of the running bucket may lie: a production day that starts at 08:00 is stamped at midnight
and runs for 32 hours after that; a month is at most 31 days old; the newest hour of heat ended within the last one, and
an older one must not stand for it; a day of fuel is there when its first hour ended; the hour of a mine that runs is
there within its first minutes."""
IN_EVERY_ROW = {"output_month": "status", "output_day": "status"}
"""A field that each row of the table has. A figure of the running bucket is asked for beside it, so that a row which
does not know the figure yet gives none: on the first of a month it has no growth, and that of the month before is not
its own."""
NOW_SPAN = "5m"
"""How old a row may be that still says what is now. unit_state has a row a minute and source_health one in ten seconds,
so five minutes bridge a restart of the collector; after that a lamp goes out instead of showing an old state."""

LONGEST_EVENT = "400d"
"""No repair or stop lasts longer; without a limit each look at a board would read every event that ever was."""


def panel_query(panel: Panel, site: str) -> str:
    """The statement of a panel; $timeFilter, $__interval and the board's variables are left for Grafana.

    `site` stands in every one: works may share a database.

    Raises ValueError for a table with levels of which none is fixed: its totals would be added to their parts.
    """
    check_level(panel)
    table = panel.quantities[0].table
    if panel.pick is Pick.PACE:
        return pace_query(here(site, panel.where.items()), panel.window_h, split=(panel.split,) if panel.split else ())
    if panel.pick is Pick.DROPS:
        return drops_query(panel, site)
    select = ", ".join(_selected(quantity, panel) for quantity in panel.quantities)
    where = " AND ".join(
        [*conditions(here(site, panel.where.items())), *_buckets(panel.quantities[0]), _span(panel, table)]
    )
    groups = [identifier(panel.split)] if panel.split else []
    if panel.pick is Pick.NOW and panel.split:
        (quantity,) = panel.quantities
        each = f"SELECT {select} FROM {identifier(table)} WHERE {where}"
        return newest_each(each, identifier(quantity.field), _span(panel, table), groups)
    if panel.pick is Pick.RUNNING and not panel.split and table in IN_EVERY_ROW:
        fields = dict.fromkeys(field for quantity in panel.quantities for field in quantity.fields)
        known = ", ".join(map(identifier, dict.fromkeys([IN_EVERY_ROW[table], *fields])))
        newest = f"SELECT {known} FROM {identifier(table)} WHERE {where} ORDER BY time DESC LIMIT 1"
        # Both in the same order: the server takes no other.
        return f"SELECT {select} FROM ({newest}) ORDER BY time DESC"
    tail = ""
    if panel.pick in (Pick.SAMPLED, Pick.GAIN):
        groups = ["time(1h)" if panel.pick is Pick.GAIN else "time($__interval)", *groups]
        tail = " fill(none)"
    if panel.newest_first:
        tail = " ORDER BY time DESC"
    # A series each, of which the panel shows the last point as it is: ORDER BY DESC would turn their order round.
    each_has_its_series = bool(panel.split) and panel.shape is Shape.STAT
    if panel.pick in (Pick.NEWEST, Pick.RUNNING, Pick.NOW) and not each_has_its_series:
        tail = " ORDER BY time DESC LIMIT 1"
    group = f" GROUP BY {', '.join(groups)}" if groups else ""
    return f"SELECT {select} FROM {identifier(table)} WHERE {where}{group}{tail}"


@dataclass(frozen=True, slots=True)
class PanelStatement:
    """One statement of a panel. `limit` is what its figures are held against, if that is the units' own limit."""

    query: str
    limit: PaceLimit | None = None


def panel_statements(
    panel: Panel, plant: Plant, query_of: Callable[[Panel, str], str] = panel_query
) -> list[PanelStatement]:
    """All statements of a panel: one for each shop, or for each kind of bucket (all, over, running).

    If units have limits of their own, one more for each limit.

    Each of those names its units. So if one unit is chosen, only the statement with its limit gives anything.
    `query_of` writes a statement: InfluxQL, or that of another database.
    """
    if panel.by_shop:
        with_output = panel.quantities[0].table.startswith("output_")
        there = [unit.code for unit in counting_units(plant)] if with_output else watched_units(plant, plant.detection)
        shops = dict.fromkeys(plant.units[code].shop for code in panel.among or there)
        queries = [query_of(replace(panel, where={**panel.where, "shop": shop}), plant.site) for shop in shops]
        return [PanelStatement(of_units(query, panel.among) if panel.among else query) for query in queries]
    plain: dict[Buckets, list[Quantity]] = {}
    for quantity in panel.quantities:
        if not panel.by_limit or (quantity.role is not SeriesRole.LIMIT and panel.pick is not Pick.PACE):
            plain.setdefault(quantity.buckets, []).append(quantity)
    statements = [
        PanelStatement(query_of(replace(panel, quantities=tuple(alike)), plant.site)) for alike in plain.values()
    ]
    if not panel.by_limit:
        return statements
    # Pace by unit goes shop by shop, so that units stand in the order of the plant.
    for limit, limited in units_by_limit(plant, by_shop=panel.split == "unit"):
        units = tuple(code for code in limited if not panel.among or code in panel.among)
        if not units:
            continue
        if panel.pick is Pick.PACE:
            query = query_of(replace(panel, window_h=limit.window_h), plant.site)
        else:
            below = tuple(
                replace(quantity, formula=Times(quantity.fields[0], limit.raise_pct / 100))
                for quantity in panel.quantities
                if quantity.role is SeriesRole.LIMIT
            )
            query = query_of(replace(panel, quantities=below), plant.site)
        statements.append(PanelStatement(of_units(query, units), limit))
    return statements


def of_units(query: str, units: Iterable[str]) -> str:
    """The same statement for these units alone."""
    listed = " OR ".join(conditions([("unit", code) for code in units]))
    return query.replace(" WHERE ", f" WHERE ({listed}) AND ", 1)


def pace_query(where: Iterable[tuple[str, str]], window_h: int, *, split: tuple[str, ...] = ()) -> str:
    """Output over the last `window_h` whole hours in percent of its target, as pace_pct.

    Only hours that are judged count: an hour without data, or one that was hardly watched, says nothing about output.
    """
    # Zero tonnes are judged, a target of zero is not: in a repair nothing is due.
    judged = ['"attainment_pct" >= 0']
    # One hour more, for the running hour is left out.
    span = f"time >= now() - {window_h + 1}h AND time < now() - 1h"
    group = f" GROUP BY {', '.join(map(identifier, split))}" if split else ""
    return (
        f'SELECT 100 * sum("actual_t") / sum("target_t") AS "pace_pct" FROM "{HOUR_TABLE}" '
        f"WHERE {' AND '.join([*conditions(where), *judged, span])}{group}"
    )


def drops_query(panel: Panel, site: str) -> str:
    """The fields of a panel, of each unit whose newest state is a slow-down or a stop of its own.

    The newest state is picked first, with what stands beside it: a drop that is over would else be found again.
    """
    table, group = identifier(panel.quantities[0].table), f"GROUP BY {identifier(panel.split)}"
    beside = ", ".join(_selected(quantity, panel) for quantity in panel.quantities)
    where = " AND ".join([*conditions(here(site, panel.where.items())), _span(panel, panel.quantities[0].table)])
    newest = f'SELECT last("state") AS "state", "own", {beside} FROM {table} WHERE {where} {group}'
    shown = ", ".join(identifier(quantity.field) for quantity in panel.quantities)
    low = " OR ".join(f'"state" = {state.value}' for state in (UnitState.SLOW, UnitState.STOPPED))
    return f'SELECT {shown} FROM ({newest}) WHERE ({low}) AND "own" = 1 AND {_span(panel, "")} {group}'


def newest_each(each: str, column: str, span: str, groups: Iterable[str]) -> str:
    """The newest `column` of each group of the statement `each`, groups in the order of their names.

    A subquery, so that all that `each` computes is of one point: several last() beside each other may take their fields
    from different rows. "ORDER BY time DESC" would turn the order of the groups round.
    """
    group = f"GROUP BY {', '.join(groups)}"
    return f"SELECT last({column}) FROM ({each} {group}) WHERE {span} {group}"


def here(site: str, where: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Fixed tags of one works, which may share its database with others."""
    return [("site", site), *where]


def overlapping() -> str:
    """Events that share an instant with the span of the board: a relining that began weeks before it is one of them."""
    return f'time <= ${{__to}}ms AND time >= ${{__from}}ms - {LONGEST_EVENT} AND "end_ms" >= ${{__from}}'


def conditions(where: Iterable[tuple[str, str]]) -> list[str]:
    """Fixed tags as conditions."""
    return [f"{identifier(tag)} = {literal(value)}" for tag, value in where]


def expression(quantity: Quantity) -> str:
    """What is selected for a quantity, without its name."""
    return arithmetic(quantity, identifier, identifier)


def _selected(quantity: Quantity, panel: Panel) -> str:
    shown = expression(quantity)
    if panel.pick is Pick.SAMPLED:
        shown = f"{panel.sampled_by}({shown})"
    if panel.pick is Pick.GAIN:
        shown = f"non_negative_difference(max({shown}))"
    shown = scaled(shown, quantity, panel)
    return shown if shown == identifier(quantity.field) else f"{shown} AS {identifier(quantity.field)}"


def _buckets(quantity: Quantity) -> list[str]:
    """The condition for buckets that are over, or for the one that runs.

    A row is stamped with the start of its hour: one younger than an hour is of the hour that still runs. Of a day that
    is over, all of the target to date is due.
    """
    if quantity.buckets is Buckets.ALL:
        return []
    over = quantity.buckets is Buckets.OVER
    if quantity.table == HOUR_TABLE:
        return [f"time {'<' if over else '>='} now() - 1h"]
    return [f'"month_to_date_due_t" {"=" if over else "<"} "month_to_date_target_t"']


def _span(panel: Panel, table: str) -> str:
    match panel.pick:
        case Pick.RUNNING:
            return f"time >= now() - {RUNNING_SPAN[table]} AND time <= now()"
        case Pick.NOW | Pick.DROPS:
            return f"time >= now() - {NOW_SPAN}"
        case Pick.OVERLAPPING:
            return overlapping()
        case _:
            return "$timeFilter"
