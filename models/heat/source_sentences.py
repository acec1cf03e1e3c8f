"""What is said of boilers and turbines over days, in sentences of the three languages: which worked, which were out."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.heat.report import HeatReport
from models.heat.sentences import HeatSentence, coal_sentences
from models.heat.source_days import SourceDays
from models.heat.texts import heat_text
from models.stated.plan import Repair
from models.works.calendar import NS
from models.works.localize import Language, localize_day


def source_day_sentences(report: HeatReport, language: Language) -> Iterator[HeatSentence]:
    """Of boilers and of turbines how many worked and which were in repair; then the coal."""
    for key, sources in (
        ("boilers_of_days", [each for each in report.sources if each.is_boiler]),
        ("turbines_of_days", [each for each in report.sources if not each.is_boiler]),
    ):
        if sources:
            yield _of_days(key, sources, report.zone, language)
    yield from coal_sentences(report, language)


def repair_span(repair: Repair, zone: ZoneInfo, language: Language) -> str:
    """From when until when it is stated."""
    return " - ".join(_at(at_ns, zone, language) for at_ns in (repair.start_ns, repair.end_ns))


def _of_days(key: str, sources: Sequence[SourceDays], zone: ZoneInfo, language: Language) -> HeatSentence:
    known = [each.worked_h for each in sources if each.worked_h is not None]
    if known:
        worked = heat_text("sources_worked", language).format(count=sum(hours > 0 for hours in known), of=len(sources))
        if len(known) < len(sources):
            worked += heat_text("sources_unread", language).format(count=len(sources) - len(known))
    else:
        worked = heat_text("sources_not_known", language)
    out = [
        f"{each.name(language)} ({'; '.join(repair_span(repair, zone, language) for repair in each.repairs)})"
        for each in sources
        if each.repairs
    ]
    repairs = heat_text("sources_in_repair", language).format(named=", ".join(out)) if out else ""
    return HeatSentence(heat_text(key, language).format(worked=worked, repairs=repairs), missing=not known)


def _at(at_ns: int, zone: ZoneInfo, language: Language) -> str:
    at = datetime.fromtimestamp(at_ns // NS, zone)
    return f"{localize_day(at.date(), language)} {at:%H:%M}"
