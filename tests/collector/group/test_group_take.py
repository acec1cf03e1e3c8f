"""What the group takes of its topic, and what changes nothing."""

import json
import zlib

import pytest

from collector.group.group_streams import SiteStop, StreamState, site_taken, stream_taken
from collector.group.group_take import Outcome, answers_due, let_go_on
from collector.group.message import MOST_BYTES, encode_message
from collector.group.refused_messages import refused_messages
from collector.influx.packing import gzip_member
from tests.collector.group.site_sender import SiteSender, site_row
from tests.collector.group.taking import TakingGroup


@pytest.fixture
def group() -> TakingGroup:
    return TakingGroup()


def begun(group: TakingGroup, site: str = "north") -> SiteSender:
    """A site whose image is taken: one row."""
    sender = SiteSender(site)
    row = site_row(site, 1, 5_000_000)
    sender.image[row.key] = dict(row.fields)
    for message in sender.begin(1, 100):
        assert group.take(message).outcome is Outcome.APPLIED
    return sender


def why(group: TakingGroup) -> list[str]:
    return [each.why for each in refused_messages(group.connection, 10)]


def test_rows_are_put_and_withdrawn_and_the_answer_names_the_number(group: TakingGroup) -> None:
    north = begun(group)
    gone = next(iter(north.image))
    taken = group.take(north.publish(200, [site_row("north", 2, 7)], [gone]))
    assert taken.answer is not None
    assert (taken.answer.site, taken.answer.taken, taken.answer.resend) == ("north", 2, False)
    assert group.image("north") == north.image
    assert len(north.image) == 1


def test_a_message_that_comes_twice_changes_nothing(group: TakingGroup) -> None:
    north = begun(group)
    first = north.publish(200, [site_row("north", 2, 7)])
    group.take(first)
    group.take(north.publish(300, [site_row("north", 2, 8)]))
    again = group.take(first)
    assert again.outcome is Outcome.REPEATED
    assert again.answer is not None
    assert again.answer.taken == 3
    assert group.image("north") == north.image


def test_a_hole_stops_its_site_alone_and_asks_for_what_is_missing(group: TakingGroup) -> None:
    north, south = begun(group), begun(group, "south")
    before = group.image("north")
    lost, late = north.publish(200, [site_row("north", 2, 7)]), north.publish(300, [site_row("north", 3, 9)])
    group.now_ns = 5_000
    answer = group.take(late).answer
    assert answer is not None
    assert (answer.taken, answer.resend) == (1, True)
    assert group.image("north") == before
    group.now_ns = 6_000
    group.take(late)
    stream = stream_taken(group.connection, "north", north.stream)
    assert stream is not None
    assert (stream.hole_ns, stream.hole_at) == (5_000, 3)
    assert group.take(south.publish(200, [site_row("south", 2, 1)])).outcome is Outcome.APPLIED
    assert [answer.resend for answer in answers_due(group.connection, "north")] == [True]
    for message in (lost, late):
        assert group.take(message).outcome is Outcome.APPLIED
    assert group.image("north") == north.image
    assert [answer.resend for answer in answers_due(group.connection, "north")] == [False]


def test_a_new_stream_is_shown_only_when_its_image_is_whole(group: TakingGroup) -> None:
    north = begun(group)
    before = group.image("north")
    north.image = {row.key: dict(row.fields) for row in (site_row("north", day, day) for day in (2, 3, 4))}
    *parts, last = north.begin(2, 1_000, parts=3)
    for part in parts:
        assert group.take(part).outcome is Outcome.APPLIED
        assert group.image("north") == before
    group.take(last)
    assert group.image("north") == north.image
    kept = group.connection.execute("SELECT DISTINCT stream FROM image WHERE site = 'north'").fetchall()
    assert kept == [(north.stream,)]


def test_a_late_message_of_a_stream_that_was_replaced_changes_nothing(group: TakingGroup) -> None:
    north = begun(group)
    late = north.publish(200, [site_row("north", 9, 9)])
    for message in north.begin(2, 1_000):
        group.take(message)
    assert group.take(late).outcome is Outcome.PAST
    assert site_taken(group.connection, "north").stopped is SiteStop.NONE
    del north.image[site_row("north", 9, 9).key]
    assert late.rows[0].key() in group.image("north")  # as the new stream has it, and not as the late one
    assert stream_taken(group.connection, "north", f"{1:032x}").state is StreamState.PAST  # type: ignore[union-attr]


def test_an_older_stream_that_was_never_heard_of_does_not_come_back(group: TakingGroup) -> None:
    older = SiteSender("north")
    first = older.begin(7, 50)[0]
    begun(group)
    before = group.image("north")
    assert group.take(first).outcome is Outcome.PAST
    assert group.image("north") == before


def test_a_stream_whose_beginning_was_missed_is_asked_for_all_of_it(group: TakingGroup) -> None:
    north = SiteSender("north")
    messages = [*north.begin(1, 100), north.publish(200, [site_row("north", 2, 7)])]
    answer = group.take(messages[1]).answer
    assert answer is not None
    assert (answer.taken, answer.resend) == (0, True)
    for message in messages:
        group.take(message)
    assert group.image("north") == north.image


