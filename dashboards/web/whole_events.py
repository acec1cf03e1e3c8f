"""What heats and taps that are under way come to: they count when they end, and the target falls due evenly. Pure."""

from collections.abc import Iterable
from math import sqrt

from dashboards.web.snapshot import Snapshot
from models.works.codes import TagKind


def under_way_t(snapshot: Snapshot, product: str, units: Iterable[str]) -> float:
    """Tonnes by which the output of `units` that are healthy may lie behind an even pace.

    What a unit has under way is between nothing and one event, now and when the day began, so it is behind by one event
    at the most. Units do not tap by each other's clock: together, they are seldom behind by more than the root of the
    sum of squares (2.4 standard deviations: the difference of two even shares of an event has a variance of its square
    over six).
    """
    return sqrt(sum(_event_t(snapshot, unit, product) ** 2 for unit in units))


def _event_t(snapshot: Snapshot, unit: str, product: str) -> float:
    """Tonnes of the largest event of a unit; of one that works and whose first event is still to come, what an event of
    it may be at most."""
    known = snapshot.events_t.get((unit, product))
    if known is not None:
        return known
    high = max(
        (
            tag.high or 0.0
            for tag in snapshot.plant.tags
            if tag.kind is TagKind.EVENT and (tag.unit, tag.product) == (unit, product)
        ),
        default=0.0,
    )
    works = any(row.actual_t for row in snapshot.hours if (row.unit, row.product, row.level) == (unit, product, "unit"))
    return high if works else 0.0
