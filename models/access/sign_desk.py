"""How people sign the figures of a day at the desk, as a Protocol that the command's wiring fulfils."""

from dataclasses import dataclass
from typing import Protocol

from models.access.user import Right, User
from models.stated.signature import WORKS, DaySignature, JudgedScope


def may_sign(user: User, scope: str) -> bool:
    """Whether the person may sign for a shop, or for the works: the latter takes the right for all shops."""
    return user.may(Right.SIGN_WORKS) if scope == WORKS else user.may(Right.SIGN_SHOP, scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusualOfScope:
    """What the person who signs should know. `incomplete`: units with the percent of their readings that is known.
    `without_figure`: (unit, product) that had a plan and of which nobody knows the output. `unreasoned_h`: hours of
    standstill without a reason. `held`: readings of the day that were not believed and wait for a decision.
    """

    incomplete: tuple[tuple[str, float], ...] = ()
    without_figure: tuple[tuple[str, str], ...] = ()
    unreasoned_h: float = 0.0
    held: int = 0


@dataclass(frozen=True, slots=True)
class ScopeToSign:
    """A shop or the works, with its signature and what is unusual in the day."""

    judged: JudgedScope
    unusual: UnusualOfScope


@dataclass(frozen=True, slots=True)
class DayToSign:
    """A production date (ordinal). `over_ns`: when it is over in every shop (UTC); `is_over`: it is. `scopes`: those
    that have figures, the works last."""

    day: int
    over_ns: int
    is_over: bool
    scopes: tuple[ScopeToSign, ...]


@dataclass(frozen=True, slots=True)
class AskedSignature:
    """`seen`: the digest of the figures that the person looked at (`JudgedScope.seen`)."""

    day: int
    scope: str
    seen: str
    note: str = ""


class SignDesk(Protocol):
    """Each call blocks, and raises ActionRefused: for what the user may not do too, whatever the page offered."""

    def day(self, day: int) -> DayToSign:
        """What of a production date (ordinal) is signed, and what stands to be."""
        ...

    def sign(self, user: User, asked: AskedSignature) -> DaySignature:
        """Sign the figures that the user saw. Refused if the day is not over, others changed them or signed meanwhile,
        or, for the works, while a shop has not signed."""
        ...
