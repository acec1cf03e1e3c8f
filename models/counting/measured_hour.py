"""What a gauge showed in an hour: how long it was known, its mean over that time, and how long above its limits. Pure.

A gauge of methane or of a heating network is not summed, and yet its hours are figures that people answer for. So they
are kept in the ledger, in the transaction that passes the journal's entry: no kill and no database takes them away.
"""

from dataclasses import dataclass, replace

from models.works.calendar import NS

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class MeasuredHour:
    """What the gauge `tag` showed in the hour that begins at `start_s` (UTC seconds).

    `known_s`: seconds in which its value was known; a gap is not. `mean`: over these, weighted by time (of a value that
    was seen once, that value). `least`, `greatest`: of all that was seen. `above_s`: seconds known to be above each of
    `limits`; `times_above`: how often each was passed upward. `still_s`: for how long the value had not changed when
    the hour, or what is known of it, ended. An hour keeps the limits with which it began. `above_minutes`: for each of
    them the minutes of the hour in any part of which it was seen above, as bits from the first minute on; empty if
    nobody kept them, as in hours from before they were.
    """

    tag: str
    start_s: int
    known_s: float
    mean: float
    least: float
    greatest: float
    above_s: tuple[float, ...] = ()
    times_above: tuple[int, ...] = ()
    still_s: float = 0.0
    limits: tuple[float, ...] = ()
    above_minutes: tuple[int, ...] = ()

    @staticmethod
    def begun(tag: str, start_s: int, value: float, limits: tuple[float, ...]) -> "MeasuredHour":
        """An hour in which the value is the first that is known."""
        none = tuple(0 for _ in limits)
        seconds = tuple(0.0 for _ in limits)
        return MeasuredHour(tag, start_s, 0.0, value, value, value, seconds, none, 0.0, limits, none)

    def seen(self, value: float, before: float | None, at_ns: int) -> "MeasuredHour":
        """A reading came. `before`: the value from which it rose or fell; None if that is not known."""
        passed = tuple(
            times + (value > limit and (before is None or before <= limit))
            for times, limit in zip(self.times_above, self.limits, strict=True)
        )
        return replace(
            self,
            least=min(self.least, value),
            greatest=max(self.greatest, value),
            times_above=passed,
            above_minutes=self._minutes_with(value, (at_ns, at_ns + 1)),
        )

    def held(self, value: float, span_ns: tuple[int, int], still_ns: int) -> "MeasuredHour":
        """The value stood in [start_ns, end_ns) of the hour, and had not changed for `still_ns` at the end of that."""
        seconds = (span_ns[1] - span_ns[0]) / NS
        known_s = self.known_s + seconds
        above = tuple(
            already + (seconds if value > limit else 0.0)
            for already, limit in zip(self.above_s, self.limits, strict=True)
        )
        return replace(
            self,
            known_s=known_s,
            # The difference is added, so that the mean of a value that stands is that value to the last digit.
            mean=self.mean + (value - self.mean) * seconds / known_s if known_s else self.mean,
            least=min(self.least, value),
            greatest=max(self.greatest, value),
            above_s=above,
            still_s=still_ns / NS,
            above_minutes=self._minutes_with(value, span_ns),
        )

    def was_above(self, limit: int) -> int | None:
        """The minutes in which it was above the limit of that number, as bits; None if nobody knows."""
        if len(self.above_minutes) > limit:
            return self.above_minutes[limit]
        # Hours that are kept from before have no minutes; where nothing was above, none of them was.
        is_below = len(self.limits) > limit and not self.above_s[limit] and self.greatest <= self.limits[limit]
        return 0 if is_below else None

    def _minutes_with(self, value: float, span_ns: tuple[int, int]) -> tuple[int, ...]:
        first, last = (((at_ns // NS) - self.start_s) // MINUTE_S for at_ns in (span_ns[0], span_ns[1] - 1))
        touched = (1 << last + 1) - (1 << first)
        return tuple(
            bits | touched if value > limit else bits
            for bits, limit in zip(self.above_minutes, self.limits, strict=False)
        )
