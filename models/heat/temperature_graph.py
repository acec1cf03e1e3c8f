"""The approved temperature graph of a heat network: what T1 and T2 are due at an outdoor temperature."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class GraphFault(StrEnum):
    """Why points are no graph."""

    TOO_FEW = "too_few"
    SAME_OUTDOOR = "same_outdoor"
    SUPPLY_RISES = "supply_rises"
    RETURN_NOT_BELOW = "return_not_below"


@dataclass(frozen=True, slots=True)
class GraphPoint:
    """At `outdoor` the network is due `supply` (T1) and `returned` (T2), all in degC."""

    outdoor: float
    supply: float
    returned: float


@dataclass(frozen=True, slots=True)
class TemperatureGraph:
    """Points in the order of their outdoor temperatures; `graph_faults` of them are none."""

    points: tuple[GraphPoint, ...]

    @staticmethod
    def of(points: Sequence[GraphPoint]) -> "TemperatureGraph":
        """Points in any order. Raises ValueError if they are no graph."""
        faults = [fault for _, fault in graph_faults(points)]
        if faults:
            raise ValueError(f"the points are no temperature graph: {', '.join(faults)}")
        return TemperatureGraph(tuple(sorted(points, key=lambda point: point.outdoor)))

    def at(self, outdoor: float) -> GraphPoint:
        """What is due: linear between points; beyond the ends as at the ends, for nobody approved more."""
        first, last = self.points[0], self.points[-1]
        if outdoor <= first.outdoor or outdoor >= last.outdoor:
            end = first if outdoor <= first.outdoor else last
            return GraphPoint(outdoor, end.supply, end.returned)
        right = bisect_left(self.points, outdoor, key=lambda point: point.outdoor)
        low, high = self.points[right - 1], self.points[right]
        part = (outdoor - low.outdoor) / (high.outdoor - low.outdoor)
        return GraphPoint(
            outdoor,
            low.supply + (high.supply - low.supply) * part,
            low.returned + (high.returned - low.returned) * part,
        )

    def reaches(self, outdoor: float) -> bool:
        """Whether the graph has an own value there, and not only that of its end."""
        return self.points[0].outdoor <= outdoor <= self.points[-1].outdoor


def graph_faults(points: Sequence[GraphPoint]) -> Iterator[tuple[int, GraphFault]]:
    """What is wrong, with the index of the point that it is seen at."""
    if len(points) < 2:
        yield 0, GraphFault.TOO_FEW
    order = sorted(range(len(points)), key=lambda index: points[index].outdoor)
    for before, index in pairwise(order):
        if points[index].outdoor == points[before].outdoor:
            yield max(index, before), GraphFault.SAME_OUTDOOR
        elif points[index].supply > points[before].supply:
            # The last stretch may be flat: hot tap water asks for 65-70 degC however warm it is.
            yield index, GraphFault.SUPPLY_RISES
    for index, point in enumerate(points):
        if point.returned >= point.supply:
            yield index, GraphFault.RETURN_NOT_BELOW
