"""Counts one reading of one totalizer whole: from the reading to what the ledger takes in, late or not."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from models.counting.accepted_step import NO_CHANGE, AnchorChange, Refusal
from models.counting.counter_step import Anchor, CountedSpan, TotalizerRule
from models.counting.increment import Increment, UncertainGap
from models.counting.late_reading import Around, recount_late
from models.counting.planned_reset import PlannedResets
from models.counting.reading import Rejection
from models.counting.split import LONGEST_GAP_S, reading_increment, split, withdrawn
from models.counting.totalizer import step
from models.counting.totalizer_state import TotalizerState
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.exact_number import Number, written
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class Counted:
    """What one reading changes in the ledger, all in one transaction."""

    state: TotalizerState
    increments: tuple[Increment, ...] = ()
    gap: UncertainGap | None = None
    rejection: Rejection | None = None
    anchors: AnchorChange = NO_CHANGE


@dataclass(frozen=True, slots=True)
class Counter:
    """A totalizer tag with its rule and the zone of its shop. `longest_gap_s` as in `models.counting.split`.

    A late reading withdraws a span as `split` lays it down now. If `longest_gap_s` is changed, late readings of older
    spans withdraw other buckets than those that were written: the total stays right, single buckets may not.
    """

    tag: Tag
    rule: TotalizerRule
    product: str
    zone: ZoneInfo
    longest_gap_s: float

    @staticmethod
    def of(tag: Tag, zone: ZoneInfo, longest_gap_s: float = LONGEST_GAP_S) -> "Counter":
        """Raises ValueError if the tag cannot be counted, naming what is missing."""
        if tag.product is None:
            raise ValueError(f"totalizer {tag.name} counts no product: name one in the configuration")
        return Counter(tag, TotalizerRule.of(tag, zone), tag.product, zone, longest_gap_s)

    def count(
        self, state: TotalizerState, reading: Anchor, quality: Quality, around: Around, received_ns: int = 0
    ) -> Counted:
        """Judge one reading (value in the tag's unit) and lay out what it counts.

        `around` is asked for late readings only. It must see what was put and deleted earlier in the same transaction.
        `received_ns`: when it came, for a value that stands keeps its stamp and was read all the same.
        """
        time_ns, value = reading.time_ns, reading.value
        done = step(self.rule, state, time_ns, value, quality)
        if done.late:
            return self._count_late(state, reading, quality, around)
        # What is beyond belief was not read, however often it is repeated.
        beyond = state.suspect is not None and state.suspect.beyond
        repeated = done.state is state and done.refused is None and not beyond
        seen_ns = time_ns if done.readings else received_ns if repeated else 0
        presence, watched = state.presence.seen(seen_ns, round(self.tag.cadence_s * NS))
        increments = [] if done.withdrawn is None else withdrawn(self._split(done.withdrawn))
        for span in done.counted:
            increments += self._split(span)
        return Counted(
            replace(done.state, presence=presence),
            tuple(increments + self._presence(seen_ns, watched)),
            done.gap,
            self._rejection(done.refused, time_ns, value, quality),
            done.anchors,
        )

    def announced(self) -> "Counter":
        """The same counter for a reading with which the controller says that it was set to 0."""
        return replace(self, rule=replace(self.rule, resets=PlannedResets(self.zone, (), 0, announced=True)))

    def idle(self, state: TotalizerState, reading: Anchor) -> Counted:
        """A reading while something else is counted: the next growth is from here."""
        presence, watched = state.presence.seen(reading.time_ns, round(self.tag.cadence_s * NS))
        put = AnchorChange(put=(reading,)) if state.base is None or reading.time_ns > state.base.time_ns else NO_CHANGE
        increments = self._presence(reading.time_ns, watched)
        return Counted(replace(state.at(reading), presence=presence), tuple(increments), anchors=put)

    def _count_late(self, state: TotalizerState, late: Anchor, quality: Quality, around: Around) -> Counted:
        if late.time_ns <= state.left_ns:
            if state.base is not None and late.value == state.base.value:
                return Counted(state)  # it stands since before that, and is repeated
            old = Refusal(Reason.LATE_INCONSISTENT, "of before another counter was read, or of before a reset", late)
            return Counted(state, rejection=self._rejection(old, late.time_ns, late.value, quality))
        previous, following = around(late.time_ns)
        following = following or state.base  # the base is the newest anchor, and may not be stored yet
        assert following is not None  # noqa: S101 - a reading is late only against a base
        previous = _of_this(state, previous)
        before_previous = None if previous is None else _of_this(state, around(previous.time_ns - 1)[0])
        done = recount_late(self.rule, previous, following, late, quality, before_previous=before_previous)
        increments = [] if done.withdrawn is None else withdrawn(self._split(done.withdrawn))
        for span in done.counted:
            increments += self._split(span)
        if done.anchors.put and state.prior is not None and late.time_ns > state.prior.time_ns:
            # The reading before the base is another one now: what counted into the base is no longer known.
            state = replace(state, prior=None)
        return Counted(
            state,
            tuple(increments + self._presence(late.time_ns, done.readings)),
            None,
            self._rejection(done.refused, late.time_ns, late.value, quality),
            done.anchors,
        )

    def _split(self, span: CountedSpan) -> list[Increment]:
        return split(span, self.tag.name, self.tag.unit, self.product, zone=self.zone, longest_gap_s=self.longest_gap_s)

    def _presence(self, time_ns: int, readings: int) -> list[Increment]:
        return [reading_increment(self.tag.name, self.tag.unit, self.product, time_ns, readings)] if readings else []

    def _rejection(self, refused: Refusal | None, time_ns: int, value: Number, quality: Quality) -> Rejection | None:
        if refused is None:
            return None
        if refused.reading is not None:
            time_ns, value = refused.reading.time_ns, refused.reading.value
        return Rejection(
            self.tag.source, self.tag.name, written(value), time_ns, quality, refused.reason, refused.detail
        )


def _of_this(state: TotalizerState, anchor: Anchor | None) -> Anchor | None:
    """A kept reading, if it is of the counter that is read now."""
    return None if anchor is None or anchor.time_ns <= state.left_ns else anchor
