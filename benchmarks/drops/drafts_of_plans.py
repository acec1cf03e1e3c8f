"""Scenarios in which all goes by plan: repairs, ramp-ups and quiet months. And repairs that last too long."""

from benchmarks.drops.draft import BESIDE, CONVERTER, FURNACES, WHOLE, Drafts, ScenarioFrame, done, dropped
from benchmarks.drops.drafts_of_drops import who
from benchmarks.drops.scenario import HELD_OUT, HOUR_S, MINUTE_S, TUNING, ScenarioKind, ScenarioRepair, What
from models.detection.finding import FindingKind

REPAIRS = {
    TUNING: (
        ("bf3", 30),
        ("bf2", 18),
        ("shop", 8),
        ("cast1", 12),
        ("hsm", 10),
        ("coke1", 12),
        ("mine1", 20),
        ("sinter1", 16),
    ),
    HELD_OUT: (
        ("bf4", 26),
        ("bf3", 44),
        ("bf2", 14),
        ("shop", 10),
        ("converter", 16),
        ("cast2", 14),
        ("cast1", 20),
        ("hsm", 12),
        ("coke2", 20),
        ("mine2", 26),
        ("sinter1", 10),
        ("washery", 12),
        ("chp", 8),
    ),
}
"""Target and hours of the repair."""
OVERRUNS = {
    TUNING: (("bf3", 16), ("hsm", 9), ("coke1", 12), ("sinter1", 14)),
    HELD_OUT: (
        ("bf2", 18),
        ("bf4", 12),
        ("bf3", 20),
        ("hsm", 8),
        ("coke2", 10),
        ("shop", 8),
        ("sinter1", 12),
        ("mine2", 8),
    ),
}
OVERRUN_H = (2.6, 3.4)
RAMPS = {
    TUNING: (("bf3", 24, 48), ("bf2", 48, 36), ("bf4", 36, 24), ("hsm", 1, 10)),
    HELD_OUT: (
        ("bf3", 36, 40),
        ("bf2", 24, 30),
        ("bf4", 60, 48),
        ("bf3", 48, 30),
        ("hsm", 1, 12),
        ("hsm", 0.75, 9),
        ("bf2", 60, 40),
    ),
}
"""Target, hours of the ramp-up, hours of the repair before it."""
LOWEST_PCT = 30.0
QUIET_MONTHS = {TUNING: 6, HELD_OUT: 9}
QUIET_DAYS = 30


def beside(target: str) -> tuple[str, ...]:
    """The units to simulate: none downstream of a standstill, for which they would need a plan of their own."""
    if target in ("shop", "converter"):
        return (*FURNACES, *CONVERTER)
    if target.startswith("mine"):
        return ("mine1", "mine2")
    return BESIDE[target]


def repairs(drafts: Drafts, part: str) -> None:
    """A unit stands within its approved repair and comes back in time."""
    for target, hours in REPAIRS[part]:
        place = drafts.place(ScenarioKind.REPAIR, part, target, 5)
        start_s, units = _begin(place, target), who(place, target)
        stopped_s = start_s + 20 * MINUTE_S
        drafts.add(
            place,
            beside(target),
            done(What.STOP, units, stopped_s, hours - 0.75),
            repairs=[_repair(unit, start_s, hours) for unit in units],
        )


def overruns(drafts: Drafts, part: str) -> None:
    """A repair that lasts some hours longer than approved, by more than a tenth."""
    for target, hours in OVERRUNS[part]:
        place = drafts.place(ScenarioKind.OVERRUN, part, target, 5)
        start_s, units = _begin(place, target), who(place, target)
        over_h = place.random.randint(round(OVERRUN_H[0] * 60), round(OVERRUN_H[1] * 60)) / 60
        drafts.add(
            place,
            beside(target),
            done(What.STOP, units, start_s, hours + over_h),
            [dropped(FindingKind.OVERRUN, units, start_s + hours * HOUR_S, over_h)],
            [_repair(unit, start_s, hours) for unit in units],
        )


def _begin(place: ScenarioFrame, target: str) -> int:
    """A mine's repair begins after its repair shift, so that its end, or its overrun, is in working hours."""
    return 50 * HOUR_S if target == "mine2" else place.minute(46.0, 58.0)


def _repair(unit: str, start_s: int, hours: float) -> ScenarioRepair:
    return ScenarioRepair(unit=unit, start_s=start_s, end_s=start_s + round(hours * HOUR_S))


def ramp_ups(drafts: Drafts, part: str) -> None:
    """After its repair a furnace takes days to come back to its pace, a mill an hour."""
    for target, ramp_h, hours in RAMPS[part]:
        place = drafts.place(ScenarioKind.RAMP_UP, part, target, 8)
        start_s = place.minute(46.0, 58.0)
        end_s = start_s + hours * HOUR_S
        drafts.add(
            place,
            BESIDE[target],
            [
                *done(What.STOP, (target,), start_s, hours),
                *done(What.RAMP, (target,), end_s, ramp_h, LOWEST_PCT),
            ],
            repairs=[_repair(target, start_s, hours)],
        )


def quiet_months(drafts: Drafts, part: str) -> None:
    """The whole works for a month in which nothing happens but noise, repair shifts and relinings."""
    for _ in range(QUIET_MONTHS[part]):
        drafts.add(drafts.place(ScenarioKind.QUIET, part, "works", QUIET_DAYS), WHOLE)
