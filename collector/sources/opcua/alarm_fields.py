"""The fields of an event that are asked for, and what they say. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds

from collector.sources.opcua.address import node_place
from collector.sources.opcua.clock import datetime_to_ns
from models.detection.alarm import LONGEST_ID, LONGEST_MESSAGE, LONGEST_NAME, AlarmNotice

BASE, CONDITION = ObjectIds.BaseEventType, ObjectIds.ConditionType
ACKNOWLEDGEABLE, ALARM = ObjectIds.AcknowledgeableConditionType, ObjectIds.AlarmConditionType
FIELDS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("event_id", BASE, ("EventId",)),
    ("event_type", BASE, ("EventType",)),
    ("source_node", BASE, ("SourceNode",)),
    ("source_name", BASE, ("SourceName",)),
    ("time", BASE, ("Time",)),
    ("message", BASE, ("Message",)),
    ("severity", BASE, ("Severity",)),
    ("condition_id", CONDITION, ()),  # the NodeId of the condition itself (OPC UA part 9, 5.5.2)
    ("condition_name", CONDITION, ("ConditionName",)),
    ("branch_id", CONDITION, ("BranchId",)),
    ("retain", CONDITION, ("Retain",)),
    ("acked", ACKNOWLEDGEABLE, ("AckedState", "Id")),
    ("active", ALARM, ("ActiveState", "Id")),
    ("active_since", ALARM, ("ActiveState", "TransitionTime")),
)
"""Name, the type that has it, and where it is in that."""
_LEAST_SEVERITY, _MOST_SEVERITY = 1, 1000
"""OPC UA part 5, 6.4.2."""


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event: its type, whether it is of an earlier state of its condition (a branch), and what it says.

    `sound`: it has what an event must have.
    """

    event_type: str
    is_branch: bool
    sound: bool
    notice: AlarmNotice


def select_clauses() -> list[ua.SimpleAttributeOperand]:
    """What is asked for of each event, in the order of FIELDS."""
    return [
        ua.SimpleAttributeOperand(
            TypeDefinitionId=ua.NodeId(ua.Int32(kind)),
            BrowsePath=[ua.QualifiedName(part, ua.UInt16(0)) for part in path],
            AttributeId=AttributeIds.Value if path else AttributeIds.NodeId,
        )
        for _, kind, path in FIELDS
    ]


def told_event(variants: Sequence[ua.Variant], namespaces: Sequence[str] = ()) -> ToldEvent:
    """What the fields of one event say; anything may stand in them. `namespaces`: those of the server, by which an
    alarm is the same after a restart that numbered them anew."""
    held = {
        name: variant.Value if isinstance(variant, ua.Variant) else None
        for (name, _, _), variant in zip(FIELDS, variants, strict=False)
    }
    event_id, at = held.get("event_id"), held.get("time")
    condition = _place(held.get("condition_id"), namespaces)
    name = _text(held.get("condition_name"), LONGEST_NAME)
    source_node = _place(held.get("source_node"), namespaces)
    # Some servers put the number of a namespace before the name, which is another one after a restart.
    origin = re.sub(r"^\d+:", "", _text(held.get("source_name"), LONGEST_NAME)) or source_node[:LONGEST_NAME]
    if not condition and name:  # servers of an older edition give no ConditionId
        condition = f"{source_node} {name}"[:LONGEST_ID].strip()
    told, event_type = held.get("severity"), _node(held.get("event_type"))
    severity = told if isinstance(told, int) and not isinstance(told, bool) else _LEAST_SEVERITY
    active, acked, since = held.get("active"), held.get("acked"), held.get("active_since")
    notice = AlarmNotice(
        event_id=event_id[: LONGEST_ID // 2].hex() if isinstance(event_id, bytes) else "",
        condition=condition,
        origin=origin,
        name=name,
        message=_text(held.get("message"), LONGEST_MESSAGE),
        severity=min(max(severity, _LEAST_SEVERITY), _MOST_SEVERITY),
        time_ns=max(0, datetime_to_ns(at)) if isinstance(at, datetime) else 0,
        since_ns=max(0, datetime_to_ns(since)) if isinstance(since, datetime) else 0,
        active=active if isinstance(active, bool) else None,
        acked=acked if isinstance(acked, bool) else None,
    )
    sound = len(variants) == len(FIELDS) and (bool(notice.event_id) or notice.is_alarm)
    return ToldEvent(event_type, bool(_node(held.get("branch_id"))), sound, notice)


def _node(value: object) -> str:
    """A NodeId as text, "" for none, of bounded length."""
    if not isinstance(value, ua.NodeId) or value.is_null():
        return ""
    return _text(value.to_string()[: 4 * LONGEST_ID], LONGEST_ID)


def _place(value: object, namespaces: Sequence[str]) -> str:
    """A NodeId as text, with the URI of its namespace in place of the number if that is known."""
    text = _node(value)
    try:
        return _text(node_place(text, namespaces), LONGEST_ID) if text else ""
    except (LookupError, ValueError):
        return text


def _text(value: object, longest: int) -> str:
    """Text on one line, with no sign that a terminal or a page would obey, of bounded length."""
    text = value.Text if isinstance(value, ua.LocalizedText) else value
    if not isinstance(text, str):
        return ""
    line = " ".join(text[: 4 * longest].split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)[:longest]
