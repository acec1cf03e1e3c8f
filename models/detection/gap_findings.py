"""Spans of which a counter says nothing, as findings about data with words: which counter, when, and where to look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.counting.increment import UncertainGap
from models.counting.planned_reset import is_small_as_planned
from models.detection.finding import Finding, FindingKind, finding_of_tag
from models.works.calendar import HOUR_NS, NS
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant

TOLD_FOR_NS = 24 * HOUR_NS
"""A gap is no state that ends: it is told for a day, so that each shift hears of it once. A judgement."""

_TEXT: Mapping[Language, str] = {
    "en": "{tag} says nothing certain of {start} to {end}: output of that time may be missing or too high. `tundish "
    "status` says why",
    "ru": "{tag} не даёт достоверных данных за {start} - {end}: выпуск за это время может быть неполным или "
    "завышенным. Причину показывает `tundish status`",
    "kk": "{tag} {start} - {end} аралығы үшін сенімді дерек бермейді: сол уақыттағы өндіріс толық емес не артық болуы "
    "мүмкін. Себебін `tundish status` көрсетеді",
}


@dataclass(frozen=True, slots=True)
class RecordedGap:
    """A gap, and when it was recorded (UTC ns)."""

    gap: UncertainGap
    recorded_ns: int


def gap_findings(plant: Plant, gaps: Sequence[RecordedGap]) -> list[Finding]:
    """A finding for each tag of the plant that has gaps; it tells the newest."""
    tags = {tag.name: tag for tag in plant.tags}
    newest = {
        item.gap.tag: item
        for item in sorted(gaps, key=lambda item: item.recorded_ns)
        if item.gap.tag in tags and not is_small_as_planned(tags[item.gap.tag], item.gap)
    }
    found = []
    for name, item in sorted(newest.items()):
        zone, recorded_s = plant.shops[tags[name].shop].calendar.zone, item.recorded_ns // NS
        start, end = _local(item.gap.start_ns, zone), _local(item.gap.end_ns, zone)
        evidence: dict[str, str] = {
            language: _TEXT[language].format(tag=name, start=start, end=end) for language in LANGUAGES
        }
        found.append(finding_of_tag(FindingKind.GAP, tags[name], recorded_s, evidence))
    return found


def _local(time_ns: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(time_ns // NS, UTC).astimezone(zone):%d.%m %H:%M:%S}"
