"""What lies between the inputs and the outputs of a node now, and what is bought and sold of it. Out of the books."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import isnan

import numpy as np

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.recovery.best_rate import LOOKS_BACK
from models.recovery.chain import Floats, SupplyStock
from models.recovery.days_left import DaysLeft
from models.recovery.remark import Remark, RemarkKind
from models.stated.figure import STOCK, Figure
from models.tables.balance import MOVED, Balances
from models.works.place import ALL, Place
from models.works.plant import BalanceNode, Stock

OLDEST_FIGURE = 10
"""Days for which a stated stock is carried on by what came in and went out: the error of each day adds to it."""


@dataclass(frozen=True, slots=True)
class FoundStock:
    """The stock of a node, and what there is to say of it. Without one, a day lives on what it brings."""

    stock: SupplyStock | None
    remarks: Sequence[Remark] = ()


@dataclass(frozen=True, slots=True)
class _Lying:
    """Tonnes of one stock now, and what is bought less what is sold in a day; None: not known."""

    now_t: float | None
    arriving_t: float | None


@dataclass(frozen=True)
class NodeStocks:
    """The stocks of a works at the beginning of the days that are left."""

    book: Book
    left: DaysLeft
    balances: Balances
    _found: dict[str, FoundStock] = field(default_factory=dict)

    def of(self, node: BalanceNode) -> FoundStock:
        """All stocks of a node together, in tonnes of its output."""
        if node.name not in self._found:
            self._found[node.name] = self._of(node)
        return self._found[node.name]

    def _of(self, node: BalanceNode) -> FoundStock:
        if not node.stock:
            return FoundStock(None, [Remark(RemarkKind.NO_STOCK, (flow.product,)) for flow in node.inputs])
        factors = {flow.product: flow.yield_t_per_t for flow in node.inputs}
        lying = [(stock, factors.get(stock.product, 1.0), self._lying(node, stock)) for stock in node.stock]
        remarks = []
        for stock, _, found in lying:
            if found.now_t is None:
                remarks.append(Remark(RemarkKind.NO_STOCK_FIGURE, (stock.product,)))
            elif self.left.first > self.left.today(_place(stock)):
                remarks.append(Remark(RemarkKind.STOCKS_OF_NOW, (stock.product,)))
            if found.arriving_t:
                kind = RemarkKind.DELIVERIES if found.arriving_t > 0 else RemarkKind.SALES
                remarks.append(Remark(kind, (stock.product,), round(abs(found.arriving_t), 1)))
        least = sum(factor * stock.least_t for stock, factor, _ in lying)
        # A stock that nobody stated is not drawn on; what comes into it is.
        opening = sum(
            factor * (stock.least_t if found.now_t is None else found.now_t) for stock, factor, found in lying
        )
        most: float | None = 0.0
        for stock, factor, _ in lying:
            most = None if most is None or stock.most_t is None else most + factor * stock.most_t
        arriving = self._by_day(node, sum(factor * (found.arriving_t or 0.0) for _, factor, found in lying))
        is_known = all(found.now_t is not None for _, _, found in lying)
        held = SupplyStock(opening_t=opening, arriving_t=arriving, least_t=least, most_t=most, is_known=is_known)
        return self._within(node, held, remarks)

    @staticmethod
    def _within(node: BalanceNode, stock: SupplyStock, remarks: list[Remark]) -> FoundStock:
        """A stock that already lies outside its limits may stay there. Nothing is sold beyond what lies there: units
        can use no more for it. What is bought beyond the room keeps units from nothing: they make room as they use."""
        least = min(stock.least_t, stock.opening_t)
        course = np.maximum(stock.opening_t + np.cumsum(stock.arriving_t), least)
        arriving = np.diff(course, prepend=stock.opening_t)
        most = None if stock.most_t is None else np.maximum(stock.most_t, np.maximum(stock.opening_t, course))
        if stock.opening_t < stock.least_t or (stock.most_t is not None and stock.opening_t > stock.most_t):
            remarks = [*remarks, Remark(RemarkKind.STOCK_OUTSIDE, tuple(each.product for each in node.stock))]
        return FoundStock(replace(stock, arriving_t=arriving, least_t=least, most_t=most), remarks)

    def _by_day(self, node: BalanceNode, arriving_t: float) -> Floats:
        """A running day has the share of it that is left."""
        found = np.full(self.left.count, arriving_t)
        if len(found):
            found[0] *= self.left.begun_share(_place(node.stock[0]))
        return found

    def _lying(self, node: BalanceNode, stock: Stock) -> _Lying:
        return _Lying(self._now_t(node, stock), self._arriving_t(stock))

    def _now_t(self, node: BalanceNode, stock: Stock) -> float | None:
        """The newest stated stock, carried on by what came in and went out since; None if it is not known."""
        now_ns, place = self.book.now_ns, _place(stock)
        stated = [figure for figure in self._figures(STOCK, stock) if figure.end_ns <= now_ns]
        if not stated:
            return None
        newest = max(stated, key=lambda figure: (figure.end_ns, figure.recorded_ns))
        over = self.left.today(place)
        # One that was stated in the running day holds what came before.
        since = over + 1
        while since > self.book.first and self.book.bounds(place, since - 1)[0] >= newest.end_ns:
            since -= 1
        if over - since > OLDEST_FIGURE:
            return None
        running = over + 1
        carried = (newest.grams or 0) / GRAMS_PER_TONNE + self._carried_t(node, stock, (since, running), newest.end_ns)
        return None if isnan(carried) else carried

    def _carried_t(self, node: BalanceNode, stock: Stock, days: tuple[int, int], since_ns: int) -> float:
        """What was added to a stock on the days [first, end), the last of which may run; NaN if that is not known."""
        factor = next((flow.yield_t_per_t for flow in node.inputs if flow.product == stock.product), 1.0)
        total = 0.0
        for flow, sign in (
            *((flow, flow.yield_t_per_t) for flow in node.inputs),
            *((flow, -1.0) for flow in node.outputs),
        ):
            for unit in flow.at:
                made = self.balances.made(unit, flow.product, *days)
                # What the running day has so far may not be known; its rest is not counted twice then, but lost.
                made[-1:] = np.where(np.isnan(made[-1:]), 0.0, made[-1:]) if days[1] > days[0] else made[-1:]
                total += sign * float(made.sum())
        moved = sum(
            sign * (figure.grams or 0) / GRAMS_PER_TONNE
            for kind, sign in MOVED
            for figure in self._figures(kind, stock)
            if since_ns <= figure.start_ns and figure.end_ns <= self.book.now_ns
        )
        return total / factor + moved

    def _arriving_t(self, stock: Stock) -> float | None:
        """The mean of the last LOOKS_BACK days; None if nothing was bought or sold in them."""
        now_ns = self.book.now_ns
        over = self.left.today(_place(stock))
        first = max(over - LOOKS_BACK, self.book.first)
        since_ns = self.book.bounds(_place(stock), first)[0]
        moved = [
            sign * (figure.grams or 0) / GRAMS_PER_TONNE
            for kind, sign in MOVED
            for figure in self._figures(kind, stock)
            if since_ns <= figure.start_ns and figure.end_ns <= now_ns
        ]
        return sum(moved) / (over - first) if moved and over > first else None

    def _figures(self, kind: str, stock: Stock) -> Sequence[Figure]:
        return self.book.no_output.get((kind, f"shop/{stock.shop}", stock.product), ())


def _place(stock: Stock) -> Place:
    return Place("shop", stock.shop, ALL, stock.product)
