"""How people enter repairs at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Callable, Sequence
from typing import Protocol

from models.access.user import User
from models.stated.plan import Repair
from models.works.localize import Language


class RepairDesk(Protocol):
    """Each call blocks, and raises ActionRefused: for what the user may not do too, whatever the page offered.

    `recorded_ns` of a repair that is given is that of the word which the user saw, 0 for a new one.
    """

    def repairs(self, shop: str, span_ns: tuple[int, int] | None = None) -> Sequence[Repair]:
        """Those of a shop that stand, by their begin: such as share an instant with [start_ns, end_ns) (UTC), or if no
        span is given such as ended within the last month, run or are to come."""
        ...

    def unusual(self, repair: Repair) -> Sequence[Callable[[Language], str]]:
        """What a person is asked before it is stored."""
        ...

    def put(self, user: User, repair: Repair) -> str:
        """Enter a repair, or move the one of its name; the same one is entered once. Its name."""
        ...

    def withdraw(self, user: User, repair: Repair) -> None:
        """Take it back: its time counts as available again. Both words stay on record."""
        ...
