"""Lists of events whose bytes are not what they claim to be, and fields that hold anything."""

import struct
from datetime import UTC, datetime

from asyncua import ua
from asyncua.ua.ua_binary import struct_to_binary
from hypothesis import given
from hypothesis import strategies as st

from collector.sources.opcua.alarm_decode import decoded_events, event_count
from collector.sources.opcua.alarm_fields import FIELDS, told_event
from models.detection.alarm import LONGEST_ID, LONGEST_MESSAGE, LONGEST_NAME


def event(number: int = 1) -> list[ua.Variant]:
    values: dict[str, object] = {
        "event_id": str(number).encode(),
        "event_type": ua.NodeId(2915),
        "source_node": ua.NodeId("BF3", 2),
        "source_name": "2:BF3",
        "time": datetime(2026, 9, 30, tzinfo=UTC),
        "message": ua.LocalizedText("low"),
        "severity": 700,
        "condition_id": ua.NodeId("low", 2),
        "condition_name": "Cooling low",
        "active": True,
    }
    kinds = {"severity": ua.VariantType.UInt16, "event_id": ua.VariantType.ByteString}
    return [ua.Variant(values.get(name), kinds.get(name)) for name, _, _ in FIELDS]


def encoded(*events: list[ua.Variant]) -> bytes:
    lists = [ua.EventFieldList(ClientHandle=ua.UInt32(0), EventFields=fields) for fields in events]
    return struct.pack("<i", len(lists)) + b"".join(struct_to_binary(one) for one in lists)


def test_events_are_read_one_by_one_up_to_the_number_that_is_wanted() -> None:
    body = encoded(*(event(number) for number in range(5)))
    assert event_count(body) == 5
    found = [told_event(fields, ("a", "b", "urn:works")) for fields in decoded_events(body, 3)]
    assert [one.notice.event_id for one in found] == [b"0".hex(), b"1".hex(), b"2".hex()]
    assert (found[0].notice.origin, found[0].notice.condition) == ("BF3", "nsu=urn:works;s=low")
    assert found[0].sound


def test_a_count_that_there_are_no_bytes_for_is_not_believed() -> None:
    body = struct.pack("<i", 2**31 - 1) + encoded(event())[4:]
    assert event_count(body) < 100
    assert len(decoded_events(body, 10**9)) == 1


BODY = encoded(event(1), event(2))


@given(st.integers(0, len(BODY) - 1), st.binary(min_size=1, max_size=6))
def test_bytes_that_turned_raise_nothing_and_give_bounded_notices(place: int, other: bytes) -> None:
    for fields in decoded_events(BODY[:place] + other + BODY[place + len(other) :], 10):
        notice = told_event(fields).notice
        assert len(notice.event_id) <= LONGEST_ID
        assert len(notice.condition) <= LONGEST_ID
        assert max(len(notice.name), len(notice.origin)) <= LONGEST_NAME
        assert len(notice.message) <= LONGEST_MESSAGE
        assert 1 <= notice.severity <= 1000
        assert notice.time_ns >= 0


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.binary(),
    st.floats(),
    st.datetimes(),
    st.lists(st.integers(), max_size=3),
    st.builds(ua.LocalizedText, st.text()),
    st.builds(lambda name: ua.NodeId(name, 3), st.text()),
)


@given(st.lists(ANYTHING, max_size=2 * len(FIELDS)))
def test_fields_may_hold_anything(values: list[object]) -> None:
    variants = [ua.Variant(None) for _ in values]
    for variant, value in zip(variants, values, strict=True):
        object.__setattr__(variant, "Value", value)
    told = told_event(variants, ("a",))
    assert told.notice.condition.isprintable()
    assert not told.sound or len(values) == len(FIELDS)
