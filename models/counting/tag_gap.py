"""A gap of a counter with its place, and what may be missing in it at the most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.counting.increment import UncertainGap
from models.works.calendar import HOUR_NS
from models.works.codes import TagKind
from models.works.place import ALL
from models.works.plant import Tag

RING_LOST = "events came that nobody read: a ring was overrun, a number leapt, or a broker kept no session"


@dataclass(frozen=True, slots=True)
class TagGap:
    """`unit` and `product` are "all" if it may concern every counter, and "" if the plant has no such tag any more.

    `most_t`: the tonnes that may be missing at the most; None if nothing bounds them.
    """

    gap: UncertainGap
    unit: str
    product: str
    most_t: float | None = None

    def concerns(self, unit: str, product: str) -> bool:
        """Whether it is about what a unit makes of a product."""
        return self.unit == ALL or (self.unit, self.product) == (unit, product)


def tag_gaps(tags: Sequence[Tag], gaps: Iterable[UncertainGap], every_tag: str) -> list[TagGap]:
    """The gaps with their places, in their order. `every_tag` names those that may concern any counter."""
    by_name = {tag.name: tag for tag in tags}
    found = []
    for gap in gaps:
        tag = by_name.get(gap.tag)
        if tag is None:
            place = (ALL, ALL) if gap.tag == every_tag else ("", "")
            found.append(TagGap(gap, *place))
        else:
            found.append(TagGap(gap, tag.unit, tag.product or "", _most_t(tag, gap)))
    return found


def _most_t(tag: Tag, gap: UncertainGap) -> float | None:
    """What a counter grows at its greatest rate. Nothing bounds events, or a counter of which none is known."""
    greatest = tag.high if tag.kind is TagKind.RATE else tag.max_rate_per_h
    if not tag.is_metered or greatest is None or tag.grams_per_unit is None:
        return None
    return greatest * tag.grams_per_unit / 1e6 * (gap.end_ns - gap.start_ns) / HOUR_NS
