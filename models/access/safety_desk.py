"""How people enter accidents at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from models.access.user import User
from models.stated.accident import AccidentTerms
from models.tables.accident_rates import StatedSafety
from models.works.table import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAccident:
    """An accident as a person typed it; each field as the same column of a file has it."""

    number: str = ""
    at: str = ""
    place: str = ""
    kind: str = ""
    cause: str = ""
    victims: str = ""
    fatal: str = ""
    days_lost: str = ""
    note: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """By name."""
        return asdict(self)


class SafetyDesk(Protocol):
    """Each call blocks, and raises ActionRefused: for what the user may not do too, whatever the page offered.

    `seen_ns`: when the word of that number was recorded that the user saw; 0: there was none.
    """

    def terms(self) -> AccidentTerms:
        """The kinds and causes of the works."""
        ...

    def safety(self) -> StatedSafety:
        """What holds now."""
        ...

    def workings(self, span_ns: tuple[int, int]) -> Sequence[Row]:
        """The hours of the workings of mines in [start_ns, end_ns) (UTC), as `safety_hour` has them."""
        ...

    def put(self, user: User, typed: TypedAccident, seen_ns: int, *, confirmed: bool) -> None:
        """Enter an accident, or correct the one of its number. The earlier word stays on record. `confirmed`: what is
        asked about is so."""
        ...

    def withdraw(self, user: User, number: str, seen_ns: int) -> None:
        """Take back an accident that was none. Both words stay on record."""
        ...
