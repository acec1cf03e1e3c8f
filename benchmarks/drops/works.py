"""A scenario's works as columns of minutes: what really happened, seen by sound instruments."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.drops.scenario import HOUR_S, MINUTE_S, WORKS, Disturbance, Scenario, What
from benchmarks.drops.works_parameters import PARAMETERS
from collector.simulation.ironmaking import BlastFurnace
from collector.simulation.unit import UnitModel
from collector.simulation.works_model import WorksModel
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.works.codes import Quality, TagKind
from models.works.plant import Plant, Tag

WARM_UP_S = 12 * HOUR_S
LOOK_S = 10
LOWEST_PACE = 0.01


class Works:
    """What is done to the works of a scenario: `at(second)` gives who stands, and whose pace and yield are lower."""

    def __init__(self, disturbances: Sequence[Disturbance]) -> None:
        self._all = [each for each in disturbances if each.what in WORKS]

    def at(self, second: int) -> tuple[frozenset[str], dict[str, float], dict[str, float]]:
        """(units that stand, pace by unit, yield by furnace). Several at once multiply."""
        stopped: set[str] = set()
        pace: dict[str, float] = {}
        yields: dict[str, float] = {}
        for each in self._all:
            share = _share(each, second)
            if each.what is What.STOP and share < 1.0:
                stopped.add(each.unit)
            elif each.what in (What.YIELD, What.YIELD_DRIFT):
                yields[each.unit] = yields.get(each.unit, 1.0) * share
            elif share < 1.0:
                pace[each.unit] = max(LOWEST_PACE, pace.get(each.unit, 1.0) * share)
        return frozenset(stopped), pace, yields


def _share(each: Disturbance, second: int) -> float:
    """The share of the usual pace or yield that a disturbance leaves at that second."""
    if second < each.start_s:
        return 1.0
    gone = (second - each.start_s) / (each.end_s - each.start_s)
    if each.what in (What.DRIFT, What.YIELD_DRIFT):
        return 1.0 - each.amount / 100 * min(1.0, gone)
    if second >= each.end_s:
        return 1.0
    if each.what is What.STOP:
        return 0.0
    if each.what is What.RAMP:
        return each.amount / 100 + (1.0 - each.amount / 100) * gone
    return 1.0 - each.amount / 100


class _Columns:
    """The columns of one unit, filled minute by minute."""

    def __init__(self, model: UnitModel, tags: Sequence[Tag], minutes: int) -> None:
        self.model = model
        self.gauges = [tag for tag in tags if tag.kind is TagKind.GAUGE]
        self.values = np.full((len(self.gauges), minutes), np.nan, dtype=np.float32)
        self.quality = np.zeros((len(self.gauges), minutes), dtype=np.uint8)
        counted = any(tag.kind is TagKind.TOTALIZER for tag in tags)
        self.counted_t = np.zeros(minutes) if counted else None
        self._made_g = sum(model.shown.counters.values())
        self._looks: list[list[tuple[float, Quality]]] = [[] for _ in self.gauges]
        self._events: list[tuple[int, float]] = []
        model.shown.finished.clear()

    def look(self, works: WorksModel) -> None:
        """Look at every gauge once."""
        for looks, tag in zip(self._looks, self.gauges, strict=True):
            looks.append((self.model.shown.gauges[tag.signal], works.quality(tag.name)))

    def close(self, minute: int) -> None:
        """Enter what was looked at in this minute, and what was counted and finished in it."""
        for row, (looks, tag) in enumerate(zip(self._looks, self.gauges, strict=True)):
            believed = [value for value, quality in looks if quality is not Quality.BAD]
            if believed:
                mean = sum(believed) / len(believed)
                self.values[row, minute] = mean * tag.conversion.factor + tag.conversion.offset
            self.quality[row, minute] = max(quality for _, quality in looks)
            looks.clear()
        if self.counted_t is not None:
            made_g = sum(self.model.shown.counters.values())
            self.counted_t[minute] = (made_g - self._made_g) / 1e6
            self._made_g = made_g
        self._events += [(event.end_s, event.grams / 1e6) for event in self.model.shown.finished]
        self.model.shown.finished.clear()

    def minutes(self) -> UnitMinutes:
        """All columns. The unit was heard, moved and read all the time."""
        count = self.quality.shape[1]
        yes, no = np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        names = [tag.signal for tag in self.gauges]
        return UnitMinutes(
            values=dict(zip(names, self.values, strict=True)),
            quality=dict(zip(names, self.quality, strict=True)),
            heard=yes,
            moved=yes.copy(),
            looked=yes.copy(),
            uncertain=no,
            counted_t=self.counted_t,
            event_end_s=np.array([end_s for end_s, _ in self._events], dtype=np.int64),
            event_t=np.array([tonnes for _, tonnes in self._events], dtype=np.float64),
        )


def simulate(scenario: Scenario, plant: Plant) -> WorksMinutes:
    """Run the works of a scenario, from half a day before its start. Gauges are read every LOOK_S seconds."""
    start_s = scenario.start_s
    parameters = PARAMETERS[scenario.parameters]
    works = WorksModel(scenario.seed, start_s - WARM_UP_S, parameters=parameters, only=frozenset(scenario.units))
    works.advance(start_s, frozenset())
    disturbed = Works(scenario.disturbances)
    columns = list(_columns(works, plant, scenario.minutes))
    furnaces = [unit for unit in works.units if isinstance(unit, BlastFurnace)]
    for minute in range(scenario.minutes):
        stopped, pace, yields = disturbed.at(minute * MINUTE_S)
        for furnace in furnaces:
            furnace.burden_yield = yields.get(furnace.code, 1.0)
        for _ in range(MINUTE_S // LOOK_S):
            works.advance(works.time_s + LOOK_S, stopped, pace)
            for column in columns:
                column.look(works)
        for column in columns:
            column.close(minute)
    return WorksMinutes(start_s, {column.model.code: column.minutes() for column in columns})


def _columns(works: WorksModel, plant: Plant, minutes: int) -> Iterator[_Columns]:
    for model in works.units:
        yield _Columns(model, [tag for tag in plant.tags if tag.unit == model.code], minutes)
