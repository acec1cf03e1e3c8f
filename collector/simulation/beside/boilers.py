"""Boilers and turbines of the power plant, by the calendar: one is in repair in turn, and each week one fails.

As many work as the heat asks for, the others stand in reserve. A boiler that fails is out for a day and a half; people
state its repair, as they state the planned ones. The coal is stated at the end of each day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, cos, pi
from random import Random

from collector.simulation.unit import ZONE, Instant
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import CHARGED, STOCK, Figure
from models.stated.plan import Repair, RepairKind
from models.works.calendar import stamp_ns
from models.works.place import ALL

BOILERS, TURBINES = 5, 3
BOILER_GCAL_H, TURBINE_GCAL_H = 70.0, 90.0
TURBINE_MW = 40.0
USUAL_SHARE = 0.9
"""Of its full heat a boiler gives this at the most, but for frost: what is above it is the reserve within a boiler."""
REPAIR_DAYS, OVERHAUL_DAYS = 6, 45
"""For so long one boiler is in repair, and one turbine."""
WEEK_DAYS = 7
FAILS_AFTER_H, OUT_H = 2 * 24 + 6, 36
"""From the begin of the week; 1970 began with a Thursday, and the weeks with it."""
PRODUCT, SHOP = "steam_coal", "power"
COAL_T_PER_GCAL = 0.24
STOCK_DAYS = 16.0
"""What lies there lasts so long after a train came; each week one brings what was burned."""
_DAY_H = 24.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Outage:
    """Boiler `number` (from 1) is out in [start_h, end_h), local hours since 1970."""

    number: int
    start_h: float
    end_h: float


def node(tag: str) -> str:
    """Where the power plant's controller has a load."""
    return f"CHP.{tag.partition('.')[0].capitalize()}.Load"


def boiler_in_repair(local_day: int) -> int:
    """The number of the boiler in its planned repair."""
    return local_day // REPAIR_DAYS % BOILERS + 1


def turbine_in_overhaul(local_day: int) -> int:
    """The number of the turbine in its overhaul."""
    return local_day // OVERHAUL_DAYS % TURBINES + 1


