"""The mass balance of a day: what went into each node, less what came out, with how sure that is.

residual = sum(inputs x yield) - sum(outputs) + opening stock + received - shipped - closing stock. A stock of an input
counts as what it makes. If a flow or a stock is not known, the node has no residual: a missing scale would look like a
loss.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot, sqrt

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import RECEIVED, SHIPPED, STOCK, Figure
from models.tables.spread import BEHIND, Spread, learned
from models.works.month import month_of
from models.works.place import ALL, Place
from models.works.plant import BalanceNode, Flow, Stock
from models.works.table import Row, RowKey

BALANCE_TABLE = "balance"
LOOKS_BACK = 120
"""Days among which the last known ones are looked for: beyond a season ago a node was another one."""
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
    """The balances of a book's days; each is worked out once. Make a new one when the book has changed."""

    book: Book
    _stated: dict[tuple[str, str, str], list[Figure]] = field(default_factory=dict)
    _known: dict[tuple[str, int], NodeBalance] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for figure in self.book.charged_and_stocks:
            if figure.unit == ALL:
                self._stated.setdefault((figure.basis, figure.shop, figure.product), []).append(figure)

    def of(self, day: int) -> list[NodeBalance]:
        """Every declared node with the inputs, outputs and stocks that feed it, on one production date (ordinal)."""
        return [self._with_spread(node, day) for node in self.book.plant.balance]

    def residuals(self, node: BalanceNode, days: Iterable[int]) -> list[float | None]:
        """The residuals of some days (ordinals); None where one is not known."""
        return [self._plain(node, day).residual_t if day >= self.book.first else None for day in days]

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

    def made(self, unit: str, product: str, day: int) -> int | None:
        """Grams of a unit on a production date; None: not known."""
        place = Place("unit", self.book.plant.units[unit].shop, unit, product)
        month = month_of(day)
        columns = self.book.month_days(place, month)
        return int(columns.grams[day - month]) if columns.known[day - month] else None

    def _with_spread(self, node: BalanceNode, day: int) -> NodeBalance:
        plain = self._plain(node, day)
        if plain.residual_t is None:
            return plain
        before = self.residuals(node, range(day - BEHIND - LOOKS_BACK, day - BEHIND))
        spread = learned([residual for residual in before if residual is not None])
        return NodeBalance(plain.node, plain.terms, plain.in_process_t, spread)

    def _plain(self, node: BalanceNode, day: int) -> NodeBalance:
        key = (node.name, day)
        if key not in self._known:
            self._known[key] = NodeBalance(node.name, self._terms(node, day), node.in_process_t)
        return self._known[key]

    def _terms(self, node: BalanceNode, day: int) -> tuple[Term, ...]:
        # A tonne of an input that lies in stock will make what its yield gives, and not a tonne.
        yields = {flow.product: flow.yield_t_per_t for flow in node.inputs}
        return (
            *(self._flow("input", flow, unit, day, flow.yield_t_per_t) for flow in node.inputs for unit in flow.at),
            *(self._flow("output", flow, unit, day, -1.0) for flow in node.outputs for unit in flow.at),
            *(term for stock in node.stock for term in self._stock(stock, day, yields.get(stock.product, 1.0))),
        )

    def _flow(self, kind: str, flow: Flow, unit: str, day: int, factor: float) -> Term:
        made = self.made(unit, flow.product, day)
        if made is None:
            return Term(kind, flow.product, unit, None, 0.0)
        tonnes = factor * made / GRAMS_PER_TONNE if made else 0.0
        sigma_t = abs(tonnes) * hypot(flow.uncertainty_pct, flow.yield_spread_pct) / 100
        return Term(kind, flow.product, unit, tonnes, sigma_t)

    def _stock(self, stock: Stock, day: int, factor: float) -> tuple[Term, ...]:
        """What lay there when the shop's production day began and when it ended, and what was bought and sold in it."""
        start_ns, end_ns = self.book.bounds(Place("shop", stock.shop, ALL, stock.product), day)
        # Only a stock stated at the very edge of the day counts: one of an hour later holds an hour of the next day.
        stated = {figure.end_ns: figure for figure in self._stated.get((STOCK, stock.shop, stock.product), ())}
        moved = [
            self._moved(kind, stock, (start_ns, end_ns), sign * factor)
            for kind, sign in ((RECEIVED, 1.0), (SHIPPED, -1.0))
        ]
        return (
            _lying("opening stock", stock, stated.get(start_ns), factor),
            *(term for term in moved if term is not None),
            _lying("closing stock", stock, stated.get(end_ns), -factor),
        )

    def _moved(self, kind: str, stock: Stock, bounds: tuple[int, int], factor: float) -> Term | None:
        """What was stated of a day; nobody states that nothing came. How a longer span falls on its days is unknown."""
        start_ns, end_ns = bounds
        touching = [
            figure
            for figure in self._stated.get((kind, stock.shop, stock.product), ())
            if figure.start_ns < end_ns and figure.end_ns > start_ns
        ]
        if not touching:
            return None
        if any(figure.start_ns < start_ns or figure.end_ns > end_ns for figure in touching):
            return Term(kind, stock.product, stock.shop, None, 0.0)
        tonnes = factor * sum(figure.grams or 0 for figure in touching) / GRAMS_PER_TONNE
        return Term(kind, stock.product, stock.shop, tonnes, abs(tonnes) * stock.uncertainty_pct / 100)


def _lying(kind: str, stock: Stock, figure: Figure | None, factor: float) -> Term:
    if figure is None:
        return Term(kind, stock.product, stock.shop, None, 0.0)
    tonnes = factor * (figure.grams or 0) / GRAMS_PER_TONNE
    sigma_t = hypot(tonnes * stock.uncertainty_pct / 100, factor * stock.uncertainty_t)
    return Term(kind, stock.product, stock.shop, tonnes, sigma_t)
