"""A heat, tap or coil counts once, whole, in the bucket of its end, whatever was said of it before."""

from collections import defaultdict
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.event import (
    as_revision_of,
    event_flags,
    event_increments,
    event_revision,
    judge_event,
    production_year,
    years_to_search,
)
from models.counting.increment import EventRevision, IncrementFlag
from models.counting.known_event import is_close
from models.counting.reading import EventReading
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Tag
from tests.models.counting.counter_book import T0, S

ALMATY = ZoneInfo("Asia/Almaty")
NEW_YEAR_NS = T0 - 5 * 3600 * S  # 2026-01-01 00:00 in Almaty

TAPS = Tag(
    name="bf3.taps",
    signal="taps",
    kind=TagKind.EVENT,
    site="temirtau",
    shop="blast_furnaces",
    unit="bf3",
    source="plc",
    unit_of_measure="t",
    cadence_s=10.0,
    product="pig_iron",
    low=50.0,
    high=1200.0,
)


def tap(
    tonnes: float = 412.5,
    *,
    key: str = "317",
    end_ns: int = T0,
    received_ns: int = T0 + S,
    quality: Quality = Quality.GOOD,
) -> EventReading:
    return EventReading("bf3.taps", key, 9, tonnes, end_ns, received_ns, quality)


def revision(reading: EventReading) -> EventRevision:
    assert judge_event(TAPS, reading) is None
    return event_revision(TAPS, reading, ALMATY)


def test_a_believable_event_becomes_a_revision_in_grams() -> None:
    made = revision(tap())
    assert (made.grams, made.unit, made.product, made.production_year, made.key) == (
        412_500_000,
        "bf3",
        "pig_iron",
        2026,
        "317",
    )


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (tap(49.9), Reason.EVENT_TONNES),
        (tap(1200.1), Reason.EVENT_TONNES),
        (tap(float("nan")), Reason.NOT_A_NUMBER),
        (tap(1e10), Reason.NOT_A_NUMBER),
        (tap(quality=Quality.BAD), Reason.BAD_QUALITY),
        (tap(key="  "), Reason.WRONG_TYPE),
        (tap(end_ns=T0 + 4 * S), Reason.FUTURE_CLOCK),
    ],
)
def test_an_event_that_cannot_be_believed_is_rejected_with_its_key(reading: EventReading, reason: Reason) -> None:
    rejection = judge_event(TAPS, reading)
    assert rejection is not None
    assert (rejection.reason, rejection.event_key) == (reason, reading.key)


def test_without_a_low_limit_an_event_may_be_zero_but_not_less() -> None:
    open_tag = replace(TAPS, low=None, high=None)
    assert judge_event(open_tag, tap(0.0)) is None
    assert judge_event(open_tag, tap(-0.1)) is not None


def test_an_event_without_an_end_ends_when_it_was_received_and_is_uncertain() -> None:
    reading = tap(end_ns=0)
    assert revision(reading).end_ns == reading.received_ns
    assert event_flags(reading) == IncrementFlag.UNCERTAIN
    assert event_flags(tap()) == IncrementFlag.NONE
    assert event_flags(tap(quality=Quality.UNCERTAIN)) == IncrementFlag.UNCERTAIN


def test_an_event_that_ends_on_a_boundary_belongs_to_the_bucket_and_year_that_start_there() -> None:
    (increment,) = event_increments(None, revision(tap(end_ns=T0)))
    assert (increment.start_s * S, increment.end_s * S) == (T0, T0 + 300 * S)
    (before,) = event_increments(None, revision(tap(end_ns=T0 - 1)))
    assert before.end_s * S == T0
    assert production_year(NEW_YEAR_NS, ALMATY) == 2026
    assert production_year(NEW_YEAR_NS - 1, ALMATY) == 2025


def test_the_same_word_again_changes_nothing() -> None:
    made = revision(tap())
    assert event_increments(made, replace(made, sequence=10)) == []


def test_a_later_word_moves_the_event_and_its_tonnes() -> None:
    old, new = revision(tap(400.0)), revision(tap(410.0, end_ns=T0 + 300 * S, received_ns=T0 + 400 * S))
    minus, plus = event_increments(old, new)
    assert (minus.start_s * S, minus.grams) == (T0, -400_000_000)
    assert (plus.start_s * S, plus.grams) == (T0 + 300 * S, 410_000_000)


@given(words=st.lists(st.tuples(st.integers(50, 1200), st.integers(-900, 0)), min_size=1, max_size=10))
def test_after_any_number_of_words_only_the_last_counts(words: list[tuple[int, int]]) -> None:
    sums: dict[int, int] = defaultdict(int)
    old = None
    for tonnes, end_s in words:
        new = revision(tap(float(tonnes), end_ns=T0 + end_s * S))
        for item in event_increments(old, new):
            sums[item.start_s] += item.grams
        old = new
    assert {start: grams for start, grams in sums.items() if grams} == {
        (T0 // S + words[-1][1]) // 300 * 300: words[-1][0] * 1_000_000
    }


def test_an_end_corrected_across_new_year_is_still_the_same_event() -> None:
    known = revision(tap(end_ns=NEW_YEAR_NS - 60 * S, received_ns=NEW_YEAR_NS))
    corrected = revision(tap(end_ns=NEW_YEAR_NS + 60 * S, received_ns=NEW_YEAR_NS + 90 * S))
    assert years_to_search(corrected, ALMATY) == (2026, 2025)
    assert is_close(known, corrected)
    assert as_revision_of(known, corrected).production_year == 2025


def test_in_summer_only_one_year_is_searched() -> None:
    summer = T0 + 200 * 86_400 * S
    assert years_to_search(revision(tap(end_ns=summer, received_ns=summer)), ALMATY) == (2026,)
