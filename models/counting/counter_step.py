"""What one step of a counter means: growth in integer grams, jitter, a wrap, a reset, or a jump not to be believed."""

from dataclasses import dataclass
from enum import Enum

from models.counting.increment import BUCKET_S, IncrementFlag
from models.works.calendar import HOUR_NS
from models.works.plant import Tag

BUCKET_NS = BUCKET_S * 1_000_000_000
_ROUNDING_G = 1  # each of two values is rounded to a gram, so their difference may be one off
# The counting rule of the works: a counter rolls over only from the last twentieth of its range. A fall from lower down
# is more likely a reset, and a reset that is taken for a rollover would count a whole turn that nobody produced.
_NEAR_MODULUS_PCT = 95


@dataclass(frozen=True, slots=True)
class Anchor:
    """An accepted reading of a counter: UTC nanoseconds, and the value in the tag's unit of measure."""

    time_ns: int
    value: float


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

    `slack_g`: by how much growth may pass the maximum rate, for a counter that moves in steps may show a whole step at
    once. `confirmations`: so many later readings that agree make a refused jump a reset. Three is a judgement: a
    disturbed line repeats a wrong value once or twice, and three readings delay a true reset by half a minute at a
    cadence of ten seconds.
    """

    tag: str
    grams_per_unit: float
    rate_g_per_h: int | None
    modulus_g: int | None
    modulus: float | None
    back_step_g: int
    slack_g: int
    confirmations: int = 3

    @staticmethod
    def of(tag: Tag) -> "TotalizerRule":
        """The rule of a totalizer tag.

        Raises ValueError if the tag cannot be counted: without grams_per_unit, or with a modulus but without a
        max_rate_per_h (a rollover could not be told from a reset).
        """
        if not tag.grams_per_unit or tag.grams_per_unit < 0:
            raise ValueError(f"totalizer {tag.name} has no grams_per_unit: give it a unit of measure that is a mass")
        if tag.modulus is not None and tag.max_rate_per_h is None:
            raise ValueError(
                f"totalizer {tag.name} has a modulus but no max_rate_per_h: give one, to tell rollovers from resets"
            )

        def grams(value: float) -> int:
            return round(value * (tag.grams_per_unit or 0.0))

        return TotalizerRule(
            tag=tag.name,
            grams_per_unit=tag.grams_per_unit,
            rate_g_per_h=None if tag.max_rate_per_h is None else grams(tag.max_rate_per_h),
            modulus_g=None if tag.modulus is None else grams(tag.modulus),
            modulus=tag.modulus,
            back_step_g=grams(tag.back_step),
            slack_g=max(grams(tag.resolution), grams(tag.back_step)) + _ROUNDING_G,
        )

    def grams(self, value: float) -> int:
        """The counter's value in grams, rounded half to even. Differences of these telescope without loss."""
        return round(value * self.grams_per_unit)

    def believable_g(self, duration_ns: int) -> int | None:
        """The greatest growth to believe over `duration_ns`, with `slack_g`; None: any."""
        if self.rate_g_per_h is None:
            return None
        return self.rate_g_per_h * duration_ns // HOUR_NS + self.slack_g


class Relation(Enum):
    """What two readings, one after the other, say together."""

    COUNTED = "counted"  # the growth is known
    AMBIGUOUS = "ambiguous"  # a whole turn of the counter more would fit: the growth is the least it can be
    UNPROVEN = "unproven"  # a fall that fits a rollover, but the counter was not near its modulus
    JITTER = "jitter"  # a fall within the declared back-step
    JUMP = "jump"  # more growth than the maximum rate allows
    RESET = "reset"  # any other fall


@dataclass(frozen=True, slots=True)
class Growth:
    """`grams` is 0 unless the relation is COUNTED or AMBIGUOUS."""

    relation: Relation
    grams: int = 0
    wrapped: bool = False

    @property
    def countable(self) -> bool:
        """Whether the growth enters the sums."""
        return self.relation is Relation.COUNTED or self.relation is Relation.AMBIGUOUS


def growth(rule: TotalizerRule, earlier: Anchor, later: Anchor) -> Growth:
    """Judge the step from `earlier` to `later`, which must be later in time. Pure in its three arguments."""
    before_g, after_g = rule.grams(earlier.value), rule.grams(later.value)
    believable_g = rule.believable_g(later.time_ns - earlier.time_ns)
    risen_g = after_g - before_g
    if risen_g >= 0:
        if believable_g is not None and risen_g > believable_g:
            # Jitter may step back over the rollover too, from 0.1 to 999,999.9: it looks like a leap to the top.
            over_the_top = rule.modulus_g is not None and rule.modulus_g - risen_g <= rule.back_step_g
            return Growth(Relation.JITTER if over_the_top else Relation.JUMP)
        return _counted_or_ambiguous(rule, risen_g, believable_g, wrapped=False)
    if -risen_g <= rule.back_step_g:
        return Growth(Relation.JITTER)
    if rule.modulus_g is None or believable_g is None or risen_g + rule.modulus_g > believable_g:
        return Growth(Relation.RESET)
    if before_g * 100 < rule.modulus_g * _NEAR_MODULUS_PCT:
        return Growth(Relation.UNPROVEN)
    return _counted_or_ambiguous(rule, risen_g + rule.modulus_g, believable_g, wrapped=True)


def _counted_or_ambiguous(rule: TotalizerRule, grams: int, believable_g: int | None, *, wrapped: bool) -> Growth:
    # After a long silence a whole turn more may fit within the maximum rate. The least is counted: nothing is guessed.
    one_more_turn = rule.modulus_g is not None and believable_g is not None and grams + rule.modulus_g <= believable_g
    return Growth(Relation.AMBIGUOUS if one_more_turn else Relation.COUNTED, grams, wrapped)


def counted_span(
    rule: TotalizerRule, earlier: Anchor, later: Anchor, flags: IncrementFlag = IncrementFlag.NONE
) -> CountedSpan | None:
    """What stands in the sums for two neighbouring anchors; None if nothing can be counted between them."""
    grown = growth(rule, earlier, later)
    if not grown.countable:
        return None
    if grown.relation is Relation.AMBIGUOUS:
        flags |= IncrementFlag.UNCERTAIN
    return CountedSpan(earlier.time_ns, later.time_ns, grown.grams, grown.wrapped, flags)


def same_bucket(*anchors: Anchor) -> bool:
    """Whether all stand in one ledger bucket."""
    return len({anchor.time_ns // BUCKET_NS for anchor in anchors}) == 1


def redundant(rule: TotalizerRule, before: Anchor, middle: Anchor, after: Anchor) -> bool:
    """Whether `middle` need not be kept: the bucket's sum reads the same from its neighbours alone.

    A reading every ten seconds would be 8,640 anchors a day. Those that this drops keep the invariant: the sums between
    two neighbouring anchors hold exactly what `growth` says of these two.
    """
    if not same_bucket(before, middle, after):
        return False
    whole = growth(rule, before, after)
    parts = growth(rule, before, middle), growth(rule, middle, after)
    return (
        whole.relation is Relation.COUNTED
        and all(part.countable for part in parts)
        and parts[0].grams + parts[1].grams == whole.grams
    )
