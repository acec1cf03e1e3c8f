"""A unit's state as a row of unit_state, and as the desk shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.detection.unit_status import UnitStatus
from models.works.codes import UnitState
from models.works.table import FieldValue, Row, RowKey

STATE_TABLE = "unit_state"
NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNow:
    """One unit at `at_s` (UTC seconds), in its state since `since_s`. `evidence`: a sentence by language.

    Tonnes an hour are None if they are not known; `cause_unit` is "" if the state is the unit's own.
    """

    unit: str
    shop: str
    product: str
    at_s: int
    since_s: int
    state: UnitState
    severity: int
    expected_t_per_h: float | None
    actual_t_per_h: float | None
    drop_pct: float | None
    cause_unit: str
    evidence: Mapping[str, str]

    @staticmethod
    def of(status: UnitStatus, at_s: int, evidence: Mapping[str, str]) -> "UnitNow":
        """The status with its words."""
        return UnitNow(
            unit=status.unit.code,
            shop=status.unit.shop,
            product=status.unit.product,
            at_s=at_s,
            since_s=status.judgement.since_s,
            state=status.judgement.state,
            severity=status.severity,
            expected_t_per_h=status.expected_t_per_h,
            actual_t_per_h=status.actual_t_per_h,
            drop_pct=status.drop_pct,
            cause_unit=status.cause_unit,
            evidence=evidence,
        )

    def row(self, site: str) -> Row:
        """The point of unit_state at the end of the slot. A field that is not known is absent.

        `own` is 1 if the state is the unit's own: InfluxQL cannot ask for rows without a `cause_unit`.
        """
        fields: dict[str, FieldValue] = {
            "state": int(self.state),
            "severity": self.severity,
            "own": int(not self.cause_unit),
        }
        for name in ("expected_t_per_h", "actual_t_per_h", "drop_pct"):
            value = getattr(self, name)
            if value is not None:
                fields[name] = float(value)
        for name in ("product", "cause_unit"):
            if getattr(self, name):
                fields[name] = getattr(self, name)
        fields |= {f"evidence_{language}": sentence for language, sentence in self.evidence.items()}
        tags = {"site": site, "shop": self.shop, "unit": self.unit}
        return Row(RowKey.of(STATE_TABLE, self.at_s * NS, tags), fields)
