"""When a unit counts as stopped or slow, by its kind. A plant's configuration may say otherwise for a kind or a unit.

The defaults are the trade's judgement, not published figures; benchmarks/drops holds them against labelled scenarios.
`models.works.limits` says how low output must fall over how many hours: boards and alerts read that too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MINUTE = 60
HOUR = 3600


@dataclass(frozen=True, slots=True)
class ActivityLimit:
    """A steady signal in percent of its nominal: slow if it is below `raise_pct` for three quarters of `hold_s`.

    It is well again if its median over `hold_s` is `clear_pct` or more. Two limits, so a finding does not flicker.
    """

    hold_s: int
    raise_pct: float
    clear_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRules:
    """The rules of one unit. Times are in seconds.

    `stop_pct`: the unit stands if its activity is below this share of the nominal. `stop_after_s`: standing for this
    long is a stop, which lasts until the activity was above `stop_pct` for `resume_after_s`. `no_event_s`: no event
    for this long is a stop too; `no_event_intervals` says the same in usual intervals. `activity`: the unit is slow by
    a signal that is steady while it works. `event_a_spell`: the activity comes and goes once for each event, so a
    second time of work without an event between shows that events are lost. `ramp_up_s` (least, most): how long the
    unit may take to come back; `most` after a standstill of `least` or longer. `sequence_events`: a unit that stands
    waits for its suppliers, a planned state, until this many of their events have ended. `together`: the units of the
    kind in one shop share their work, so their output is judged as one. `shift_pct`: a shift below this share of what
    was due fell short. Severities: 1 (P1) is the most severe.
    """

    # A tenth is above the noise of a flow meter or a belt scale at zero, and below any rate that makes output.
    stop_pct: float = 10.0
    # Half an hour for kinds that the trade has no limit for: longer than the usual pause, shorter than a shift.
    stop_after_s: int = 30 * MINUTE
    # A unit that jerks on for a minute has not resumed. Five minutes are the shortest stop that is reported.
    resume_after_s: int = 5 * MINUTE
    no_event_s: int | None = None
    no_event_intervals: float | None = None
    activity: ActivityLimit | None = None
    event_a_spell: bool = False
    # A mill needs an hour from the first coil to its usual rate (trade); other kinds are taken like it.
    ramp_up_s: tuple[int, int] = (HOUR, HOUR)
    sequence_events: int = 0
    together: bool = False
    shift_pct: float | None = None
    # P2, heard by the shop at once: most units have siblings or stocks. P1 is for what stops the works.
    severity_stop: int = 2
    severity_slow: int = 2


BY_KIND: Mapping[str, UnitRules] = {
    "blast_furnace": UnitRules(
        # Blast off for five minutes is no change of stoves any more.
        stop_after_s=5 * MINUTE,
        # With 8 to 14 taps a day there are two to three hours between them.
        no_event_s=4 * HOUR,
        # Blast is steady, so half an hour tells a slow furnace long before its taps do.
        activity=ActivityLimit(30 * MINUTE, 85.0, 92.0),
        # A furnace heats through in one to three days after a standstill, by its length.
        ramp_up_s=(24 * HOUR, 72 * HOUR),
        # Everything downstream and the gas of the works hang on it.
        severity_stop=1,
    ),
    "converter": UnitRules(
        # No heat in the shop for 90 minutes: two heats are missing. One converter alone rests by turns.
        stop_after_s=90 * MINUTE,
        no_event_s=90 * MINUTE,
        event_a_spell=True,
        # A cold lining is heated up over a few slow heats.
        ramp_up_s=(2 * HOUR, 2 * HOUR),
        together=True,
    ),
    # 20 minutes at speed 0: the strand is lost by then. Speed follows the steel, so it is averaged over an hour. Three
    # heats start a sequence: a caster that stands with less steel than that waits.
    "caster": UnitRules(stop_after_s=20 * MINUTE, activity=ActivityLimit(60 * MINUTE, 85.0, 92.0), sequence_events=3),
    # A roll change takes 15 minutes and happens every few hours: twice that is none.
    "hot_strip_mill": UnitRules(stop_after_s=30 * MINUTE, no_event_s=30 * MINUTE),
    # A battery is pushed by a schedule of its own, so two of its usual intervals say more than any fixed time. Its
    # ovens heat through within half a day to a day.
    "coke_battery": UnitRules(no_event_intervals=2.0, shift_pct=90.0, ramp_up_s=(12 * HOUR, 24 * HOUR)),
    # A belt runs empty now and then, so its limits are wider: 5 % for an hour. Shifts of a mine differ widely.
    "mine": UnitRules(stop_pct=5.0, stop_after_s=60 * MINUTE, shift_pct=75.0),
    # Short stops for pallets and screens are daily; bins behind both carry the next unit for longer than these times.
    "sinter_strand": UnitRules(stop_after_s=45 * MINUTE),
    "washery": UnitRules(stop_after_s=60 * MINUTE),
    # Heat for the town: in winter minutes count.
    "chp": UnitRules(stop_after_s=5 * MINUTE, severity_stop=1),
}
DEFAULT = UnitRules()

MAJOR_AFTER_S = 30 * MINUTE
"""If all units that are judged together stand, this much longer makes it P1: a steel shop without a heat is P2 after 90
minutes and P1 after 120, the trade's two steps."""


@dataclass(frozen=True, slots=True)
class Follows:
    """A drop of a unit of kind `upstream` is felt at `downstream` after `lag_s` (at least, at most; seconds)."""

    upstream: str
    downstream: str
    lag_s: tuple[int, int]


# The lags are the trade's: how long the stock between two units lasts, from its low to its high level.
CHAIN: tuple[Follows, ...] = (
    # Raw coal waits in bins for a day at most.
    Follows("mine", "washery", (0, 24 * HOUR)),
    # Bins of a furnace hold sinter and coke for 4 to 12 hours.
    Follows("sinter_strand", "blast_furnace", (4 * HOUR, 12 * HOUR)),
    Follows("coke_battery", "blast_furnace", (4 * HOUR, 12 * HOUR)),
    # Torpedo ladles and a mixer hold hot metal for 2 to 4 hours.
    Follows("blast_furnace", "converter", (2 * HOUR, 4 * HOUR)),
    # Liquid steel cannot wait.
    Follows("converter", "caster", (0, HOUR)),
    # Slabs are stored for hours to days.
    Follows("caster", "hot_strip_mill", (2 * HOUR, 72 * HOUR)),
    # A furnace also gives gas, and no stock of it: mill, coke and heat feel that within the hour.
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
