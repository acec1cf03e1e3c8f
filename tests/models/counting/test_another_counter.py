"""Another counter under an old name: its first reading is a new base, and what lies between is a gap, never a step."""

from models.counting.totalizer import ANOTHER_COUNTER
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Reason
from tests.models.counting.counter_book import CounterBook, S, book

TONNE = 1_000_000


def moved(counted: CounterBook) -> CounterBook:
    counted.state = TotalizerState.from_bytes(counted.state.moved().to_bytes())
    return counted


def test_the_first_reading_of_another_counter_counts_nothing_and_leaves_a_gap() -> None:
    counted = book()
    counted.feed_all([(0, 1000.0), (10 * S, 1000.5)])
    first = moved(counted).feed(40 * S, 1001.5)
    assert first.increments[0].grams == 0
    assert first.gap is not None
    assert (first.gap.start_ns, first.gap.end_ns, first.gap.cause) == (10 * S, 40 * S, ANOTHER_COUNTER)
    counted.feed(50 * S, 1002.0)
    assert counted.total == TONNE, "0.5 t of the old one, and 0.5 t of the new one"


def test_a_standing_counter_with_an_old_stamp_is_counted_from_its_first_look_on() -> None:
    counted = book()
    counted.feed_all([(100 * S, 1000.0), (110 * S, 1000.5)])
    moved(counted).feed(20 * S, 1000.6)
    again = counted.feed(20 * S, 1000.6)
    assert (again.increments, again.rejection) == ((), None), "it stands, and repeats itself"
    counted.feed(130 * S, 1001.6)
    assert counted.total == round(1.5 * TONNE)


def test_a_late_reading_is_never_held_against_the_counter_of_before() -> None:
    counted = book()
    counted.feed_all([(0, 1000.0), (10 * S, 1000.5)])
    moved(counted).feed_all([(40 * S, 1001.5), (60 * S, 1002.0)])
    late = counted.feed(30 * S, 1001.4)
    assert late.rejection is None
    assert counted.total == TONNE + TONNE // 10
    older = counted.feed(5 * S, 1000.2)
    assert older.rejection is not None
    assert older.rejection.reason is Reason.LATE_INCONSISTENT
    assert counted.total == TONNE + TONNE // 10


def test_a_counter_that_was_never_read_is_only_given_its_address() -> None:
    counted = book()
    assert counted.state.moved() == counted.state
    assert moved(counted).feed(0, 5.0).gap is None
