"""Where the page of gas and fuel has its days from: the wiring reads them from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.heat.fuel_report import FuelReport
from models.heat.gas_phases import GasPhase


@dataclass(frozen=True, slots=True)
class FuelOfMonth:
    """The fuel of a month, the phases of the move to gas as they are now, and today's date (an ordinal)."""

    report: FuelReport
    phases: Sequence[GasPhase]
    today: int


class FuelDays(Protocol):
    """What is known of fuel."""

    def is_declared(self) -> bool:
        """Whether the works says what it burns."""
        ...

    def month(self, first: int) -> FuelOfMonth:
        """The month that begins on `first` (an ordinal), one that runs as far as it is over. Reads the ledger; from any
        thread."""
        ...
