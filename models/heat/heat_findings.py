"""Under-heating as findings, of which incidents and messages are made. Pure."""

from collections.abc import Iterable

from models.detection.finding import Finding, FindingKind
from models.heat.heat_hour import HOUR_S, HeatVerdict
from models.heat.report import NetworkReport
from models.heat.sentences import hour_sentences
from models.works.localize import LANGUAGES
from models.works.plant import Plant

SEVERITIES = {HeatVerdict.LOW: 3, HeatVerdict.VERY_LOW: 2, HeatVerdict.FROST: 1}
"""A warning waits for the digest, what is far too low goes to the shop, and danger in frost is P1."""


def heat_findings(plant: Plant, reports: Iterable[NetworkReport]) -> list[Finding]:
    """Of each unit its worst network whose newest judged hour was too cold. An hour without a verdict ends none: lost
    data take no under-heating back."""
    worst: dict[str, Finding] = {}
    for report in reports:
        found = _finding(plant, report)
        if found is not None and (found.unit not in worst or found.severity < worst[found.unit].severity):
            worst[found.unit] = found
    return list(worst.values())


def _finding(plant: Plant, report: NetworkReport) -> Finding | None:
    judged = [hour for hour in report.hours if hour.verdict is not None]
    if not judged or judged[-1].verdict not in SEVERITIES:
        return None
    last, since_s = judged[-1], judged[-1].start_s
    for hour in reversed(judged):
        if hour.verdict not in SEVERITIES:
            break
        since_s = hour.start_s
    network = report.network
    assert last.verdict is not None  # noqa: S101 - judged
    return Finding(
        kind=FindingKind.HEAT,
        shop=plant.units[network.unit].shop,
        unit=network.unit,
        product="",
        severity=SEVERITIES[last.verdict],
        since_s=since_s,
        found_s=since_s + HOUR_S,
        evidence={
            language: f"{network.name(language)}: {next(hour_sentences(network, last, language)).words}"
            for language in LANGUAGES
        },
    )
