"""What is done with the stamps of a source, and what was found wrong with them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from models.counting.validation import FUTURE_TOLERANCE_S
from models.works.calendar import NS


class ClockPolicy(StrEnum):
    """What is done with times of a clock that is wrong."""

    CORRECT = "correct"
    REFUSE = "refuse"
    TRUST = "trust"


class StampState(IntEnum):
    """How the stamps of a tag stand."""

    RIGHT = 0
    CORRECTED = 1  # off by a steady offset, which is taken away
    UNSTEADY = 2  # off by more than the limit, and not by how much
    FROZEN = 3  # other values come under the same stamp
    HELD = 4  # seen once, and old: either it stands, or its clock is wrong


@dataclass(frozen=True, slots=True)
class StampRule:
    """`from_server`: stamps are the server's and not the device's; `from_receipt`: they are this host's."""

    policy: ClockPolicy = ClockPolicy.CORRECT
    limit_ns: int = round(FUTURE_TOLERANCE_S * NS)
    from_server: bool = False
    from_receipt: bool = False

    @property
    def judges(self) -> bool:
        """Whether stamps are compared with this host's clock."""
        return not self.from_receipt and self.policy is not ClockPolicy.TRUST

    @property
    def corrects(self) -> bool:
        """Whether a steady offset is taken away."""
        return not self.from_receipt and self.policy is ClockPolicy.CORRECT


@dataclass(frozen=True, slots=True)
class StampFault:
    """One tag whose stamps are wrong. `offset_s`: its clock minus the host's, as it was last seen.

    `refused`: what comes with such stamps does not count.
    """

    source: str
    tag: str
    state: StampState
    offset_s: float
    since_ns: int
    refused: bool
