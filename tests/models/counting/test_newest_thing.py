"""A memory that shows the newest ladle alone: each is counted once, whatever is half-written, missed or repeated."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.newest_thing import ABSENCE_NS, NewestThing, ShownThing, TakenThing, ThingLook, ThingState
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Tag

if TYPE_CHECKING:
    from models.counting.reading import EventReading, Rejection

NS = 10**9
NOON = 1_790_751_600 * NS
TAG = Tag(
    name="bof.ladles",
    signal="ladles",
    kind=TagKind.EVENT,
    site="works",
    shop="steel",
    unit="bof",
    source="plc",
    unit_of_measure="t",
    cadence_s=1,
    product="steel",
)


def shown(tonnes: float | None = 310.0, key: str = "", **keys: object) -> ShownThing:
    given_keys = {"counter": None, "ready": None, "end_ns": 0, "quality": Quality.GOOD} | keys
    return ShownThing(tonnes, key, **given_keys)


class LooksAtOne:
    """Looks at one memory, every second, and what they gave."""

    def __init__(self, *, numbered: bool = True, taken: TakenThing | None = None) -> None:
        self.thing = NewestThing("plc", TAG, numbered=numbered)
        self.state = ThingState(taken)
        self.now_ns = NOON
        self.events: list[EventReading] = []
        self.rejections: list[Rejection] = []
        self.gaps: list[tuple[str, int, int]] = []

    def look(self, what: ShownThing, times: int = 2, *, after_s: int = 1) -> "LooksAtOne":
        for time in range(times):
            self.now_ns += (after_s if time == 0 else 1) * NS
            self._take(self.thing.look(self.state, what, self.now_ns))
        return self

    def _take(self, look: ThingLook) -> None:
        self.state = look.state
        self.events += look.events
        self.rejections += look.rejections
        self.gaps += look.gaps

    @property
    def said(self) -> list[tuple[str, float]]:
        return [(event.key, event.tonnes) for event in self.events]


def test_what_stood_there_before_the_first_look_is_not_counted_and_the_next_ones_are() -> None:
    seen = LooksAtOne().look(shown(301, "H1")).look(shown(302, "H2")).look(shown(303, "H3"), 5)
    assert seen.said == [("H2", 302), ("H3", 303)]
    assert not seen.gaps


def test_what_has_an_end_is_counted_also_at_the_first_look() -> None:
    seen = LooksAtOne().look(shown(301, "H1", end_ns=NOON - 600 * NS))
    assert [(event.key, event.end_ns) for event in seen.events] == [("H1", NOON - 600 * NS)]
    assert seen.events[0].quality is Quality.GOOD


def test_the_same_weight_under_another_number_is_another_ladle() -> None:
    seen = LooksAtOne().look(shown(300, "H1")).look(shown(300, "H2")).look(shown(300, "H3"))
    assert seen.said == [("H2", 300), ("H3", 300)]


def test_a_number_that_is_written_before_its_weight_waits_for_the_weight() -> None:
    seen = LooksAtOne().look(shown(301, "H1")).look(shown(301, "H2"), 1).look(shown(302, "H2"), 3)
    assert seen.said == [("H2", 302)]


@pytest.mark.parametrize("sign", ["key", "counter"])
def test_a_number_that_comes_before_its_weight_waits_until_there_is_one(sign: str) -> None:
    def at(number: int, tonnes: float) -> ShownThing:
        return shown(tonnes, f"H{number}") if sign == "key" else shown(tonnes, counter=number)

    seen = LooksAtOne().look(at(1, 301)).look(at(2, 0), 6).look(at(2, 57)).look(at(3, 0), 3).look(at(3, 58))
    assert [event.tonnes for event in seen.events] == [57, 58]
    assert not seen.gaps
    assert not seen.rejections


def test_what_begins_while_we_look_is_counted_also_as_the_first_of_all() -> None:
    counted = LooksAtOne().look(shown(0, counter=0), 4).look(shown(70, counter=1))
    assert [event.tonnes for event in counted.events] == [70]
    told = LooksAtOne().look(shown(12, ready=False), 4).look(shown(30, ready=True))
    assert [event.tonnes for event in told.events] == [30]


def test_a_weight_that_is_corrected_later_replaces_the_one_before() -> None:
    seen = LooksAtOne().look(shown(301, "H1")).look(shown(302, "H2"), 9).look(shown(304, "H2"))
    assert seen.said == [("H2", 302), ("H2", 304)]
    assert len({(event.sequence, event.end_ns) for event in seen.events}) == 1


def test_a_weight_that_falls_to_0_after_it_was_counted_is_told_once_and_stays_counted() -> None:
    seen = LooksAtOne().look(shown(301, "H1")).look(shown(302, "H2")).look(shown(0, "H2"), 5)
    assert seen.said == [("H2", 302)]
    assert [one.reason for one in seen.rejections] == [Reason.EVENT_TONNES]
    assert "302 t" in seen.rejections[0].detail


@pytest.mark.parametrize(
    ("before", "after", "missed"),
    [("H7", "H8", 0), ("H7", "H9", 1), ("A1207", "A1208", 0), ("1999", "1", 0), ("A7", "B9", 0), ("tap", "cast", 0)],
)
def test_a_number_that_leaps_within_its_series_is_a_gap(before: str, after: str, missed: int) -> None:
    seen = LooksAtOne().look(shown(300, "0")).look(shown(301, before), 1).look(shown(301, before), 1)
    gaps = len(seen.gaps)
    assert len(seen.look(shown(302, after)).gaps) - gaps == missed


def test_numbers_that_units_share_may_leap() -> None:
    seen = LooksAtOne(numbered=False).look(shown(300, "H1")).look(shown(301, "H2")).look(shown(302, "H5"))
    assert seen.said == [("H2", 301), ("H5", 302)]
    assert not seen.gaps


def test_a_counter_tells_of_each_that_was_missed() -> None:
    seen = LooksAtOne().look(shown(300, counter=7)).look(shown(301, counter=8)).look(shown(301, counter=11))
    assert [event.tonnes for event in seen.events] == [301, 301]
    assert [event.sequence for event in seen.events] == [8, 11]
    assert len({event.key for event in seen.events}) == 2
    assert len(seen.gaps) == 1
    (_, start_ns, end_ns) = seen.gaps[0]
    assert NOON < start_ns < end_ns == seen.now_ns - 0 * NS


def test_a_counter_that_starts_again_leaves_a_gap_and_goes_on() -> None:
    seen = LooksAtOne().look(shown(300, counter=56)).look(shown(301, counter=57))
    seen.look(shown(0, counter=0), 4).look(shown(299, counter=1)).look(shown(298, counter=2))
    assert [event.tonnes for event in seen.events] == [301, 299, 298]
    assert len(seen.gaps) == 1


def test_a_bit_that_bounces_within_one_look_counts_nothing_twice() -> None:
    seen = LooksAtOne().look(shown(300, ready=True)).look(shown(0, ready=False)).look(shown(301, ready=True), 4)
    seen.look(shown(301, ready=True), 1).look(shown(301, ready=True), 3)
    assert [event.tonnes for event in seen.events] == [301]
    seen.look(shown(301, ready=False), 1).look(shown(301, ready=True), 2)
    assert [event.tonnes for event in seen.events] == [301, 301]


def test_while_the_bit_is_0_nothing_is_believed() -> None:
    seen = LooksAtOne().look(shown(300, "H1", ready=True)).look(shown(17, "H2", ready=False), 5)
    assert not seen.events
    assert seen.look(shown(302, "H2", ready=True)).said == [("H2", 302)]


def test_after_an_absence_another_one_without_a_count_leaves_a_gap_and_the_same_one_none() -> None:
    away_s = ABSENCE_NS // NS + 60
    seen = LooksAtOne(numbered=False).look(shown(300, "H1")).look(shown(301, "H2"))
    assert not seen.look(shown(301, "H2"), after_s=away_s).gaps
    assert len(seen.look(shown(302, "H3"), after_s=away_s).gaps) == 1
    assert seen.said == [("H2", 301), ("H3", 302)]


def test_after_a_start_the_one_that_the_ledger_knows_is_not_counted_again() -> None:
    known = {41: ("H2 (2)", 301.0, NOON - 60 * NS), 40: ("H1", 300.0, NOON - 900 * NS)}
    taken = TakenThing.newest(known, 41)
    assert taken == TakenThing(41, "H2", 301_000_000, NOON - 60 * NS)
    seen = LooksAtOne(taken=taken).look(shown(301, "H2"), 5).look(shown(305, "H3"))
    assert seen.said == [("H3", 305)]
    assert seen.events[0].sequence == 42
    assert not seen.gaps


@pytest.mark.parametrize("what", [shown(None, "H2", said="tonnes nan"), shown(300, said="key ''")])
def test_what_cannot_be_counted_is_told_once(what: ShownThing) -> None:
    seen = LooksAtOne().look(shown(301, "H1")).look(what, 6)
    assert not seen.events
    assert [one.reason for one in seen.rejections] == [Reason.WRONG_TYPE]
    assert what.said in seen.rejections[0].detail


LADLES = st.lists(
    st.tuples(
        st.integers(1_000, 400_000),  # kg
        st.integers(0, 3),  # looks while the weight is new and the number still old
        st.integers(2, 5),  # looks while both stand
        st.booleans(),  # the collector is killed meanwhile
    ),
    min_size=1,
    max_size=30,
)


@given(LADLES, st.sampled_from(["key", "counter", "end", "ready"]))
def test_each_ladle_is_counted_once_through_half_written_looks_and_kills(
    ladles: list[tuple[int, int, int, bool]], sign: str
) -> None:
    """What was taken is known after a kill from the ledger alone; only looks that were not confirmed are lost."""
    seen = LooksAtOne()
    book: list[float] = []
    ledger: dict[int, tuple[str, float, int]] = {}

    def at(number: int, kg: int) -> ShownThing:
        said = shown(kg / 1000)
        if sign == "key":
            return replace(said, key=f"H{number}")
        if sign == "counter":
            return replace(said, counter=number)
        if sign == "end":
            return replace(said, end_ns=NOON + number * 1000 * NS - 10**6 * NS)
        return replace(said, ready=True)

    def look(what: ShownThing, times: int) -> None:
        before = len(seen.events)
        seen.look(what, times)
        for event in seen.events[before:]:
            ledger[event.sequence] = (event.key, event.tonnes, event.end_ns)

    look(at(1, 999), 2)
    if sign == "end":
        book.append(0.999)
    for number, (kg, torn, whole, killed) in enumerate(ladles, start=2):
        if sign == "ready":
            look(shown(kg / 1000, ready=False), 1 + torn)
        elif torn:
            look(replace(at(number, kg), tonnes=(kg + 1) / 1000), 1)
        look(at(number, kg), whole)
        book.append(kg / 1000)
        if killed:
            newest = seen.events[-1].sequence
            seen.state = ThingState(TakenThing.newest(ledger, newest))
            look(at(number, kg), 2)
    assert [event.tonnes for event in seen.events] == book
    assert not [gap for gap in seen.gaps if sign in ("key", "counter")]
    assert not seen.rejections
