"""What a place made from 1 January to the begin of a month: asked anew for each day of the month, worked out once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.books.overlaps import Amount
from models.works.month import year_start
from models.works.place import Place


@dataclass(slots=True)
class YearBefore:
    """`total`: what a place made from a day to another one (ordinals)."""

    total: Callable[[Place, int, int], Amount]
    _known: dict[int, dict[Place, int | None]] = field(default_factory=dict)

    def grams(self, place: Place, month: int) -> int | None:
        """None if a day before that month is not known."""
        known = self._known.setdefault(month, {})
        if place not in known:
            year = year_start(month)
            found = self.total(place, year, month) if month > year else Amount(0, whole=True)
            known[place] = found.grams if found.whole else None
        return known[place]

    def invalidate(self, days: Sequence[int]) -> None:
        """Days changed, and with them what was made before each later month."""
        self._known = {month: known for month, known in self._known.items() if not days or month <= min(days)}
