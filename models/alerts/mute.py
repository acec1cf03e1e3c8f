"""When nothing is sent about an incident: it was muted itself, or its unit was. All times are in UTC seconds."""

from collections.abc import Mapping
from dataclasses import replace

from models.alerts.incident import Incident


def is_muted(incident: Incident, unit_mutes: Mapping[str, int], clock_s: int) -> bool:
    """Whether nothing is to be sent about it now. `unit_mutes`: by unit, until when nothing is sent about it."""
    finding = incident.root.finding
    # A lost source is the trouble of many units: muting one of them must not silence it.
    unit_until_s = 0 if finding.source else unit_mutes.get(finding.unit, 0)
    return max(incident.muted_until_s or 0, unit_until_s) > clock_s


def mute_is_over(incident: Incident, clock_s: int) -> bool:
    """Whether it was muted until an instant that has passed: then it is told again."""
    return incident.muted_until_s is not None and incident.muted_until_s <= clock_s


def unmuted(incident: Incident) -> Incident:
    """The incident without its mute."""
    return replace(incident, muted_until_s=None, muted_by="")