def test_the_newest_answer_to_a_site_is_about_the_ledger_that_lives(group: TakingGroup) -> None:
    begun(group)
    restored = SiteSender("north")
    restored.begin(2, 1_000)
    group.take(restored.publish(1_001))
    asked = [(each.stream, each.taken, each.resend) for each in answers_due(group.connection, "north")]
    assert asked == [(f"{1:032x}", 1, False), (restored.stream, 0, True)]


def test_two_ledgers_that_send_under_one_code_are_told_and_stop_their_site_alone(group: TakingGroup) -> None:
    one, two = begun(group), SiteSender("north")
    row = site_row("north", 1, 77)
    two.image[row.key] = dict(row.fields)
    for message in two.begin(2, 1_000):
        group.take(message)
    outcomes = []
    for at in range(3):
        outcomes.append(group.take(one.publish(2_000 + at, [site_row("north", 2, at)])).outcome)
        outcomes.append(group.take(two.publish(2_000 + at, [site_row("north", 2, at)])).outcome)
    assert outcomes[:2] == [Outcome.PAST, Outcome.APPLIED]
    assert outcomes[2:] == [Outcome.STOPPED] * 4
    assert site_taken(group.connection, "north").stopped is SiteStop.TWO_LEDGERS
    assert answers_due(group.connection, "north") == []
    assert begun(group, "south").image == group.image("south")


@pytest.mark.parametrize("right", ["the old one", "the new one"])
def test_after_a_person_has_looked_the_ledger_that_lives_is_taken_whole(group: TakingGroup, right: str) -> None:
    one, two = begun(group), SiteSender("north")
    for message in two.begin(2, 1_000):
        group.take(message)
    for at in range(2):
        group.take(one.publish(2_000 + at, [site_row("north", 2, at)]))
        group.take(two.publish(2_000 + at, [site_row("north", 3, at)]))
    assert let_go_on(group.connection, "north")
    assert not let_go_on(group.connection, "south")
    lives = one if right == "the old one" else two
    answer = group.take(lives.publish(3_000, [site_row("north", 4, 4)])).answer
    assert answer is not None
    assert answer.resend
    for message in lives.begin(3, 4_000) if lives is one else lives.sent[answer.taken :]:
        group.take(message)
    assert group.image("north") == lives.image
    assert site_taken(group.connection, "north").stopped is SiteStop.NONE


def test_a_message_of_a_newer_version_stops_its_site_until_the_program_knows_it(group: TakingGroup) -> None:
    north, south = begun(group), begun(group, "south")
    message = north.publish(200, [site_row("north", 2, 7)])
    newer = json.loads(message.model_dump_json()) | {"version": 2, "more": 1}
    assert group.take_bytes(gzip_member(json.dumps(newer).encode()), "north").outcome is Outcome.REFUSED
    assert site_taken(group.connection, "north").stopped is SiteStop.NEWER
    assert "upgrade the group" in why(group)[0]
    assert [answer.resend for answer in answers_due(group.connection, "north")] == [True]
    assert group.take(north.publish(300)).outcome is Outcome.HOLE
    assert group.take(south.publish(200)).outcome is Outcome.APPLIED
    assert group.take(message).outcome is Outcome.APPLIED
    assert site_taken(group.connection, "north").stopped is SiteStop.NONE


def test_strangers_are_recorded_and_others_go_on(group: TakingGroup) -> None:
    north = begun(group)
    before = group.image("north")
    sent = north.publish(200, [site_row("north", 2, 7)])
    west = SiteSender("west").begin(1, 100)[0]
    foreign = SiteSender("north").begin(5, 300)[0].model_copy(update={"rows": begun(group, "south").sent[0].rows})
    bomb = zlib.compress(bytes(40_000_000), 9, wbits=31)
    cases = {
        "its key is south, and it says that it is of north": (encode_message(sent), "south"),
        "its key is no site of group.yaml": (encode_message(west), "west"),
        "bytes long": (bytes(MOST_BYTES + 1), "north"),
        "unpacks to more": (bomb, "north"),
        "not packed by gzip": (b"figures", "north"),
        "is not JSON": (gzip_member(b"{"), "north"),
        "a row of it is of south": (encode_message(foreign), "north"),
        "begins no image": (encode_message(foreign.model_copy(update={"in_image": False, "rows": ()})), "north"),
    }
    for words, (data, key) in cases.items():
        assert group.take_bytes(data, key).outcome is Outcome.REFUSED
        assert words in why(group)[0]
    assert group.image("north") == before
    group.take_bytes(b"figures", "north")
    again = next(each for each in refused_messages(group.connection, 10) if "gzip" in each.why)
    assert again.times == 2
    assert group.take(sent).outcome is Outcome.APPLIED


def test_rubbish_does_not_fill_the_disk(group: TakingGroup) -> None:
    for number in range(1_100):
        group.take_bytes(b"", f"stranger-{number}")
    assert len(refused_messages(group.connection, 5_000)) == 1_000
    for number in range(150):
        group.now_ns += 1
        group.take(SiteSender("north", stream=f"{number:032x}", sent=begun(TakingGroup()).sent[:]).publish(number))
    assert group.connection.execute("SELECT count(*) FROM stream").fetchall() == [(100,)]
