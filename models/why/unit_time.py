"""What the split knows of one unit in one span of days: its time by what it did, and its grams."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.why.change_part import ChangePart


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTime:
    """One unit over some production days; times in nanoseconds, none of which counts in two fields.

    `made_g`: what its days made; if not `whole`, what is known of it. `corrected_g`: what the books have beyond that.
    `calendar_ns`: the length of the days; of it `out_ns` out of service, `repairs_ns` in approved repairs.

    `stops_ns`: of the rest, by what they follow from, the unplanned stops that are known. Of the days that nobody
    watched, `unwatched_ns` is the time outside repairs and known stops, and `unwatched_g` what was made. `by_hours`:
    whether enough was watched to tell pace from stops that nobody saw.
    """

    made_g: int
    whole: bool
    corrected_g: int = 0
    calendar_ns: int
    out_ns: int = 0
    repairs_ns: int = 0
    stops_ns: Mapping[ChangePart, int] = field(default_factory=dict)
    unwatched_ns: int = 0
    unwatched_g: int = 0
    by_hours: bool = False

    @property
    def booked_g(self) -> int:
        """What the books have, as far as it is known."""
        return self.made_g + self.corrected_g

    @property
    def is_out(self) -> bool:
        """Whether the unit was out of service all the time."""
        return self.out_ns >= self.calendar_ns

    @property
    def available_ns(self) -> int:
        """The time in service outside approved repairs."""
        return self.calendar_ns - self.out_ns - self.repairs_ns

    @property
    def running_ns(self) -> int:
        """The time in which it was available and is not known to have stood."""
        return self.available_ns - sum(self.stops_ns.values())


ABSENT = UnitTime(made_g=0, whole=True, calendar_ns=0)
"""A unit of which a span has nothing at all: it did not belong to the works."""
