"""Small parts: addresses, the request budget, encoded requests, the quiet log."""

import logging

import pytest
from asyncua import ua
from asyncua.ua.ua_binary import struct_to_binary
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from structlog.testing import capture_logs

from collector.sources.opcua.address import OpcUaAddress, split_node
from collector.sources.opcua.budget import RequestBudget
from collector.sources.opcua.clock import ClockAlarm
from collector.sources.opcua.quiet import quieten_library
from collector.sources.opcua.requests import EncodedRead
from collector.sources.opcua.security import first_certificate


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("nsu=urn:x;s=BF3.Blast", ("urn:x", "s", "BF3.Blast")),
        ("nsu=http://maker/plant;s=a;b=c", ("http://maker/plant", "s", "a;b=c")),
        ("ns=2;i=1001", (2, "i", "1001")),
        ("i=2258", (0, "i", "2258")),
        ("ns=3;g=0e1ba1f4-3a8a-4f07-9a4f-2f8f4a8cf111", (3, "g", "0e1ba1f4-3a8a-4f07-9a4f-2f8f4a8cf111")),
        ("ns=3;b=aGk=", (3, "b", "aGk=")),
    ],
)
def test_nodes_are_written_as_the_standard_writes_them(text: str, parts: tuple[object, ...]) -> None:
    assert split_node(text) == parts


@pytest.mark.parametrize(
    "text", ["BF3.Blast", "ns=x;s=a", "ns=2;i=abc", "ns=70000;i=1", "i=4294967296", "s=", "g=1", ""]
)
def test_what_is_no_node_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a node"):
        OpcUaAddress.model_validate({"node": text})


@given(st.floats(0.5, 200), st.lists(st.floats(0, 0.2), min_size=1, max_size=200))
def test_no_second_holds_more_requests_than_the_ceiling_and_its_burst(rate: float, pauses: list[float]) -> None:
    import asyncio

    now = 0.0
    passed: list[float] = []

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    async def ask() -> None:
        nonlocal now
        budget = RequestBudget(rate, lambda: now, sleep)
        for pause in pauses:
            now += pause
            await budget.take()
            passed.append(now)

    asyncio.run(ask())
    burst = max(rate / 10, 1.0)
    for index, start in enumerate(passed):
        within = sum(1 for moment in passed[index:] if moment < start + 1.0)
        assert within <= rate + burst + 1e-6 * rate + 1


def test_an_encoded_request_is_byte_for_byte_what_the_library_encodes() -> None:
    nodes = [ua.NodeId(f"tag{number}", 2) for number in range(50)] + [ua.NodeId(7, 3)]
    request = ua.ReadRequest()
    request.RequestHeader.RequestHandle = 77
    request.Parameters.TimestampsToReturn = ua.TimestampsToReturn.Server
    for node in nodes:
        request.Parameters.NodesToRead.append(ua.ReadValueId(NodeId=node, AttributeId=ua.AttributeIds.Value))
    read = EncodedRead(nodes, "server")
    assert read.message(request.RequestHeader) == struct_to_binary(request)


def test_the_clock_alarm_speaks_at_each_crossing_of_2_s_and_not_between() -> None:
    alarm = ClockAlarm("plc")
    with capture_logs() as logs:
        for offset in (0.1, 1.9, 2.5, -3.0, 4.0, 0.5, 0.1, -2.1):
            alarm.measure(offset)
    assert [entry["event"] for entry in logs] == ["clock_offset_high", "clock_offset_normal", "clock_offset_high"]


def test_the_librarys_complaints_come_once_a_minute_each() -> None:
    quieten_library()
    quieten_library()
    with capture_logs() as logs:
        for _ in range(100):
            logging.getLogger("asyncua.client.test_parts").error("Publish iteration crashed; retrying in 1s")
    assert len(logs) == 1


def test_the_first_certificate_of_a_chain_is_taken() -> None:
    one, two = b"\x30\x82\x01\x00" + b"a" * 256, b"\x30\x82\x00\x80" + b"b" * 128
    assert first_certificate(one + two) == one
    assert first_certificate(one) == one
