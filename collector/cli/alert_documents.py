"""Incidents as documents for programs."""

from typing import TYPE_CHECKING, Any

from models.alerts.document import incident_document
from models.alerts.not_known import NotKnown
from models.alerts.numbers import utc_text
from models.works.calendar import NS
from models.works.plant import Plant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.alerts.incident_record import ListedIncident


_COLLECTOR: dict[int | None, str] = {None: "reports", 0: "never reported"}


def list_document(found: "Sequence[ListedIncident]", not_known: NotKnown, plant: Plant, now_ns: int) -> dict[str, Any]:
    """The list at an instant, with what is not known of it: no incident over a silent collector is no calm."""
    return {
        "at": utc_text(now_ns // NS),
        "collector": _COLLECTOR.get(not_known.silent_since_s, "silent"),
        "collector_silent_since": utc_text(not_known.silent_since_s or None),
        "not_known_since": {unit: utc_text(since_s or None) for unit, since_s in not_known.units.items()},
        "incidents": documents(found, plant),
    }


def documents(found: "Sequence[ListedIncident]", plant: Plant) -> list[dict[str, Any]]:
    """The incidents as webhooks have them, each with its audit and its messages."""
    return [
        {
            **incident_document(record.incident, plant),
            "events": [
                {
                    "recorded": utc_text(item.recorded_ns // NS),
                    "kind": item.event.kind.value,
                    "by": item.event.author,
                    "detail": item.event.detail,
                }
                for item in record.events
            ],
            "messages": [
                {
                    "kind": message.kind.value,
                    "role": message.recipient.role.value,
                    "shop": message.recipient.shop,
                    "channel": message.channel,
                    "state": message.state,
                    "tries": message.tries,
                    "reason": message.reason,
                }
                for message in record.messages
            ],
        }
        for record in found
    ]
