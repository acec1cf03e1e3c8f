"""Incidents on a terminal, and as documents for programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from collector.alerts.settings import AlertSettings
from models.alerts.document import incident_document
from models.alerts.numbers import local_time, utc_text
from models.alerts.policy import Language
from models.alerts.wording import headline, unit_name
from models.calendar import NS
from models.plant import Plant

if TYPE_CHECKING:
    from collector.entries.alerts import Told


def incident_table(found: "Sequence[Told]", plant: Plant, language: Language) -> Table:
    """One line an incident."""
    title = f"{plant.site}{' (SIMULATED)' if plant.simulated else ''}"
    table = Table(
        "id", "severity", "state", "unit", "since", "what", "consequences", "acknowledged by", "messages",
        title=title, title_justify="left",
    )  # fmt: skip
    for told in found:
        incident = told.incident
        finding = incident.root.finding
        what = [headline(plant, incident, language)]
        if evidence := finding.evidence.get(language) or finding.evidence.get("en"):
            what.append(evidence)
        table.add_row(
            str(incident.id),
            f"P{incident.severity}",
            _state(told, plant, language),
            finding.unit,
            local_time(finding.since_s, plant.zone, language),
            "\n".join(what),
            "\n".join(
                f"{unit_name(plant, it.finding, language)}{' (over)' if it.cleared_s is not None else ''}"
                for it in incident.consequences
            ),
            incident.acknowledged_by,
            _messages(told),
        )
    return table


def audit_table(told: "Told", plant: Plant) -> Table:
    """What was recorded of an incident."""
    table = Table("at", "what", "by", "detail", title=f"audit of {told.incident.id}", title_justify="left")
    for item in told.events:
        at = local_time(item.recorded_ns // NS, plant.zone, "en")
        table.add_row(at, item.event.kind.value, item.event.author, item.event.detail)
    return table


def documents(found: "Sequence[Told]", plant: Plant) -> list[dict[str, Any]]:
    """The incidents as webhooks have them, each with its audit and its messages."""
    return [
        {
            **incident_document(told.incident, plant),
            "events": [
                {
                    "recorded": utc_text(item.recorded_ns // NS),
                    "kind": item.event.kind.value,
                    "by": item.event.author,
                    "detail": item.event.detail,
                }
                for item in told.events
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
                for message in told.messages
            ],
        }
        for told in found
    ]


def remarks(mutes: Mapping[str, int], settings: AlertSettings, plant: Plant) -> Iterator[str]:
    """What else a person should know: muted units, and who tells people."""
    for unit, until_s in sorted(mutes.items()):
        yield f"{unit} is muted until {local_time(until_s, plant.zone, 'en')}"
    if settings.notifier == "grafana":
        yield "Grafana tells people (alerts.notifier: grafana): nothing is sent from here"
    elif not settings.policy.sends:
        yield "nobody is told: plant.yaml names no channels in alerts.roles"


def _state(told: "Told", plant: Plant, language: Language) -> str:
    incident = told.incident
    parts = [incident.state.value]
    if incident.merged_into is not None:
        parts = [f"part of {incident.merged_into}"]
    elif incident.cleared_s is not None:
        parts.append(local_time(incident.cleared_s, plant.zone, language))
    if incident.muted_until_s is not None:
        parts.append(f"muted until {local_time(incident.muted_until_s, plant.zone, language)} by {incident.muted_by}")
    if incident.escalated:
        parts.append(f"escalated to {', '.join(role.value for role in incident.escalated)}")
    if incident.reopened:
        parts.append(f"came back {incident.reopened} x")
    return "\n".join(parts)


def _messages(told: "Told") -> str:
    counts: dict[str, int] = {}
    for message in told.messages:
        counts[message.state] = counts.get(message.state, 0) + 1
    lines = [f"{count} {state}" for state, count in sorted(counts.items())]
    reasons = {it.reason for it in told.messages if it.reason and it.state in ("failed", "waiting")}
    return "\n".join([*lines, *sorted(reasons)])
