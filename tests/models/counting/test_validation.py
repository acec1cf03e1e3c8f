"""Readings are judged in columns; whatever is not believed keeps its reason."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.reading import ReadingBatch
from models.counting.validation import TagLimits, validate
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Tag
from tests.models.counting.counter_book import T0, S

GOOD, UNCERTAIN, BAD = Quality.GOOD, Quality.UNCERTAIN, Quality.BAD


def gauge(signal: str, low: float | None, high: float | None) -> Tag:
    return Tag(
        name=f"bf3.{signal}",
        signal=signal,
        kind=TagKind.GAUGE,
        site="temirtau",
        shop="blast_furnaces",
        unit="bf3",
        source="plc",
        unit_of_measure="m3/h",
        cadence_s=10.0,
        low=low,
        high=high,
    )


LIMITS = TagLimits.of([gauge("blast", 0.0, 400_000.0), gauge("free", None, None), gauge("floor", -5.0, None)])


def batch(*rows: tuple[int, float, int, Quality]) -> ReadingBatch:
    return ReadingBatch.of("plc", T0, rows)


def test_a_batch_in_which_everything_is_good_is_handed_on_as_it_is() -> None:
    given_batch = batch((0, 0.0, T0, GOOD), (0, 400_000.0, T0 - S, UNCERTAIN), (1, -1e300, T0, GOOD))
    assert validate(given_batch, LIMITS, now_ns=T0).accepted is given_batch


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((0, 400_000.1, T0, GOOD), Reason.OUT_OF_RANGE),
        ((0, -0.1, T0, GOOD), Reason.OUT_OF_RANGE),
        ((2, -5.1, T0, GOOD), Reason.OUT_OF_RANGE),
        ((1, float("nan"), T0, GOOD), Reason.NOT_A_NUMBER),
        ((1, float("inf"), T0, GOOD), Reason.NOT_A_NUMBER),
        ((1, 1.0, T0, BAD), Reason.BAD_QUALITY),
        ((0, float("nan"), T0, BAD), Reason.BAD_QUALITY),
        ((0, 1.0, T0 + 2 * S + 1, GOOD), Reason.FUTURE_CLOCK),
    ],
)
def test_a_reading_that_cannot_be_believed_is_rejected_alone_with_its_reason(
    row: tuple[int, float, int, Quality], reason: Reason
) -> None:
    done = validate(batch((0, 1.0, T0, GOOD), row, (1, 2.0, T0, GOOD)), LIMITS, now_ns=T0)
    assert done.accepted.values.tolist() == [1.0, 2.0]
    (rejection,) = done.rejections
    assert rejection.reason is reason
    assert (rejection.source, rejection.tag) == ("plc", LIMITS.tags[row[0]].name)
    assert (rejection.value, rejection.time_ns) == (repr(row[1]), row[2])
    assert rejection.detail


def test_the_detail_names_value_limit_and_unit_of_measure() -> None:
    (rejection,) = validate(batch((0, 812_000.0, T0, GOOD)), LIMITS, now_ns=T0).rejections
    assert rejection.detail == "812000.0 is above high 400000.0 m3/h"


def test_a_clock_two_seconds_ahead_is_tolerated() -> None:
    assert not validate(batch((0, 1.0, T0 + 2 * S, GOOD)), LIMITS, now_ns=T0).rejections


def test_a_late_reading_is_accepted() -> None:
    assert not validate(batch((0, 1.0, T0 - 86_400 * 365 * S, GOOD)), LIMITS, now_ns=T0).rejections


@pytest.mark.parametrize("stamp_ns", [0, 86_400 * S, -(2**62)])
def test_a_missing_stamp_becomes_the_receive_time_with_quality_uncertain(stamp_ns: int) -> None:
    original = batch((0, 1.0, stamp_ns, GOOD), (0, 2.0, T0 - S, GOOD), (0, 3.0, stamp_ns, BAD))
    done = validate(original, LIMITS, now_ns=T0)
    assert done.accepted.times_ns.tolist() == [T0, T0 - S]
    assert done.accepted.quality.tolist() == [UNCERTAIN, GOOD]
    assert original.times_ns[0] == stamp_ns  # the source's own columns are not written to
    assert done.rejections[0].reason is Reason.BAD_QUALITY


def test_an_empty_batch_is_accepted() -> None:
    assert len(validate(batch(), LIMITS, now_ns=T0).accepted) == 0


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.floats(),
        st.one_of(st.just(0), st.integers(T0 - 10 * S, T0 + 4 * S)),
        st.sampled_from(list(Quality)),
    ),
    max_size=30,
)


@given(rows=ROWS)
def test_every_row_is_either_accepted_or_rejected_and_nothing_bad_is_accepted(
    rows: list[tuple[int, float, int, Quality]],
) -> None:
    done = validate(batch(*rows), LIMITS, now_ns=T0)
    assert len(done.accepted) + len(done.rejections) == len(rows)
    accepted = done.accepted
    assert np.isfinite(accepted.values).all()
    assert (accepted.quality > Quality.BAD).all()
    assert (accepted.times_ns <= T0 + 2 * S).all()
    assert (accepted.times_ns > 86_400 * S).all()
    again = validate(accepted, LIMITS, now_ns=T0)
    assert again.accepted is accepted


def test_a_bad_value_is_rejected_in_the_words_of_its_source() -> None:
    rows = [(0, 1.0, T0, Quality.GOOD), (0, 2.0, T0, Quality.BAD), (0, 3.0, T0, Quality.BAD)]
    given_batch = ReadingBatch.of("plc", T0, rows, {1: "BadSensorFailure"})
    first, second = validate(given_batch, LIMITS, now_ns=T0).rejections
    assert first.detail == "the source says that the value is bad: BadSensorFailure"
    assert second.detail == "the source says that the value is bad"
    assert given_batch.take(np.array([False, True, True])).remarks == {0: "BadSensorFailure"}
    assert given_batch.take(np.array([2, 1])).remarks == {1: "BadSensorFailure"}
