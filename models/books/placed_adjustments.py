"""Adjustments at the places whose figures they change, with the day on which the books take them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.stated.adjustment import Adjustment
from models.works.calendar import local_date
from models.works.month import month_of, shifted
from models.works.place import Place, Places, book_place
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class PlacedAdjustment:
    """`day` is the date concerned, `booking_day` the one from which the books of `booked_month` hold the grams.
    `name` is that of the adjustment."""

    day: int
    booking_day: int
    booked_month: int
    grams: int
    name: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the month concerned itself takes it; else that month shows it only when it is restated."""
        return month_of(self.day) == self.booked_month


def placed_adjustments(
    plant: Plant, adjustments: Iterable[Adjustment], places: Places
) -> Mapping[Place, list[PlacedAdjustment]]:
    """By place, its own adjustments and those of its parts."""
    found: dict[Place, list[PlacedAdjustment]] = {}
    for item in adjustments:
        place = book_place(plant, item.shop, item.unit, item.product)
        if place is not None:
            found.setdefault(place, []).append(_placed(plant, item))
    # Shops first: what the site inherits from a shop holds what the shop inherited from its units.
    for level in ("shop", "site"):
        for total, parts in places.parts.items():
            if total.level == level:
                inherited = [item for part in parts for item in found.get(part, ())]
                if inherited:
                    found.setdefault(total, []).extend(inherited)
    return found


def _placed(plant: Plant, item: Adjustment) -> PlacedAdjustment:
    """An adjustment in its own month is booked on its day; in another month, on the day on which it was recorded.

    So the month to date of that month does not change on days that were reported before anyone knew of it.
    """
    day = item.day
    if month_of(day) != item.booked_month:
        recorded = local_date(plant.zone, item.recorded_ns).toordinal()
        day = min(max(recorded, item.booked_month), shifted(item.booked_month, 1) - 1)
    return PlacedAdjustment(item.day, day, item.booked_month, item.grams, item.name)
