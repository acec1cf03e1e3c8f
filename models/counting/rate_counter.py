"""Counts one reading of one rate whole: from the reading to what the ledger takes in."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from models.counting.counter_step import Anchor
from models.counting.increment import COMPARED, Increment, UncertainGap
from models.counting.rate import RateRule, RateState, RateStep, integrate, stands
from models.counting.reading import Rejection
from models.counting.split import LONGEST_GAP_S, reading_increment, split
from models.works.calendar import NS
from models.works.codes import Quality
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class CountedRate:
    """What one reading of a rate changes in the ledger, all in one transaction."""

    state: RateState
    increments: tuple[Increment, ...] = ()
    gap: UncertainGap | None = None
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class RateCounter:
    """A rate tag with its rule and the zone of its shop. `longest_gap_s` as in `models.counting.split`."""

    tag: Tag
    rule: RateRule
    product: str
    zone: ZoneInfo
    longest_gap_s: float

    @staticmethod
    def of(tag: Tag, zone: ZoneInfo, longest_gap_s: float = LONGEST_GAP_S) -> "RateCounter":
        """Raises ValueError if the tag cannot be counted, naming what is missing."""
        if not tag.is_summed:
            raise ValueError(f"rate {tag.name} counts no product: name one in the configuration")
        return RateCounter(tag, RateRule.of(tag), tag.product or COMPARED, zone, longest_gap_s)

    def count(self, state: RateState, reading: Anchor, quality: Quality, received_ns: int) -> CountedRate:
        """Judge one reading (value in the tag's unit) that came at `received_ns`, and lay out what it counts."""
        done = integrate(self.rule, state, reading, quality, received_ns)
        counted = self._laid_out(done)
        if done.refused is None:
            return counted
        refused = done.refused
        at = (self.tag.source, self.tag.name, repr(reading.value), reading.time_ns, quality)
        return replace(counted, rejection=Rejection(*at, refused.reason, refused.detail))

    def stood(self, state: RateState, until_ns: int) -> CountedRate:
        """The source has said that the value stands as it was until then."""
        return self._laid_out(stands(self.rule, state, until_ns))

    def _laid_out(self, done: RateStep) -> CountedRate:
        tag = self.tag
        presence, watched = done.state.presence.seen(done.seen_ns, round(tag.cadence_s * NS))
        increments = []
        if done.counted is not None:
            span = done.counted
            increments += split(
                span, tag.name, tag.unit, self.product, zone=self.zone, longest_gap_s=self.longest_gap_s
            )
        if watched:
            increments.append(reading_increment(tag.name, tag.unit, self.product, done.seen_ns, watched))
        return CountedRate(replace(done.state, presence=presence), tuple(increments), done.gap)
