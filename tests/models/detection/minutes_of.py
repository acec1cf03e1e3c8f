"""What units show, in a line for each, and a watch that goes through it: `Works(bf3=furnace(line(100, (2, 0))))`."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from models.detection.expected.expected import SteadyExpected, Window
from models.detection.finding import Episode, Finding
from models.detection.judgement import Basis
from models.detection.minutes.observed import Signal, UnitSample
from models.detection.unit_status import UnitStatus
from models.detection.unit_watch import UnitWatch
from models.detection.watched import WatchedUnit
from models.detection.works_watch import WorksWatch
from models.works.codes import Quality, UnitState
from models.works.detection_rules import RuleSet
from tests.models.detection.small_works import HOUR, MINUTE, RATES, START_S, only

WOBBLE = (0.0, 0.31, -0.17, 0.23, -0.29, 0.11, -0.07)
"""No instrument shows the same to the last digit: these percent are added, by turns."""
UNTOLD = -1
"""In place of a quality: the source answers without a word about the activity."""
LONG_S = 60 * 24 * HOUR


@dataclass(frozen=True)
class Line:
    """A value that holds from each of `starts_s` (seconds from START_S) to the next."""

    starts_s: tuple[int, ...]
    values: tuple[float, ...]

    def at(self, second: float) -> float:
        return self.values[max(0, bisect_right(self.starts_s, second) - 1)]

    def mean(self, low_s: int, high_s: int) -> float:
        return self.total(low_s, high_s) / (high_s - low_s)

    def total(self, low_s: int, high_s: int) -> float:
        first = max(0, bisect_right(self.starts_s, low_s) - 1)
        total = 0.0
        for index in range(first, len(self.values)):
            start_s = max(low_s, self.starts_s[index])
            end_s = min(high_s, self.starts_s[index + 1]) if index + 1 < len(self.values) else high_s
            total += self.values[index] * max(0, end_s - start_s)
            if end_s >= high_s:
                break
        return total


def line(first: float, *changes: tuple[float, float]) -> Line:
    """`first`, then the value of each change from its hour on: line(100, (2, 0)) is 100 for two hours, then 0."""
    return Line((0, *(round(hour * HOUR) for hour, _ in changes)), (first, *(value for _, value in changes)))


ALL, NONE, GOOD = line(100), line(0), line(Quality.GOOD)


@dataclass(frozen=True, kw_only=True)
class Face:
    """What one unit shows. `activity` and `falls` (what falls with it) in percent of their nominal, `output` in percent
    of its rate; None: with the activity. Output comes in pieces of `piece_t`, unless `events` says when: (end in
    seconds from START_S, tonnes). `steady`: its activity is the same to the last digit. `every_s`: the time between two
    reads.
    """

    activity: Line = ALL
    falls: Line | None = None
    output: Line | None = None
    quality: Line = GOOD
    heard: Line = ALL
    moved: Line = ALL
    looked: Line = ALL
    uncertain: Line = NONE
    steady: bool = False
    every_s: int = 10
    piece_t: float = 20.0
    rate_t_per_h: float = 0.0
    events: Sequence[tuple[int, float]] | None = None

    @cached_property
    def all_events(self) -> list[tuple[int, float]]:
        return list(self._pieces() if self.events is None else self.events)

    def tonnes(self, low_s: int, high_s: int) -> float:
        return (self.output or self.activity).total(low_s, high_s) / 100 * self.rate_t_per_h / HOUR

    def _pieces(self) -> Iterable[tuple[int, float]]:
        output = self.output or self.activity
        spans = [*pairwise((*output.starts_s, LONG_S))]
        waiting_t = 0.0
        for (low_s, high_s), percent in zip(spans, output.values, strict=True):
            per_s = percent / 100 * self.rate_t_per_h / HOUR
            at_s = float(low_s)
            while per_s > 0 and at_s + (self.piece_t - waiting_t) / per_s < high_s:
                at_s += (self.piece_t - waiting_t) / per_s
                waiting_t = 0.0
                yield int(at_s), self.piece_t
            waiting_t += per_s * (high_s - at_s)


def furnace(blast: Line = ALL, **more: object) -> Face:
    """Ten taps a day of the big furnace."""
    return Face(activity=blast, **{"piece_t": 500.0, **more})  # type: ignore[arg-type]


def small_furnace(blast: Line = ALL, **more: object) -> Face:
    return furnace(blast, **{"piece_t": 200.0, **more})


def mine(belt: Line = ALL, **more: object) -> Face:
    return Face(activity=belt, **more)  # type: ignore[arg-type]


def caster(speed: Line = ALL, **more: object) -> Face:
    return Face(activity=speed, **{"piece_t": 29.0, **more})  # type: ignore[arg-type]


def converter(first_h: float, every_h: float = 2.0, *, stands: Sequence[tuple[float, float]] = ()) -> Face:
    """A heat of 300 t every two hours, blown for 20 minutes. None ends in the hours of `stands`."""
    ends = [round((first_h + number * every_h) * HOUR) for number in range(int(LONG_S / HOUR / every_h))]
    ends = [end_s for end_s in ends if not any(low * HOUR <= end_s < high * HOUR for low, high in stands)]
    edges = [edge for end_s in ends for edge in ((end_s - 35 * MINUTE, 100.0), (end_s - 15 * MINUTE, 0.0))]
    edges = [edge for edge in edges if edge[0] > 0]
    activity = Line((0, *(at_s for at_s, _ in edges)), (0.0, *(value for _, value in edges)))
    return Face(activity=activity, events=[(end_s, 300.0) for end_s in ends])


@dataclass
class _Stream:
    """The samples of one unit. Events that its source could not report come when it is heard again."""

    unit: WatchedUnit
    face: Face
    _next_event: int = 0
    _waiting_t: float = 0.0

    def sample(self, low_s: int, high_s: int) -> UnitSample:
        face, last_s = self.face, high_s - 1
        self._waiting_t += face.tonnes(low_s, high_s)
        if not face.heard.at(last_s) or high_s % face.every_s:
            return UnitSample(heard=False, moved=False)
        events = []
        if face.looked.at(last_s) and self.unit.has_events:
            while self._next_event < len(face.all_events) and face.all_events[self._next_event][0] < high_s:
                end_s, tonnes = face.all_events[self._next_event]
                events.append((START_S + end_s, tonnes))
                self._next_event += 1
        counted_t, self._waiting_t = self._waiting_t, 0.0
        return UnitSample(
            heard=True,
            moved=face.moved.at(last_s) > 0,
            signals=dict(self._signals(low_s, high_s)),
            counted_t=counted_t if self.unit.has_counter else None,
            events=tuple(events),
            looked=face.looked.at(last_s) > 0 and self.unit.has_events,
            uncertain=face.uncertain.at(last_s) > 0,
        )

    def _signals(self, low_s: int, high_s: int) -> Iterable[tuple[str, Signal]]:
        quality = int(self.face.quality.at(high_s - 1))
        if self.unit.activity is None or quality == UNTOLD:
            return
        percent = self.face.activity.mean(low_s, high_s)
        if not self.face.steady:
            percent *= 1 + WOBBLE[high_s // 10 % len(WOBBLE)] / 100
        value = float("nan") if quality == Quality.BAD else percent / 100 * self.unit.activity.nominal
        yield self.unit.activity.signal, Signal(value, quality)
        for gauge in self.unit.corroborating:
            falls = self.face.falls or self.face.activity
            yield gauge.signal, Signal(falls.mean(low_s, high_s) / 100 * gauge.nominal, int(Quality.GOOD))


@dataclass(frozen=True)
class Turn:
    """From `hour` (from START_S) on, the unit was in this state."""

    hour: float
    state: UnitState
    basis: Basis


class Works:
    """A watch of the given units, with everything that was judged while it went through what they show.

    `windows` and `daily`: hours from START_S in which units stand by plan. `rates`: instead of the usual ones. `order`:
    the plant's units in another order. `cadences`: for units that are read at another cadence than `cadence_s`.
    """

    def __init__(
        self,
        *,
        step_s: int = MINUTE,
        windows: Mapping[str, Sequence[tuple[float, float]]] | None = None,
        daily: Mapping[str, Sequence[tuple[float, float]]] | None = None,
        rates: Mapping[str, float] | None = None,
        order: Sequence[str] = (),
        cadence_s: float = 10.0,
        cadences: Mapping[str, float] | None = None,
        **faces: Face,
    ) -> None:
        plant = only(*(order or faces))
        self.plant = replace(
            plant,
            units={code: plant.units[code] for code in order or plant.units},
            tags=tuple(replace(tag, cadence_s=(cadences or {}).get(tag.unit, cadence_s)) for tag in plant.tags),
        )
        self.watch = WorksWatch(self.plant, RuleSet())
        self.expected = SteadyExpected({**RATES, **(rates or {})}, _windows(windows or {}, daily or {}))
        self.step_s = step_s
        self.now_s = 0
        self.judged: dict[str, list[tuple[int, UnitStatus]]] = {code: [] for code in faces}
        self.faces = {code: replace(face, rate_t_per_h=RATES[code]) for code, face in faces.items()}
        self._streams = {code: _Stream(watch.unit, self.faces[code]) for code, watch in self.watch.units.items()}
        self._held: dict[str, Finding] = {}
        self._ended: list[Episode] = []

    def until(self, hour: float) -> "Works":
        """Step until that hour."""
        while self.now_s + self.step_s <= hour * HOUR:
            self.step(self.now_s + self.step_s)
        return self

    def samples(self, second: int) -> dict[str, UnitSample]:
        """The samples from the last step until `second`."""
        return {code: stream.sample(self.now_s, second) for code, stream in self._streams.items()}

    def step(self, second: int) -> None:
        """One step over everything until `second` (from START_S)."""
        self.take(second, self.samples(second))

    def take(self, second: int, samples: Mapping[str, UnitSample]) -> None:
        """One step over these samples."""
        self.now_s = second
        self.watch.step(START_S + second, samples, self.expected)
        for code, status in self.watch.statuses.items():
            turns = self.judged[code]
            if not turns or _turn(turns[-1][1]) != _turn(status):
                turns.append((second, status))
        now = {finding.key: finding for finding in self.watch.findings()}
        self._ended += [Episode(finding, START_S + second) for key, finding in self._held.items() if key not in now]
        self._held = now

    def state(self, code: str) -> tuple[UnitState, Basis]:
        return _turn(self.watch.statuses[code])

    def turns(self, code: str) -> list[Turn]:
        """Every change of state or basis, by hours to three digits."""
        return [Turn(round(second / HOUR, 3), *_turn(status)) for second, status in self.judged[code]]

    def unit(self, code: str) -> UnitWatch:
        return self.watch.units[code]

    def finding(self, code: str) -> Finding | None:
        """The finding that holds for a unit."""
        return next((finding for finding in self._held.values() if finding.unit == code), None)

    def episodes(self, code: str = "", *, data: bool | None = None) -> list[Episode]:
        """Everything that was found, in order of its end. `data`: findings about data only, or about output only."""
        found = [*self._ended, *(Episode(finding, None) for finding in self._held.values())]
        return [
            episode
            for episode in found
            if code in ("", episode.finding.unit) and data in (None, episode.finding.kind.is_data)
        ]


def hours(instant_s: int) -> float:
    """Hours from START_S, to three digits."""
    return round((instant_s - START_S) / HOUR, 3)


def _turn(status: UnitStatus) -> tuple[UnitState, Basis]:
    return status.judgement.state, status.judgement.basis


def _windows(
    windows: Mapping[str, Sequence[tuple[float, float]]], daily: Mapping[str, Sequence[tuple[float, float]]]
) -> dict[str, list[Window]]:
    return {
        code: sorted(
            Window(START_S + round(low * HOUR), START_S + round(high * HOUR), daily=is_daily)
            for is_daily, spans in ((False, windows), (True, daily))
            for low, high in spans.get(code, ())
        )
        for code in {*windows, *daily}
    }
