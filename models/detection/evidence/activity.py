"""What the unit's activity shows: the signal that tells work from standing, such as blast, belt or speed."""

from dataclasses import dataclass

from models.detection.minutes.observed import NO_QUALITY, UnitSample
from models.detection.watched import Gauge
from models.works.codes import Quality

STUCK_S = 3600
"""The same value to the last digit for longer than this: the instrument is stuck. A live analog signal changes its last
digit within minutes; the hour allows for coarse transmitters that report only changes."""


@dataclass(slots=True)
class ActivityReading:
    """The last reading of the activity, and how far it may be believed. None: never, or not now; UTC seconds.

    `pct`: the value of this moment in percent of the nominal, if its quality is good. `value`: the last good one, which
    has been the same since `constant_since_s`. `good_s`: when it was good last; `bad_since_s`: since when it is not.
    """

    gauge: Gauge | None
    holds_s: float
    pct: float | None = None
    value: float | None = None
    good_s: int | None = None
    bad_since_s: int | None = None
    constant_since_s: int | None = None

    def take(self, at_s: int, span_s: int, sample: UnitSample) -> float | None:
        """The activity of the `span_s` seconds until `at_s`, in percent of its nominal; None without a good value.

        A source that answers without a word about the activity leaves its quality as it was: servers that report only
        changes do that.
        """
        if self.gauge is None:
            return None
        value = good_value(sample, self.gauge)
        if value is None:
            signal = sample.signals.get(self.gauge.signal)
            is_told = signal is None or signal.quality != NO_QUALITY
            if sample.heard and is_told and self.bad_since_s is None:
                self.bad_since_s = at_s - span_s
            self.pct = None
            return None
        self.good_s, self.bad_since_s = at_s, None
        if value != self.value:
            self.value, self.constant_since_s = value, at_s
        self.pct = 100.0 * value / self.gauge.nominal
        return self.pct

    def is_known(self, at_s: int) -> bool:
        """Whether it was good lately: if it is read less often than samples come, its last value holds."""
        return self.good_s is not None and at_s - self.good_s <= self.holds_s

    def span_s(self, at_s: int, span_s: int) -> int:
        """For how long a value that comes now speaks: since the last good one if that still holds, else `span_s`."""
        return at_s - self.good_s if self.is_known(at_s) and self.good_s is not None else span_s

    def is_stuck(self, at_s: int) -> bool:
        """Whether it has been the same to the last digit for longer than any live instrument is."""
        return self.constant_since_s is not None and at_s - self.constant_since_s > STUCK_S

    def was_away(self, until_s: int) -> None:
        """Nobody looked until then: what was the same before and is again afterwards may have moved between."""
        if self.constant_since_s is not None:
            self.constant_since_s = until_s

    def facts(self) -> dict[str, float]:
        """The last good value, the nominal, and the one in percent of the other; {} before there was one."""
        if self.gauge is None or self.value is None:
            return {}
        nominal = self.gauge.nominal
        return {"value": self.value, "nominal": nominal, "activity_pct": 100.0 * self.value / nominal}


def good_value(sample: UnitSample, gauge: Gauge) -> float | None:
    """The gauge's value in the sample; None without a number of good quality."""
    signal = sample.signals.get(gauge.signal)
    if signal is None or signal.quality != Quality.GOOD or signal.value != signal.value:
        return None
    return signal.value
