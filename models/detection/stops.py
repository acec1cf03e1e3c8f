"""How long units stood unplanned, as far as they were watched."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from models.detection.output_drop import OutputDrop
from models.stated.availability import Availability
from models.works.calendar import HOUR_NS, NS

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Stops:
    """`standing`: by unit, the spans in which it stood. `watched`: by unit, the starts of the hours (UTC seconds) in
    which it was watched. Both up to `now_ns`.
    """

    standing: Mapping[str, Availability] = field(default_factory=dict)
    watched: Mapping[str, Collection[int]] = field(default_factory=dict)
    now_ns: int = 0

    @staticmethod
    def of(drops: Iterable[OutputDrop], watched: Mapping[str, Collection[int]], now_ns: int) -> "Stops":
        """From the drops that were found; one that lasts holds until `now_ns`."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for drop in drops:
            end_ns = now_ns if drop.end_s is None else min(drop.end_s * NS, now_ns)
            if drop.stands and drop.start_s * NS < end_ns:
                spans.setdefault(drop.unit, []).append((drop.start_s * NS, end_ns))
        return Stops({unit: Availability.outside(found) for unit, found in spans.items()}, watched, now_ns)

    def unplanned_h(self, unit: str, start_ns: int, end_ns: int, planned: Availability) -> float | None:
        """Hours of [start_ns, end_ns) in which the unit stood outside its planned standstills.

        None if any part of the span until now was not watched: a stop that nobody could see is not zero.
        """
        until_ns = min(end_ns, self.now_ns)
        if not self._is_watched(unit, start_ns, until_ns):
            return None
        standing = self.standing.get(unit, Availability())
        stood_ns = 0
        for window in standing.windows:
            low, high = max(window[0], start_ns), min(window[1], until_ns)
            if low < high:
                stood_ns += planned.available_ns(low, high)
        return stood_ns / HOUR_NS

    def _is_watched(self, unit: str, start_ns: int, until_ns: int) -> bool:
        """Whether every hour was watched. The hour that runs is written once a minute only, so its beginning counts as
        watched if the hour before is."""
        watched = self.watched.get(unit, ())
        running = self.now_ns // HOUR_NS * HOUR_S
        hours = range(start_ns // HOUR_NS * HOUR_S, -(-until_ns // NS), HOUR_S)
        return bool(hours) and all(hour in watched or (hour == running and hour - HOUR_S in watched) for hour in hours)
