"""What is reported of one unit at one instant, before it is put into words.

A record: the state is decided in `unit_watch`, by `data_faults`, `stop_rules` and `slow_rules` in this order.
"""

from dataclasses import dataclass

from models.detection.judgement import Judgement
from models.detection.watched import WatchedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStatus:
    """One unit at one instant. `cause_unit`: upstream, "" for its own; `severity` 0 none, 1 (P1) to 4 (P4).

    `expected_t_per_h` and `actual_t_per_h` are None if they are not known.
    """

    unit: WatchedUnit
    judgement: Judgement
    severity: int
    cause_unit: str = ""
    expected_t_per_h: float | None = None
    actual_t_per_h: float | None = None

    @property
    def drop_pct(self) -> float | None:
        """How much of what is expected is missing, in percent; None if that is not known or nothing is expected."""
        if not self.expected_t_per_h or self.actual_t_per_h is None:
            return None
        return 100.0 * (1.0 - self.actual_t_per_h / self.expected_t_per_h)
