"""How far a belt scale's rate is from its totalizer: over what both watched, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.counting.increment import BUCKET_S
from models.counting.scale_drift import Slot, scale_drift
from tests.models.counting.counter_book import totalizer
from tests.support.budget import examples

RATE, COUNTER = totalizer(cadence_s=10.0), totalizer(cadence_s=60.0)
WHOLE_RATE, WHOLE_COUNTER = 29, 5
slots = st.dictionaries(
    st.integers(0, 50).map(lambda n: n * BUCKET_S),
    st.builds(Slot, st.integers(0, 200_000_000), st.integers(0, 40)),
    max_size=40,
)


@settings(max_examples=examples(200))
@given(integrated=slots, counted=slots)
def test_only_slots_that_both_watched_are_compared(integrated: dict[int, Slot], counted: dict[int, Slot]) -> None:
    found = scale_drift(RATE, COUNTER, integrated, counted)
    both = {
        at_s
        for at_s in integrated
        if at_s in counted and integrated[at_s].readings >= WHOLE_RATE and counted[at_s].readings >= WHOLE_COUNTER
    }
    assert found.slots == len(both)
    assert found.integrated_g == sum(integrated[at_s].grams for at_s in both)
    assert found.counted_g == sum(counted[at_s].grams for at_s in both)
    # What is missing of one of both, is missing of the other as well: a gap is no drift.
    for at_s in both:
        without = {other: slot for other, slot in integrated.items() if other != at_s}
        less = scale_drift(RATE, COUNTER, without, counted)
        assert less == scale_drift(RATE, COUNTER, integrated, {k: v for k, v in counted.items() if k != at_s})


@settings(max_examples=examples(100))
@given(
    grams=st.lists(st.integers(100_000, 100_000_000), min_size=20, max_size=60),
    off_pct=st.floats(-20, 20, allow_nan=False),
)
def test_a_scale_that_is_off_by_some_percent_is_found_to_be_off_by_them(grams: list[int], off_pct: float) -> None:
    counted = {n * BUCKET_S: Slot(each, WHOLE_COUNTER) for n, each in enumerate(grams)}
    integrated = {at_s: Slot(round(slot.grams * (1 + off_pct / 100)), WHOLE_RATE + 1) for at_s, slot in counted.items()}
    found = scale_drift(RATE, COUNTER, integrated, counted)
    assert found.pct == pytest.approx(off_pct, abs=0.001)


def test_of_less_than_a_tonne_nothing_is_said() -> None:
    few = {0: Slot(999_999, WHOLE_COUNTER)}
    assert scale_drift(RATE, COUNTER, {0: Slot(500_000, 30)}, few).pct is None
    assert scale_drift(RATE, COUNTER, {}, {}).pct is None
