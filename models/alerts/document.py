"""What programs get: the stable document of a message and of an incident, ready for JSON. Pure."""

from collections.abc import Mapping
from typing import Any

from models.alerts.incident import Incident
from models.alerts.messages import Draft
from models.alerts.numbers import utc_text
from models.alerts.wording import Words
from models.detection.finding import Episode
from models.works.localize import LANGUAGES
from models.works.plant import Plant

VERSION = 1
"""Raised if a field changes its meaning, so that a receiver can refuse what it does not know. Never yet."""


PERSON = "person"
"""The field of who had the duty when the message was queued; there only if the roster names somebody."""


def message_document(draft: Draft, words: Words, plant: Plant, queued_s: int) -> dict[str, Any]:
    """The document of a message. Its sender adds `id`, which is the same at each try.

    `incident` is null in summaries (`held`: of how many alerts) and digests (`trends`: the incidents). Fields may be
    added; within a `version` none changes its meaning.
    """
    return {
        "version": VERSION,
        "kind": draft.kind.value,
        "site": plant.site,
        "simulated": plant.simulated,
        "role": draft.recipient.role.value,
        "shop": draft.recipient.shop,
        "queued": utc_text(queued_s),
        "subject": words.subject,
        "text": words.body,
        "incident": None if draft.incident is None else incident_document(draft.incident, plant),
        "trends": [incident_document(incident, plant) for incident in draft.trends],
        "held": draft.count,
    }


def incident_document(incident: Incident, plant: Plant) -> dict[str, Any]:
    """The document of an incident."""
    finding = incident.root.finding
    unit = plant.units.get(finding.unit)
    return {
        "id": incident.id,
        "key": incident.key,
        "severity": f"P{incident.severity}",
        "state": incident.state.value,
        "kind": finding.kind.value,
        "shop": finding.shop,
        "unit": finding.unit,
        "unit_names": _languages({} if unit is None else unit.names),
        "product": finding.product,
        "source": finding.source,
        "cause_unit": finding.cause_unit,
        "since": utc_text(finding.since_s),
        "opened": utc_text(incident.opened_s),
        "cleared": utc_text(incident.cleared_s),
        "lost_t": finding.lost_t,
        "ahead_t": dict(finding.ahead_t),
        "evidence": _languages(finding.evidence),
        "consequences": [_consequence(episode) for episode in incident.consequences],
        "acknowledged_by": incident.acknowledged_by,
        "acknowledged": utc_text(incident.acknowledged_s),
        "muted_until": utc_text(incident.muted_until_s),
        "muted_by": incident.muted_by,
        "escalated": [role.value for role in incident.escalated],
        "reopened": incident.reopened,
        "merged_into": incident.merged_into,
        # Only where it is so: this host's clock was wrong when the incident was raised, so its times mean nothing.
        **({"wrong_clock": True} if incident.root.wrong_clock else {}),
        "simulated": plant.simulated,
    }


def _consequence(episode: Episode) -> dict[str, Any]:
    finding = episode.finding
    return {
        "key": finding.key,
        "kind": finding.kind.value,
        "severity": f"P{finding.severity}",
        "shop": finding.shop,
        "unit": finding.unit,
        "product": finding.product,
        "since": utc_text(finding.since_s),
        "cleared": utc_text(episode.cleared_s),
        "evidence": _languages(finding.evidence),
    }


def _languages(texts: Mapping[str, str]) -> dict[str, str]:
    """A text in each language; in English if that one is not given."""
    return {language: texts.get(language) or texts.get("en", "") for language in LANGUAGES}
