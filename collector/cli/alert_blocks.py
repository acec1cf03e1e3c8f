"""Incidents for people on a terminal: a block of lines for each, no word of which is cut. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text

from collector.alerts.settings import AlertSettings
from models.alerts.numbers import local_time
from models.alerts.record_lines import body_lines, handling_lines, since_line, state_line
from models.alerts.texts import text
from models.alerts.wording import headline
from models.works.calendar import NS
from models.works.localize import Language
from models.works.plant import Plant

if TYPE_CHECKING:
    from models.alerts.incident_record import ListedIncident

_BETWEEN = "  "
_COLOURS = {1: "bold red", 2: "bold yellow", 3: "bold cyan", 4: "bold magenta"}
# Stands for a space that must not break; no text holds it.
_JOINT = "\0"
_BEFORE_MEASURE = re.compile(r"(?<=\d) (?=%|\w+/\w)")


def incident_blocks(
    found: "Sequence[ListedIncident]", plant: Plant, language: Language, width: int, *, audit: bool
) -> Iterator[Text]:
    """Lines of at most `width` characters: the works, then each incident after an empty line, with its audit."""
    site = plant.site_names.get(language) or plant.site_names["en"]
    yield Text(f"{site}{' (SIMULATED)' if plant.simulated and 'SIMULATED' not in site else ''}", "bold")
    digits = max((len(str(record.incident.id)) for record in found), default=0)
    indent = " " * (digits + len(_BETWEEN))
    for record in found:
        yield Text()
        yield from _head(record, plant, language, width, indent)
        for said in body_lines(record, plant, language, _JOINT):
            yield from map(Text, wrapped(said, width, indent, indent))
        if audit:
            yield from _audit(record, plant, width, indent)


def wrapped(said: str, width: int, first: str, others: str) -> list[str]:
    """`said` in lines, broken at spaces, but not between a figure and its measure, nor in a word that fits a line."""
    whole = _BEFORE_MEASURE.sub(_JOINT, said)
    lines = wrap(whole, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)
    return [line.replace(_JOINT, " ") for line in lines]


def remarks(mutes: Mapping[str, int], settings: AlertSettings, plant: Plant, language: Language) -> Iterator[str]:
    """What else a person should know: muted units, and who notifies people."""
    for code, until_s in sorted(mutes.items()):
        unit = plant.units[code].name(language) if code in plant.units else code
        yield text("unit_muted", language).format(unit=unit, until=local_time(until_s, plant.zone, language))
    if settings.notifier == "grafana":
        yield text("grafana_notifies", language)
    elif not settings.policy.sends:
        yield text("nobody_notified", language)


def _head(record: "ListedIncident", plant: Plant, language: Language, width: int, indent: str) -> Iterator[Text]:
    """Id, severity, state, unit, since when, who acknowledged, messages; broken between two of them."""
    incident = record.incident
    severity = f"P{incident.severity}"
    parts = [severity, *_facts(record, plant, language)]
    lines = [str(incident.id).ljust(len(indent) - len(_BETWEEN))]
    for part in parts:
        longer = f"{lines[-1]}{_BETWEEN}{part}"
        if len(longer) <= width or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines += wrapped(part, width, indent, indent)
    for number, line in enumerate(lines):
        shown = Text(line, "bold")
        if number == 0:
            start = line.index(severity)
            shown.stylize(_COLOURS[incident.severity] if incident.is_open else "green", start, start + len(severity))
        yield shown


def _facts(record: "ListedIncident", plant: Plant, language: Language) -> Iterator[str]:
    incident = record.incident
    yield state_line(incident, plant, language)
    yield headline(plant, incident, language)
    yield since_line(incident, plant, language)
    yield from handling_lines(record, plant, language)


def _audit(record: "ListedIncident", plant: Plant, width: int, indent: str) -> Iterator[Text]:
    """What was recorded of an incident, as a table."""
    rows = [
        (
            local_time(item.recorded_ns // NS, plant.zone, "en"),
            item.event.kind.value.replace("_", " "),
            ": ".join(filter(None, (_by(item.event.author), item.event.detail))),
        )
        for item in record.events
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    inner = indent * 2
    below = inner + " " * (sum(widths) + 2 * len(_BETWEEN))
    for at, kind, detail in rows:
        first = f"{inner}{at.ljust(widths[0])}{_BETWEEN}{kind.ljust(widths[1])}{_BETWEEN}"
        for line in wrapped(detail, width, first, below) or [first.rstrip()]:
            yield Text(line, "dim")


def _by(author: str) -> str:
    """A person; what the service did needs no name."""
    return "" if author == "tundish" else f"by {author}"
