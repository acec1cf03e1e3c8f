"""From a briefing that is asked for to its document."""

from dataclasses import dataclass

from collector.cli.report_header import local_words
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.accidents import read_safety
from collector.storage.ledger.fuel import read_fuel_whole
from collector.storage.ledger.heat import read_heat
from collector.storage.ledger.month_record import read_compared
from collector.storage.ledger.projects import read_projects
from dashboards.report.texts import report_text
from models.briefing.document import Briefing, BriefingLine, BriefingSection, BriefingSubject
from models.briefing.gas import GasOfMonths, gas_section
from models.briefing.growth import growth_section
from models.briefing.heat import heat_section
from models.briefing.modernisation import modernisation_section
from models.briefing.months_named import months_named
from models.briefing.region import region_section
from models.briefing.safety import safety_section
from models.briefing.texts import briefing_text
from models.heat.gas_phases import gas_phases
from models.stated.project_progress import StatedOfProjects
from models.tables.growth_span import Days
from models.works.calendar import local_date
from models.works.localize import Language
from models.works.month import shifted


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBriefing:
    """`months`: the production dates [first, end) of whole months of one year. `without`: subjects that stay out.
    `known_ns`: as it was known then (UTC ns); None: as it is known now."""

    months: Days
    language: Language
    without: frozenset[str] = frozenset()
    now_ns: int
    known_ns: int | None = None


def read_briefing(entries: EntryFile, asked: AskedBriefing) -> Briefing:
    """The briefing, from the ledger. Raises CannotStart if there is none."""
    plant, language = entries.plant, asked.language
    spans = asked.months, (shifted(asked.months[0], -12), shifted(asked.months[1], -12))
    compared = entries.read(
        lambda connection: read_compared(connection, plant, spans, now_ns=asked.now_ns, known_ns=asked.known_ns)
    )
    stated = entries.read(lambda connection: read_projects(connection, entries.settings.renamed, asked.known_ns))
    as_of = local_words(plant, asked.known_ns or asked.now_ns, language)
    sections = [growth_section(plant, compared, spans, as_of, language)]
    others = [subject for subject in BriefingSubject if subject is not BriefingSubject.GROWTH]
    sections += [_section(each, entries, stated, asked) for each in others if each.value not in asked.without]
    title = briefing_text("title", language).format(months=months_named(asked.months, language))
    return Briefing(
        title=title,
        site=plant.site_names.get(language) or plant.site_names["en"],
        language=language,
        simulated=report_text("simulated", language) if plant.simulated else "",
        sections=sections,
    )


def _section(
    subject: BriefingSubject, entries: EntryFile, stated: StatedOfProjects, asked: AskedBriefing
) -> BriefingSection:
    settings, language = entries.settings, asked.language
    if subject is BriefingSubject.MODERNISATION and settings.projects:
        today = local_date(entries.plant.zone, asked.known_ns or asked.now_ns).toordinal()
        return modernisation_section(settings.projects, stated, asked.months, today, language)
    if subject is BriefingSubject.HEAT and settings.heat.networks:
        return _heat(entries, asked)
    if subject is BriefingSubject.GAS and settings.fuel.fuels:
        return _gas(entries, stated, asked)
    if subject is BriefingSubject.SAFETY:
        safety = entries.read(lambda connection: read_safety(connection, asked.known_ns))
        if safety.is_kept:
            today = local_date(entries.plant.zone, asked.known_ns or asked.now_ns).toordinal()
            return safety_section(entries.plant, safety, asked.months, today, language)
    if subject is BriefingSubject.REGION and settings.indicators:
        return region_section(settings.indicators, stated.numbers, asked.months, language)
    return _missing(subject, language)


def _heat(entries: EntryFile, asked: AskedBriefing) -> BriefingSection:
    """By the hours that had ended when it was known."""
    plant, language, until_ns = entries.plant, asked.language, asked.known_ns or asked.now_ns
    report = entries.read(
        lambda connection: read_heat(connection, plant, entries.settings.heat, asked.months, until_ns)
    )
    source = _source(entries, asked)
    today = local_date(plant.zone, asked.now_ns).toordinal()
    lasts = asked.known_ns is None and asked.months[0] <= today <= asked.months[1]
    return heat_section(report, source, language, lasts=lasts)


def _gas(entries: EntryFile, stated: StatedOfProjects, asked: AskedBriefing) -> BriefingSection:
    """By the hours that had ended when it was known."""
    plant, settings, until_ns = entries.plant, entries.settings, asked.known_ns or asked.now_ns
    base = shifted(asked.months[0], -12), shifted(asked.months[1], -12)
    spans = _over(asked.months, base, local_date(plant.zone, until_ns).toordinal())
    now, before = (
        entries.read(lambda connection: read_fuel_whole(connection, plant, settings.fuel, days, until_ns))  # noqa: B023
        for days in spans
    )
    day = min(local_date(plant.zone, until_ns).toordinal(), asked.months[1] - 1)
    names = [each.name(asked.language) for each in settings.projects if each.code == settings.fuel.gasification]
    told = GasOfMonths(
        use=settings.fuel,
        months=asked.months,
        base_months=base,
        now=now,
        base=before,
        phases=gas_phases(settings.fuel.gasification, settings.projects, stated, day),
        project="".join(names),
    )
    return gas_section(told, _source(entries, asked), asked.language)


def _over(months: Days, base: Days, today: int) -> tuple[Days, Days]:
    """Both spans; of months that run the days that are over, and as many of the base."""
    if months[1] <= today:
        return months, base
    days = max(today - months[0], 0)
    return (months[0], months[0] + days), (base[0], base[0] + days)


def _source(entries: EntryFile, asked: AskedBriefing) -> str:
    plant, language = entries.plant, asked.language
    return briefing_text("source", language).format(
        site=plant.site_names.get(language) or plant.site_names["en"],
        as_of=local_words(plant, asked.known_ns or asked.now_ns, language),
    )


def _missing(subject: BriefingSubject, language: Language) -> BriefingSection:
    """A subject of which nothing is kept says so; a reader of the page before would look for it."""
    heading = briefing_text(f"subject_{subject.value}", language)
    words = briefing_text("missing_subject", language).format(subject=heading)
    return BriefingSection(subject, heading, [BriefingLine(words, missing=True)])
