"""Scenarios in which a drop is felt downstream, and the published cases.

Labels here name what was done to the works. What follows downstream inside the simulated works is found by running it
without the disturbance too (`benchmarks.drops.consequences`). What the simulated works does not model, such as furnaces
that starve for sinter, is done to it and labelled here.
"""

from dataclasses import dataclass
from datetime import date

from benchmarks.drops.draft import (
    CASTERS,
    COAL,
    COKE,
    CONVERTER,
    FEW_SLABS,
    FURNACES,
    STEEL,
    WHOLE,
    WITH_MILL,
    Drafts,
    ScenarioFrame,
    done,
    dropped,
)
from benchmarks.drops.drafts_of_drops import pace_lower_pct
from benchmarks.drops.scenario import HELD_OUT, HOUR_S, TUNING, ScenarioKind, What
from models.detection.finding import FindingKind


@dataclass(frozen=True, slots=True)
class _Root:
    """A drop upstream. `slow_pct` None is a standstill; "shop" stands for the converters."""

    target: tuple[str, ...]
    hours: float
    slow_pct: int | None
    units: tuple[str, ...]
    few_slabs: bool = False


ROOTS = {
    TUNING: (
        _Root(("bf3",), 20, None, STEEL),
        _Root(("bf3",), 48, 40, STEEL),
        _Root(("shop",), 9, None, WITH_MILL),
        _Root(("mine1",), 40, None, COAL),
        _Root(CASTERS, 40, None, WITH_MILL, few_slabs=True),
    ),
    HELD_OUT: (
        _Root(("bf3",), 30, None, WITH_MILL),
        _Root(("bf2", "bf4"), 24, None, STEEL),
        _Root(("bf3",), 60, 50, STEEL),
        _Root(("shop",), 12, None, STEEL),
        _Root(("shop",), 48, 40, STEEL),
        _Root(("mine1",), 48, None, COAL),
        _Root(("mine1", "mine2"), 60, 40, COAL),
        _Root(CASTERS, 44, None, WITH_MILL, few_slabs=True),
        _Root(("bf3",), 60, None, WITH_MILL, few_slabs=True),
    ),
}
STARVED = {
    TUNING: (("sinter1", ("sinter1",), 36, 30, 6.0),),
    HELD_OUT: (("sinter1", ("sinter1",), 48, 40, 5.0), ("coke", COKE, 60, 25, 9.0)),
}
"""Name, units that stop, hours, how many percent slower all furnaces become by it, and after how many hours."""


def consequences(drafts: Drafts, part: str) -> None:
    """A long drop upstream, and what follows from it."""
    for root in ROOTS[part]:
        works = FEW_SLABS[part] if root.few_slabs else ""
        place = drafts.place(ScenarioKind.CONSEQUENCE, part, "-".join(root.target), 7, works)
        start_s = place.minute(50.0, 58.0)
        shop = root.target == ("shop",)
        units = place.working if shop else root.target
        if root.slow_pct is None:
            kind, done_to = FindingKind.STOP, done(What.STOP, units, start_s, root.hours)
        else:
            lower = pace_lower_pct(place.parameters, root.target[0], root.slow_pct)
            kind, done_to = FindingKind.SLOW, done(What.SLOW, CONVERTER if shop else units, start_s, root.hours, lower)
        size_pct = root.slow_pct or 100
        labelled = [units] if shop else [(unit,) for unit in units]
        drafts.add(
            place, root.units, done_to, [dropped(kind, each, start_s, root.hours, size_pct) for each in labelled]
        )
    for name, units, hours, slow_pct, after_h in STARVED[part]:
        place = drafts.place(ScenarioKind.CONSEQUENCE, part, f"{name}-furnaces", 7)
        start_s = place.minute(50.0, 58.0)
        starved_s = start_s + round(after_h * HOUR_S)
        drafts.add(
            place,
            (*units, *STEEL),
            [
                *done(What.STOP, units, start_s, hours),
                *done(What.SLOW, FURNACES, starved_s, hours - after_h + 2, slow_pct),
            ],
            [
                *(dropped(FindingKind.STOP, (unit,), start_s, hours) for unit in units),
                *(
                    dropped(FindingKind.SLOW, (unit,), starved_s, hours - after_h + 2, slow_pct, causes=units)
                    for unit in FURNACES
                ),
            ],
        )


def published(drafts: Drafts, part: str) -> None:
    """The three published cases, with the works' own tonnes."""
    if part != HELD_OUT:
        return
    _conveyor_fire(drafts, drafts.place(ScenarioKind.PUBLISHED, part, "conveyor_fire", 10))
    _oxygen(drafts, drafts.place(ScenarioKind.PUBLISHED, part, "oxygen", 12))
    _month(drafts, drafts.place(ScenarioKind.PUBLISHED, part, "month", 42))


def _conveyor_fire(drafts: Drafts, place: ScenarioFrame) -> None:
    """One small furnace is left, 1,900 t of pig iron a day. The mill stands within the hour for lack of gas."""
    start_s, hours, gone = place.minute(50.0, 58.0), 120.0, ("bf3", "bf4")
    mill_s = start_s + 45 * 60
    drafts.add(
        place,
        WHOLE,
        [*done(What.STOP, gone, start_s, hours), *done(What.STOP, ("hsm",), mill_s, hours)],
        [
            *(dropped(FindingKind.STOP, (unit,), start_s, hours) for unit in gone),
            dropped(FindingKind.STOP, ("hsm",), mill_s, hours, causes=gone),
        ],
    )


def _oxygen(drafts: Drafts, place: ScenarioFrame) -> None:
    """Converters and rolling stand at once, the furnaces continue on slow blast: the first week of two months."""
    start_s, hours = place.minute(50.0, 58.0), 168.0
    drafts.add(
        place,
        WITH_MILL,
        [
            *done(What.STOP, (*CONVERTER, "hsm"), start_s, hours),
            *done(What.SLOW, FURNACES, start_s + 2 * HOUR_S, hours - 2, 45.0),
        ],
        [
            dropped(FindingKind.STOP, place.working, start_s, hours),
            dropped(FindingKind.STOP, ("hsm",), start_s, hours),
            *(dropped(FindingKind.SLOW, (unit,), start_s + 2 * HOUR_S, hours - 2, 45.0) for unit in FURNACES),
        ],
    )


def _month(drafts: Drafts, place: ScenarioFrame) -> None:
    """One furnace of three is out from 4 July to 5 August 2015, without a plan."""
    place.start = date(2015, 7, 1)
    start_s, hours = 3 * 24 * HOUR_S + 9 * HOUR_S, 32 * 24.0
    drafts.add(
        place, STEEL, done(What.STOP, ("bf4",), start_s, hours), [dropped(FindingKind.STOP, ("bf4",), start_s, hours)]
    )
