"""What the people of the simulated works state at the end of a day: what lies in stock, what was bought and sold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from collector.simulation.nodes import CASTING, COKE, IRONMAKING, NODES, ROLLING, STEELMAKING, WASHERY, NodeSpec
from collector.simulation.unit import Stocks
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import RECEIVED, SHIPPED, STOCK, Figure
from models.works.calendar import stamp_ns
from models.works.place import ALL

AUTHOR = "simulated surveyor"
HEADER = "start,end,shop,unit,product,tonnes,basis"
_KEPT_AS = {
    WASHERY: "coal_t",
    COKE: "concentrate_t",
    IRONMAKING: "sinter_t",
    STEELMAKING: "hot_metal_t",
    CASTING: "steel_t",
    ROLLING: "slab_t",
}
"""Where the simulated works keeps what lies before a node."""
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Survey:
    """The stock of a node when local day `local_day` (days since 1970) ended, as it was surveyed.

    `moved_t`: what was bought in that day (below 0: sold), by the scale of the railway.
    """

    node: NodeSpec
    local_day: int
    stated_t: float
    moved_t: float = 0.0

    def stated(self) -> Iterator[tuple[date, date, str, float]]:
        """First date, end date, basis and tonnes of each figure."""
        first, end = (date.fromordinal(_EPOCH + self.local_day + after) for after in (0, 1))
        yield end, end, STOCK, self.stated_t
        if self.moved_t:
            yield first, end, RECEIVED if self.moved_t > 0 else SHIPPED, abs(self.moved_t)


def survey(stocks: Stocks, seed: int, local_day: int) -> list[Survey]:
    """Survey everything at the end of a day, after what was bought came and what was sold left."""
    found = []
    for node in NODES:
        moved_t = node.moved(lying_t(stocks, node))
        _move(stocks, node, moved_t)
        found.append(Survey(node, local_day, node.surveyed(lying_t(stocks, node), seed, local_day), moved_t))
    return found


def figures(surveys: Iterable[Survey], zone: ZoneInfo) -> Iterator[Figure]:
    """The surveys as the ledger keeps them."""
    for each in surveys:
        for first, end, basis, tonnes in each.stated():
            yield Figure(
                start_ns=stamp_ns(zone, first),
                end_ns=stamp_ns(zone, end),
                shop=each.node.shop,
                unit=ALL,
                product=each.node.taken,
                grams=round(tonnes) * GRAMS_PER_TONNE,
                basis=basis,
                origin=AUTHOR,
            )


def form(surveys: Iterable[Survey], further: Iterable[str] = ()) -> str:
    """The surveys as a file for `tundish import`, and further lines of its kind."""
    rows = [
        f"{first},{end},{each.node.shop},all,{each.node.taken},{tonnes:g},{basis}"
        for each in surveys
        for first, end, basis, tonnes in each.stated()
    ]
    return "\n".join([HEADER, *rows, *further, ""])


def write_form(folder: Path, surveys: Sequence[Survey], further: Iterable[str] = ()) -> None:
    """Put the surveys into a folder as one file, whole from the instant at which it is there."""
    name = f"stocks-{date.fromordinal(_EPOCH + surveys[-1].local_day)}.csv"
    part = folder / f".{name}"
    part.write_text(form(surveys, further), encoding="utf-8")
    part.replace(folder / name)


def lying_t(stocks: Stocks, node: NodeSpec) -> float:
    """All that was taken in and is not made into the next product yet."""
    worked_on_t = {STEELMAKING: stocks.blown_iron_t, CASTING: stocks.uncut_steel_t}.get(node, 0.0)
    return float(getattr(stocks, _KEPT_AS[node])) + worked_on_t


def _move(stocks: Stocks, node: NodeSpec, tonnes: float) -> None:
    name = _KEPT_AS[node]
    setattr(stocks, name, getattr(stocks, name) + tonnes)
