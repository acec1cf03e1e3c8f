"""Projects of modernisation: money paid in the months, by currency, and how far each project is."""

from collections.abc import Sequence
from decimal import Decimal

from models.briefing.capacity import capacity_line
from models.briefing.document import BriefingLine, BriefingNote, BriefingSection, BriefingSubject
from models.briefing.documents_named import Documents, documents_named
from models.briefing.investment import investment_lines
from models.briefing.months_named import months_named
from models.briefing.russian import DAYS, JOBS, PERCENT, counted
from models.briefing.shown_numbers import day_shown, money, plain, shown
from models.briefing.texts import briefing_text
from models.stated.measure import MeasureKind, Project, StatedMeasure
from models.stated.project_progress import (
    StatedOfProjects,
    are_of_the_same_months,
    late_milestones,
    months_without,
    newest_of,
    of_project,
    total,
)
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import months_between


def modernisation_section(
    projects: Sequence[Project], stated: StatedOfProjects, months: Days, today: int, language: Language
) -> BriefingSection:
    """What was paid in the months [first, end) (ordinals) and how that grew, then each project, in the order of the
    configuration. A
    milestone that is late on the date `today` (an ordinal) is told.

    Amounts of two currencies are two sentences: nothing is converted.
    """
    known = [each for each in stated.numbers if each.end <= months[1]]
    # Of months that are over it is told how things stood at their end, with what is known of it now.
    today = min(today, months[1] - 1)
    lines = _paid(projects, known, months, language) + investment_lines(projects, known, months, language)
    lines += [line for project in projects if (line := _unpaid(project, known, months, language)) is not None]
    for project in projects:
        lines.append(_project(project, known, _late(project, stated, today, language), language))
        added = capacity_line(project, stated.milestones, today, language)
        lines += [added] if added is not None else []
    return BriefingSection(BriefingSubject.MODERNISATION, briefing_text("subject_modernisation", language), lines)


def _paid(
    projects: Sequence[Project], known: Sequence[StatedMeasure], months: Days, language: Language
) -> list[BriefingLine]:
    named = months_named(months, language)
    within = [each for each in known if each.start >= months[0]]
    lines = []
    for currency in dict.fromkeys(project.currency for project in projects):
        ours = [(each, of_project(each, within, months[1])) for each in projects if each.currency == currency]
        stated = [number for _, numbers in ours for number in numbers]
        paid = _added(ours, MeasureKind.PAID)
        if paid is None:
            continue
        # A plan of other months than those that were paid is none to compare with.
        comparable = are_of_the_same_months(stated, MeasureKind.PAID_PLAN, MeasureKind.PAID)
        plan = _added(ours, MeasureKind.PAID_PLAN) if comparable else None
        by_plan = (
            "" if plan is None else briefing_text("by_plan", language).format(amount=money(plan, currency, language))
        )
        words = briefing_text("paid_in", language).format(
            months=named, amount=money(paid, currency, language), plan=by_plan
        )
        payments = [each for each in stated if each.kind is MeasureKind.PAID]
        lines.append(BriefingLine(words, _note(_of(payments), language)))
    return lines or [BriefingLine(briefing_text("nothing_paid", language).format(months=named), missing=True)]


def _added(ours: Sequence[tuple[Project, Sequence[StatedMeasure]]], kind: MeasureKind) -> Decimal | None:
    amounts = [amount for each, numbers in ours if (amount := total(each, numbers, kind)) is not None]
    return sum(amounts, Decimal()) if amounts else None


def _unpaid(project: Project, known: Sequence[StatedMeasure], months: Days, language: Language) -> BriefingLine | None:
    """That months of the span have no payment, of a project that has some: its sum is not that of all months."""
    ours = of_project(project, known, months[1])
    lacking = months_without(ours, MeasureKind.PAID, [low for low, _ in months_between(*months)])
    if not lacking:
        return None
    words = briefing_text("months_unpaid", language).format(
        name=project.name(language), months=", ".join(months_named((each, each + 1), language) for each in lacking)
    )
    return BriefingLine(words, missing=True)


def _late(project: Project, stated: StatedOfProjects, today: int, language: Language) -> list[tuple[str, Documents]]:
    """Of each milestone that was not reached by its planned date: that it is late, with the documents that say so."""
    found: list[tuple[str, Documents]] = []
    for late in late_milestones(project, stated, today):
        key = "late_without_date" if late.expected is None else "late_again" if late.expected < today else "late"
        key = "late_reached" if late.word is not None and late.word.fact is not None else key
        words = briefing_text(key, language).format(
            name=late.milestone.name(language),
            count=late.days,
            day_word=counted(Decimal(late.days), DAYS),
            planned=day_shown(late.milestone.planned, language),
            expected="" if late.expected is None else day_shown(late.expected, language),
        )
        word = late.word
        found.append((words, [] if word is None else [(word.source, word.stated_on, word.author)]))
    return found


def _project(
    project: Project, known: Sequence[StatedMeasure], late: Sequence[tuple[str, Documents]], language: Language
) -> BriefingLine:
    ours = [each for each in known if each.subject == project.code]
    parts: list[str] = []
    used: list[StatedMeasure] = []
    ready, jobs = newest_of(ours, MeasureKind.PHYSICAL_PCT), newest_of(ours, MeasureKind.JOBS)
    paid = total(project, ours, MeasureKind.PAID)
    if ready is not None:
        pct = plain(ready.value)
        words = briefing_text("ready", language)
        parts.append(words.format(pct=shown(pct, language), percent=counted(pct, PERCENT)))
        used.append(ready)
    if paid is not None:
        parts.append(_paid_of(project, paid, language))
        used += [each for each in ours if each.kind is MeasureKind.PAID]
    if jobs is not None:
        count = plain(jobs.value)
        parts.append(briefing_text("jobs", language).format(count=shown(count, language), jobs=counted(count, JOBS)))
        used.append(jobs)
    parts += [words for words, _ in late]
    if not parts:
        return BriefingLine(
            briefing_text("project_missing", language).format(name=project.name(language)), missing=True
        )
    documents = _of(used) + [document for _, documents in late for document in documents]
    return BriefingLine(f"{project.name(language)}: {'; '.join(parts)}.", _note(documents, language, project))


def _paid_of(project: Project, paid: Decimal, language: Language) -> str:
    amount = money(paid, project.currency, language)
    if project.budget is None:
        return briefing_text("paid_to_date", language).format(amount=amount)
    approved = project.budget * project.amounts_in
    budget = money(approved, project.currency, language)
    return briefing_text("paid_beyond" if paid > approved else "paid_of", language).format(amount=amount, budget=budget)


def _of(used: Sequence[StatedMeasure]) -> Documents:
    return [(each.source, each.stated_on, each.author) for each in used]


def _note(used: Documents, language: Language, project: Project | None = None) -> BriefingNote:
    words = documents_named(used, language)
    if project is None:
        return BriefingNote(words)
    answers = briefing_text("owner", language).format(owner=project.owner)
    if project.contractor:
        answers += briefing_text("contractor", language).format(contractor=project.contractor)
    return BriefingNote(f"{project.name(language)}: {answers}. {words}".strip())
