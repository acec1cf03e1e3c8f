"""From where the topic is read: from where the ledger is, unless the topic does not have that any more."""

import pytest

from collector.group.reading_place import begin_reading, note_look, reading_places
from tests.collector.group.site_sender import SiteSender
from tests.collector.group.taking import TakingGroup


@pytest.fixture
def group() -> TakingGroup:
    """It has read its partition 0 up to offset 3."""
    group = TakingGroup()
    begin_reading(group.connection, "one", {0: (0, 10)}, 1)
    north = SiteSender("north")
    for message in (*north.begin(1, 0), north.publish(1), north.publish(2)):
        group.take(message)
    return group


@pytest.mark.parametrize(
    ("topic", "span", "offset", "lost"),
    [
        ("one", (0, 10), 4, False),
        ("one", (4, 4), 4, False),
        ("one", (6, 10), 6, True),
        ("one", (0, 2), 0, True),
        ("another", (0, 10), 0, True),
        ("another", (0, 0), 0, True),
    ],
)
def test_a_partition_is_read_from_where_the_ledger_is_or_from_what_is_left(
    group: TakingGroup, topic: str, span: tuple[int, int], offset: int, lost: bool
) -> None:
    assert begin_reading(group.connection, topic, {0: span}, 2) == ({0: offset}, lost)
    (place,) = reading_places(group.connection)
    assert (place.next_offset, place.end_offset, place.topic) == (offset, span[1], topic)


def test_a_partition_that_is_new_is_read_from_its_beginning_and_one_that_is_gone_may_have_held_something(
    group: TakingGroup,
) -> None:
    assert begin_reading(group.connection, "one", {0: (0, 10), 1: (5, 9)}, 2) == ({0: 4, 1: 5}, False)
    assert begin_reading(group.connection, "one", {1: (5, 9)}, 3) == ({1: 5}, True)


def test_what_waits_to_be_read_is_known_from_the_last_look(group: TakingGroup) -> None:
    note_look(group.connection, {0: (0, 25)}, 7)
    (place,) = reading_places(group.connection)
    assert (place.next_offset, place.end_offset, place.looked_ns) == (4, 25, 7)
