"""Where output counts as low: one set of numbers for the desk's colours, the panels' threshold lines and the alerts.

The defaults are the trade's judgement and not published figures; a plant's configuration may say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaceLimit:
    """Output over the last `window_h` whole hours against its target: low below `raise_pct`, well from `clear_pct`.

    Between the two lies the band in which a unit that was low stays low: with one limit, output that hovers at it would
    raise and clear an alert every hour.
    """

    window_h: int
    raise_pct: float
    clear_pct: float


WATCHED_PCT = 75.0
"""A span of which a quarter was not watched is not judged: neither its tonnes nor its target count. It is a judgement;
the hour in which a collector starts is such a span, and its 5 % made a first day red."""

DEFAULT_PACE = PaceLimit(24, 85.0, 92.0)
"""Of kinds without a limit of their own: a whole day, so that no shift pattern or repair shift looks like a drop."""

PACE_BY_KIND: Mapping[str, PaceLimit] = {
    # A furnace gives 8-14 taps of 200-900 t a day: a window shorter than a day calls a healthy one low.
    "blast_furnace": PaceLimit(24, 85.0, 92.0),
    "coke_battery": PaceLimit(12, 90.0, 95.0),
    "converter": PaceLimit(12, 85.0, 92.0),
    "caster": PaceLimit(4, 85.0, 92.0),
    "hot_strip_mill": PaceLimit(4, 80.0, 88.0),
    "mine": PaceLimit(12, 75.0, 85.0),
}


@dataclass(frozen=True, slots=True)
class OutputLimits:
    """All limits of a plant: `pace` by kind, `units` by single unit in place of their kind's.

    `forecast_*_pct`: what the month is forecast to give, against its plan.
    """

    pace: Mapping[str, PaceLimit] = field(default_factory=lambda: dict(PACE_BY_KIND))
    forecast_warn_pct: float = 97.0
    forecast_major_pct: float = 95.0
    units: Mapping[str, PaceLimit] = field(default_factory=dict)

    def of_kind(self, kind: str) -> PaceLimit:
        """The limit of units of this kind."""
        return self.pace.get(kind, DEFAULT_PACE)

    def of_unit(self, code: str, kind: str) -> PaceLimit:
        """The limit of one unit: its own, else that of its kind."""
        return self.units.get(code) or self.of_kind(kind)
