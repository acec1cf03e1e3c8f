"""The numbers of a certificate add up, and each gap has its cause."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.counting.increment import BUCKET_S, IncrementFlag
from models.tables.certificate import ReadingRow, TagEvidence, certified, digest
from models.tables.loss_cause import Answer, LossCause, LossEvidence, Refusals
from models.works.codes import Reason
from tests.models.counting.counter_book import totalizer
from tests.support.budget import examples

START_S = 1_790_751_600
NONE, PAST = IncrementFlag.NONE, IncrementFlag.BACKFILLED
SLOTS = 24
TAG = totalizer(cadence_s=10.0)
FULL = BUCKET_S // 10


def row(slot: int, readings: int, flags: IncrementFlag = NONE, recorded_after_s: int = 0) -> ReadingRow:
    start_s = START_S + slot * BUCKET_S
    return ReadingRow(start_s, start_s + BUCKET_S, start_s + recorded_after_s, readings, flags)


def all_minutes(slots: Sequence[int]) -> frozenset[int]:
    return frozenset(START_S + slot * BUCKET_S + 60 * minute for slot in slots for minute in range(5))


def said(answer: Answer, away: Sequence[int] = ()) -> dict[int, Answer]:
    minutes = dict.fromkeys(all_minutes(range(SLOTS)), answer)
    return minutes | dict.fromkeys(all_minutes(away), Answer.AWAY)


rows = st.lists(
    st.builds(
        row,
        st.integers(-2, SLOTS + 2),
        st.integers(0, 45),
        st.sampled_from([NONE, PAST, PAST | IncrementFlag.UNCERTAIN]),
        st.sampled_from([0, 300, 900, 86_400]),
    ),
    max_size=60,
)
refusals = st.lists(
    st.builds(
        lambda first, length, reason, count: Refusals(START_S + first, START_S + first + length, reason, count),
        st.integers(-9000, 9000),
        st.integers(0, 9000),
        st.sampled_from(list(Reason)),
        st.integers(1, 9),
    ),
    max_size=4,
)


@settings(max_examples=examples(300))
@given(
    rows=rows,
    refusals=refusals,
    cadence_s=st.sampled_from([0.5, 1.0, 10.0, 30.0, 60.0, 300.0, 600.0, 3600.0]),
    ran=st.one_of(st.none(), st.sets(st.integers(0, SLOTS - 1)).map(lambda slots: all_minutes(sorted(slots)))),
    cut=st.integers(0, SLOTS),
)
def test_what_was_expected_is_what_was_read_backfilled_and_lost_and_gaps_lack_what_is_lost(
    rows: list[ReadingRow], refusals: list[Refusals], cadence_s: float, ran: frozenset[int] | None, cut: int
) -> None:
    tag, evidence = totalizer(cadence_s=cadence_s), TagEvidence(rows, LossEvidence(refusals=refusals, ran=ran))
    spans = [(START_S, START_S + cut * BUCKET_S), (START_S + cut * BUCKET_S, START_S + SLOTS * BUCKET_S)]
    whole = certified(tag, START_S, START_S + SLOTS * BUCKET_S, evidence)
    for found in (whole, *(certified(tag, *span, evidence) for span in spans)):
        assert found.expected == found.read + found.backfilled + found.lost
        assert found.lost == sum(gap.lost for gap in found.gaps)
        assert 0 <= found.late <= found.read
        assert all(gap.lost > 0 and gap.start_s < gap.end_s for gap in found.gaps)
        assert all(one.end_s <= two.start_s for one, two in zip(found.gaps, found.gaps[1:], strict=False))
    inside = [one for one in rows if one.start_s >= START_S and one.end_s <= START_S + SLOTS * BUCKET_S]
    assert whole.read + whole.backfilled <= sum(one.readings for one in inside)
    slots = SLOTS * BUCKET_S / max(BUCKET_S, cadence_s)
    assert 0 <= slots * int(max(BUCKET_S, cadence_s) / cadence_s) - whole.expected <= slots
    if cadence_s <= BUCKET_S:
        parts = [certified(tag, *span, evidence) for span in spans]
        for what in ("expected", "read", "backfilled", "late", "lost"):
            assert getattr(whole, what) == sum(getattr(part, what) for part in parts), what


def test_a_whole_span_has_no_gap_and_one_reading_that_drifts_over_an_edge_is_none() -> None:
    full = [row(slot, FULL - slot % 2) for slot in range(SLOTS)]
    found = certified(TAG, START_S, START_S + SLOTS * BUCKET_S, TagEvidence(full))
    assert (found.read, found.lost, found.gaps) == (SLOTS * FULL - SLOTS // 2, 0, ())


@pytest.mark.parametrize(
    ("evidence", "cause"),
    [
        ({"ran": all_minutes(range(10))}, LossCause.COLLECTOR_DOWN),
        ({"ran": all_minutes(range(SLOTS))}, LossCause.NOTHING_CAME),
        ({}, LossCause.NOTHING_CAME),
        ({"ran": all_minutes(range(SLOTS)), "answers": said(Answer.VALUES, away=(11, 12))}, LossCause.SOURCE_AWAY),
        ({"answers": said(Answer.VALUES)}, LossCause.NOTHING_CAME),
        ({"answers": said(Answer.FILES)}, LossCause.NO_FILE),
        ({"answers": said(Answer.FILES, away=(11, 12))}, LossCause.SOURCE_AWAY),
        ({"answers": said(Answer.ROWS)}, LossCause.NO_ROW),
        ({"answers": said(Answer.MESSAGES)}, LossCause.NO_MESSAGE),
        ({"answers": said(Answer.VALUES), "unread": all_minutes((11, 12))}, LossCause.READ_ERROR),
        ({"since_s": START_S + 13 * BUCKET_S}, LossCause.BEFORE),
        ({"since_s": START_S + 12 * BUCKET_S, "ran": all_minutes(range(12, SLOTS))}, LossCause.BEFORE),
        ({"whole_refused": [Refusals(START_S + 3400, START_S + 3700, Reason.WRONG_TYPE, 1)]}, LossCause.REFUSED),
        ({"overruns": [(START_S + 3300, START_S + 3400)]}, LossCause.RING_OVERRUN),
        ({"refusals": [Refusals(START_S + 3000, START_S + 3900, Reason.BAD_QUALITY, 40)]}, LossCause.BAD_QUALITY),
        ({"refusals": [Refusals(START_S + 3000, START_S + 3900, Reason.OUT_OF_RANGE, 40)]}, LossCause.REFUSED),
    ],
)
def test_a_gap_has_its_cause(evidence: dict[str, object], cause: LossCause) -> None:
    known = [row(slot, FULL) for slot in range(SLOTS) if slot not in (11, 12)]
    found = certified(TAG, START_S, START_S + SLOTS * BUCKET_S, TagEvidence(known, LossEvidence(**evidence)))  # type: ignore[arg-type]
    (gap, *more) = found.gaps
    assert (gap.start_s, gap.cause) == (START_S + 11 * BUCKET_S, cause)
    assert found.lost == 2 * FULL
    assert len(more) <= 1  # a cause may hold for one of both


@pytest.mark.parametrize(
    ("minutes_away", "answer", "cause"),
    [
        (1, Answer.VALUES, LossCause.SOURCE_AWAY),
        (1, Answer.ROWS, LossCause.NO_ROW),
        (40, Answer.ROWS, LossCause.SOURCE_AWAY),
    ],
)
def test_what_waits_at_its_source_is_not_lost_by_a_minute_without_an_answer(
    minutes_away: int, answer: Answer, cause: LossCause
) -> None:
    minutes = sorted(all_minutes(range(12)))
    answers = {minute: Answer.AWAY if n < minutes_away else answer for n, minute in enumerate(minutes)}
    found = certified(
        totalizer(cadence_s=3600.0), START_S, START_S + 3600, TagEvidence((), LossEvidence(answers=answers))
    )
    assert [gap.cause for gap in found.gaps] == [cause]


def test_a_file_that_comes_each_hour_and_is_refused_explains_the_hour_before_it() -> None:
    refused = [Refusals(START_S + 3700, START_S + 3700, Reason.WRONG_TYPE, 1)]
    losses = LossEvidence(whole_refused=refused, answers=said(Answer.FILES))
    found = certified(totalizer(cadence_s=3600.0), START_S, START_S + 7200, TagEvidence((), losses))
    assert [gap.cause for gap in found.gaps] == [LossCause.REFUSED]
    assert found.rejected == 0, "a file is no record of the tag"


def test_a_restart_of_two_minutes_is_told_as_the_collector_and_not_as_its_source() -> None:
    ran = all_minutes(range(SLOTS)) - {START_S + 11 * BUCKET_S + 60, START_S + 11 * BUCKET_S + 120}
    known = [row(slot, FULL if slot != 11 else FULL - 12) for slot in range(SLOTS)]
    losses = LossEvidence(ran=ran, answers=dict.fromkeys(ran, Answer.VALUES))
    (gap,) = certified(TAG, START_S, START_S + SLOTS * BUCKET_S, TagEvidence(known, losses)).gaps
    assert (gap.lost, gap.cause) == (12, LossCause.COLLECTOR_DOWN)


def test_backfilled_and_late_readings_fill_their_slots_and_are_told_apart() -> None:
    known = [row(slot, FULL) for slot in range(SLOTS) if slot not in (11, 12)]
    known += [row(11, FULL, PAST, 7200), row(12, FULL, NONE, 7200)]
    found = certified(TAG, START_S, START_S + SLOTS * BUCKET_S, TagEvidence(known))
    assert (found.backfilled, found.late, found.lost) == (FULL, FULL, 0)


def test_a_digest_is_of_the_rows_and_not_of_their_order() -> None:
    some = [("increment", "bf3", 1, 2), ("event", "bf3", 3, 4)]
    assert digest(some) == digest(reversed(some))
    assert digest(some) != digest([*some, some[0]])
    assert digest([("a", "b")]) != digest([("ab", "")])
