"""Publications in columns say what the library decodes, and each lie in them is found."""

import asyncio
import math
import random
import struct
from typing import Any

import numpy as np
import pytest
from asyncua import ua
from asyncua.client.client import Client
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from asyncua.ua.uaerrors import BadEncodingLimitsExceeded, UaStatusCodeError
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.sources.base import SourceHealth
from collector.sources.opcua import SOURCE
from collector.sources.opcua.answers import answer_to, check_answer
from collector.sources.opcua.ceilings import MOST_PARTS
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.decode import DecodedColumns
from collector.sources.opcua.items import MonitoredItems
from collector.sources.opcua.publication import Changes, Published, decode_publication
from collector.sources.opcua.subscribe import Subscription
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import Target
from collector.sources.opcua.walk import Undecodable
from models.works.codes import Quality
from tests.collector.sources.opcua.test_decode_columns import frames
from tests.support.budget import examples
from tests.support.hostile.answers import sound_answers
from tests.support.hostile.spoil import spoilt
from tests.support.opcua_works import make_tag

Change = tuple[int, ua.DataValue]


def publication(*notifications: object, sequence: int = 9) -> bytes:
    answer = ua.PublishResponse()
    answer.Parameters.SubscriptionId = ua.UInt32(7)
    answer.Parameters.AvailableSequenceNumbers = [ua.UInt32(1), ua.UInt32(2)]
    answer.Parameters.NotificationMessage.SequenceNumber = ua.UInt32(sequence)
    answer.Parameters.NotificationMessage.NotificationData = list(notifications)
    answer.Parameters.Results = [ua.StatusCode(0)]
    return struct_to_binary(answer)


def changes(values: list[Change], diagnostics: int = 0) -> ua.DataChangeNotification:
    items = [ua.MonitoredItemNotification(ua.UInt32(handle), value) for handle, value in values]
    return ua.DataChangeNotification(MonitoredItems=items, DiagnosticInfos=[ua.DiagnosticInfo()] * diagnostics)


def by_library(body: bytes, side: str) -> list[tuple[int, float, int, int, bool]]:
    """(item, value, status, time_ns, whether it is believed and no number) of each change."""
    rows = []
    for data in struct_from_binary(ua.PublishResponse, Buffer(body)).Parameters.NotificationMessage.NotificationData:
        for change in data.MonitoredItems if isinstance(data, ua.DataChangeNotification) else ():
            value: Any = change.Value
            held = value.Value.Value if value.Value is not None else None
            number = isinstance(held, int | float)
            status = value.StatusCode.value if value.StatusCode is not None else 0
            time_ns = datetime_to_ns(getattr(value, f"{side}Timestamp"))
            rows.append(
                (
                    change.ClientHandle,
                    float(held) if number else math.nan,
                    status,
                    time_ns,
                    not number and status < 1 << 31,
                )
            )
    return rows


@st.composite
def notifications(draw: st.DrawFn) -> list[object]:
    """Several of changes, of events and of none, as one message may hold them."""
    event = ua.EventNotificationList(Events=[ua.EventFieldList(ua.UInt32(3), [ua.Variant("a"), ua.Variant(1.0)])])
    found: list[object] = []
    for _ in range(draw(st.integers(0, 3))):
        values = draw(frames())
        first = draw(st.integers(0, 2**32 - 1 - len(values)))
        found.append(changes([(first + row, value) for row, value in enumerate(values)], draw(st.integers(0, 2))))
        if draw(st.booleans()):
            found.append(event)
    return found


@pytest.mark.long
@settings(max_examples=examples(250))
@given(notifications(), st.sampled_from(["Source", "Server"]))
def test_columns_equal_what_the_library_decodes(found: list[object], side: str) -> None:
    body = publication(*found)
    expected = by_library(body, side)
    published = decode_publication(Buffer(body), side.lower())  # type: ignore[arg-type]
    handles, columns = published.changes.handles, published.changes.columns
    assert handles.tolist() == [row[0] for row in expected]
    np.testing.assert_array_equal(columns.values, np.array([row[1] for row in expected]))
    assert columns.status.tolist() == [row[2] for row in expected]
    assert columns.times_ns.tolist() == [row[3] for row in expected]
    assert sorted(columns.wrong) == [index for index, row in enumerate(expected) if row[4]]
    assert (published.subscription, published.sequence, published.keep_alive) == (7, 9, not found)
    assert published.ended is None


