"""Output drops that were found, as they are kept: for the record, and for the hours of unplanned standstill."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.detection.finding import FindingKind

STANDING = (FindingKind.STOP, FindingKind.OVERRUN)
"""The kinds of drop in which a unit makes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputDrop:
    """A stop, an overrun or a slow-down of `unit` over [start_s, end_s) (UTC seconds); `end_s` None: it lasts.

    `cause_unit`: upstream, "" for its own; `evidence`: a sentence by language.
    """

    unit: str
    product: str
    kind: FindingKind
    severity: int
    start_s: int
    end_s: int | None
    cause_unit: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)

    @property
    def stands(self) -> bool:
        """Whether the unit made nothing."""
        return self.kind in STANDING
