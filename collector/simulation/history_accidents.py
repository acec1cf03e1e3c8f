"""Accidents of the simulated works, and the people and hours of its months. Every number is made up."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from collector.simulation.history_measures import PUBLISHED_AFTER_DAYS
from models.stated.accident import AccidentWord
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.calendar import HOUR_NS, stamp_ns
from models.works.month import length, month_of, shifted
from models.works.place import ALL
from models.works.plant import Plant

AUTHOR = "simulated safety officer"
_REPORT = "simulated form of the safety department"
_EMPLOYED = {ALL: 11_000, "mines": 3_200, "blast_furnaces": 1_400, "steel": 1_700, "rolling": 1_900}
_HOURS_A_DAY = Decimal("5.2")
"""Of one person, over all days of the calendar: shifts, leave and illness."""
_ACCIDENTS = (
    # days ago, local hour, shop, unit, kind, cause, victims, fatal, days lost, note
    (9, 14, "steel", "bof2", "burn", "", 1, 0, None, "SIMULATED: splash at the tap hole"),
    (47, 3, "mines", "mine1", "rock_fall", "organisation", 2, 0, 31, "SIMULATED: roof of the tail entry"),
    (96, 22, "rolling", "hsm", "moving_part", "rules", 1, 0, 24, "SIMULATED: a guard was taken off"),
    (151, 11, "blast_furnaces", "bf3", "gas", "equipment", 3, 1, 60, "SIMULATED: gas at the charging floor"),
    (205, 16, "mines", "mine2", "transport", "rules", 1, 0, 18, "SIMULATED: underground locomotive"),
    (262, 9, "coke", ALL, "fall_from_height", "protection", 1, 0, 40, "SIMULATED: scaffold"),
    (330, 2, "mines", "mine1", "explosion", "technology", 4, 2, 120, "SIMULATED: flash of methane"),
    (395, 13, "steel", ALL, "falling_object", "workplace", 1, 0, 15, "SIMULATED: below the crane"),
    (460, 10, "mines", "mine2", "rock_fall", "organisation", 2, 1, 52, "SIMULATED: longwall face"),
    (521, 7, "rolling", ALL, "fall_on_level", "workplace", 1, 0, 12, "SIMULATED: oil on the floor"),
    (590, 20, "blast_furnaces", "bf2", "burn", "equipment", 2, 0, 33, "SIMULATED: runner of the cast house"),
    (655, 5, "mines", "mine1", "moving_part", "training", 1, 0, 27, "SIMULATED: belt conveyor"),
)


def history_accidents(plant: Plant, first: int, today: int) -> Sequence[AccidentWord]:
    """Those since the date `first` (ordinals), numbered by year as a works numbers them."""
    found: list[AccidentWord] = []
    numbers: dict[int, int] = {}
    for before, hour, shop, unit, kind, cause, victims, fatal, days_lost, note in reversed(_ACCIDENTS):
        day = today - before
        if day < first or shop not in plant.shops or unit not in (ALL, *plant.units):
            continue
        year = date.fromordinal(day).year
        numbers[year] = numbers.get(year, 0) + 1
        found.append(
            AccidentWord(
                number=f"{numbers[year]}/{year}",
                at_ns=stamp_ns(plant.zone, date.fromordinal(day)) + hour * HOUR_NS,
                shop=shop,
                unit=unit,
                kind=kind,
                cause=cause,
                victims=victims,
                fatal=fatal,
                days_lost=days_lost,
                note=note,
                author=AUTHOR,
            )
        )
    return found


def history_people(first: int, last: int) -> Iterator[StatedMeasure]:
    """People and hours of each whole month since the date `first` that had been reported by the date `last`."""
    month = month_of(first)
    while shifted(month, 1) + PUBLISHED_AFTER_DAYS <= last:
        for place, employed in _EMPLOYED.items():
            hours = (employed * length(month) * _HOURS_A_DAY).to_integral_value()
            yield _stated(place, MeasureKind.EMPLOYED, month, Decimal(employed))
            yield _stated(place, MeasureKind.HOURS_WORKED, month, hours)
        month = shifted(month, 1)


def _stated(place: str, kind: MeasureKind, month: int, value: Decimal) -> StatedMeasure:
    end = shifted(month, 1)
    return StatedMeasure(
        subject=place,
        kind=kind,
        start=month,
        end=end,
        value=value,
        growth_pct=None,
        source=_REPORT,
        stated_on=end + PUBLISHED_AFTER_DAYS,
        author=AUTHOR,
    )
