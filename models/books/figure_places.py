"""Figures of output with the places of which they speak."""

from collections.abc import Iterable, Iterator

from models.stated.figure import Figure
from models.works.place import Place, book_place
from models.works.plant import Plant


def placed_figures(plant: Plant, figures: Iterable[Figure]) -> Iterator[tuple[Place, Figure]]:
    """The figures of output at places that the books have, in their order.

    A works has a few hundred places and enters a million figures: each place is looked up once.
    """
    known: dict[tuple[str, str, str], Place | None] = {}
    for figure in figures:
        if not figure.is_output:
            continue
        key = figure.shop, figure.unit, figure.product
        if key not in known:
            known[key] = book_place(plant, *key)
        place = known[key]
        if place is not None:
            yield place, figure
