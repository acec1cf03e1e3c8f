"""The mass balance of a day: what went into each node, less what came out, with how sure that is.

residual = sum(inputs x yield) - sum(outputs) + opening stock - closing stock. Its sigma adds those of the flows in
quadrature, for their errors are independent (GUM, JCGM 100:2008, 5.1.2). If a flow or a stock is not known, the node
has no residual: a missing scale would look like a loss.
"""

from dataclasses import dataclass
from math import hypot

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import STOCK
from models.works.place import ALL, Place
from models.works.plant import BalanceNode, Flow, Stock
from models.works.table import Row, RowKey

BALANCE_TABLE = "balance"
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
    """A node with its terms; residual_t is None if one of them is not known."""

    node: str
    terms: tuple[Term, ...]

    @property
    def residual_t(self) -> float | None:
        """The tonnes that nobody can account for; negative: more came out than went in."""
        known = [term.tonnes for term in self.terms if term.tonnes is not None]
        return sum(known) if len(known) == len(self.terms) else None

    @property
    def sigma_t(self) -> float:
        """One standard deviation of the residual."""
        return hypot(*(term.sigma_t for term in self.terms))


def balance_rows(book: Book, day: int, time_ns: int) -> list[Row]:
    """The rows of `balance` for one production date (ordinal)."""
    rows = []
    for node in balances(book, day):
        if node.residual_t is not None:
            fields = {
                "residual_t": round(node.residual_t, _GRAM_DECIMALS),
                "sigma_t": round(node.sigma_t, _GRAM_DECIMALS),
            }
            key = RowKey.of(BALANCE_TABLE, time_ns, {"site": book.plant.site, "node": node.node})
            rows.append(Row(key, fields))
    return rows


def balances(book: Book, day: int) -> list[NodeBalance]:
    """Every declared node with the inputs, outputs and stocks that feed it, on one production date (ordinal)."""
    return [NodeBalance(node.name, _terms(book, node, day)) for node in book.plant.balance]


def _terms(book: Book, node: BalanceNode, day: int) -> tuple[Term, ...]:
    return (
        *(_flow(book, "input", flow, unit, day, flow.yield_t_per_t) for flow in node.inputs for unit in flow.at),
        *(_flow(book, "output", flow, unit, day, -1.0) for flow in node.outputs for unit in flow.at),
        *(term for stock in node.stock for term in _stock(book, stock, day)),
    )


def _flow(book: Book, kind: str, flow: Flow, unit: str, day: int, factor: float) -> Term:
    made = book.day(Place("unit", book.plant.units[unit].shop, unit, flow.product), day).made
    if made is None:
        return Term(kind, flow.product, unit, None, 0.0)
    tonnes = factor * made / GRAMS_PER_TONNE
    return Term(kind, flow.product, unit, tonnes, abs(tonnes) * flow.uncertainty_pct / 100)


def _stock(book: Book, stock: Stock, day: int) -> tuple[Term, Term]:
    """What lay there when the shop's production day began, and when it ended."""
    stated = {
        figure.end_ns: (figure.grams or 0) / GRAMS_PER_TONNE
        for figure in book.charged_and_stocks
        if (figure.basis, figure.shop, figure.unit, figure.product) == (STOCK, stock.shop, ALL, stock.product)
    }
    # Only a stock stated at the very edge of the day counts: one of an hour later holds an hour of the next day.
    opening, closing = (
        stated.get(instant) for instant in book.bounds(Place("shop", stock.shop, ALL, stock.product), day)
    )
    share = stock.uncertainty_pct / 100
    return (
        Term("opening stock", stock.product, stock.shop, opening, (opening or 0.0) * share),
        Term(
            "closing stock", stock.product, stock.shop, None if closing is None else -closing, (closing or 0.0) * share
        ),
    )
