"""What all drafts of scenarios share: who works with whom, tolerances, and a list that gives seeds, works and days."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, cycle
from random import Random

from benchmarks.drops.scenario import (
    DAY_S,
    HELD_OUT,
    HOUR_S,
    MINUTE_S,
    TUNING,
    Disturbance,
    Scenario,
    ScenarioKind,
    ScenarioLabel,
    ScenarioRepair,
    What,
)
from collector.simulation.rolling import REPAIR_EVERY_DAYS
from collector.simulation.steelmaking import CONVERTERS, RELINING_DAYS, in_relining
from models.detection.finding import FindingKind

COAL = ("mine1", "mine2", "washery")
COKE = ("coke1", "coke2")
FURNACES = ("bf2", "bf3", "bf4")
CONVERTER = ("bof1", "bof2", "bof3")
CASTERS = ("cast1", "cast2")
STEEL = (*FURNACES, *CONVERTER, *CASTERS)
WITH_MILL = (*STEEL, "hsm")
WHOLE = (*COAL, *COKE, "sinter1", *WITH_MILL, "chp")
BESIDE = {
    "mine1": ("mine1", "mine2"),
    "mine2": ("mine1", "mine2"),
    "washery": COAL,
    "coke1": COKE,
    "coke2": COKE,
    "sinter1": ("sinter1",),
    "bf2": FURNACES,
    "bf3": FURNACES,
    "bf4": FURNACES,
    "cast1": STEEL,
    "cast2": STEEL,
    "hsm": WITH_MILL,
    "chp": ("chp",),
    "shop": STEEL,
    "converter": STEEL,
}
"""The units that a scenario simulates, by what is disturbed ("shop": the working converters, "converter": one)."""

AFTER_S = {"blast_furnace": 28 * HOUR_S, "other": 26 * HOUR_S, "data": 3 * HOUR_S}
"""How long after the end of a label a finding may come: the tonnes of a day are complete only with the next tap, shift
or midnight."""

PARTS = (TUNING, HELD_OUT)
FIRST_SEED = {TUNING: 1_000, HELD_OUT: 500_000}
WORKS = {TUNING: ("usual", "calm"), HELD_OUT: ("big_taps", "small_taps", "noisy")}
FEW_SLABS = {TUNING: "usual_few_slabs", HELD_OUT: "big_taps_few_slabs"}
_FIRST_DAY = date(2025, 1, 11)
_EPOCH = date(1970, 1, 1)
_LONGEST_WITHOUT_REPAIR_SHIFT = 8


class Drafts:
    """Scenarios in the order in which they are added. Each has a seed of its own, and its code gives its start."""

    def __init__(self) -> None:
        self.scenarios: list[Scenario] = []
        self._seeds = {part: count(FIRST_SEED[part]) for part in PARTS}
        self._works = {part: cycle(WORKS[part]) for part in PARTS}

    def place(self, kind: ScenarioKind, part: str, target: str, days: int, parameters: str = "") -> "ScenarioFrame":
        """Where and when the next scenario of this kind happens."""
        number = 1 + sum(scenario.kind is kind and scenario.part == part for scenario in self.scenarios)
        code = f"{kind.value}-{part[0]}{number:02d}-{target}"
        return ScenarioFrame(kind, part, code, parameters or next(self._works[part]), first_day(code, days), days)

    def add(
        self,
        place: "ScenarioFrame",
        units: Sequence[str],
        disturbances: Iterable[Disturbance] = (),
        labels: Iterable[ScenarioLabel] = (),
        repairs: Iterable[ScenarioRepair] = (),
    ) -> None:
        """Enter a scenario at its place."""
        self.scenarios.append(
            Scenario(
                code=place.code,
                kind=place.kind,
                part=place.part,
                seed=next(self._seeds[place.part]),
                parameters=place.parameters,
                start=place.start,
                days=place.days,
                units=tuple(units),
                disturbances=tuple(disturbances),
                repairs=tuple(repairs),
                labels=tuple(labels),
            )
        )


class ScenarioFrame:
    """A scenario before anything happens in it. `random` is its own."""

    def __init__(self, kind: ScenarioKind, part: str, code: str, parameters: str, start: date, days: int) -> None:
        self.kind = kind
        self.part = part
        self.code = code
        self.parameters = parameters
        self.start = start
        self.days = days
        self.random = Random(code)
        day = (start - _EPOCH).days
        self.working = tuple(f"bof{number}" for number in range(1, CONVERTERS + 1) if not in_relining(number, day))

    def minute(self, first_h: float, last_h: float) -> int:
        """A random whole minute between two hours of the scenario, as seconds from its start."""
        return self.random.randint(round(first_h * 60), round(last_h * 60)) * MINUTE_S


def first_day(code: str, days: int) -> date:
    """A day of 2025 from which `days` days have no change of the relined converter; a short scenario has no repair
    shift either."""
    day = _FIRST_DAY + timedelta(days=Random(f"start:{code}").randrange(250 - min(days, 100)))
    while not _fits((day - _EPOCH).days, days):
        day += timedelta(days=1)
    return day


def _fits(day: int, days: int) -> bool:
    if days >= RELINING_DAYS:
        return True
    relining = 1 <= day % RELINING_DAYS <= RELINING_DAYS - days
    return relining and (
        days > _LONGEST_WITHOUT_REPAIR_SHIFT or 1 <= day % REPAIR_EVERY_DAYS <= REPAIR_EVERY_DAYS - days
    )


def done(
    what: What, units: Sequence[str], start_s: int, hours: float, amount: float = 0.0, signal: str = ""
) -> list[Disturbance]:
    """The same disturbance for several units."""
    end_s = start_s + round(hours * 60) * MINUTE_S
    return [
        Disturbance(what=what, unit=unit, start_s=start_s, end_s=end_s, amount=amount, signal=signal) for unit in units
    ]


def dropped(
    kind: FindingKind,
    units: Sequence[str],
    start_s: int,
    hours: float,
    size_pct: float = 100.0,
    causes: Sequence[str] = (),
) -> ScenarioLabel:
    """The label of a drop, or of a fault of data, of any of these units."""
    furnace = any(unit in FURNACES for unit in units)
    after = "data" if kind.is_data else "blast_furnace" if furnace else "other"
    return ScenarioLabel(
        units=tuple(units),
        kind=kind,
        start_s=start_s,
        end_s=start_s + round(hours * 60) * MINUTE_S,
        tolerance_s=AFTER_S[after],
        size_pct=size_pct,
        causes=tuple(causes),
    )


def optional(label: ScenarioLabel) -> ScenarioLabel:
    """The label of what may be found, and need not be."""
    return replace(label, required=False)


def to_the_end(place: ScenarioFrame, start_s: int) -> float:
    """Hours from `start_s` to the end of the scenario."""
    return (place.days * DAY_S - start_s) / HOUR_S
