"""Which units a product can hang on at all, by what the works is: another one changes nothing of it. Pure."""

from collections.abc import Sequence

import numpy as np

from models.books.book import Book
from models.recovery.chain import Supply, SupplyStock, supplying
from models.works.place import Place
from models.works.plant import BalanceNode, Flow, Plant


def asked_places(book: Book, product: str) -> list[Place]:
    """The units whose output of the product is the works'."""
    plant = book.plant
    counted = [code for each in plant.reported if each.product == product for code in each.counted_at]
    known = [
        place.unit
        for place in book.places.all
        if place.level == "unit" and place.product == product and place.unit in plant.units
    ]
    return [_place(plant, code, product) for code in dict.fromkeys(counted or known)]


def chain_members(book: Book, product: str) -> frozenset[str]:
    """The units that make the product, those before them, and those behind a stock that can be full; also where nobody
    knows what one of them can do."""
    asked = asked_places(book, product)
    supplies = supplying([_bare(book.plant, node) for node in book.plant.balance], asked)
    return frozenset(place.unit for place in (*asked, *(place for each in supplies for place in _places(each))))


def _bare(plant: Plant, node: BalanceNode) -> Supply:
    """A node without what lies there; of its stock it counts whether it can be full."""
    can_be_full = bool(node.stock) and all(stock.most_t is not None for stock in node.stock)
    return Supply(
        node=node.name,
        brings={place: flow.yield_t_per_t for flow in node.inputs for place in _at(plant, flow)},
        takes=[place for flow in node.outputs for place in _at(plant, flow)],
        stock=SupplyStock(opening_t=0.0, arriving_t=np.zeros(0), most_t=0.0) if can_be_full else None,
    )


def _places(supply: Supply) -> Sequence[Place]:
    return (*supply.brings, *supply.takes)


def _at(plant: Plant, flow: Flow) -> list[Place]:
    return [_place(plant, unit, flow.product) for unit in flow.at]


def _place(plant: Plant, unit: str, product: str) -> Place:
    return Place("unit", plant.units[unit].shop, unit, product)
