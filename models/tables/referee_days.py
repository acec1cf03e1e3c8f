"""The days of the mass balance as the referee takes them, from the books or from rows that are published."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from models.detection.referee.node_days import Accused, Days, Floats, NodeDays
from models.tables.balance import Balances
from models.works.calendar import NS
from models.works.plant import BalanceNode, Plant
from models.works.table import Row

Series = tuple[str, str]
"""(unit, product)."""


def days_of_book(balances: Balances, first: int, end: int) -> list[NodeDays]:
    """The known days of [first, end) of each node."""

    first = max(first, balances.book.first)
    made: dict[Series, Floats] = {}
    for node in balances.book.plant.balance:
        for flow in (*node.inputs, *node.outputs):
            for unit in flow.at:
                made[unit, flow.product] = balances.made(unit, flow.product, first, end)
    days = np.arange(first, end)
    return [_columns(node, days, balances.residuals(node, first, end), made) for node in balances.book.plant.balance]


def days_of_rows(plant: Plant, balance: Sequence[Row], output: Sequence[Row]) -> list[NodeDays]:
    """The days of each node that are in rows of `balance`, with what rows of `output_day` say of its units."""
    days = np.array(sorted({_day(plant, row) for row in balance}), dtype=np.int64)
    at = {int(day): index for index, day in enumerate(days)}
    residuals = {node.name: np.full(len(days), np.nan) for node in plant.balance}
    made: dict[Series, Floats] = {}
    for row in balance:
        column = residuals.get(dict(row.key.tags)["node"])
        if column is not None:
            column[at[_day(plant, row)]] = float(row.fields["residual_t"])
    for row in output:
        tags, actual = dict(row.key.tags), row.fields.get("actual_t")
        index = at.get(_day(plant, row))
        if tags["level"] == "unit" and actual is not None and index is not None:
            column = made.setdefault((tags["unit"], tags["product"]), np.full(len(days), np.nan))
            column[index] = float(actual)
    return [_columns(node, days, residuals[node.name], made) for node in plant.balance]


def _day(plant: Plant, row: Row) -> int:
    return datetime.fromtimestamp(row.key.time_ns // NS, UTC).astimezone(plant.zone).date().toordinal()


def _columns(node: BalanceNode, days: Days, residual_t: Floats, made: Mapping[Series, Floats]) -> NodeDays:
    made_of = {Accused(unit, flow.product): flow.yield_t_per_t for flow in node.inputs for unit in flow.at}
    factors = made_of | {Accused(unit, flow.product): -1.0 for flow in node.outputs for unit in flow.at}
    nothing = np.full(len(days), np.nan)
    shown_t = {each: made.get((each.unit, each.product), nothing) for each in factors}
    known = ~np.isnan(residual_t + sum(shown_t.values(), start=np.zeros(len(days))))
    shown_t = {each: column[known] for each, column in shown_t.items()}
    # If a node makes more than its yield promises, more comes out than went in.
    its_yield = Accused(node=node.name)
    due_t = sum((factor * shown_t[each] for each, factor in made_of.items()), start=np.zeros(int(known.sum())))
    return NodeDays(
        node.name, days[known], residual_t[known], shown_t | {its_yield: due_t}, factors | {its_yield: -1.0}
    )
