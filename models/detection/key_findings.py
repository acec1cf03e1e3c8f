"""Events that were set aside for a number that is known already, as findings about data with words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.detection.finding import Finding, FindingKind, finding_of_tag
from models.works.calendar import NS
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant

_TEXT: Mapping[Language, str] = {
    "en": "{count} events of {tag} came with a number that is known with other tonnes or another end, {keys}; they are "
    "in quarantine. Replay or drop them, or give the tag key_reuse",
    "ru": "{tag}: событий с уже известным номером, но другими тоннами или другим окончанием: {count}, {keys}; они в "
    "карантине. Проведите их заново или снимите, либо задайте тегу key_reuse",
    "kk": "{tag}: нөмірі белгілі, бірақ тоннасы немесе аяқталуы басқа оқиғалар: {count}, {keys}; олар карантинде. "
    "Оларды қайта өткізіңіз немесе алып тастаңыз, не тегке key_reuse беріңіз",
}
_KEYS_NAMED = 3
"""The rest is in the list of the quarantine."""


@dataclass(frozen=True, slots=True)
class ReusedKey:
    """An event that waits in quarantine, and since when."""

    tag: str
    key: str
    since_ns: int


def key_findings(plant: Plant, waiting: Sequence[ReusedKey]) -> list[Finding]:
    """A finding for each tag of which events wait."""
    tags = {tag.name: tag for tag in plant.tags}
    by_tag: dict[str, list[ReusedKey]] = {}
    for item in waiting:
        if item.tag in tags:
            by_tag.setdefault(item.tag, []).append(item)
    found = []
    for name, items in sorted(by_tag.items()):
        since_s = min(item.since_ns for item in items) // NS
        keys = ", ".join(item.key for item in items[:_KEYS_NAMED])
        words = {"count": len(items), "tag": name, "keys": keys}
        evidence: dict[str, str] = {language: _TEXT[language].format(**words) for language in LANGUAGES}
        found.append(finding_of_tag(FindingKind.KEY_REUSED, tags[name], since_s, evidence))
    return found
