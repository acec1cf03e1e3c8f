"""A counter and a ledger of plain lists, to count long series against."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from models.counting.counter import Counted, Counter
from models.counting.counter_step import Anchor
from models.counting.increment import Increment, UncertainGap
from models.counting.reading import Rejection
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality, TagKind
from models.works.plant import Tag

ALMATY = ZoneInfo("Asia/Almaty")
S = 1_000_000_000
T0 = 1_767_225_600 * S  # 2026-01-01 00:00 UTC


def totalizer(
    *,
    modulus: float | None = 1_000_000,
    max_rate_per_h: float | None = 1500,
    back_step: float = 0.5,
    resolution: float = 0.0,
    grams_per_unit: float = 1e6,
    cadence_s: float = 10.0,
) -> Tag:
    return Tag(
        name="bf3.coal_total",
        signal="coal_total",
        kind=TagKind.TOTALIZER,
        site="temirtau",
        shop="blast_furnaces",
        unit="bf3",
        source="plc",
        unit_of_measure="t",
        cadence_s=cadence_s,
        product="coal_raw",
        modulus=modulus,
        max_rate_per_h=max_rate_per_h,
        back_step=back_step,
        resolution=resolution,
        grams_per_unit=grams_per_unit,
    )


@dataclass
class CounterBook:
    """A ledger of one counter, in memory."""

    counter: Counter
    through_bytes: bool = False
    state: TotalizerState = field(default_factory=TotalizerState)
    anchors: dict[int, float] = field(default_factory=dict)
    increments: list[Increment] = field(default_factory=list)
    gaps: list[UncertainGap] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def around(self, time_ns: int) -> tuple[Anchor | None, Anchor | None]:
        before = max((time for time in self.anchors if time <= time_ns), default=None)
        after = min((time for time in self.anchors if time >= time_ns), default=None)
        return (
            None if before is None else Anchor(before, self.anchors[before]),
            None if after is None else Anchor(after, self.anchors[after]),
        )

    def feed(self, time_ns: int, value: float, quality: Quality = Quality.GOOD) -> Counted:
        done = self.counter.count(self.state, Anchor(time_ns, value), quality, self.around)
        self.state = TotalizerState.from_bytes(done.state.to_bytes()) if self.through_bytes else done.state
        for anchor in done.anchors.put:
            self.anchors[anchor.time_ns] = anchor.value
        for time in done.anchors.delete:
            del self.anchors[time]
        self.increments += done.increments
        if done.gap:
            self.gaps.append(done.gap)
        if done.rejection:
            self.rejections.append(done.rejection)
        return done

    def feed_all(self, readings: Sequence[tuple[int, float]]) -> None:
        for time_ns, value in readings:
            self.feed(time_ns, value)

    def sums(self) -> dict[tuple[int, int], int]:
        totals: dict[tuple[int, int], int] = defaultdict(int)
        for item in self.increments:
            totals[item.start_s, item.end_s] += item.grams
        return {bucket: grams for bucket, grams in totals.items() if grams}

    @property
    def total(self) -> int:
        return sum(item.grams for item in self.increments)

    @property
    def readings(self) -> int:
        return sum(item.readings for item in self.increments)


def book(tag: Tag | None = None, *, through_bytes: bool = False) -> CounterBook:
    return CounterBook(Counter.of(tag or totalizer(), ALMATY), through_bytes)