def outage(week: int) -> Outage:
    """What fails in a week since 1970: a boiler that is in no repair meanwhile."""
    start_h = week * WEEK_DAYS * _DAY_H + FAILS_AFTER_H
    end_h = start_h + OUT_H
    busy = {boiler_in_repair(int(at_h // _DAY_H)) for at_h in (start_h, end_h)}
    sound = [number for number in range(1, BOILERS + 1) if number not in busy]
    return Outage(sound[week % len(sound)], start_h, end_h)


def shown(seed: int, time_s: int) -> dict[str, float]:
    """The load of each boiler (Gcal/h) and turbine (MW) at UTC second `time_s`, by its tag."""
    now = Instant.of(time_s)
    random = Random(f"{seed}:boilers:{time_s // 60}")
    out = {boiler_in_repair(now.local_day), *_failed(now)}
    able = [number for number in range(1, BOILERS + 1) if number not in out]
    heat = _usual_heat(now.local_day)
    working = able[: ceil(heat / (BOILER_GCAL_H * USUAL_SHARE))]
    loads = {
        f"boiler{number}.load": heat / len(working) * random.gauss(1, 0.01) if number in working else 0.0
        for number in range(1, BOILERS + 1)
    }
    overhauled = turbine_in_overhaul(now.local_day)
    loads |= {
        f"turbine{number}.load": 0.0 if number == overhauled else TURBINE_MW * random.gauss(1, 0.01)
        for number in range(1, TURBINES + 1)
    }
    return {tag: round(load, 2) for tag, load in loads.items()}


def _failed(now: Instant) -> Iterator[int]:
    at_h = now.local_day * _DAY_H + now.local_hour
    found = outage(now.local_day // WEEK_DAYS)
    if found.start_h <= at_h < found.end_h:
        yield found.number


def _usual_heat(local_day: int) -> float:
    """Gcal/h, as collector/simulation/power.py has it in the mean of a day."""
    cold = 0.5 + 0.5 * cos(2 * pi * (local_day % 365.25 - 15) / 365.25)
    return (2600 + 1600 * cold) * (25.5 + 18 * cold) / 1000


def repairs(first: int, end: int, known_h: float) -> Iterator[Repair]:
    """Repairs that share time with the local days [first, end) since 1970: planned ones, and those of what had failed
    by the local hour `known_h`."""
    for days in _blocks(first, end, REPAIR_DAYS):
        yield _repair(f"boiler{boiler_in_repair(days.start)}", (days.start * _DAY_H, days.stop * _DAY_H))
    for days in _blocks(first, end, OVERHAUL_DAYS):
        turbine = f"turbine{turbine_in_overhaul(days.start)}"
        yield _repair(turbine, (days.start * _DAY_H, days.stop * _DAY_H), RepairKind.CAPITAL)
    for days in _blocks(first, end, WEEK_DAYS):
        found = outage(days.start // WEEK_DAYS)
        if found.start_h <= known_h:
            yield _repair(f"boiler{found.number}", (found.start_h, found.end_h))


def _blocks(first: int, end: int, length: int) -> Iterator[range]:
    """The spans of so many days, counted from 1970, that share a day with [first, end)."""
    for start in range(first // length * length, end, length):
        yield range(start, start + length)


def _repair(unit: str, hours: tuple[float, float], kind: RepairKind = RepairKind.CURRENT) -> Repair:
    start_ns, end_ns = (_stamp_ns(at_h) for at_h in hours)
    return Repair(
        name=f"{unit}-{date.fromordinal(_EPOCH + int(hours[0] // _DAY_H)).isoformat()}",
        unit=unit,
        start_ns=start_ns,
        end_ns=end_ns,
        kind=kind,
        approved_by="SIMULATED",
        author="simulated planner",
    )


def _stamp_ns(local_h: float) -> int:
    day, hour = divmod(local_h, _DAY_H)
    return stamp_ns(ZONE, date.fromordinal(_EPOCH + int(day))) + round(hour * 3600) * 10**9


def burned_t(seed: int, local_day: int) -> int:
    """The coal that the boilers burned in a day, as the plant weighs it."""
    return round(_usual_heat(local_day) * _DAY_H * COAL_T_PER_GCAL * Random(f"{seed}:coal:{local_day}").gauss(1, 0.03))


def lying_t(local_day: int) -> int:
    """What lies there when a day ends: a train comes on the first day of each week."""
    return round(_usual_heat(local_day) * _DAY_H * COAL_T_PER_GCAL * (STOCK_DAYS - local_day % WEEK_DAYS))


def coal_figures(seed: int, local_days: Iterable[int]) -> Iterator[Figure]:
    """What was stated of the coal at the end of each of these days."""
    for day in local_days:
        start_ns, end_ns = _stamp_ns(day * _DAY_H), _stamp_ns((day + 1) * _DAY_H)
        for first_ns, tonnes, basis in ((start_ns, burned_t(seed, day), CHARGED), (end_ns, lying_t(day), STOCK)):
            yield Figure(
                start_ns=first_ns, end_ns=end_ns, shop=SHOP, unit=ALL, product=PRODUCT, basis=basis,
                grams=tonnes * GRAMS_PER_TONNE, origin="simulated surveyor",
            )  # fmt: skip


def coal_lines(seed: int, local_days: Iterable[int]) -> Iterator[str]:
    """The same as lines of the form of stocks."""
    for day in local_days:
        first, end = (date.fromordinal(_EPOCH + each) for each in (day, day + 1))
        yield f"{first},{end},{SHOP},{ALL},{PRODUCT},{burned_t(seed, day)},{CHARGED}"
        yield f"{end},{end},{SHOP},{ALL},{PRODUCT},{lying_t(day)},{STOCK}"
