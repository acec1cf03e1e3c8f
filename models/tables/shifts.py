"""Which shifts there are: shops that share a calendar share their shifts. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from models.tables.hour_rows import Shift
from models.works.calendar import production_day, shifts_of
from models.works.plant import Calendar, Plant


def shops_by_calendar(plant: Plant) -> dict[Calendar, tuple[str, ...]]:
    """The shops that share each calendar."""
    found: dict[Calendar, tuple[str, ...]] = {}
    for code, shop in plant.shops.items():
        found[shop.calendar] = (*found.get(shop.calendar, ()), code)
    return found


def shifts_within(calendars: Mapping[Calendar, tuple[str, ...]], start_ns: int, end_ns: int) -> Iterator[Shift]:
    """The shifts that share an instant with [start_ns, end_ns), each with the shops that keep it."""
    for calendar, shops in calendars.items():
        first, last = (production_day(calendar, at_ns).toordinal() for at_ns in (start_ns, max(end_ns - 1, start_ns)))
        for day in range(first, last + 1):
            for number, (low, high) in enumerate(shifts_of(calendar, date.fromordinal(day)), start=1):
                if low < end_ns and high > start_ns:
                    yield Shift(low, high, str(number), shops)


def shifts_of_day(plant: Plant, day: int, number: int) -> list[Shift]:
    """The shift of that number (from 1 on) of production date `day` (an ordinal), once a calendar that has it."""
    found: list[Shift] = []
    for calendar, shops in shops_by_calendar(plant).items():
        spans = shifts_of(calendar, date.fromordinal(day))
        if number <= len(spans):
            found.append(Shift(*spans[number - 1], str(number), shops))
    return found


def most_shifts(plant: Plant) -> int:
    """How many shifts a day has, in the shop that has most."""
    return max(len(shop.calendar.shift_starts) for shop in plant.shops.values())
