"""What one step of a counter means: growth in integer grams, jitter, a wrap, a reset, or a jump not to be believed."""

from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from models.counting.counter_grams import counter_modulus, grams_of
from models.counting.increment import BUCKET_S, MOST_GRAMS, IncrementFlag
from models.counting.planned_reset import PlannedResets
from models.works.calendar import HOUR_NS, NS
from models.works.exact_number import Number, is_rounding
from models.works.plant import Tag

BUCKET_NS = BUCKET_S * 1_000_000_000
_ROUNDING_G = 1  # each of two values is rounded to a gram, so their difference may be one off
# The counting rule of the works: a counter rolls over only from the last twentieth of its range. A fall from lower down
# is more likely a reset, and a reset that is taken for a rollover would count a whole turn that nobody produced.
NEAR_MODULUS_PCT = 95
JITTER_POLLS = 2
"""How far a stamp may be from the instant at which the counter showed its value, in cadences of its tag, either way.

Servers stamp at the end of a scan, gateways hold a value for a poll, lines deliver late. Two polls hold a scan and a
poll that was missed; what is further off is a clock that is wrong, and no jitter.
"""
GREATEST_STEP_S = 60
"""A counter may move in steps of a minute's growth at its greatest rate, unless `resolution` says how large they are.

Whole tonnes of a belt of 1,000 t/h come every 4 s; a hopper that weighs its batches drops one a minute. A judgement.
"""
# Of a counter's range, the share that jitter may be taken for, and a step: together a twentieth, from where rollovers
# are believed. So a counter with a small range is never mistaken by them.
_RANGE_SHARE = 40


@dataclass(frozen=True, slots=True)
class Anchor:
    """An accepted reading of a counter: UTC nanoseconds, and the value in the tag's unit of measure."""

    time_ns: int
    value: Number


@dataclass(frozen=True, slots=True)
class CountedSpan:
    """Grams that a counter grew over (start_ns, end_ns]. `wrapped`: it passed its modulus on the way."""

    start_ns: int
    end_ns: int
    grams: int
    wrapped: bool = False
    flags: IncrementFlag = IncrementFlag.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalizerRule:
    """How one counter is judged, in grams.

    `jitter_ns`: how far the stamps of two readings may be off against each other. `step_g`: the greatest step in which
    the counter may move, and `resolution_g` the one that its configuration states (0: it is learned).
    `confirmations`: so many later readings that agree make a refused jump a reset. Three is a judgement: a
    disturbed line repeats a wrong value once or twice, and three readings delay a true reset by half a minute at a
    cadence of ten seconds.
    """

    tag: str
    grams_per_unit: float
    rate_g_per_h: int | None
    modulus_g: int | None
    modulus: Number | None
    back_step_g: int
    jitter_ns: int
    step_g: int
    resolution_g: int
    resets: PlannedResets | None = None
    confirmations: int = 3

    @staticmethod
    def of(tag: Tag, zone: ZoneInfo) -> "TotalizerRule":
        """The rule of a totalizer tag; `zone` is its shop's.

        Raises ValueError if the tag cannot be counted: without grams_per_unit, or with a modulus but without a
        max_rate_per_h (a rollover could not be told from a reset).
        """
        if not tag.grams_per_unit or tag.grams_per_unit < 0:
            raise ValueError(f"totalizer {tag.name} has no grams_per_unit: give it a unit of measure that is a mass")
        if tag.modulus is not None and tag.max_rate_per_h is None:
            raise ValueError(
                f"totalizer {tag.name} has a modulus but no max_rate_per_h: give one, to tell rollovers from resets"
            )

        def grams(value: Number) -> int:
            return grams_of(value, tag.grams_per_unit or 0.0)

        modulus = counter_modulus(tag)
        rate_g = None if tag.max_rate_per_h is None else grams(tag.max_rate_per_h)
        modulus_g = None if modulus is None else grams(modulus)
        jitter_ns, step_g = _tolerances(rate_g, modulus_g, tag.cadence_s)
        return TotalizerRule(
            tag=tag.name,
            grams_per_unit=tag.grams_per_unit,
            rate_g_per_h=rate_g,
            modulus_g=modulus_g,
            modulus=modulus,
            back_step_g=grams(tag.back_step),
            jitter_ns=jitter_ns,
            step_g=grams(tag.resolution) if tag.resolution else step_g,
            resolution_g=grams(tag.resolution),
            resets=PlannedResets.of(tag, zone),
        )

    @property
    def minute_g(self) -> int:
        """The growth of a minute at the greatest rate; 0 without one."""
        return (self.rate_g_per_h or 0) // 60

    def grams(self, value: Number) -> int:
        """The counter's value in grams, rounded half to even. Differences of these telescope without loss."""
        return grams_of(value, self.grams_per_unit)

    def believable_g(self, duration_ns: int, step_g: int | None = None) -> int:
        """The greatest growth to believe over `duration_ns` by the stamps, if the counter moves in steps of `step_g`.

        None for `step_g`: the greatest steps of all. Without a greatest rate, and above it too: what can be kept.
        """
        if self.rate_g_per_h is None:
            return MOST_GRAMS
        step_g = self.step_g if step_g is None else step_g
        grown_g = self.rate_g_per_h * (duration_ns + self.jitter_ns) // HOUR_NS
        return min(grown_g + max(step_g, self.back_step_g) + _ROUNDING_G, MOST_GRAMS)

    def swapped_g(self, duration_ns: int) -> int:
        """The greatest fall that is none: the later stamp is of the earlier value."""
        if self.rate_g_per_h is None or duration_ns >= self.jitter_ns:
            return self.back_step_g
        fall_g = self.rate_g_per_h * (self.jitter_ns - duration_ns) // HOUR_NS + self.step_g
        # A step that is stated may be a large part of the range, where a fall is more likely a rollover.
        limit_g = fall_g if self.modulus_g is None else self.modulus_g // _RANGE_SHARE * 2
        return max(min(fall_g, limit_g), self.back_step_g)


