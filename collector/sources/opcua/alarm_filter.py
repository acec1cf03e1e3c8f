"""The request for events: which fields, and which of them by their severity."""

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from collector.sources.opcua.alarm_fields import ALARM, BASE, select_clauses

REFRESH_START, REFRESH_END = f"i={ObjectIds.RefreshStartEventType}", f"i={ObjectIds.RefreshEndEventType}"
REFRESH_REQUIRED = f"i={ObjectIds.RefreshRequiredEventType}"
QUEUE_OVERFLOW = f"i={ObjectIds.EventQueueOverflowEventType}"
QUEUE_SIZE = 10_000
"""Events that the server keeps for us between two publications: a storm of a second."""


def event_item(node: ua.NodeId, handle: int, min_severity: int) -> ua.MonitoredItemCreateRequest:
    """The item for events of a node."""
    request = ua.MonitoredItemCreateRequest()
    request.ItemToMonitor = ua.ReadValueId(NodeId=node, AttributeId=AttributeIds.EventNotifier)
    request.MonitoringMode = ua.MonitoringMode.Reporting
    request.RequestedParameters.ClientHandle = ua.IntegerId(handle)
    request.RequestedParameters.SamplingInterval = ua.Double(0.0)
    request.RequestedParameters.QueueSize = ua.UInt32(QUEUE_SIZE)
    request.RequestedParameters.DiscardOldest = True
    wanted = ua.EventFilter()
    wanted.SelectClauses = select_clauses()
    wanted.WhereClause = _at_least(min_severity) if min_severity > 1 else ua.ContentFilter()
    request.RequestedParameters.Filter = wanted
    return request


def _at_least(min_severity: int) -> ua.ContentFilter:
    """Severe enough, or a sign of the answer to our own question, or an end, of which the severity may have fallen."""
    signs = (REFRESH_START, REFRESH_END, REFRESH_REQUIRED)
    elements: list[tuple[ua.FilterOperator, list[ua.FilterOperand]]] = [
        (ua.FilterOperator.Or, [_element(1), _element(2)]),
        (
            ua.FilterOperator.GreaterThanOrEqual,
            [_field(BASE, "Severity"), ua.LiteralOperand(ua.Variant(min_severity, ua.VariantType.UInt16))],
        ),
        (ua.FilterOperator.Or, [_element(3), _element(4)]),
        (
            ua.FilterOperator.InList,
            [
                _field(BASE, "EventType"),
                *(ua.LiteralOperand(ua.Variant(ua.NodeId.from_string(sign))) for sign in signs),
            ],
        ),
        (ua.FilterOperator.Equals, [_field(ALARM, "ActiveState", "Id"), ua.LiteralOperand(ua.Variant(False))]),
    ]
    found = ua.ContentFilter()
    found.Elements = [
        ua.ContentFilterElement(FilterOperator=operator, FilterOperands=operands) for operator, operands in elements
    ]
    return found


def _element(number: int) -> ua.ElementOperand:
    return ua.ElementOperand(Index=ua.UInt32(number))


def _field(kind: int, *path: str) -> ua.SimpleAttributeOperand:
    return ua.SimpleAttributeOperand(
        TypeDefinitionId=ua.NodeId(ua.Int32(kind)),
        BrowsePath=[ua.QualifiedName(name, ua.UInt16(0)) for name in path],
        AttributeId=AttributeIds.Value,
    )
