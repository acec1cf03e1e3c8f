"""What the instruments of the fortnight show: the simulated works, with faults of units, of data and of the line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from collector.simulation.plant_config import SOURCE_NAME
from collector.simulation.published_unit import MODULUS_G, event_key
from collector.simulation.unit import ZONE
from collector.simulation.works_model import WorksModel
from collector.sources.base import Delivery
from models.counting.reading import EventReading, ReadingBatch
from models.works.codes import Quality, TagKind
from models.works.plant import Tag

NS = 10**9
SEED = 7
ZONE_H = 5
START = datetime(2026, 2, 20, tzinfo=UTC) - timedelta(hours=ZONE_H)
START_S = int(START.timestamp())
DAYS = 14
HOUR_S, DAY_S = 3600, 86_400
READ_S, STEP_S = 120, 600


def stopped(second: int) -> frozenset[str]:
    """Who stands by a fault: BF 3 for seven hours of the third day, the mill for two of the ninth."""
    day, hour = second // DAY_S, second % DAY_S / HOUR_S
    bf3 = {"bf3"} if day == 3 and 10 <= hour < 17 else set()
    mill = {"hsm"} if day == 9 and 14 <= hour < 16 else set()
    return frozenset(bf3 | mill)


def pace(second: int) -> dict[str, float]:
    """Whose pace is low: the mill's for half a day, a mine's on the last days."""
    day, hour = second // DAY_S, second % DAY_S / HOUR_S
    slow = {"hsm": 0.6} if day == 6 and 6 <= hour < 18 else {}
    return slow | ({"mine1": 0.55} if day >= 12 else {})


def is_cut(second: int) -> bool:
    """Whether the line to the source is cut: five quarters of an hour of the eighth day."""
    return 8 * DAY_S + 2 * HOUR_S <= second < 8 * DAY_S + 3.25 * HOUR_S


class Instruments:
    """What the tags of the works give, a column of readings a minute, with the faults of data of a bad fortnight."""

    def __init__(self, tags: tuple[Tag, ...]) -> None:
        self.works = WorksModel(SEED, START_S - 12 * HOUR_S)
        self.works.advance(START_S, frozenset())
        self._models = {unit.code: unit for unit in self.works.units}
        for unit in self.works.units:
            unit.shown.finished.clear()
        self._tags = tags
        self._index = {tag.name: index for index, tag in enumerate(tags)}
        self._offset_g = {
            tag.name: NS * number + self._models[tag.unit].shown.counters.get(tag.signal, 0) - MODULUS_G
            for number, tag in enumerate((tag for tag in tags if tag.kind is TagKind.TOTALIZER), start=1)
        }
        self._sequence: dict[str, int] = {}
        self._waiting: list[EventReading] = []
        self._reset = False

    def delivery(self, second: int) -> Delivery | None:
        """Everything that is read in the STEP_S seconds that end at `second`."""
        cells: list[tuple[int, float, int, Quality]] = []
        for at in range(second - STEP_S + READ_S, second + 1, READ_S):
            self.works.advance(START_S + at, stopped(at), pace(at))
            cells += [] if is_cut(at) else list(self._cells(at))
        now_ns = (START_S + second) * NS
        self._waiting += list(self._events(now_ns))
        if is_cut(second):
            return None
        events, self._waiting = tuple(self._waiting), []
        looks = {tag.name: STEP_S // 10 for tag in self._tags if tag.kind is TagKind.EVENT}
        return Delivery(SOURCE_NAME, now_ns, ReadingBatch.of(SOURCE_NAME, now_ns, cells), events, coverage=looks)

    def _cells(self, at: int) -> Iterator[tuple[int, float, int, Quality]]:
        time_ns = (START_S + at) * NS
        if at == 4 * DAY_S + 5 * HOUR_S:
            counters = self._models["mine1"].shown.counters
            self._offset_g["mine1.coal_total"] = counters["coal_total"]
        for index, tag in enumerate(self._tags):
            shown = self._models[tag.unit].shown
            quality = self.works.quality(tag.name)
            if tag.kind is TagKind.TOTALIZER:
                grams = shown.counters.get(tag.signal, 0) - self._offset_g[tag.name]
                yield index, grams % MODULUS_G / 1e6, time_ns, quality
            elif tag.kind is TagKind.GAUGE:
                value = shown.gauges[tag.signal] * tag.conversion.factor + tag.conversion.offset
                yield index, self._distorted(tag.name, at, value), time_ns, quality

    @staticmethod
    def _distorted(name: str, at: int, value: float) -> float:
        """A belt that shows too much for an hour, and a blast that stands still for two."""
        if name == "mine2.belt" and 5 * DAY_S + 3 * HOUR_S <= at < 5 * DAY_S + 4 * HOUR_S:
            return 5_000.0
        if name == "bf4.blast" and 5 * DAY_S + 8 * HOUR_S <= at < 5 * DAY_S + 10 * HOUR_S:
            return 160_000.0
        return value

    def _events(self, now_ns: int) -> Iterator[EventReading]:
        for unit in self.works.units:
            for done in unit.shown.finished:
                tag = f"{unit.code}.{done.signal}"
                number = self._sequence[tag] = self._sequence.get(tag, 0) + 1
                key = event_key(done.end_s, ZONE)
                reading = EventReading(tag, key, number, done.grams / 1e6, done.end_s * NS, now_ns, Quality.GOOD)
                yield reading
                if number % 40 == 0:  # weighed again: the same tap with other tonnes
                    yield EventReading(
                        tag, key, number, done.grams / 1e6 + 1.5, done.end_s * NS, now_ns, Quality.UNCERTAIN
                    )
            unit.shown.finished.clear()
