"""Sound answers of a server, one of each kind that a collector asks for, to be spoilt byte by byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asyncua import ua
from asyncua.ua.ua_binary import struct_to_binary

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
URI = "urn:test:plant"
GAUGES = 100
SLOTS = 20


@dataclass(frozen=True)
class SoundAnswer:
    """`use`: what the collector does with it, as `tests.support.hostile.fed` names it."""

    use: str
    request: type
    body: bytes


def _data(value: object, kind: ua.VariantType | None = None) -> ua.DataValue:
    return ua.DataValue(ua.Variant(value, kind), ua.StatusCode(0), NOON, NOON)


def odd_values() -> list[ua.DataValue]:
    """What a tag may hold that is no number."""
    structure = ua.EUInformation("urn:unit", 5, ua.LocalizedText("t/h"), ua.LocalizedText("tonnes per hour"))
    return [
        _data("Ст3сп"),
        _data(["a", "bb", None]),
        _data([[1, 2, 3], [4, 5, 6]], ua.VariantType.Int32),
        _data(b"\0\1\2"),
        _data(NOON),
        _data([NOON, NOON + timedelta(hours=1)]),
        _data([1.0, 2.0, 3.0]),
        _data([True, False]),
        _data(ua.LocalizedText("печь", "ru")),
        _data(ua.QualifiedName("q", 2)),
        _data(ua.NodeId("node", 2)),
        _data(ua.StatusCode(0x80340000)),
        _data([ua.Variant(1.0), ua.Variant("x"), ua.Variant([1, 2])]),
        _data(structure),
        _data([structure, structure]),
        _data(ua.ExtensionObject(ua.NodeId(5001, 2), b"maker's own")),
        _data(None, ua.VariantType.Null),
    ]


def numbers(count: int = GAUGES) -> list[ua.DataValue]:
    """Doubles, with a run of another type in their midst."""
    return [_data(number * 0.5) if number % 25 else _data(number, ua.VariantType.UInt32) for number in range(count)]


def ring_values() -> list[ua.DataValue]:
    """Head, sequence, key, tonnes and end of a ring."""
    slots = range(SLOTS)
    return [
        _data(SLOTS + 3, ua.VariantType.UInt32),
        _data([SLOTS + slot if slot <= 3 else slot for slot in slots], ua.VariantType.UInt32),
        _data([f"H{slot:05d}" for slot in slots]),
        _data([120.5 + slot for slot in slots], ua.VariantType.Double),
        _data([NOON + timedelta(minutes=slot) for slot in slots]),
    ]


def _encoded(answer: Any) -> bytes:  # noqa: ANN401 - a response of the library
    """Its bytes, the same in every run: the library puts the time of now into what it makes."""
    answer.ResponseHeader.Timestamp = NOON
    return struct_to_binary(answer)


def _read(values: Sequence[ua.DataValue]) -> bytes:
    answer = ua.ReadResponse()
    answer.Results = list(values)
    return _encoded(answer)


def _publication(*notifications: object) -> bytes:
    answer = ua.PublishResponse()
    answer.Parameters.SubscriptionId = ua.UInt32(7)
    answer.Parameters.AvailableSequenceNumbers = [ua.UInt32(1)]
    answer.Parameters.NotificationMessage.SequenceNumber = ua.UInt32(1)
    answer.Parameters.NotificationMessage.NotificationData = list(notifications)
    answer.Parameters.NotificationMessage.PublishTime = NOON
    return _encoded(answer)


def _changes(values: Sequence[ua.DataValue]) -> ua.DataChangeNotification:
    items = [ua.MonitoredItemNotification(ua.UInt32(row), value) for row, value in enumerate(values)]
    return ua.DataChangeNotification(MonitoredItems=items)


def _browse_results() -> list[ua.BrowseResult]:
    references = [
        ua.ReferenceDescription(
            ReferenceTypeId=ua.NodeId(35),
            IsForward=True,
            NodeId=ua.ExpandedNodeId(f"bf3.{number}", 2),
            BrowseName=ua.QualifiedName(f"Blast{number}", 2),
            DisplayName=ua.LocalizedText("Blast"),
            NodeClass=ua.NodeClass.Variable,
            TypeDefinition=ua.ExpandedNodeId(63),
        )
        for number in range(5)
    ]
    return [ua.BrowseResult(ua.StatusCode(0), b"go on", references), ua.BrowseResult(ua.StatusCode(0), None, [])]


def _endpoints() -> list[ua.EndpointDescription]:
    token = ua.UserTokenPolicy(PolicyId="anonymous")
    server = ua.ApplicationDescription(ApplicationUri="urn:s", DiscoveryUrls=["opc.tcp://127.0.0.1:4840"])
    return [
        ua.EndpointDescription(
            EndpointUrl="opc.tcp://127.0.0.1:4840",
            Server=server,
            ServerCertificate=b"\x30\x82\x00\x04abcd",
            SecurityPolicyUri="http://opcfoundation.org/UA/SecurityPolicy#None",
            SecurityMode=ua.MessageSecurityMode.None_,
            UserIdentityTokens=[token],
            TransportProfileUri="http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary",
        )
    ] * 2


def sound_answers() -> list[SoundAnswer]:
    """Of both modes, of browsing, and of connecting."""
    names = ["http://opcfoundation.org/UA/", "urn:server", URI]
    browsed, following = ua.BrowseResponse(), ua.BrowseNextResponse()
    browsed.Results = _browse_results()
    following.Parameters.Results = _browse_results()[:1]
    offers, session, activated = ua.GetEndpointsResponse(), ua.CreateSessionResponse(), ua.ActivateSessionResponse()
    offers.Endpoints = _endpoints()
    session.Parameters.ServerEndpoints = _endpoints()
    session.Parameters.ServerNonce = b"n" * 32
    activated.Parameters.Results = [ua.StatusCode(0)]
    made, subscribed, fault = ua.CreateMonitoredItemsResponse(), ua.CreateSubscriptionResponse(), ua.ServiceFault()
    made.Results = [ua.MonitoredItemCreateResult(MonitoredItemId=ua.UInt32(item)) for item in range(20)]
    fault.ResponseHeader.ServiceResult = ua.StatusCode(ua.StatusCodes.BadTooManyOperations)
    fault.ResponseHeader.ServiceDiagnostics = ua.DiagnosticInfo(SymbolicId=ua.Int32(3), AdditionalInfo="what it was")
    fault.ResponseHeader.StringTable = ["a", "b"]
    opened = ua.OpenSecureChannelResponse()
    opened.Parameters.SecurityToken.CreatedAt = NOON
    event = ua.EventNotificationList(Events=[ua.EventFieldList(ua.UInt32(3), [ua.Variant("a"), ua.Variant(1.0)])])
    ended = ua.StatusChangeNotification(Status=ua.StatusCode(ua.StatusCodes.BadTimeout))
    mixed = [*numbers(GAUGES - 17), *odd_values()]
    return [
        SoundAnswer("poll", ua.ReadRequest, _read(numbers())),
        SoundAnswer("poll", ua.ReadRequest, _read(mixed)),
        SoundAnswer("ring", ua.ReadRequest, _read(ring_values())),
        SoundAnswer("learn", ua.ReadRequest, _read([_data(names), _data(1000), _data(500)])),
        SoundAnswer("clock", ua.ReadRequest, _read([_data(NOON)])),
        SoundAnswer("show", ua.ReadRequest, _read(odd_values())),
        SoundAnswer("publish", ua.PublishRequest, _publication(_changes(numbers(40)))),
        SoundAnswer("publish", ua.PublishRequest, _publication(_changes(odd_values()))),
        SoundAnswer("publish", ua.PublishRequest, _publication()),
        SoundAnswer("publish", ua.PublishRequest, _publication(event, ended)),
        SoundAnswer("decode", ua.CreateSubscriptionRequest, _encoded(subscribed)),
        SoundAnswer("decode", ua.CreateMonitoredItemsRequest, _encoded(made)),
        SoundAnswer("decode", ua.CreateSessionRequest, _encoded(session)),
        SoundAnswer("decode", ua.ActivateSessionRequest, _encoded(activated)),
        SoundAnswer("endpoints", ua.GetEndpointsRequest, _encoded(offers)),
        SoundAnswer("browse", ua.BrowseRequest, _encoded(browsed)),
        SoundAnswer("decode", ua.BrowseNextRequest, _encoded(following)),
        SoundAnswer("poll", ua.ReadRequest, _encoded(fault)),
        SoundAnswer("decode", ua.OpenSecureChannelRequest, _encoded(opened)),
    ]
