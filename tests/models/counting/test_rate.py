"""A rate becomes tonnes: the integral to the gram, nothing invented where nobody read, nothing counted twice."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.count_state import state_for, state_from_bytes
from models.counting.counter_step import Anchor
from models.counting.increment import IncrementFlag, UncertainGap
from models.counting.rate import RateState
from models.counting.rate_counter import CountedRate, RateCounter
from models.counting.tag_gap import tag_gaps
from models.counting.totalizer_state import TotalizerState
from models.works.calendar import NS
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Integral, Tag

if TYPE_CHECKING:
    from models.counting.reading import Rejection

BEGIN_S = 1_790_751_600
BELT = Tag(
    name="mine2.belt",
    signal="belt",
    kind=TagKind.RATE,
    site="works",
    shop="mines",
    unit="mine2",
    source="plc",
    unit_of_measure="t/h",
    cadence_s=10,
    product="coal_raw",
    high=1200.0,
    grams_per_unit=1e6,
)
Row = tuple[float, float]


class Book:
    """What the ledger would have of one rate."""

    def __init__(self, tag: Tag = BELT) -> None:
        self.counter = RateCounter.of(tag, ZoneInfo("Asia/Almaty"))
        self.state = RateState()
        self.grams: dict[int, int] = {}
        self.readings = 0
        self.flags = IncrementFlag.NONE
        self.gaps: list[UncertainGap] = []
        self.rejections: list[Rejection] = []

    def read(
        self, at_s: float, value: float, *, received_s: float | None = None, quality: Quality = Quality.GOOD
    ) -> None:
        """A reading of so many seconds after the beginning."""
        received_ns = _ns(at_s if received_s is None else received_s)
        self._take(self.counter.count(self.state, Anchor(_ns(at_s), value), quality, received_ns))

    def stood(self, until_s: float) -> None:
        self._take(self.counter.stood(self.state, _ns(until_s)))

    def _take(self, done: CountedRate) -> None:
        # Through its bytes, as over a restart.
        self.state = state_from_bytes(done.state.to_bytes())
        for item in done.increments:
            self.grams[item.start_s] = self.grams.get(item.start_s, 0) + item.grams
            self.readings += item.readings
            self.flags |= item.flags
        self.gaps += [] if done.gap is None else [done.gap]
        self.rejections += [] if done.rejection is None else [done.rejection]

    @property
    def total_g(self) -> int:
        return sum(self.grams.values())


def _ns(seconds: float) -> int:
    return BEGIN_S * NS + round(seconds * NS)


def read(rows: Iterable[Row], tag: Tag = BELT) -> Book:
    book = Book(tag)
    for at_s, value in rows:
        book.read(at_s, value)
    return book


def test_a_steady_belt_makes_its_rate_an_hour() -> None:
    book = read((at_s, 600.0 + at_s % 20 / 1000) for at_s in range(0, 3601, 10))
    assert book.total_g == pytest.approx(600_005_000, abs=1)
    made_in = {start_s for start_s, grams in book.grams.items() if grams}
    assert made_in == set(range(BEGIN_S, BEGIN_S + 3600, 300)), "each five minutes have their own"
    assert book.flags is IncrementFlag.INTEGRATED
    assert not book.gaps
    assert book.readings == 361


def test_a_ramp_is_the_area_under_the_straight_line_and_a_step_is_the_area_under_the_steps() -> None:
    ramp = [(at_s, at_s / 10) for at_s in range(0, 3610, 10)]
    assert read(ramp).total_g == 180_000_000
    steps = replace(BELT, integral=Integral(method="step"))
    # Each of the 360 steps lacks its triangle: 10 s wide, 1 t/h high.
    assert read(ramp, steps).total_g == pytest.approx(180_000_000 - 360 * 5 * 1_000_000 / 3600, abs=1)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1200)), min_size=1, max_size=60),
    st.sampled_from(["trapeze", "step"]),
)
def test_the_sum_of_the_pieces_is_the_integral_to_the_gram(steps: Sequence[tuple[int, float]], method: str) -> None:
    at_s, rows = 0, [(0, 100.0)]
    for wait_s, value in steps:
        at_s += wait_s
        rows.append((at_s, value))
    book = read(rows, replace(BELT, integral=Integral(method=method, stands_for_s=1e6)))
    pieces = pairwise(rows)
    weights = [
        ((before if method == "step" else (before + after) / 2), end - start)
        for (start, before), (end, after) in pieces
    ]
    exact_g = math.fsum(mean * 1e6 * seconds / 3600 for mean, seconds in weights)
    assert abs(book.total_g - exact_g) < 1.001
    assert not book.gaps
    assert min(book.grams.values(), default=0) >= 0


@given(st.lists(st.tuples(st.integers(0, 600), st.floats(0, 1200)), min_size=1, max_size=40), st.data())
def test_readings_in_any_order_never_count_an_instant_twice(rows: list[Row], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    book = read(shuffled)
    last_s, first_s = max(at_s for at_s, _ in rows), shuffled[0][0]
    assert book.total_g <= 1200 * 1_000_000 * max(0, last_s - first_s) / 3600 + 1
    counted = sorted(shuffled, key=lambda row: row[0])
    assert len(book.rejections) <= len(counted)
    assert all(item.reason is Reason.LATE_INCONSISTENT for item in book.rejections)


def test_what_nobody_read_counts_nothing_and_is_a_gap_with_its_bound() -> None:
    book = read([(0, 600.0), (10, 610.0), (30, 600.0), (70, 620.0), (80, 600.0)])
    assert book.total_g == pytest.approx((605 * 10 + 605 * 20 + 610 * 10) * 1_000_000 / 3600, abs=1)
    (gap,) = book.gaps
    assert (gap.start_ns, gap.end_ns) == (_ns(30), _ns(70))
    assert "nobody read the rate" in gap.cause
    assert tag_gaps([BELT], book.gaps, "")[0].most_t == pytest.approx(1200 * 40 / 3600)


def test_a_stated_bridge_is_longer_or_shorter() -> None:
    tag = replace(BELT, integral=Integral(longest_bridge_s=60.0))
    book = read([(0, 600.0), (60, 600.0), (121, 600.0)], tag)
    assert book.total_g == 10_000_000
    assert len(book.gaps) == 1


def test_a_value_that_its_source_confirms_stands_without_a_new_reading() -> None:
    book = Book()
    book.read(0, 720.0)
    for until_s in range(10, 601, 10):
        book.stood(until_s)
    book.read(600, 0.0)
    book.stood(610)
    assert book.total_g == 120_000_000
    assert not book.gaps
    # The same as a poll that gives the same stamp again.
    polled = Book()
    for received_s in range(0, 600, 10):
        polled.read(0, 720.0, received_s=received_s)
    polled.read(600, 720.0)
    assert polled.total_g == 120_000_000


def test_a_value_that_stood_since_long_before_we_came_counts_from_then_on_alone() -> None:
    book = Book()
    book.read(-7200, 720.0, received_s=0)
    book.read(-7200, 720.0, received_s=10)
    book.read(-7200, 720.0, received_s=20)
    book.read(30, 720.0)
    assert book.total_g == 720 * 20 * 1_000_000 // 3600
    assert not book.gaps


def test_a_transmitter_that_hangs_counts_for_half_an_hour_and_then_no_more() -> None:
    book = read((at_s, 812.5) for at_s in range(0, 4 * 3600, 10))
    assert book.total_g == pytest.approx(812.5 * 0.5 * 1e6, abs=1)
    assert {item.reason for item in book.rejections} == {Reason.NOT_CONFIRMED}
    assert "without changing in any digit" in book.rejections[0].detail
    assert book.readings == 181, "it was not watched while it hung"
    book.read(4 * 3600, 813.0)
    book.read(4 * 3600 + 10, 813.5)
    (gap,) = book.gaps
    assert (gap.start_ns, gap.end_ns) == (_ns(1800), _ns(4 * 3600))
    assert "stood at 812.5" in gap.cause
    assert book.total_g > 812.5 * 0.5 * 1e6 + 2e6


def test_a_belt_that_stands_at_nothing_is_watched_all_night() -> None:
    book = read((at_s, 0.0) for at_s in range(0, 8 * 3600 + 1, 10))
    assert book.total_g == 0
    assert book.readings == 8 * 360 + 1
    assert not book.gaps
    assert not book.rejections


def test_the_drift_of_an_empty_scale_counts_nothing_up_or_down() -> None:
    tag = replace(BELT, integral=Integral(zero_below=5.0))
    assert read([(at_s, 4.9 - at_s % 30) for at_s in range(0, 3600, 10)], tag).total_g == 0
    assert read([(0, -3.0), (10, -3.1), (20, -2.0)]).total_g == 0


def test_a_reading_of_uncertain_quality_counts_with_its_mark_and_a_bad_one_not() -> None:
    book = Book()
    book.read(0, 600.0)
    book.read(10, 601.0, quality=Quality.UNCERTAIN)
    assert book.flags & IncrementFlag.UNCERTAIN
    total_g = book.total_g
    book.read(20, 600.0, quality=Quality.BAD)
    assert book.total_g == total_g
    assert book.rejections[-1].reason is Reason.BAD_QUALITY


def test_another_rate_under_the_name_leaves_a_gap_and_joins_nothing() -> None:
    book = read([(0, 600.0), (10, 600.5)])
    book.state = book.state.moved()
    book.read(20, 900.0)
    (gap,) = book.gaps
    assert (gap.start_ns, gap.end_ns) == (_ns(10), _ns(20))


def test_a_counter_that_becomes_a_rate_and_back_begins_anew_and_says_when() -> None:
    counted = TotalizerState(base=Anchor(_ns(0), 5.0), newest_ns=_ns(0))
    begun = state_for(BELT, counted)
    book = Book()
    book.state = begun
    book.read(600, 700.0)
    assert book.total_g == 0
    assert book.gaps[0].start_ns == _ns(0)
    back = state_for(replace(BELT, kind=TagKind.TOTALIZER), book.state)
    assert isinstance(back, TotalizerState)
    assert back.base is None
    assert back.left_ns == book.state.upto_ns


@pytest.mark.parametrize("bad", [b"{}", b'{"rate":2}', b'{"rate":1}', b'{"rate":1,"base":[1]}'])
def test_bytes_that_are_no_state_are_refused_with_a_sentence(bad: bytes) -> None:
    with pytest.raises(ValueError, match=r"state|version"):
        state_from_bytes(bad)


def test_a_rate_that_cannot_be_integrated_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="grams_per_unit"):
        RateCounter.of(replace(BELT, grams_per_unit=None), ZoneInfo("UTC"))
    with pytest.raises(ValueError, match="counts no product"):
        RateCounter.of(replace(BELT, product=None), ZoneInfo("UTC"))
