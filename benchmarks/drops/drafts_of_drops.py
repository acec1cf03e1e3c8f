"""Scenarios of stops, slow-downs and drifts."""

from benchmarks.drops.draft import (
    BESIDE,
    CASTERS,
    CONVERTER,
    FURNACES,
    Drafts,
    ScenarioFrame,
    done,
    dropped,
    optional,
    to_the_end,
)
from benchmarks.drops.expected import rates_t_per_h
from benchmarks.drops.scenario import DAY_S, HELD_OUT, TUNING, ScenarioKind, What
from benchmarks.drops.works_parameters import PARAMETERS
from collector.simulation.nodes import CASTING
from collector.simulation.steelmaking import USUAL_SPACING_S
from models.detection.finding import FindingKind

STOP_HOURS = {
    "bf2": (1.5, 9.0, 4.0),
    "bf3": (0.75, 5.0, 12.0),
    "bf4": (2.0, 10.0, 0.75),
    "shop": (3.0, 8.0, 5.0),
    "converter": (9.0, 14.0, 11.0),
    "cast1": (5.0, 9.0, 6.0),
    "cast2": (6.0, 5.0, 8.0),
    "hsm": (1.5, 5.0, 3.0),
    "coke1": (2.0, 6.0, 4.0),
    "coke2": (3.0, 1.5, 8.0),
    "sinter1": (2.0, 8.0, 4.0),
    "washery": (2.5, 8.0, 4.0),
    "mine1": (2.0, 4.0, 3.0),
    "mine2": (3.0, 2.0, 4.0),
    "chp": (1.0, 4.0, 0.5),
}
"""Hours of each stop, one scenario an entry. The tuning part has the first two."""
STOP_FROM_H = {"mine1": (62.5, 66.0), "mine2": (49.0, 57.5)}
"""Mines stop outside their repair shift."""
STOPS = {TUNING: 2, HELD_OUT: 3}

SLOW_TARGETS = ("bf3", "bf2", "bf4", "shop", "cast1", "cast2", "hsm", "coke1", "mine1", "sinter1", "washery")
SLOW_PCT = {TUNING: (10, 20, 30, 50), HELD_OUT: (10, 15, 20, 25, 30, 40, 50)}
SLOW_H = {"cast1": 12.0, "cast2": 12.0, "hsm": 12.0}
HEAT_SLOW_PCT = {TUNING: (40,), HELD_OUT: (30, 50)}

DRIFTS = {
    TUNING: (("bf3", 4), ("bf2", 7), ("bf4", 10), ("coke1", 5), ("mine1", 8), ("sinter1", 6), ("coke2", 3), ("bf3", 6)),
    HELD_OUT: (
        ("bf3", 3),
        ("bf2", 5),
        ("bf4", 7),
        ("bf3", 10),
        ("coke1", 4),
        ("coke2", 8),
        ("mine1", 10),
        ("mine2", 6),
        ("sinter1", 5),
        ("sinter1", 9),
        ("bf2", 9),
        ("bf4", 4),
    ),
}
DRIFT_DAYS = 84
DRIFT_OVER_H = 10 * 24.0


def who(place: ScenarioFrame, target: str) -> tuple[str, ...]:
    """The units that a target stands for. Any of them may be named."""
    if target == "shop":
        return place.working
    if target == "converter":
        return (place.random.choice(place.working),)
    return (target,)


def stops(drafts: Drafts, part: str) -> None:
    """One unit, or all working converters, stand for some hours."""
    for target, hours in STOP_HOURS.items():
        for each in hours[: STOPS[part]]:
            place = drafts.place(ScenarioKind.STOP, part, target, 4)
            start_s = place.minute(*STOP_FROM_H.get(target, (50.0, 60.0)))
            units = who(place, target)
            drafts.add(
                place,
                BESIDE[target],
                done(What.STOP, units, start_s, each),
                [dropped(FindingKind.STOP, units, start_s, each)],
            )


def slow_downs(drafts: Drafts, part: str) -> None:
    """One unit, or all converters, work at a lower pace. Every second slow furnace makes less iron of a full blast."""
    for target in SLOW_TARGETS:
        for number, size_pct in enumerate(SLOW_PCT[part]):
            hours = SLOW_H.get(target, 48.0)
            place = drafts.place(ScenarioKind.SLOW, part, f"{target}-{size_pct}", 6 if hours > 12 else 4)
            start_s = place.minute(50.0, 60.0)
            units = CONVERTER if target == "shop" else (target,)
            what = What.YIELD if target in FURNACES and number % 2 else What.SLOW
            drafts.add(
                place,
                BESIDE[target],
                done(what, units, start_s, hours, pace_lower_pct(place.parameters, target, size_pct)),
                [dropped(FindingKind.SLOW, who(place, target), start_s, hours, size_pct)],
            )
    for size_pct in HEAT_SLOW_PCT[part]:
        place = drafts.place(ScenarioKind.SLOW, part, f"chp-{size_pct}", 4)
        start_s = place.minute(50.0, 60.0)
        drafts.add(
            place,
            BESIDE["chp"],
            done(What.SLOW, ("chp",), start_s, 12.0, size_pct),
            [optional(dropped(FindingKind.SLOW, ("chp",), start_s, 12.0, size_pct))],
        )


def pace_lower_pct(parameters: str, target: str, size_pct: float) -> float:
    """How many percent lower the pace has to be for an output that is `size_pct` lower: casters that wait for steel
    have pace to spare."""
    works, rates = PARAMETERS[parameters], rates_t_per_h(parameters)
    if target in CASTERS:
        fastest_t_per_h = works.cast_t_per_h * CASTING.t_per_t
    elif target == "shop":
        fastest_t_per_h = works.heat_t / USUAL_SPACING_S * 3600 / 2
    else:
        return size_pct
    rate = rates[target if target in CASTERS else CONVERTER[0]]
    return round(100 - (100 - size_pct) * rate / fastest_t_per_h, 1)


def drifts(drafts: Drafts, part: str) -> None:
    """After forty quiet days comes a small loss that stays: at once, or growing over ten days."""
    for number, (target, size_pct) in enumerate(DRIFTS[part]):
        place = drafts.place(ScenarioKind.DRIFT, part, f"{target}-{size_pct}", DRIFT_DAYS)
        start_s = place.minute(40 * 24.0, 42 * 24.0)
        at_once = number % 2 == 0
        furnace = target in FURNACES
        if at_once:
            what, hours = (What.YIELD if furnace else What.SLOW), to_the_end(place, start_s)
        else:
            what, hours = (What.YIELD_DRIFT if furnace else What.DRIFT), DRIFT_OVER_H
        drafts.add(
            place,
            BESIDE[target][:2] if target in BESIDE[target][:2] else (target,),
            done(what, (target,), start_s, hours, size_pct),
            [dropped(FindingKind.DRIFT, (target,), start_s, (DRIFT_DAYS * DAY_S - start_s) / 3600, size_pct)],
        )