def test_both_stamps_with_picoseconds_are_told_apart() -> None:
    """The library reads both times before both picoseconds, so it cannot say what is right here."""
    ticks = 133_000_000_000_000_001
    record = struct.pack("<IBBdIqHqH", 4, 0x3F, 11, 2.5, 0, ticks, 77, ticks + 10, 88)
    empty = publication(changes([]))
    place = empty.index(b"\x2b\x03\x01") + 3  # the type of the notification, and that it has a body
    body = empty[:place] + struct.pack("<ii", 8 + 3 * len(record), 3) + record * 3 + empty[place + 8 :]
    for time, extra in (("source", 0), ("server", 10)):
        found = decode_publication(Buffer(body), time).changes  # type: ignore[arg-type]
        assert found.handles.tolist() == [4] * 3
        assert found.columns.values.tolist() == [2.5] * 3
        assert found.columns.times_ns.tolist() == [(ticks + extra - 116_444_736_000_000_000) * 100] * 3
    assert decode_publication(Buffer(body), None).changes.columns.times_ns.tolist() == [0] * 3


def test_a_notification_whose_length_is_left_out_is_read_as_the_library_reads_it() -> None:
    body = publication(changes([(5, ua.DataValue(ua.Variant(1.5), ua.StatusCode(0)))], diagnostics=1))
    place = body.index(b"\x2b\x03\x01") + 3
    old = body[:place] + struct.pack("<i", -1) + body[place + 4 :]
    found = decode_publication(Buffer(old), "source").changes
    assert (found.handles.tolist(), found.columns.values.tolist()) == ([5], [1.5])
    assert [row[:2] for row in by_library(old, "Source")] == [(5, 1.5)]


def test_the_end_of_a_subscription_is_told_with_its_reason() -> None:
    ended = ua.StatusChangeNotification(Status=ua.StatusCode(ua.StatusCodes.BadTimeout))
    published = decode_publication(Buffer(publication(ended)), "source")
    assert published.ended is not None
    assert published.ended.name == "BadTimeout"
    assert not published.keep_alive


@settings(max_examples=examples(100))
@given(notifications(), st.data())
def test_a_publication_that_is_cut_short_is_refused(found: list[object], data: st.DataObject) -> None:
    body = publication(*found)
    cut = data.draw(st.integers(len(publication()) - 20, len(body) - 1))
    with pytest.raises(Undecodable):
        decode_publication(Buffer(body[:cut]), "source")


@pytest.mark.long
def test_what_is_taken_of_a_spoilt_publication_is_what_the_library_would_take() -> None:
    """Wherever the walk lets the library read on, the columns say the same; what the walk refuses, they refuse."""
    chance, taken, refused = random.Random(11), 0, 0
    answers = [answer.body for answer in sound_answers() if answer.use == "publish"]
    expected = answer_to(ua.PublishRequest)
    for _ in range(6_000):
        body = spoilt(chance.choice(answers), chance)
        try:
            sound = check_answer(body, expected) is None
        except (Undecodable, UaStatusCodeError):
            sound = False
        try:
            published = decode_publication(Buffer(body), "source") if sound else None
            library = by_library(body, "Source") if sound else None
        except Exception:  # noqa: S112 - one of the two found more at fault than the walk: nothing is taken then
            continue
        if published is None or library is None:
            refused += 1
            continue
        taken += 1
        assert published.changes.handles.tolist() == [row[0] for row in library]
        known = [row for row in library if not math.isnan(row[1])]
        got = dict(enumerate(published.changes.columns.values.tolist()))
        assert [value for value in got.values() if not math.isnan(value)] == [row[1] for row in known]
    assert min(taken, refused) > 500


def test_no_more_changes_are_taken_than_the_library_would_be_given() -> None:
    """Two parts are the notification and the status code behind it."""
    record = struct.pack("<IB", 4, 0)
    empty = publication(changes([]))
    place = empty.index(b"\x2b\x03\x01") + 3

    def holding(count: int) -> Buffer:
        length = struct.pack("<ii", 8 + count * len(record), count)
        return Buffer(empty[:place] + length + record * count + empty[place + 8 :])

    assert len(decode_publication(holding(MOST_PARTS - 2), "source").changes.handles) == MOST_PARTS - 2
    with pytest.raises(BadEncodingLimitsExceeded):
        decode_publication(holding(MOST_PARTS - 1), "source")


