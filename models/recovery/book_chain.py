"""Reads a chain out of the books: what each unit can make on the days that are left, and what lies between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.recovery.best_rate import LOOKS_BACK, best_rate, recent_rate
from models.recovery.chain import DAY_H, Chain, RateLimit, Supply, UnitBound, supplying
from models.recovery.chain_members import asked_places
from models.recovery.days_left import DaysLeft, worked_h
from models.recovery.node_stock import NodeStocks
from models.recovery.remark import Remark, RemarkKind
from models.tables.balance import Balances
from models.works.place import Place
from models.works.plant import Flow


@dataclass
class BookChain:
    """The chain of one product. `remarks` grow while it is read."""

    book: Book
    product: str
    left: DaysLeft
    standing_now: Iterable[str] = ()
    remarks: list[Remark] = field(default_factory=list)
    _bounds: dict[Place, UnitBound | None] = field(default_factory=dict)
    _remarks_of: dict[str, Sequence[Remark]] = field(default_factory=dict)

    def read(self) -> Chain:
        """The asked units, and everything that their output hangs on. Raises UnknownRate if one of them has hours left
        and no rate."""
        asked = self.asked()
        unknown = [place for place in asked if self._bound(place) is None]
        if unknown or not asked:
            raise UnknownRate(tuple(place.unit for place in unknown))
        known, left_out = self._supplies()
        supplies = supplying(known, asked)
        places = dict.fromkeys([*asked, *(place for each in supplies for place in (*each.brings, *each.takes))])
        bounds = {place: bound for place in places if (bound := self._bound(place)) is not None}
        for supply in supplies:
            self.remarks += self._remarks_of[supply.node]
        self.remarks += [remark for takes, remark in left_out if set(takes) & set(places)]
        self._remark_on(bounds.values(), supplies, asked)
        return Chain(asked=asked, units=bounds, supplies=supplies, days=self.left.count)

    def asked(self) -> list[Place]:
        """The units whose output of the product is the works'."""
        return asked_places(self.book, self.product)

    def _place(self, unit: str, product: str) -> Place:
        return Place("unit", self.book.plant.units[unit].shop, unit, product)

    def _supplies(self) -> tuple[list[Supply], list[tuple[Sequence[Place], Remark]]]:
        """The nodes whose units are all known; and what is said of each other one, with what it would make."""
        known: list[Supply] = []
        left_out: list[tuple[Sequence[Place], Remark]] = []
        for node in self.book.plant.balance:
            brings = {place: flow.yield_t_per_t for flow in node.inputs for place in self._places(flow)}
            takes = [place for flow in node.outputs for place in self._places(flow)]
            unknown = [place for place in (*brings, *takes) if self._bound(place) is None]
            if unknown:
                units = tuple(sorted({place.unit for place in unknown}))
                left_out.append((takes, Remark(RemarkKind.SUPPLY_LEFT_OUT, units)))
                continue
            stock = self._stocks.of(node)
            self._remarks_of[node.name] = stock.remarks
            known.append(Supply(node=node.name, brings=brings, takes=takes, stock=stock.stock))
        return known, left_out

    def _places(self, flow: Flow) -> list[Place]:
        return [self._place(unit, flow.product) for unit in flow.at]

    @cached_property
    def _stocks(self) -> NodeStocks:
        return NodeStocks(self.book, self.left, self._balances)

    @cached_property
    def _balances(self) -> Balances:
        return Balances(self.book)

    def _bound(self, place: Place) -> UnitBound | None:
        """None: it has hours left, and nobody knows what it can make in one."""
        if place not in self._bounds:
            self._bounds[place] = self._found(place)
        return self._bounds[place]

    def _found(self, place: Place) -> UnitBound | None:
        over = self.left.today(place)
        days = max(over - LOOKS_BACK, self.book.first), over
        made, (worked, usual) = self._balances.made(place.unit, place.product, *days), worked_h(self.book, place, days)
        best, hours = best_rate(made, worked, usual), self.left.work_h(place)
        nameplate_t = self.book.plant.units[place.unit].nameplate_t_per_day.get(place.product)
        # A day in which a mine has its repair shift is a whole day of its nameplate.
        usual_h = min(float(usual.max(initial=0.0)), DAY_H) or DAY_H
        nameplate = None if nameplate_t is None else nameplate_t / usual_h
        rates = [rate for rate in (best, nameplate) if rate is not None]
        if not rates and hours.any():
            return None
        limit = min(rates, default=0.0)
        return UnitBound(
            place=place,
            limit_t_per_h=limit,
            limited_by=RateLimit.BEST if best is not None and limit == best else RateLimit.NAMEPLATE,
            best_t_per_h=best,
            nameplate_t_per_h=nameplate,
            hours=hours,
            stands_h=self.left.stands_h(place),
            day_h=usual_h,
            recent_t_per_h=recent_rate(made, worked),
            standing=self.left.standing(place),
        )

    def _remark_on(self, bounds: Iterable[UnitBound], supplies: Sequence[Supply], asked: Sequence[Place]) -> None:
        working = [bound for bound in bounds if bound.hours.any()]
        told: Mapping[RemarkKind, list[str]] = {
            RemarkKind.NO_NAMEPLATE: [each.place.unit for each in working if each.nameplate_t_per_h is None],
            RemarkKind.ABOVE_NAMEPLATE: [
                each.place.unit
                for each in working
                if each.best_t_per_h is not None
                and each.nameplate_t_per_h is not None
                and each.best_t_per_h > each.nameplate_t_per_h
            ],
            RemarkKind.STANDS_NOW: [each.place.unit for each in working if each.place.unit in set(self.standing_now)],
        }
        self.remarks += [Remark(kind, tuple(dict.fromkeys(units))) for kind, units in told.items() if units]
        makers = [supply for supply in supplies if set(supply.takes) & set(asked)]
        if not makers:
            self.remarks.append(Remark(RemarkKind.NO_CHAIN, (self.product,)))
            return
        brought = {place.product for supply in makers for place in supply.brings}
        missing = [code for code in self.book.plant.products[self.product].made_from if code not in brought]
        if missing:
            self.remarks.append(Remark(RemarkKind.NOT_IN_CHAIN, tuple(missing)))


class UnknownRate(ValueError):
    """Nobody knows what `units` can make in an hour; without any, no unit makes the product."""

    def __init__(self, units: tuple[str, ...]) -> None:
        super().__init__(f"no rate is known of {', '.join(units) or 'any unit'}")
        self.units = units


def made_so_far(book: Book, place: Place, asked: Sequence[Place], left: DaysLeft) -> tuple[float | None, bool]:
    """Tonnes from the first of the month until now, and whether what the running day has so far is among them.

    None: a day of them is not known. Of a month that has begun at none of the units `asked` nothing is made.
    """
    if all(book.now_ns <= book.bounds(unit, left.month)[0] for unit in asked or (place,)):
        return 0.0, True
    running = min(left.first + 1, left.end)
    for end, with_running in ((running, True), (left.first, False)):
        if end == left.month:
            return 0.0, False
        found = book.total(place, left.month, end)
        if found.whole and found.grams is not None:
            return found.grams / GRAMS_PER_TONNE, with_running
    return None, False
