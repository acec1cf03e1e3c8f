"""Two weighings of one ladle are one load, whatever comes twice, late, corrected, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.reading import EventReading, Rejection
from models.counting.weighings import WeighingState, expire, pair
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Tag

NS = 10**9
HOUR = 3600 * NS
NOON = 1_790_751_600 * NS
TAG = Tag(
    name="bof.ladles",
    signal="ladles",
    kind=TagKind.EVENT,
    site="works",
    shop="steel",
    unit="bof",
    source="scale",
    unit_of_measure="t",
    cadence_s=1,
    product="pig_iron",
    low=20.0,
    pair_within_s=6 * 3600,
)


def weighing(key: str, tonnes: float, minutes: float, sequence: int = -1) -> EventReading:
    at_ns = NOON + round(minutes * 60 * NS)
    return EventReading(TAG.name, key, sequence, tonnes, at_ns, at_ns + NS, Quality.GOOD)


class Scale:
    """Weighings one after the other; the state goes through its bytes each time, as the ledger keeps it."""

    def __init__(self) -> None:
        self.state = WeighingState()
        self.net: dict[str, tuple[float, int]] = {}
        self.rejections: list[Rejection] = []

    def weigh(self, *readings: EventReading) -> "Scale":
        for reading in readings:
            done = pair(TAG, self.state, reading)
            self.net |= {net.key: (net.tonnes, net.end_ns) for net in done.net}
            self._go_on(done.state, done.rejections)
        return self

    def wait(self, minutes: float) -> "Scale":
        done = expire(TAG, self.state, NOON + round(minutes * 60 * NS))
        self._go_on(done.state, done.rejections)
        return self

    def _go_on(self, state: WeighingState, rejections: tuple[Rejection, ...]) -> None:
        self.state = WeighingState.from_bytes(state.to_bytes())
        self.rejections += rejections

    @property
    def loads(self) -> list[float]:
        return [tonnes for tonnes, _ in self.net.values()]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_full_and_empty_make_one_load_at_the_end_of_the_later(order: tuple[int, int]) -> None:
    tonnes = (310.5, 110.25)
    scale = Scale().weigh(weighing("7", tonnes[order[0]], 0), weighing("7", tonnes[order[1]], 40))
    assert list(scale.net.values()) == [(200.25, NOON + 40 * 60 * NS)]
    assert next(iter(scale.net)).startswith("7 2026-")


def test_two_full_ones_are_no_load_and_the_later_one_waits_for_its_empty_one() -> None:
    scale = Scale().weigh(weighing("7", 310, 0), weighing("7", 309, 90), weighing("7", 110, 120))
    assert scale.loads == [199.0]
    scale.wait(7 * 60)
    assert [(one.reason, one.event_key) for one in scale.rejections] == [(Reason.UNPAIRED, "7")]
    assert "310 t" in scale.rejections[0].detail
    assert scale.wait(20 * 60).state.waiting == ()


def test_ladles_that_go_round_together_keep_their_own_weights() -> None:
    scale = Scale().weigh(weighing("1", 310, 0), weighing("2", 320, 5), weighing("1", 110, 30), weighing("2", 112, 35))
    scale.weigh(weighing("1", 305, 60), weighing("1", 111, 95))
    assert scale.loads == [200.0, 208.0, 194.0]


def test_what_is_too_far_apart_is_no_pair() -> None:
    scale = Scale().weigh(weighing("7", 310, 0), weighing("7", 110, 6 * 60 + 1))
    assert not scale.loads
    assert len(scale.rejections) == 1


def test_a_correction_of_either_weighing_corrects_the_load() -> None:
    scale = Scale().weigh(weighing("7", 310, 0), weighing("7", 311, 0), weighing("7", 110, 40))
    assert scale.loads == [201.0]
    scale.weigh(weighing("7", 312, 0)).weigh(weighing("7", 109, 40))
    assert scale.loads == [203.0]
    scale.weigh(weighing("7", 300, 40))
    assert scale.loads == [203.0]
    assert [one.reason for one in scale.rejections] == [Reason.EVENT_TONNES]


def test_a_weighing_that_is_read_again_with_another_time_is_known_by_its_number() -> None:
    scale = Scale().weigh(weighing("7", 310, 0, 41), weighing("7", 310, 3, 41), weighing("7", 110, 40, 42))
    assert scale.loads == [200.0]
    assert scale.weigh(weighing("7", 110, 45, 42)).loads == [200.0]
    assert scale.state.waiting == ()


def test_bytes_of_another_version_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="version 2"):
        WeighingState.from_bytes(b'{"weighings":2}')
    with pytest.raises(ValueError, match="no state of weighings"):
        WeighingState.from_bytes(b'{"weighings":1,"waiting":[{}]}')


ROUNDS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3"]),
        st.integers(30_000, 300_000),  # kg of load
        st.integers(1, 300),  # minutes to the empty weighing
        st.booleans(),  # a weighing comes twice
    ),
    max_size=20,
)


@given(ROUNDS)
def test_each_load_is_counted_once_to_the_gram_in_any_order_of_vessels(
    rounds: list[tuple[str, int, int, bool]],
) -> None:
    """Vessels weigh in between each other; each goes empty before it is full again."""
    due = dict.fromkeys("123", 0)
    readings: list[EventReading] = []
    book: list[int] = []
    for vessel, load_kg, minutes, twice in rounds:
        start = due[vessel] + 400
        due[vessel] = start + minutes
        full, empty = weighing(vessel, 110 + load_kg / 1000, start), weighing(vessel, 110, start + minutes)
        readings += [full, empty, *([full, empty] if twice else [])]
        book.append(load_kg)
    scale = Scale().weigh(*sorted(readings, key=lambda one: one.end_ns))
    assert sorted(round(tonnes * 1000) for tonnes in scale.loads) == sorted(book)
    assert not scale.rejections
    assert not scale.state.waiting