@pytest.mark.parametrize("count", [-2, 2**31 - 1, 3])
def test_a_count_that_lies_is_refused_before_anything_is_made_of_it(count: int) -> None:
    body = publication(changes([(5, ua.DataValue(ua.Variant(1.5), ua.StatusCode(0)))]))
    place = body.index(b"\x2b\x03\x01") + 7
    with pytest.raises(Undecodable):
        decode_publication(Buffer(body[:place] + struct.pack("<i", count) + body[place + 4 :]), "source")


def fed_subscription(tags: int) -> tuple[Subscription, SourceHealth]:
    """A subscription whose publications the test hands over itself."""
    config: Any = SOURCE.config.model_validate(
        {"name": "plc", "type": "opcua", "url": "opc.tcp://127.0.0.1:4840", "security": {"policy": "None"}}
    )
    connection, health = Connection(Client(config.url), config, Any, lambda: 0), SourceHealth()  # type: ignore[arg-type]
    targets = [Target(make_tag(f"bf3.g{row}"), row, f"i={row}") for row in range(tags)]
    items = MonitoredItems(connection, targets, Suspects(10.0, 60.0, lambda: 0.0))
    instants = iter(range(10**18, 2 * 10**18, 10**9))
    return Subscription(connection, config, items, health, lambda: next(instants)), health


def portion(sequence: int, handles: list[int], *, more: bool) -> Published:
    columns = DecodedColumns.empty(len(handles))
    columns.values[:] = [float(sequence)] * len(handles)
    return Published(7, sequence, more, False, Changes(np.array(handles, dtype=np.uint32), columns))


async def test_what_a_server_says_in_portions_is_one_delivery_with_the_receipt_of_its_end() -> None:
    subscription, health = fed_subscription(4)
    for number, handles in ((1, [0, 1]), (2, [2]), (3, [3, 0])):
        await subscription._received(portion(number, handles, more=number < 3))
    await subscription._received(portion(4, [1], more=False))
    first, second = await subscription.next(1.0), await subscription.next(1.0)
    assert first is not None
    assert second is not None
    assert first.delivery.readings is not None
    assert first.delivery.readings.tags.tolist() == [0, 1, 2, 3, 0]
    assert first.delivery.readings.values.tolist() == [1.0, 1.0, 2.0, 3.0, 3.0]
    assert first.delivery.received_ns == 10**18 + 2 * 10**9
    assert second.delivery.readings is not None
    assert second.delivery.readings.values.tolist() == [4.0]
    assert health.overflows == 0


async def test_a_portion_that_does_not_come_holds_up_nothing_and_one_that_was_lost_is_counted() -> None:
    subscription, health = fed_subscription(2)
    await subscription._received(portion(1, [0], more=True))
    publication_ = await subscription.next(5.0)
    assert publication_ is not None
    assert publication_.delivery.readings is not None
    assert publication_.delivery.readings.values.tolist() == [1.0]
    await subscription._received(portion(3, [1], more=False))
    await subscription.next(1.0)
    assert health.overflows == 1


async def test_a_value_of_an_item_that_was_not_asked_for_is_no_value_of_another() -> None:
    subscription, _ = fed_subscription(2)
    await subscription._received(portion(1, [2], more=False))
    with pytest.raises(Undecodable, match="item 2"):
        await subscription.next(1.0)


async def test_of_several_changes_of_an_item_all_are_readings_and_the_last_one_stands() -> None:
    subscription, _ = fed_subscription(1)
    published = portion(1, [0, 0, 0], more=False)
    published.changes.columns.values[:] = [5.0, 6.0, 7.0]
    published.changes.columns.status[2] = ua.StatusCodes.BadSensorFailure
    await subscription._received(published)
    found = await subscription.next(1.0)
    assert found is not None
    assert found.delivery.readings is not None
    assert found.delivery.readings.values.tolist() == [5.0, 6.0, 7.0]
    assert found.delivery.readings.quality.tolist() == [Quality.GOOD, Quality.GOOD, Quality.BAD]
    assert found.delivery.readings.remarks == {2: "BadSensorFailure"}
    assert not subscription.items.standing.any_good


async def test_a_server_that_says_without_end_that_there_is_more_holds_back_nothing_for_long() -> None:
    subscription, _ = fed_subscription(1)

    async def say() -> None:
        for number in range(1, 200):
            await subscription._received(portion(number, [0] if number == 1 else [], more=True))

    saying = asyncio.create_task(say())
    found = await subscription.next(1.0)
    assert found is not None
    assert found.delivery.readings is not None
    assert found.delivery.readings.values.tolist() == [1.0]
    assert found.delivery.received_ns < 10**18 + 130 * 10**9
    saying.cancel()
