"""The mass balance of a day: what went into each node, less what came out, with how sure that is.

residual = sum(inputs x yield) - sum(outputs) + opening stock + received - shipped - closing stock. A stock of an input
counts as what it makes. If a flow or a stock is not known, the node has no residual: a missing scale would look like a
loss.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, isnan, sqrt

import numpy as np
from numpy.typing import NDArray

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import RECEIVED, SHIPPED, STOCK, Figure
from models.tables.spread import BEHIND, Spread, learned
from models.works.month import month_of, months_between
from models.works.place import ALL, Place
from models.works.plant import BalanceNode, Flow, Stock
from models.works.table import Row, RowKey

Floats = NDArray[np.float64]
BALANCE_TABLE = "balance"
LOOKS_BACK = 120
"""Days among which the last known ones are looked for: beyond a season ago a node was another one."""
AT_ONCE = 31
"""Days after the asked one whose past is worked out with it: the roll-up goes through a month day by day."""
MOVED = ((RECEIVED, 1.0), (SHIPPED, -1.0))
_GRAM_DECIMALS = 6
"""Tonnes to the gram: what yields leave behind it is noise of floats, and would publish the same row anew."""


@dataclass(frozen=True, slots=True)
class Term:
    """One input, output or stock of a node: tonnes with the sign that they have in the residual (None: not known)."""

    kind: str
    product: str
    where: str
    tonnes: float | None
    sigma_t: float


@dataclass(frozen=True, slots=True)
class NodeBalance:
    """A node with its terms; residual_t is None if one of them is not known.

    `in_process_t`: one sigma of what no stock states at either end of the day. `spread`: how far the residuals of the
    days before lay from each other (None: too few are known).
    """

    node: str
    terms: tuple[Term, ...]
    in_process_t: float = 0.0
    spread: Spread | None = None

    @property
    def residual_t(self) -> float | None:
        """The tonnes that nobody can account for; negative: more came out than went in."""
        known = [term.tonnes for term in self.terms if term.tonnes is not None]
        return sum(known) if len(known) == len(self.terms) else None

    @property
    def declared_sigma_t(self) -> float:
        """One standard deviation of the residual by what was declared.

        The errors of the terms are independent, so they add in quadrature (GUM, JCGM 100:2008, 5.1.2).
        """
        return hypot(*(term.sigma_t for term in self.terms), sqrt(2.0) * self.in_process_t)

    @property
    def sigma_t(self) -> float:
        """One standard deviation of the residual: learned where that can be, else as declared."""
        return self.declared_sigma_t if self.spread is None else self.spread.sigma_t


@dataclass
class Balances:
    """The balances of a book's days. Make a new one when the book has changed."""

    book: Book
    _past: dict[str, tuple[int, Floats]] = field(default_factory=dict)
    _stocks: dict[tuple[str, str], Mapping[int, Figure]] = field(default_factory=dict)

    def of(self, day: int) -> list[NodeBalance]:
        """Every declared node with the inputs, outputs and stocks that feed it, on one production date (ordinal)."""
        return [self._with_spread(node, day) for node in self.book.plant.balance]

    def residuals(self, node: BalanceNode, first: int, end: int) -> Floats:
        """The residuals of the days [first, end) (ordinals), nan where one is not known: as columns, for many days."""
        yields = {flow.product: flow.yield_t_per_t for flow in node.inputs}
        flows = [*((flow, flow.yield_t_per_t) for flow in node.inputs), *((flow, -1.0) for flow in node.outputs)]
        found = np.zeros(end - first)
        for flow, factor in flows:
            for unit in flow.at:
                found += factor * self.made(unit, flow.product, first, end)
        for stock in node.stock:
            found += yields.get(stock.product, 1.0) * self._drawn(stock, first, end)
        return found

    def rows(self, day: int, time_ns: int) -> list[Row]:
        """The rows of `balance` for one production date (ordinal)."""
        rows = []
        for found in self.of(day):
            if found.residual_t is not None:
                fields = {
                    "residual_t": round(found.residual_t, _GRAM_DECIMALS),
                    "sigma_t": round(found.sigma_t, _GRAM_DECIMALS),
                }
                key = RowKey.of(BALANCE_TABLE, time_ns, {"site": self.book.plant.site, "node": found.node})
                rows.append(Row(key, fields))
        return rows

    def made(self, unit: str, product: str, first: int, end: int) -> Floats:
        """Tonnes of a unit on each of the days [first, end) (ordinals), nan where they are not known."""
        place = Place("unit", self.book.plant.units[unit].shop, unit, product)
        found = np.full(end - first, np.nan)
        for low, high in months_between(max(first, self.book.first), end):
            month = month_of(low)
            columns = self.book.month_days(place, month)
            days = slice(low - month, high - month)
            found[low - first : high - first] = np.where(columns.known[days], columns.grams[days], np.nan)
        return found / GRAMS_PER_TONNE

    def _with_spread(self, node: BalanceNode, day: int) -> NodeBalance:
        plain = NodeBalance(node.name, self._terms(node, day), node.in_process_t)
        if plain.residual_t is None:
            return plain
        before = self._before(node, day - BEHIND)
        spread = learned(before[~np.isnan(before)])
        return NodeBalance(plain.node, plain.terms, plain.in_process_t, spread)

    def _before(self, node: BalanceNode, end: int) -> Floats:
        """The residuals of the LOOKS_BACK days before a day; a month of such days is worked out at once."""
        start, known = self._past.get(node.name, (end, np.zeros(0)))
        if not start + LOOKS_BACK <= end <= start + len(known):
            start = end - LOOKS_BACK
            known = self.residuals(node, start, max(end, min(end + AT_ONCE, self.book.end)))
            self._past[node.name] = (start, known)
        return known[end - start - LOOKS_BACK : end - start]

    def _terms(self, node: BalanceNode, day: int) -> tuple[Term, ...]:
        # A tonne of an input that lies in stock will make what its yield gives, and not a tonne.
        yields = {flow.product: flow.yield_t_per_t for flow in node.inputs}
        return (
            *(self._flow("input", flow, unit, day, flow.yield_t_per_t) for flow in node.inputs for unit in flow.at),
            *(self._flow("output", flow, unit, day, -1.0) for flow in node.outputs for unit in flow.at),
            *(term for stock in node.stock for term in self._stock(stock, day, yields.get(stock.product, 1.0))),
        )

    def _flow(self, kind: str, flow: Flow, unit: str, day: int, factor: float) -> Term:
        made_t = float(self.made(unit, flow.product, day, day + 1)[0])
        if isnan(made_t):
            return Term(kind, flow.product, unit, None, 0.0)
        tonnes = factor * made_t if made_t else 0.0
        sigma_t = abs(tonnes) * hypot(flow.uncertainty_pct, flow.yield_spread_pct) / 100
        return Term(kind, flow.product, unit, tonnes, sigma_t)

    def _drawn(self, stock: Stock, first: int, end: int) -> Floats:
        """Opening less closing stock, with what was bought and without what was sold, of the days [first, end)."""
        place = Place("shop", stock.shop, ALL, stock.product)
        days = range(max(first, self.book.first), end)
        edges = [self.book.bounds(place, day)[0] for day in days]
        edges += [self.book.bounds(place, day)[1] for day in days[-1:]]
        stated = self._lying(stock)
        found_there = [stated[edge].grams if edge in stated else None for edge in edges]
        lying = np.array([np.nan if grams is None else grams for grams in found_there], dtype=np.float64)
        found = np.full(end - first, np.nan)
        found[days.start - first :] = lying[:-1] - lying[1:]
        for kind, sign in MOVED:
            for figure in self._of_stock(kind, stock):
                low, high = bisect_right(edges, figure.start_ns) - 1, bisect_left(edges, figure.end_ns) - 1
                if high >= 0 and low < len(days):
                    moved = sign * (figure.grams or 0) if low == high else np.nan
                    found[days.start - first + max(low, 0) : days.start - first + high + 1] += moved
        return found / GRAMS_PER_TONNE

    def _stock(self, stock: Stock, day: int, factor: float) -> tuple[Term, ...]:
        """What lay there when the shop's production day began and when it ended, and what was bought and sold in it."""
        start_ns, end_ns = self.book.bounds(Place("shop", stock.shop, ALL, stock.product), day)
        # Only a stock stated at the very edge of the day counts: one of an hour later holds an hour of the next day.
        stated = self._lying(stock)
        moved = [self._moved(kind, stock, (start_ns, end_ns), sign * factor) for kind, sign in MOVED]
        return (
            _stock_term("opening stock", stock, stated.get(start_ns), factor),
            *(term for term in moved if term is not None),
            _stock_term("closing stock", stock, stated.get(end_ns), -factor),
        )

    def _of_stock(self, kind: str, stock: Stock) -> Sequence[Figure]:
        return self.book.no_output.get((kind, f"shop/{stock.shop}", stock.product), ())

    def _lying(self, stock: Stock) -> Mapping[int, Figure]:
        """By the instant (ns), what was stated to lie there."""
        key = (stock.shop, stock.product)
        if key not in self._stocks:
            self._stocks[key] = {figure.end_ns: figure for figure in self._of_stock(STOCK, stock)}
        return self._stocks[key]

    def _moved(self, kind: str, stock: Stock, bounds: tuple[int, int], factor: float) -> Term | None:
        """What was stated of a day; nobody states that nothing came. How a longer span falls on its days is unknown."""
        start_ns, end_ns = bounds
        touching = [
            figure for figure in self._of_stock(kind, stock) if figure.start_ns < end_ns and figure.end_ns > start_ns
        ]
        if not touching:
            return None
        if any(figure.start_ns < start_ns or figure.end_ns > end_ns for figure in touching):
            return Term(kind, stock.product, stock.shop, None, 0.0)
        tonnes = factor * sum(figure.grams or 0 for figure in touching) / GRAMS_PER_TONNE
        return Term(kind, stock.product, stock.shop, tonnes, abs(tonnes) * stock.uncertainty_pct / 100)


def _stock_term(kind: str, stock: Stock, figure: Figure | None, factor: float) -> Term:
    if figure is None:
        return Term(kind, stock.product, stock.shop, None, 0.0)
    tonnes = factor * (figure.grams or 0) / GRAMS_PER_TONNE
    sigma_t = hypot(tonnes * stock.uncertainty_pct / 100, factor * stock.uncertainty_t)
    return Term(kind, stock.product, stock.shop, tonnes, sigma_t)
