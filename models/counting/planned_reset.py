"""When a counter is set to zero as a matter of course: each hour, shift or day, by the PLC's program or by hand.

A fall to little near such a time is its reset, and needs no proof by later readings. What it grew between the last look
and the reset is not known: it is bounded by the greatest rate, and marked.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from models.counting.increment import UncertainGap
from models.works.calendar import NS, local_date, wall_ns
from models.works.plant import Tag

BETWEEN_TWO_LOOKS_CADENCES = 4
"""A gap around a planned reset that is no longer lies between two looks: it is marked, and nobody needs to be told of
it each shift. Twice as far as a stamp may be off. A judgement."""
AS_PLANNED = "set to 0 as planned"


@dataclass(frozen=True, slots=True)
class PlannedResets:
    """Local times of the shop at which a counter is reset, and how far from them it may come (ns). `announced`: a bit
    of the controller says that it was just now."""

    zone: ZoneInfo
    times: tuple[time, ...]
    within_ns: int
    announced: bool = False

    @staticmethod
    def of(tag: Tag, zone: ZoneInfo) -> "PlannedResets | None":
        """None for a counter that is not reset as a matter of course."""
        return PlannedResets(zone, tag.resets, round(tag.reset_within_s * NS)) if tag.resets else None

    def last_between(self, start_ns: int, end_ns: int) -> int | None:
        """The planned time of the last reset that may have come in (start_ns, end_ns]; None if none may."""
        if self.announced:
            return end_ns
        earliest_ns, latest_ns = start_ns - self.within_ns, end_ns + self.within_ns
        day, first = local_date(self.zone, latest_ns), local_date(self.zone, earliest_ns)
        while day >= first:
            for clock in sorted(self.times, reverse=True):
                planned_ns = wall_ns(self.zone, day, clock)
                if earliest_ns < planned_ns <= latest_ns:
                    return planned_ns
            day -= timedelta(days=1)
        return None


def is_small_as_planned(tag: Tag, gap: UncertainGap) -> bool:
    """Whether a gap is no more than what lies between two looks around a planned reset."""
    return gap.cause.startswith(AS_PLANNED) and gap.end_ns - gap.start_ns <= round(
        BETWEEN_TWO_LOOKS_CADENCES * tag.cadence_s * NS
    )
