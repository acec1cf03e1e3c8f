"""When a unit counts as stopped or slow, by its kind. A plant's configuration may say otherwise for a kind or a unit.

The defaults are the trade's judgement, not published figures. How low output must fall over how many hours stands in
`models.works.limits`, which boards and alerts read too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MINUTE = 60
HOUR = 3600


@dataclass(frozen=True, slots=True)
class ActivityLimit:
    """A steady signal in percent of its nominal. Below `raise_pct` for three quarters of `hold_s`, the unit is slow.

    The unit is well again if the median over `hold_s` is `clear_pct` or more.
    """

    hold_s: int
    raise_pct: float
    clear_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRules:
    """The rules of one unit. Times are in seconds.

    `stop_pct`: the unit stands while its activity is below this share of its nominal. `stop_after_s`: standing for so
    long is a stop. The stop lasts until the activity was above `stop_pct` for `resume_after_s`.
    `no_event_s`: no event for so long is a stop too. `no_event_intervals` says the same in usual intervals.
    `activity`: the unit is slow by a signal that is steady while it works.
    `event_a_spell`: the activity comes and goes once for each event, so a second spell of work without an event between
    means that events are lost.
    `ramp_up_s` (least, most): how long the unit may take to come back. It is `most` after a standstill of `least` or
    longer.
    `sequence_events`: standing while fewer than so many events of the unit's suppliers ended is waiting for them, which
    is a planned state.
    `together`: the units of the kind in one shop share their work, so their output is judged as one.
    `shift_pct`: a shift below this share of what was due fell short.
    Severity 1 (P1) is the most severe.
    """

    stop_pct: float = 10.0
    stop_after_s: int = 30 * MINUTE
    resume_after_s: int = 5 * MINUTE
    no_event_s: int | None = None
    no_event_intervals: float | None = None
    activity: ActivityLimit | None = None
    event_a_spell: bool = False
    ramp_up_s: tuple[int, int] = (HOUR, HOUR)
    sequence_events: int = 0
    together: bool = False
    shift_pct: float | None = None
    severity_stop: int = 2
    severity_slow: int = 2


BY_KIND: Mapping[str, UnitRules] = {
    "blast_furnace": UnitRules(
        stop_after_s=5 * MINUTE,
        no_event_s=4 * HOUR,
        activity=ActivityLimit(30 * MINUTE, 85.0, 92.0),
        ramp_up_s=(24 * HOUR, 72 * HOUR),
        severity_stop=1,
    ),
    "converter": UnitRules(
        stop_after_s=90 * MINUTE,
        no_event_s=90 * MINUTE,
        event_a_spell=True,
        ramp_up_s=(2 * HOUR, 2 * HOUR),
        together=True,
    ),
    "caster": UnitRules(stop_after_s=20 * MINUTE, activity=ActivityLimit(60 * MINUTE, 85.0, 92.0), sequence_events=3),
    "hot_strip_mill": UnitRules(stop_after_s=30 * MINUTE, no_event_s=30 * MINUTE),
    "coke_battery": UnitRules(no_event_intervals=2.0, shift_pct=90.0, ramp_up_s=(12 * HOUR, 24 * HOUR)),
    "mine": UnitRules(stop_pct=5.0, stop_after_s=60 * MINUTE, shift_pct=75.0),
    "sinter_strand": UnitRules(stop_after_s=45 * MINUTE),
    "washery": UnitRules(stop_after_s=60 * MINUTE),
    "chp": UnitRules(stop_after_s=5 * MINUTE, severity_stop=1),
}
DEFAULT = UnitRules()

MAJOR_AFTER_S = 30 * MINUTE
"""If all units that are judged together stand, severity 1 comes so much later: for converters after 90 + 30 min."""


@dataclass(frozen=True, slots=True)
class Follows:
    """A drop of a unit of kind `upstream` is felt at `downstream` after `lag_s` (at least, at most)."""

    upstream: str
    downstream: str
    lag_s: tuple[int, int]


# The lags are the trade's judgement of what lies between two units: bunkers of burden for hours before a furnace, a few
# ladles before the converters, a slab yard of hours to days before the mill. If a lag is too short, a consequence
# is called a drop of its own; if it is too long, a drop of its own is called a consequence.
CHAIN: tuple[Follows, ...] = (
    Follows("mine", "washery", (0, 24 * HOUR)),
    Follows("sinter_strand", "blast_furnace", (4 * HOUR, 12 * HOUR)),
    Follows("coke_battery", "blast_furnace", (4 * HOUR, 12 * HOUR)),
    Follows("blast_furnace", "converter", (2 * HOUR, 4 * HOUR)),
    Follows("converter", "caster", (0, HOUR)),
    Follows("caster", "hot_strip_mill", (2 * HOUR, 72 * HOUR)),
    # A furnace gives gas too, and the gas network stores next to none.
    Follows("blast_furnace", "hot_strip_mill", (0, HOUR)),
    Follows("blast_furnace", "coke_battery", (0, HOUR)),
    Follows("blast_furnace", "chp", (0, HOUR)),
)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a plant. Those of a single unit come before those of its kind."""

    by_kind: Mapping[str, UnitRules] = field(default_factory=lambda: dict(BY_KIND))
    by_unit: Mapping[str, UnitRules] = field(default_factory=dict)
    chain: tuple[Follows, ...] = CHAIN

    def of(self, unit: str, kind: str) -> UnitRules:
        """The rules of one unit."""
        return self.by_unit.get(unit) or self.by_kind.get(kind, DEFAULT)