def _tolerances(rate_g: int | None, modulus_g: int | None, cadence_s: float) -> tuple[int, int]:
    """(by how many ns two stamps may be off against each other, the greatest step that is not stated)."""
    jitter_ns = round(2 * JITTER_POLLS * cadence_s * NS)
    if rate_g is None:
        return jitter_ns, 0
    step_g = rate_g * GREATEST_STEP_S // 3600
    if modulus_g is not None and rate_g:
        share_g = modulus_g // _RANGE_SHARE
        jitter_ns, step_g = min(jitter_ns, share_g * HOUR_NS // rate_g), min(step_g, share_g)
    return jitter_ns, step_g


class Relation(Enum):
    """What two readings, one after the other, say together."""

    COUNTED = "counted"  # the growth is known
    AMBIGUOUS = "ambiguous"  # a whole turn of the counter more would fit: the growth is the least it can be
    UNPROVEN = "unproven"  # a fall that fits a rollover, but the counter was not near its modulus
    JITTER = "jitter"  # a fall within the declared back-step, or what two stamps in the wrong order look like
    JUMP = "jump"  # more growth than the maximum rate allows
    RESET = "reset"  # any other fall
    PLANNED_RESET = "planned reset"  # a fall to little at a planned time: what it shows was counted since


_COUNTABLE = frozenset({Relation.COUNTED, Relation.AMBIGUOUS, Relation.PLANNED_RESET})


@dataclass(frozen=True, slots=True)
class Growth:
    """`grams` is 0 unless the growth is countable."""

    relation: Relation
    grams: int = 0
    wrapped: bool = False

    @property
    def countable(self) -> bool:
        """Whether the growth enters the sums."""
        return self.relation in _COUNTABLE


def growth(rule: TotalizerRule, earlier: Anchor, later: Anchor) -> Growth:
    """Judge the step from `earlier` to `later`, which must be later in time. Pure in its three arguments."""
    before_g, after_g = rule.grams(earlier.value), rule.grams(later.value)
    believable_g = rule.believable_g(later.time_ns - earlier.time_ns)
    risen_g = after_g - before_g
    if risen_g >= 0:
        if risen_g > believable_g:
            # Jitter may step back over the rollover too, from 0.1 to 999,999.9: it looks like a leap to the top.
            tolerated_g = rule.swapped_g(later.time_ns - earlier.time_ns)
            over_the_top = rule.modulus_g is not None and rule.modulus_g - risen_g <= tolerated_g
            return Growth(Relation.JITTER if over_the_top else Relation.JUMP)
        if _may_hide_a_reset(rule, earlier, later, after_g):
            return Growth(Relation.AMBIGUOUS, risen_g)
        return _counted_or_ambiguous(rule, risen_g, later.time_ns - earlier.time_ns, wrapped=False)
    if is_rounding(earlier.value, later.value):
        return Growth(Relation.COUNTED)
    if rule.resets is not None and _is_planned_reset(rule, rule.resets, earlier, later):
        return Growth(Relation.PLANNED_RESET, after_g)
    if -risen_g <= rule.swapped_g(later.time_ns - earlier.time_ns):
        return Growth(Relation.JITTER)
    if rule.modulus_g is None or risen_g + rule.modulus_g > believable_g:
        return Growth(Relation.RESET)
    if before_g * 100 < rule.modulus_g * NEAR_MODULUS_PCT:
        return Growth(Relation.UNPROVEN)
    return _counted_or_ambiguous(rule, risen_g + rule.modulus_g, later.time_ns - earlier.time_ns, wrapped=True)


def _is_planned_reset(rule: TotalizerRule, resets: PlannedResets, earlier: Anchor, later: Anchor) -> bool:
    """Whether a fall is a reset that was planned about then: to no more than can have been made since the reading
    before, and, if swapped stamps could explain it too, to less than half."""
    before_g, after_g = rule.grams(earlier.value), rule.grams(later.value)
    duration_ns = later.time_ns - earlier.time_ns
    believable_g = rule.believable_g(duration_ns)
    if before_g - after_g <= rule.back_step_g or after_g > believable_g:
        return False
    if duration_ns < rule.jitter_ns and after_g * 2 > before_g:
        return False
    return resets.last_between(earlier.time_ns, later.time_ns) is not None


def _may_hide_a_reset(rule: TotalizerRule, earlier: Anchor, later: Anchor, after_g: int) -> bool:
    """Whether all that the counter shows after a silence may be of after a planned reset: then the rise is the least
    that it can have grown."""
    duration_ns = later.time_ns - earlier.time_ns
    if rule.resets is None or duration_ns <= rule.jitter_ns or not rule.grams(earlier.value) or rule.resets.announced:
        return False
    planned_ns = rule.resets.last_between(earlier.time_ns, later.time_ns)
    if planned_ns is None:
        return False
    since_ns = later.time_ns - max(earlier.time_ns, planned_ns - rule.resets.within_ns)
    return after_g <= rule.believable_g(max(0, since_ns))


def _counted_or_ambiguous(rule: TotalizerRule, grams: int, duration_ns: int, *, wrapped: bool) -> Growth:
    # After a long silence a whole turn more may fit within the maximum rate. The least is counted: nothing is guessed.
    # Jitter is no silence: it is left out here.
    one_more_turn = False
    if rule.modulus_g is not None:
        believable_g = rule.believable_g(duration_ns - rule.jitter_ns, rule.resolution_g)
        one_more_turn = grams + rule.modulus_g <= believable_g
    return Growth(Relation.AMBIGUOUS if one_more_turn else Relation.COUNTED, grams, wrapped)


def counted_span(
    rule: TotalizerRule, earlier: Anchor, later: Anchor, flags: IncrementFlag = IncrementFlag.NONE
) -> CountedSpan | None:
    """What stands in the sums for two neighbouring anchors; None if nothing can be counted between them."""
    return span_of(growth(rule, earlier, later), earlier, later, flags)


def span_of(grown: Growth, earlier: Anchor, later: Anchor, flags: IncrementFlag) -> CountedSpan | None:
    """`counted_span` of two anchors of which it is known what the counter grew between them."""
    if not grown.countable:
        return None
    if grown.relation is not Relation.COUNTED:
        flags |= IncrementFlag.UNCERTAIN
    return CountedSpan(earlier.time_ns, later.time_ns, grown.grams, grown.wrapped, flags)


def same_bucket(earlier: Anchor, later: Anchor) -> bool:
    """Whether both stand in one ledger bucket, and with them all that is between."""
    return earlier.time_ns // BUCKET_NS == later.time_ns // BUCKET_NS


def redundant(
    rule: TotalizerRule, before: Anchor, middle: Anchor, after: Anchor, since_middle: Growth | None = None
) -> bool:
    """Whether `middle` need not be kept: the bucket's sum reads the same from its neighbours alone.

    A reading every ten seconds would be 8,640 anchors a day. Those that this drops keep the invariant: the sums between
    two neighbouring anchors hold exactly what `growth` says of these two. `since_middle`: the growth from `middle` to
    `after`, if it is known already.
    """
    if not same_bucket(before, after):
        return False
    whole = growth(rule, before, after)
    if whole.relation is not Relation.COUNTED:
        return False
    parts = growth(rule, before, middle), since_middle or growth(rule, middle, after)
    return all(part.countable for part in parts) and parts[0].grams + parts[1].grams == whole.grams
