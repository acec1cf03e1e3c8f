"""What is near is handed on and remembered as if it had been judged."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.counting import source_clock
from models.counting.reading import ReadingBatch
from models.counting.source_clock import SourceClock, StampJudge
from models.counting.stamp_rule import ClockPolicy, StampRule
from models.works.codes import Quality
from tests.models.counting.counter_book import T0, S
from tests.models.counting.test_source_clock import tags
from tests.support.budget import examples

pytestmark = pytest.mark.long

LEADS_S = st.sampled_from([0.0, -0.3, -1.5, 1.0, -40.0, -61.0, 61.0, 300.0, -5000.0])
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([1.0, 2.0]), LEADS_S | st.none(), st.sampled_from(list(Quality))),
    max_size=6,
)
RULES = st.sampled_from([StampRule(limit_ns=60 * S), StampRule(ClockPolicy.REFUSE, 60 * S), StampRule(limit_ns=2 * S)])


def batches(polls: list[list[tuple[int, float, float | None, Quality]]]) -> list[ReadingBatch]:
    """A poll a second; None for a lead: the stamp that the tag had before."""
    found, stamps = [], dict.fromkeys(range(4), 0)
    for number, rows in enumerate(polls, start=1):
        received = T0 + number * S
        stamped = []
        for tag, value, lead_s, quality in rows:
            if lead_s is not None:
                stamps[tag] = received + round(lead_s * S)
            stamped.append((tag, value, stamps[tag], quality))
        found.append(ReadingBatch.of("plc", received, stamped))
    return found


def same(one: SourceClock, other: SourceClock) -> bool:
    names = [field.name for field in fields(SourceClock) if field.name != "waiting"]
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    return one.waiting == other.waiting and all(
        np.array_equal(first, second, equal_nan=name == "value") for name, first, second in pairs
    )


@settings(max_examples=examples(400))
@given(st.lists(ROWS, min_size=1, max_size=12), RULES, st.sampled_from([None, 0, 300 * S]))
def test_a_batch_of_near_stamps_is_judged_as_any_other(
    polls: list[list[tuple[int, float, float | None, Quality]]], rule: StampRule, server_ns: int | None
) -> None:
    judge = StampJudge(tags() * 2)
    quick = slow = judge.new_clock()
    for batch in batches(polls):
        one = judge.judge(quick, batch, rule, server_ns)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(source_clock, "after_near_stamps", lambda *_: None)
            other = judge.judge(slow, batch, rule, server_ns)
        quick, slow = one.clock, other.clock
        assert same(quick, slow)
        assert (one.held, one.behind.tolist(), one.frozen.tolist()) == (
            other.held, other.behind.tolist(), other.frozen.tolist(),
        )  # fmt: skip
        for name in ("tags", "values", "times_ns", "quality"):
            np.testing.assert_array_equal(getattr(one.batch, name), getattr(other.batch, name))


def test_tags_in_another_order_keep_each_its_own_value() -> None:
    judge = StampJudge(tags())
    rows = [(1, 2.0, T0 + S, Quality.GOOD), (0, 1.0, T0 + S, Quality.UNCERTAIN)]
    clock = judge.judge(judge.new_clock(), ReadingBatch.of("plc", T0 + S, rows), StampRule(), None).clock
    assert clock.value.tolist()[:2] == [1.0, 2.0]
    assert clock.quality.tolist()[:2] == [Quality.UNCERTAIN, Quality.GOOD]


def test_a_steady_load_is_not_judged_value_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    judge, judged = StampJudge(tags()), 0
    learn = StampJudge._learn

    def counted(*arguments: object) -> SourceClock:
        nonlocal judged
        judged += 1
        return learn(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(StampJudge, "_learn", counted)
    clock = judge.new_clock()
    for number in range(20):
        received = T0 + number * S
        rows = [(tag, float(number), received - tag, Quality.GOOD) for tag in range(2)]
        clock = judge.judge(clock, ReadingBatch.of("plc", received, rows), StampRule(), None).clock
    assert judged == 0
