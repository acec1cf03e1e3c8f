"""Figures that a person or a file states: tonnes over a span, coke charged, stock at an instant."""

from dataclasses import dataclass

from models.works.codes import FigureStatus

CHARGED = "charged"
STOCK = "stock"
RECEIVED = "received"
SHIPPED = "shipped"
NO_OUTPUT = (CHARGED, STOCK, RECEIVED, SHIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Grams of `product` at one place over [start_ns, end_ns) (UTC ns), as somebody stated them.

    `unit` is "all" for a shop's figure, and `shop` too for the site's. `basis` is the basis of the tonnes (wet, net,
    ...; empty: the catalogue's) or one of four words that keep it out of output: "charged" (used at the unit, such as
    skip coke), "stock" (what lay there at `end_ns`; start and end are the same), "received" and "shipped" (what was
    bought and sold out of that stock). `key` is the file's own name of
    the figure: a later figure with the same key replaces it wherever it lies. Without one, the later figure for the
    same place, product, basis, definition and span replaces it. `grams` None withdraws it. `origin` says who or which
    file stated it.
    """

    start_ns: int
    end_ns: int
    shop: str
    unit: str
    product: str
    grams: int | None
    basis: str = ""
    status: FigureStatus = FigureStatus.OPERATIONAL
    key: str = ""
    definition: str = ""
    origin: str = ""
    recorded_ns: int = 0

    @property
    def is_output(self) -> bool:
        """Whether it states output, and not what was charged, bought or sold, or lay in stock."""
        return self.basis not in NO_OUTPUT
