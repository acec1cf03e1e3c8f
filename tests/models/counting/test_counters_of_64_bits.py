"""Counters of 64 bits grow by what their counts say, to the last one, whatever they show and however it comes."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.counter import Counter
from models.counting.counter_step import Anchor, TotalizerRule
from models.counting.late_reading import recount_late
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality, Reason
from models.works.exact_number import exact, residue
from models.works.plant import Conversion, Tag
from tests.models.counting.counter_book import ALMATY, T0, CounterBook, S, book, totalizer

GRAMS = {"g": 1.0, "kg": 1000.0, "t": 1e6}
CADENCE_S = 10
MOST_STEP = 1_000_000
"""Counts between two readings at the most."""


@dataclass
class StoredBook(CounterBook):
    """A book whose state and kept readings go through their stored forms after each reading, as over a restart."""

    def feed(self, time_ns: int, value: Any, quality: Quality = Quality.GOOD) -> Any:  # noqa: ANN401
        done = super().feed(time_ns, value, quality)
        self.anchors = {at: exact(float(kept), residue(kept)) for at, kept in self.anchors.items()}
        return done


def counter_tag(unit: str, modulus: float | None, conversion: Conversion | None = None) -> Tag:
    """Counts at most MOST_STEP of its own units in a cadence."""
    scale = 1.0 if conversion is None else conversion.factor
    tag = totalizer(
        modulus=modulus,
        max_rate_per_h=MOST_STEP * 1.1 * 3600 / CADENCE_S * scale,
        back_step=0.0,
        grams_per_unit=GRAMS[unit],
        cadence_s=CADENCE_S,
    )
    return replace(tag, conversion=conversion or Conversion())


def stored_book(tag: Tag) -> StoredBook:
    return StoredBook(Counter.of(tag, ALMATY), through_bytes=True)


def shown(tag: Tag, count: int) -> Any:  # noqa: ANN401 - a number, exact where a float is not
    """What is kept of a count in the tag's unit."""
    value = tag.conversion.applied(float(count) if abs(count) < 2**53 else count)
    return exact(float(value), residue(value))


STEPS = st.lists(st.integers(0, MOST_STEP), min_size=1, max_size=40)
FIRST = st.one_of(
    st.integers(2**53 - 3 * MOST_STEP, 2**53 + MOST_STEP),  # where floats begin to leave counts out
    st.integers(2**63 - 3 * MOST_STEP, 2**63 + MOST_STEP),
    st.integers(2**64 - 20 * MOST_STEP, 2**64 - 1),
    st.integers(0, 2**64 - 1),
)


@st.composite
def as_it_comes(draw: st.DrawFn, many: int) -> list[int]:
    """The places of readings in the order in which they come: some of them late, but for the first and the last."""
    order = list(range(many))
    for _ in range(draw(st.integers(0, 3)) if many > 3 else 0):
        one = draw(st.integers(1, many - 3))
        place = order.index(one)
        order.insert(draw(st.integers(place, many - 2)), order.pop(place))
    return order


@given(data=st.data(), first=FIRST, steps=STEPS, unit=st.sampled_from(sorted(GRAMS)))
def test_growth_over_the_end_of_64_bits_is_that_of_whole_numbers(
    data: st.DataObject, first: int, steps: list[int], unit: str
) -> None:
    tag = counter_tag(unit, 2.0**64)
    counted = stored_book(tag)
    counts = [first]
    for step in steps:
        counts.append(counts[-1] + step)
    for place in data.draw(as_it_comes(len(counts))):
        counted.feed(T0 + place * CADENCE_S * S, shown(tag, counts[place] % 2**64))
    assert counted.total == sum(steps) * GRAMS[unit]
    assert not counted.gaps
    assert not counted.rejections


@given(first=st.integers(2**63 - 50 * MOST_STEP, 2**63 - 41 * MOST_STEP), steps=STEPS, negative=st.booleans())
def test_a_counter_with_a_sign_is_counted_to_the_last_count_on_either_side(
    first: int, steps: list[int], negative: bool
) -> None:
    tag = counter_tag("g", None)
    counted, count = stored_book(tag), -(2**63) if negative else first
    for place, step in enumerate([0, *steps]):
        count += step
        counted.feed(T0 + place * CADENCE_S * S, shown(tag, count))
    assert counted.total == sum(steps)


