"""When a unit belongs to the works."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InService:
    """The production dates on which a unit belongs to the works, both included; None: without end."""

    first: date | None = None
    last: date | None = None

    @property
    def is_always(self) -> bool:
        """Whether nothing limits it."""
        return self.first is None and self.last is None

    def holds(self, day: int) -> bool:
        """Whether the unit belongs to the works on production date `day` (an ordinal)."""
        return (self.first is None or day >= self.first.toordinal()) and (
            self.last is None or day <= self.last.toordinal()
        )
