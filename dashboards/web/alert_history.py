"""The history of alerts as tables for a file: incidents, their record, and the messages about them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from dashboards.web.alerts_view import message_whom
from dashboards.web.api.table_forms import CellOf, ColumnedRows
from dashboards.web.texts import text
from models.alerts.incident import Incident
from models.alerts.incident_record import ListedIncident
from models.alerts.texts import text as alert_text
from models.alerts.wording import evidence_of, headline, unit_name
from models.works.calendar import NS
from models.works.localize import Language
from models.works.plant import Plant

_INCIDENT = {
    "incident_number": "whole", "history_severity": "text", "incident_what": "wide", "incident_state": "text",
    "history_unit": "text", "history_shop": "text", "history_product": "text", "history_since": "instant",
    "history_opened": "instant", "history_cleared": "instant", "history_hours": "number",
    "history_acknowledged_by": "text", "history_acknowledged": "instant", "history_answered": "number",
    "history_lost": "number", "history_cause": "text", "history_consequences": "wide", "history_escalated": "text",
    "history_muted_until": "instant", "history_muted_by": "text", "history_reopened": "whole",
    "history_sent": "whole", "history_not_sent": "whole", "history_evidence": "wide",
}  # fmt: skip
_RECORD = {
    "incident_number": "whole", "told_when": "instant", "told_what": "text", "done_by": "text", "detail": "wide",
}  # fmt: skip
_MESSAGE = {
    "incident_number": "whole", "told_when": "instant", "told_whom": "text", "told_what": "text", "told_how": "text",
    "history_tries": "whole", "history_why": "wide", "history_subject": "wide",
}  # fmt: skip
_WIDTHS = {"whole": 10, "number": 12, "text": 22, "wide": 60, "instant": 20}
_UNSENT = ("waiting", "failed", "held")


def history_tables(found: Sequence[ListedIncident], plant: Plant, language: Language) -> list[ColumnedRows]:
    """The incidents, what was recorded of each, and each message; in the order of `found`."""
    return [
        _table("incidents", _INCIDENT, [_incident(record, plant, language) for record in found], plant, language),
        _table("record", _RECORD, [row for record in found for row in _record(record, language)], plant, language),
        _table("messages", _MESSAGE, [row for each in found for row in _messages(each, plant, language)], plant,
               language),
    ]  # fmt: skip


def _table(
    name: str, columns: Mapping[str, str], rows: Sequence[Sequence[CellOf]], plant: Plant, language: Language
) -> ColumnedRows:
    return ColumnedRows(
        name=text(f"history_{name}", language),
        columns=[text(key, language) for key in columns],
        types=["text" if kind == "wide" else kind for kind in columns.values()],
        rows=rows,
        zone=plant.zone,
        widths=[_WIDTHS[kind] for kind in columns.values()],
    )


def _incident(record: ListedIncident, plant: Plant, language: Language) -> list[CellOf]:
    incident = record.incident
    finding, wrong = incident.root.finding, incident.root.wrong_clock
    unit, product = plant.units.get(finding.unit), plant.products.get(finding.product)
    shop = plant.shops.get(finding.shop if unit is None else unit.shop)
    cause = plant.units.get(finding.cause_unit)
    ended_s = None if wrong else incident.cleared_s
    answered_s = None if wrong else incident.acknowledged_s
    return [
        incident.id,
        f"P{incident.severity}",
        headline(plant, incident, language),
        _state(incident, language),
        unit_name(plant, finding, language) if unit is not None else "",
        "" if shop is None else shop.names.get(language) or shop.names["en"],
        finding.product if product is None else product.name(language),
        # A clock that was wrong when it was raised: its times mean nothing.
        None if wrong else _at(finding.since_s),
        None if wrong else _at(incident.opened_s),
        _at(incident.cleared_s),
        None if ended_s is None else round(max(0, ended_s - finding.since_s) / 3600, 2),
        incident.acknowledged_by,
        _at(incident.acknowledged_s),
        None if answered_s is None else round(max(0, answered_s - incident.opened_s) / 60, 1),
        None if finding.lost_t is None else round(finding.lost_t, 1),
        finding.cause_unit if cause is None else cause.name(language),
        ", ".join(unit_name(plant, episode.finding, language) for episode in incident.consequences),
        ", ".join(text(f"role_{role.value}", language) for role in incident.escalated),
        _at(incident.muted_until_s),
        incident.muted_by,
        incident.reopened,
        sum(message.state == "sent" for message in record.messages),
        sum(message.state in _UNSENT for message in record.messages),
        " ".join(filter(None, (alert_text("wrong_clock", language) if wrong else "", evidence_of(incident, language)))),
    ]


def _state(incident: Incident, language: Language) -> str:
    if incident.merged_into is not None:
        return alert_text("part_of", language).format(number=incident.merged_into)
    return alert_text(f"is_{incident.state.value}", language)


def _record(record: ListedIncident, language: Language) -> Iterator[list[CellOf]]:
    for item in record.events:
        event = item.event
        what = text(f"event_{event.kind.value}", language)
        yield [record.incident.id, _at(item.recorded_ns // NS), what, event.author, event.detail]


def _messages(record: ListedIncident, plant: Plant, language: Language) -> Iterator[list[CellOf]]:
    for message in record.messages:
        yield [
            record.incident.id,
            _at(message.queued_s),
            message_whom(message, plant, language),
            text(f"message_{message.kind.value}", language),
            text(f"told_{message.state}", language),
            message.tries,
            message.reason,
            message.subject,
        ]


def _at(at_s: int | None) -> datetime | None:
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC)
