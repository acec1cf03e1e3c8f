"""Which counters make up which figure, and the ledger's sums that feed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.counting.increment import IncrementFlag
from models.works.calendar import NS, day_bounds
from models.works.codes import TagKind
from models.works.plant import Plant, Tag


@dataclass(frozen=True, slots=True)
class BucketSum:
    """The sum of a counter's increments over one ledger bucket [start_s, end_s) (UTC seconds).

    It is BUCKET_S wide, or as wide as a COARSE increment. `readings` are good readings, for completeness: in a wider
    bucket they are taken as evenly spread. `flags` are those of all its increments together.
    """

    tag: str
    unit: str
    product: str
    start_s: int
    end_s: int
    grams: int
    readings: int
    flags: IncrementFlag = IncrementFlag.NONE


@dataclass(frozen=True)
class OutputPlan:
    """Which counters make up which figure. Build it once for a plant."""

    plant: Plant

    @cached_property
    def counters(self) -> Mapping[tuple[str, str], tuple[Tag, ...]]:
        """The counting tags by (unit, product), in the order of the plant's tags."""
        found: dict[tuple[str, str], list[Tag]] = {}
        for tag in self.plant.tags:
            if tag.product is not None and (tag.is_metered or tag.kind is TagKind.EVENT):
                found.setdefault((tag.unit, tag.product), []).append(tag)
        return {key: tuple(tags) for key, tags in found.items()}

    def day_range(self, day: date) -> tuple[int, int]:
        """[start_s, end_s) that holds production date `day` of every shop: their days start at different hours."""
        bounds = [day_bounds(shop.calendar, day) for shop in self.plant.shops.values()]
        return min(start for start, _ in bounds) // NS, max(end for _, end in bounds) // NS