@pytest.mark.long
@given(st.lists(st.lists(st.integers(1, MOST_STEP), min_size=6, max_size=9), min_size=1, max_size=9))
def test_each_course_between_resets_counts_from_its_first_count_to_its_last(courses: list[list[int]]) -> None:
    tag = counter_tag("kg", None)
    counted, place = stored_book(tag), 0
    for number, steps in enumerate(courses):
        count = 2**63 + 1 - number * 2**58  # it was set to less, and goes on from there
        for step in [0, *steps]:
            count += step
            counted.feed(T0 + place * CADENCE_S * S, shown(tag, count))
            place += 1
    assert counted.total == sum(map(sum, courses)) * 1000
    assert len(counted.gaps) == len(courses) - 1


@given(first=FIRST, steps=STEPS, source=st.sampled_from([("g", 1e-6), ("kg", 1e-3)]))
def test_a_count_that_is_scaled_to_tonnes_is_exact_to_the_gram(
    first: int, steps: list[int], source: tuple[str, float]
) -> None:
    conversion = Conversion(source[1])
    # The configuration keeps seventeen digits of where the counter starts again.
    tag = counter_tag("t", 2.0**64 * conversion.factor, conversion)
    counted, count = stored_book(tag), first
    for place, step in enumerate([0, *steps]):
        count += step
        counted.feed(T0 + place * CADENCE_S * S, shown(tag, count % 2**64))
    # Where it begins to be exact, what was a float before may have been rounded.
    assert abs(counted.total - sum(steps) * GRAMS[source[0]]) <= (1 if first < 2**44 else 0)
    assert not counted.gaps


def test_a_reading_below_its_modulus_by_one_count_is_one() -> None:
    tag = counter_tag("t", 2.0**64 * 0.001, Conversion(0.001))
    counted = stored_book(tag)
    counted.feed(T0, shown(tag, 2**64 - 1))
    counted.feed(T0 + CADENCE_S * S, shown(tag, 0))
    assert counted.total == 1000
    assert not counted.rejections


def test_a_state_of_before_goes_on_from_its_rounded_value_and_is_exact_from_then_on() -> None:
    read = 2**63 + 1500
    before = float(read)
    assert before > read + 500, "it was rounded up"
    kept = f'{{"version":2,"newest_ns":{T0},"uncertain":false,"base":[{T0},{before!r}]}}'.encode()
    counted = stored_book(counter_tag("kg", 2.0**64))
    counted.state, counted.anchors = TotalizerState.from_bytes(kept), {T0: before}
    for place, grown in enumerate([250, 251, 258], start=1):
        counted.feed(T0 + place * CADENCE_S * S, read + grown)
    assert counted.total == 8 * 1000, "a fall by less than a float holds is none"
    assert not counted.gaps
    assert not counted.rejections


def test_what_is_said_of_a_count_shows_all_its_digits() -> None:
    tag = counter_tag("kg", None)
    counted = book(tag)
    counted.feed(T0, 2**63 + 1)
    counted.feed(T0 + CADENCE_S * S, 2**63 + 1 + 10**12)
    assert [one.reason for one in counted.rejections] == [Reason.RATE_TOO_HIGH]
    assert counted.rejections[0].value == str(2**63 + 1 + 10**12)
    assert f"rose from {2**63 + 1} to {2**63 + 1 + 10**12}" in counted.rejections[0].detail


def test_a_late_count_between_two_kept_ones_divides_their_growth_to_the_count() -> None:
    rule = TotalizerRule.of(counter_tag("g", 2.0**64), ALMATY)
    earlier, later = Anchor(T0, 2**64 - 5), Anchor(T0 + 600 * S, 6)
    done = recount_late(rule, earlier, later, Anchor(T0 + 300 * S, 2**64 - 2), Quality.GOOD)
    assert done.withdrawn is not None
    assert done.withdrawn.grams == 11
    assert [span.grams for span in done.counted] == [3, 8]
