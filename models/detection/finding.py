"""What detection found: an output drop, a trend, or data that cannot be believed. Alerts are made of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.works.plant import Tag


class FindingKind(StrEnum):
    """What is wrong. STALE to METER are about data, never about output; the last three are about people below
    ground."""

    STOP = "stop"
    SLOW = "slow"
    OVERRUN = "overrun"
    SHIFT_SHORT = "shift_short"
    DRIFT = "drift"
    MONTH_SHORT = "month_short"
    HEAT = "heat"
    STALE = "stale"
    BAD = "bad"
    MISSING = "missing"
    CLOCK = "clock"
    KEY_REUSED = "key_reused"
    GAP = "gap"
    METER = "meter"
    METHANE = "methane"
    SENSOR_SILENT = "sensor_silent"
    SENSOR_STUCK = "sensor_stuck"

    @property
    def is_data(self) -> bool:
        """Whether it is about data alone."""
        return self in _ABOUT_DATA

    @property
    def is_safety(self) -> bool:
        """Whether it is about the safety of people."""
        return self in _ABOUT_SAFETY


_ABOUT_DATA = (
    FindingKind.STALE,
    FindingKind.BAD,
    FindingKind.MISSING,
    FindingKind.CLOCK,
    FindingKind.KEY_REUSED,
    FindingKind.GAP,
    FindingKind.METER,
)
_ABOUT_SAFETY = (FindingKind.METHANE, FindingKind.SENSOR_SILENT, FindingKind.SENSOR_STUCK)
# To people it is one trouble of a unit's output, whatever its kind at the moment: these share a key and an incident.
_ONE_THING = {
    FindingKind.STOP: "output",
    FindingKind.SLOW: "output",
    FindingKind.OVERRUN: "output",
    FindingKind.STALE: "data",
    FindingKind.BAD: "data",
    FindingKind.MISSING: "data",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that holds now. The same `key` names it from the instant it is found until it holds no more.

    `unit` is a unit's code, or "all" for a product of the whole works (MONTH_SHORT; METER, if a yield may have changed
    and no meter errs). `product` of a finding about safety is the code of its working. `since_s`: when the condition
    began; `found_s`: when it was certain (both UTC seconds). `severity`: 1 (P1) to 4 (P4, data). `cause_unit`: the
    upstream unit whose drop it follows from ("": its own). `source`: the source whose connection is lost, or whose
    times are wrong, which is the one cause of the data findings of all its units ("": a fault of this unit's data
    alone). `lost_t`: tonnes short so far. `ahead_t`: by product, the
    tonnes that will be missing downstream. `evidence`: one sentence in each of en, ru and kk. `facts`: the figures that
    a trend or a meter rests on, by name.
    """

    kind: FindingKind
    shop: str
    unit: str
    product: str
    severity: int
    since_s: int
    found_s: int
    cause_unit: str = ""
    source: str = ""
    lost_t: float | None = None
    ahead_t: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names the finding while it holds. A slow-down that becomes a stop stays one finding, and so do data
        faults."""
        what = _ONE_THING.get(self.kind, self.kind.value)
        return f"{what}:{self.unit}" if what == "data" else f"{what}:{self.unit}:{self.product}"


def finding_of_tag(kind: FindingKind, tag: Tag, since_s: int, evidence: Mapping[str, str]) -> Finding:
    """A finding about the data of one tag, certain since it began (UTC seconds)."""
    return Finding(
        kind=kind,
        shop=tag.shop,
        unit=tag.unit,
        product=tag.product or "",
        severity=4,
        since_s=since_s,
        found_s=since_s,
        evidence=evidence,
    )


@dataclass(frozen=True, slots=True)
class Episode:
    """A finding from start to end, as it was when it was last seen. `cleared_s` (UTC seconds) None: it still holds.

    `unseen_since_s`: nobody watched when it ended, at this instant at the earliest (None: its end was seen).
    `wrong_clock`: this host's clock was wrong when it was found, so its times mean nothing.
    """

    finding: Finding
    cleared_s: int | None
    unseen_since_s: int | None = None
    wrong_clock: bool = False


@dataclass(frozen=True, slots=True)
class Watching:
    """How far findings tell what holds. Not `certain`: what is not among them may hold all the same.

    `away_since_s`: before it watched without a break up to now, the service watched last at this instant (UTC seconds;
    None: never).
    """

    certain: bool = True
    away_since_s: int | None = None
