"""What falls with the activity, such as the temperature of the blast: it says whether a zero is real."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.detection.evidence.activity import good_value
from models.detection.minutes.observed import UnitSample
from models.detection.watched import Gauge

FALLEN_PCT = 60.0
"""Below this share of its nominal, a corroborating signal has fallen. It is no sharp zero on purpose: stoves stay hot
for a while after the blast is off, and a sound signal at work stays well above."""


@dataclass(slots=True)
class Corroboration:
    """`has_fallen`: every signal that falls with the activity has, or none of them was ever good. `zero_since_s`: since
    when one is at zero while the activity shows work (UTC seconds; None: it is not so)."""

    gauges: Sequence[Gauge]
    has_fallen: bool = True
    zero_since_s: int | None = None

    def take(self, start_s: int, sample: UnitSample, pct: float, stop_pct: float) -> None:
        """Take a span that began at `start_s`, in which the activity was at `pct` percent of its nominal.

        If no signal is good in this span, `has_fallen` stays as it was: a moment without data says nothing.
        """
        found = ((gauge, good_value(sample, gauge)) for gauge in self.gauges)
        others = [100.0 * value / gauge.nominal for gauge, value in found if value is not None]
        if others:
            self.has_fallen = all(other < FALLEN_PCT for other in others)
        # At twice the limit of standing the activity is clear of it; near the limit both may be right.
        if any(other < stop_pct for other in others) and pct >= 2 * stop_pct:
            self.zero_since_s = self.zero_since_s or start_s
        else:
            self.zero_since_s = None
