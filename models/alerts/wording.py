"""Subject and body of a message, in the language of the works. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.alerts.incident import Incident, MessageKind
from models.alerts.losses import downstream_loss, own_loss
from models.alerts.messages import Draft
from models.alerts.numbers import local_time
from models.alerts.policy import Policy
from models.alerts.texts import WHAT, text
from models.detection.finding import Episode, Finding, FindingKind
from models.works.localize import Language, utc_offset
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Words:
    """A message with its words."""

    subject: str
    body: str


def unit_name(plant: Plant, finding: Finding, language: Language) -> str:
    """The unit's name; for the whole works, the product's; a code that the plant no longer has stays as it is."""
    unit = plant.units.get(finding.unit)
    if unit is not None:
        return _named(unit.names, language)
    product = plant.products.get(finding.product)
    return product.name(language) if product is not None else finding.unit


def headline(plant: Plant, incident: Incident, language: Language) -> str:
    """What happened where, in one line."""
    finding = incident.root.finding
    if finding.kind.is_data and finding.source:
        what = "clock" if finding.kind is FindingKind.CLOCK else "source"
        return text(what, language).format(source=plant.source_name(finding.source, language))
    return f"{unit_name(plant, finding, language)}: {WHAT[finding.kind][language]}"


def words(draft: Draft, plant: Plant, policy: Policy, clock_s: int) -> Words:
    """The message as people read it."""
    language = policy.language
    simulated = plant.simulated
    subject = _subject(draft, plant, language)
    lines = [text("simulated_why", language)] if simulated else []
    if draft.incident is not None:
        lines += _incident_lines(draft, draft.incident, plant, policy)
    elif draft.kind is MessageKind.DIGEST:
        lines += [line for incident in draft.trends for line in _trend_lines(incident, plant, policy)]
    else:
        more = text("more_why", language)
        lines.append(more.format(count=draft.count, limit=policy.messages_per_hour))
    head = f"{text('simulated', language)}: " if simulated else ""
    site = _named(plant.site_names, language)
    return Words(
        f"{head}{subject} ({site})", "\n".join([*lines, "", f"{site}, {local_time(clock_s, policy.zone, language)}"])
    )


def _subject(draft: Draft, plant: Plant, language: Language) -> str:
    incident = draft.incident
    if incident is None:
        if draft.kind is MessageKind.DIGEST:
            return f"{text('trends', language)}: {len(draft.trends)}"
        return text("more", language).format(count=draft.count)
    subject = f"P{incident.severity}: {headline(plant, incident, language)}"
    alert = text("data" if incident.is_data else "alert", language)
    if draft.kind is MessageKind.CLEARED:
        return f"{text('cleared', language)} {subject}"
    if draft.kind is MessageKind.WORSE:
        return f"{text('worse', language)}, {alert} {subject}"
    if draft.kind is MessageKind.ESCALATED:
        waited = text("escalated", language).format(minutes=draft.waited_s // 60)
        return f"{waited}, {alert} {subject}"
    return f"{alert} {subject}"


def _incident_lines(draft: Draft, incident: Incident, plant: Plant, policy: Policy) -> Iterator[str]:
    language, zone = policy.language, policy.zone
    finding = incident.root.finding
    over = f" ({text('is_over', language)})" if incident.cleared_s is not None else ""
    yield f"{headline(plant, incident, language)}{over}"
    if evidence := evidence_of(incident, language):
        yield evidence
    if incident.is_data:
        yield text("about_data", language)
    if incident.root.wrong_clock:
        yield text("wrong_clock", language)
    since, offset = local_time(finding.since_s, zone, language), utc_offset(finding.since_s, zone)
    yield f"{text('since', language)}: {since} ({offset})"
    if incident.cleared_s is not None:
        yield f"{text('over', language)}: {local_time(incident.cleared_s, zone, language)}"
    yield from loss_lines(incident, plant, language)
    if finding.cause_unit:
        cause = plant.units.get(finding.cause_unit)
        yield f"{text('cause', language)}: {_named(cause.names, language) if cause else finding.cause_unit}"
    if finding.source:
        names = [unit_name(plant, episode.finding, language) for episode in incident.episodes()]
        yield f"{text('units', language).format(count=len(names))}: {', '.join(names)}"
    elif incident.consequences:
        yield f"{text('consequences', language)}:"
        yield from (_consequence(episode, plant, language) for episode in incident.consequences)
    if incident.acknowledged_s is not None:
        at = local_time(incident.acknowledged_s, zone, language)
        yield f"{text('acknowledged', language)}: {incident.acknowledged_by}, {at}"
    elif draft.kind is not MessageKind.CLEARED:
        yield f"{text('acknowledge', language)}: tundish alert ack {incident.id} --by NAME"


def loss_lines(incident: Incident, plant: Plant, language: Language) -> Iterator[str]:
    """What is short, and what will be short downstream; nothing for an incident about data."""
    finding, over = incident.root.finding, incident.cleared_s is not None
    for losses in (own_loss, downstream_loss):
        yield from (f"{loss.label}: {loss.amount}" for loss in losses(plant, finding, language, over=over))


def _trend_lines(incident: Incident, plant: Plant, policy: Policy) -> Iterator[str]:
    language = policy.language
    over = f" ({text('is_over', language)})" if incident.cleared_s is not None else ""
    yield f"- {headline(plant, incident, language)}{over}"
    if evidence := evidence_of(incident, language):
        yield f"  {evidence}"


def _consequence(episode: Episode, plant: Plant, language: Language) -> str:
    finding = episode.finding
    over = f" ({text('is_over', language)})" if episode.cleared_s is not None else ""
    return f"- {unit_name(plant, finding, language)}: {WHAT[finding.kind][language]}{over}"


def evidence_of(incident: Incident, language: Language) -> str:
    """The sentence that an incident rests on, or did until its end; in English if that language is not given.

    "" for a lost source: the sentence of one of its units says less than the headline.
    """
    finding = incident.root.finding
    evidence = {} if finding.source and finding.kind is not FindingKind.CLOCK else finding.evidence
    sentence = evidence.get(language) or evidence.get("en", "")
    until_then = incident.cleared_s is not None and sentence
    return f"{text('until_then', language)}: {sentence}" if until_then else sentence


def _named(names: Mapping[str, str], language: Language) -> str:
    return names.get(language) or names["en"]
