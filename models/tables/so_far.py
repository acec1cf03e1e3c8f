"""How a production day that runs stands against what was due by now, out of its published hours.

Only hours that were watched are judged: an hour of which nothing was read is held against nobody. The page, the boards
and the reports read the same figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.tables.desk_data import OutputPoint
from models.tables.kpi import attainment_pct
from models.works.calendar import HOUR_NS
from models.works.codes import FigureStatus
from models.works.limits import WATCHED_PCT

JUDGED_FROM_NS = 2 * HOUR_NS
"""A furnace is tapped every two hours or so: before two hours were watched, attainment tells when the last tap was."""


@dataclass(frozen=True, slots=True)
class RunningDay:
    """By what a day that runs is judged: its published hours, and until when anybody watched (UTC ns; None: until
    now)."""

    hours: Sequence[OutputPoint] = ()
    watched_ns: int | None = None


@dataclass(frozen=True, slots=True)
class SoFar:
    """Tonnes made, and tonnes due by now, in the hours that were watched; None if there is no such hour. `span_ns`: how
    much of them is gone. `awaited`: something is due, and none of its hours was watched yet."""

    made_t: Fraction | None
    due_t: Fraction | None
    span_ns: int
    awaited: bool = False

    @property
    def enough(self) -> bool:
        """Whether there is anything to judge by. Where nothing is due there is nothing to wait for."""
        return self.span_ns >= JUDGED_FROM_NS or not (self.due_t or self.awaited)

    @property
    def attainment_pct(self) -> Decimal | None:
        """What was made, in percent of what was due; None if nothing was, or if too little was watched."""
        return attainment_pct(self.made_t, self.due_t) if self.enough else None


def so_far(hours: Iterable[OutputPoint], now_ns: int) -> SoFar:
    """What was made and what was due in the same hours. `now_ns`: where nobody watches any more, the end of watching.

    The published targets know repairs: in the night of a repair nothing is due. The target of the hour that runs falls
    due evenly.
    """
    made, due, span_ns, awaited = [], [], 0, False
    for row in hours:
        if row.actual_t is None or row.target_t is None or row.start_ns >= now_ns:
            continue
        if row.completeness_pct is not None and row.completeness_pct < WATCHED_PCT:
            awaited = awaited or row.target_t > 0
            continue
        gone_ns = min(now_ns, row.end_ns) - row.start_ns
        span_ns += gone_ns
        made.append(Fraction(row.actual_t))
        due.append(Fraction(row.target_t) * Fraction(gone_ns, row.end_ns - row.start_ns))
    return SoFar(sum(made, Fraction()), sum(due, Fraction()), span_ns) if made else SoFar(None, None, 0, awaited)


def completeness_at(point: OutputPoint, watched_ns: int, now_ns: int) -> float | None:
    """The completeness of a published row at `now_ns`, if nothing was read since `watched_ns`, when it was written.

    Whoever writes the row refreshes it by the clock; when he is gone, the share of the time that was watched falls all
    the same. What people stated or signed stays as it is.
    """
    pct, until_ns = point.completeness_pct, min(now_ns, point.end_ns)
    if pct is None or point.status > FigureStatus.OPERATIONAL or not point.start_ns < watched_ns < until_ns:
        return pct
    return pct * (watched_ns - point.start_ns) / (until_ns - point.start_ns)
