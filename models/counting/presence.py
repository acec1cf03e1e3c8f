"""How long a counter was watched, in its cadences: what completeness counts as readings.

A counter that is read each second, with a cadence of ten, gives ten readings a cadence. If each of them counted, one
second in ten would look like the whole time. So a reading stands for the time since the one before it, or for one
cadence where that is longer than one and a half, and each full cadence of such time counts once. An unchanged value is
a reading like any other.
"""

from dataclasses import dataclass

LATE_SHARE = 0.5
"""A reading may come half a cadence late and still stand for all the time before it: polls jitter. A judgement."""


@dataclass(frozen=True, slots=True)
class Presence:
    """`seen_ns`: up to when it was watched (UTC ns; 0: never); `owed_ns`: watched time that is no full cadence yet."""

    seen_ns: int = 0
    owed_ns: int = 0

    def seen(self, time_ns: int, cadence_ns: int, cadences: int = 1) -> tuple["Presence", int]:
        """After a reading, or a word that the value stood for so many `cadences`; and how many count by it."""
        if time_ns <= self.seen_ns:
            return self, 0
        since_ns = time_ns - self.seen_ns
        if since_ns > (cadences + LATE_SHARE) * cadence_ns:
            since_ns = cadences * cadence_ns  # nobody watched for the rest
        owed_ns = self.owed_ns + since_ns
        return Presence(time_ns, owed_ns % cadence_ns), owed_ns // cadence_ns


NEVER_SEEN = Presence()
