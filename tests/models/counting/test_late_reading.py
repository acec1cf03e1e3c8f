"""Anchors in the middle of a transaction read as if everything so far were stored."""

from hypothesis import given
from hypothesis import strategies as st

from models.counting.accepted_step import AnchorChange
from models.counting.counter_step import Anchor
from models.counting.late_reading import PendingAnchors

Neighbours = tuple[Anchor | None, Anchor | None]


def around(kept: dict[int, float], time_ns: int) -> Neighbours:
    before = max((time for time in kept if time <= time_ns), default=None)
    after = min((time for time in kept if time >= time_ns), default=None)
    return (
        None if before is None else Anchor(before, kept[before]),
        None if after is None else Anchor(after, kept[after]),
    )


@given(
    stored=st.dictionaries(st.integers(0, 20), st.floats(0, 9)),
    changes=st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.floats(0, 9)), max_size=30),
)
def test_pending_changes_read_as_if_stored_and_bring_the_store_up_to_date(
    stored: dict[int, float], changes: list[tuple[bool, int, float]]
) -> None:
    kept = dict(stored)
    pending = PendingAnchors(lambda time_ns: around(stored, time_ns))
    for put, time_ns, value in changes:
        if put:
            kept[time_ns] = value
            pending.apply(AnchorChange(put=(Anchor(time_ns, value),)))
        else:
            kept.pop(time_ns, None)
            pending.apply(AnchorChange(delete=(time_ns,)))
        for at_ns in range(-1, 22):
            assert pending.around(at_ns) == around(kept, at_ns)
    put_now, delete_now = pending.changes()
    assert not {anchor.time_ns for anchor in put_now} & set(delete_now)
    for time_ns in delete_now:
        stored.pop(time_ns, None)
    stored.update({anchor.time_ns: anchor.value for anchor in put_now})
    assert stored == kept
