"""What a program may read of the works, and until when: a token of the API, and how the desk asks for one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

USUAL_DAYS = 90
"""A quarter: long enough for a spreadsheet of a season, short enough that a forgotten token ends by itself."""
MOST_DAYS = 366
"""A token of a program that nobody looks after any more must not outlive the year in which somebody knew of it."""


class TokenScope(StrEnum):
    """What a token may read."""

    FIGURES = "read:figures"
    GROWTH = "read:growth"
    PLANS = "read:plans"
    STATES = "read:states"
    STOPS = "read:stops"
    ALERTS = "read:alerts"
    REPORTS = "read:reports"
    RECEIPTS = "read:receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """`id`: its number, which is no secret. `shops`: codes of the shops of which it reads; empty: the whole works.

    Instants are UTC nanoseconds. `ended_ns` None: nobody ended it.
    """

    id: str
    name: str
    scopes: tuple[TokenScope, ...]
    shops: tuple[str, ...]
    author: str
    made_ns: int
    expires_ns: int
    ended_ns: int | None = None

    def holds(self, now_ns: int) -> bool:
        """Whether it may be used at an instant."""
        return self.ended_ns is None and now_ns < self.expires_ns

    def may_see(self, shop: str) -> bool:
        """Whether it reads what concerns a shop; "all" and "" are of the whole works."""
        return not self.shops or shop in self.shops


class TokenAccess(Protocol):
    """Blocks; safe to call from any thread. Each call looks at what holds now."""

    def token_of(self, secret: str) -> ApiToken | None:
        """The token with that secret; None for one that is none, has ended or has expired."""
        ...
