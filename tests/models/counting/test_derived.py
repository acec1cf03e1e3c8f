"""What is made of other signals, poll by poll and change by change."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.counter import Counter
from models.counting.counter_step import Anchor
from models.counting.derived import KEPT_AT_LEAST_S, NOTHING_HELD, Derivation, DerivedTags
from models.counting.reading import ReadingBatch
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Conversion, Gate, Tag

NS = 10**9
NOON = 1_790_751_600 * NS


def tag(signal: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    return Tag(
        name=f"mill.{signal}",
        signal=signal,
        kind=kind,
        site="works",
        shop="rolling",
        unit="mill",
        source="plc",
        unit_of_measure="t",
        cadence_s=1,
        **keys,
    )


BELTS = (
    tag("a"),
    tag("b"),
    tag("both", formula="a + b"),
    tag("ratio", formula="a / b", conversion=Conversion(100.0)),
)
GRADES = (
    tag("grade"),
    tag("rails", TagKind.TOTALIZER, product="rails", gate=Gate("grade", (1.0,))),
    tag("beams", TagKind.TOTALIZER, product="beams", gate=Gate("grade", (2.0, 3.0))),
)


class Looks:
    """Deliveries of one source, one after the other."""

    def __init__(self, tags: tuple[Tag, ...]) -> None:
        self.tags = tags
        self.derived = DerivedTags.of(tags)
        self.state = NOTHING_HELD
        self.now_ns = NOON

    def look(
        self,
        *rows: tuple[str, float] | tuple[str, float, float] | tuple[str, float, float, Quality],
        refused: tuple[str, ...] = (),
        confirmed: tuple[str, ...] = (),
        after_s: float = 1,
    ) -> Derivation:
        """Rows of (signal, value, seconds before now, quality)."""
        self.now_ns += round(after_s * NS)
        index = {one.signal: place for place, one in enumerate(self.tags)}
        batch = ReadingBatch.of(
            "plc",
            self.now_ns,
            [
                (
                    index[row[0]],
                    row[1],
                    self.now_ns - round((row[2] if len(row) > 2 else 0.0) * NS),
                    row[3] if len(row) > 3 else Quality.GOOD,
                )
                for row in rows
            ],
        )
        batch, state = self.derived.compute(batch, self.state, refused, confirmed)
        done = self.derived.gate(batch, state)
        self.state = done.state
        return done

    def said(self, done: Derivation) -> list[tuple[str, float]]:
        columns = zip(done.readings.tags.tolist(), done.readings.values.tolist(), strict=True)
        return [(self.tags[place].signal, value) for place, value in columns]


def test_counters_beyond_2_53_are_added_and_taken_in_turns_to_the_last_count() -> None:
    belts, grades = Looks(BELTS), Looks(GRADES)
    made = belts.look(("a", 2**62 + 1), ("b", 2**61 + 1), ("ratio", 0.0)).readings
    assert {BELTS[made.tags[row]].signal: made.number(row) for row in range(len(made))}["both"] == 2**62 + 2**61 + 2
    grades.look(("grade", 1.0), ("rails", 2**63 + 1), ("beams", 2**63 + 1))
    done = grades.look(("grade", 2.0), ("rails", 2**63 + 8), ("beams", 2**63 + 8))
    assert [done.readings.number(row) for row in sorted(done.idle)] == [2**63 + 8]
    assert done.readings.number(2) == 2**63 + 8


def test_a_poll_gives_one_value_by_all_that_was_read_with_it() -> None:
    looks = Looks(BELTS)
    done = looks.look(("a", 3.0, 0.4), ("b", 4.0, 0.1))
    assert looks.said(done)[2:] == [("both", 7.0), ("ratio", 75.0)]
    assert done.readings.times_ns[2] == looks.now_ns - NS // 10


def test_a_source_that_sends_changes_alone_is_reckoned_by_the_last_of_each() -> None:
    looks = Looks(BELTS)
    assert looks.said(looks.look(("a", 3.0))) == [("a", 3.0)]
    assert looks.said(looks.look(("b", 4.0)))[1:] == [("both", 7.0), ("ratio", 75.0)]
    assert ("both", 9.0) in looks.said(looks.look(("a", 5.0)))


def test_several_changes_in_one_delivery_are_taken_in_the_order_of_their_times() -> None:
    looks = Looks(BELTS)
    done = looks.look(("a", 1.0, 5), ("b", 10.0, 4), ("a", 2.0, 3), ("b", 20.0, 2))
    assert [value for signal, value in looks.said(done) if signal == "both"] == [11.0, 12.0, 22.0]


def test_the_quality_is_the_worst_of_what_it_is_made_of() -> None:
    looks = Looks(BELTS)
    done = looks.look(("a", 3.0, 0, Quality.UNCERTAIN), ("b", 4.0))
    assert done.readings.quality.tolist()[2] == Quality.UNCERTAIN


def test_a_signal_that_is_not_believed_says_nothing_and_neither_does_what_is_made_of_it() -> None:
    looks = Looks(BELTS)
    looks.look(("a", 3.0), ("b", 4.0))
    assert looks.said(looks.look(("b", 5.0), refused=("mill.a",))) == [("b", 5.0)]
    assert looks.said(looks.look(("b", 6.0))) == [("b", 6.0)]
    assert ("both", 7.0) in looks.said(looks.look(("a", 1.0)))


def test_a_value_that_nobody_confirms_is_used_for_a_minute_and_one_that_stands_for_ever() -> None:
    looks = Looks(BELTS)
    looks.look(("a", 3.0), ("b", 4.0))
    assert ("both", 8.0) in looks.said(looks.look(("a", 4.0), after_s=KEPT_AT_LEAST_S - 1))
    assert looks.said(looks.look(("b", 5.0), after_s=KEPT_AT_LEAST_S + 1)) == [("b", 5.0)]
    looks.look(("a", 4.0), ("b", 4.0))
    for _ in range(5):
        looks.look(confirmed=("mill.b",), after_s=30)
    assert ("both", 9.0) in looks.said(looks.look(("a", 5.0)))
    assert looks.derived.covered("plc", {"mill.a": 2, "mill.b": 1}) == {"mill.both": 1, "mill.ratio": 1}
    assert looks.derived.covered("plc", {"mill.a": 2}) == {}


def test_a_division_by_0_is_no_number_and_no_error() -> None:
    looks = Looks(BELTS)
    assert str(dict(looks.said(looks.look(("a", 3.0), ("b", 0.0))))["ratio"]) == "nan"


def test_counters_wait_for_a_grade_that_some_tag_counts_and_the_unknown_one_is_told_once() -> None:
    looks = Looks(GRADES)
    assert looks.look(("rails", 10.0), ("beams", 10.0)).waiting == {0, 1}
    first = looks.look(("grade", 7.0), ("rails", 10.0), ("beams", 10.0))
    assert first.waiting == {1, 2}
    assert [one.reason for one in first.rejections] == [Reason.OUT_OF_RANGE]
    assert "shows 7" in first.rejections[0].detail
    assert not looks.look(("grade", 7.0), ("rails", 11.0), ("beams", 11.0)).rejections
    known = looks.look(("grade", 2.0), ("rails", 12.0), ("beams", 12.0))
    assert (known.idle, known.waiting) == ({1}, set())
    assert known.readings.quality.tolist() == [Quality.GOOD, Quality.GOOD, Quality.UNCERTAIN]
    assert looks.look(("grade", 3.0), ("rails", 12.0), ("beams", 13.0)).readings.quality.min() == Quality.GOOD


@pytest.mark.parametrize("order", [0, 1])
def test_a_grade_that_changed_within_a_delivery_gates_what_came_after_it(order: int) -> None:
    looks = Looks(GRADES)
    rows = [("grade", 1.0, 9), ("rails", 10.0, 8), ("beams", 10.0, 8), ("grade", 2.0, 7), ("rails", 11.0, 6)]
    rows.append(("beams", 11.0, 6))
    done = looks.look(*(rows if order else rows[::-1]))
    idle = {(looks.tags[done.readings.tags[row]].signal, done.readings.values[row]) for row in done.idle}
    assert idle == {("beams", 10.0), ("rails", 11.0)}


@given(st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0, 7.0]), st.integers(0, 50)), max_size=40))
def test_each_look_at_a_counter_is_counted_by_one_tag_or_waits(looks_at: list[tuple[float, int]]) -> None:
    looks, total = Looks(GRADES), 0
    for grade, grown in looks_at:
        total += grown
        done = looks.look(("grade", grade), ("rails", float(total)), ("beams", float(total)))
        counting = {1, 2} - done.idle - done.waiting
        assert len(counting) == (0 if grade == 7.0 else 1)


@given(
    st.lists(
        st.tuples(st.sampled_from(["rails", "beams"]), st.integers(0, 900), st.integers(1, 400)),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, 990_000),
)
def test_grades_that_take_turns_add_up_to_their_counter(turns: list[tuple[str, int, int]], start_kg: int) -> None:
    """By readings alone: each growth is counted once, over a rollover too."""
    counters = {
        name: Counter.of(
            tag(name, TagKind.TOTALIZER, product=name, grams_per_unit=1000.0, max_rate_per_h=4e6, modulus=1e6),
            ZoneInfo("UTC"),
        )
        for name in ("rails", "beams")
    }
    states = dict.fromkeys(counters, TotalizerState())
    grams = dict.fromkeys(counters, 0)
    own = dict.fromkeys(counters, 0)
    shown, now_ns = start_kg, NOON
    for step, (grade, grown, seconds) in enumerate([("rails", 0, 1), *turns]):
        shown, now_ns = shown + grown, now_ns + seconds * NS
        own[grade] += grown * 1000 if step else 0
        for name, counter in counters.items():
            reading = Anchor(now_ns, float(shown % 1_000_000))
            done = (
                counter.count(states[name], reading, Quality.GOOD, lambda _: (None, None))
                if name == grade
                else counter.idle(states[name], reading)
            )
            states[name] = TotalizerState.from_bytes(done.state.to_bytes())
            grams[name] += sum(increment.grams for increment in done.increments)
            assert done.gap is None
    assert grams == own


RESETS = (tag("done"), tag("made", TagKind.TOTALIZER, product="rails", reset_signal="done"))


def test_a_bit_that_announces_a_reset_holds_for_this_look_and_the_next_one() -> None:
    looks = Looks(RESETS)

    def resets(*rows: tuple[str, float], after_s: float = 1) -> frozenset[int]:
        looks.now_ns += round(after_s * NS)
        index = {one.signal: place for place, one in enumerate(RESETS)}
        batch = ReadingBatch.of(
            "plc", looks.now_ns, [(index[name], value, looks.now_ns, Quality.GOOD) for name, value in rows]
        )
        found, looks.state = looks.derived.resets(batch, looks.state)
        return found

    assert resets(("done", 0.0), ("made", 900.0)) == frozenset()
    assert resets(("done", 1.0), ("made", 901.0)) == {1}
    assert resets(("done", 0.0), ("made", 2.0)) == {1}
    assert resets(("done", 0.0), ("made", 3.0)) == frozenset()
    assert resets(("done", 1.0)) == frozenset()
    assert resets(("done", 0.0)) == frozenset()
    assert resets(("made", 1.0)) == {0}
    assert resets(("made", 2.0), after_s=KEPT_AT_LEAST_S + 1) == frozenset()


def test_an_announced_reset_is_counted_at_once_at_any_hour_and_a_rise_with_it_as_a_rise() -> None:
    counter = Counter.of(
        tag("made", TagKind.TOTALIZER, product="rails", grams_per_unit=1e6, max_rate_per_h=3600.0), ZoneInfo("UTC")
    )
    state, now_ns = TotalizerState(), NOON
    grams, causes = 0, []
    for value, announced in ((900.0, False), (901.0, True), (2.0, True), (3.0, False), (4.0, False)):
        now_ns += 10 * NS
        one = counter.announced() if announced else counter
        done = one.count(state, Anchor(now_ns, value), Quality.GOOD, lambda _: (None, None))
        state = done.state
        grams += sum(increment.grams for increment in done.increments)
        causes += [done.gap.cause] if done.gap is not None else []
    assert grams == 5 * 10**6
    assert len(causes) == 1
    assert causes[0].startswith("set to 0 as planned")
