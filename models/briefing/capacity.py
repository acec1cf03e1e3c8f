"""The capacity that a project adds, in words: one for the sentence of the briefing and for the pages."""

from collections.abc import Mapping
from decimal import Decimal

from models.briefing.document import BriefingLine, BriefingNote
from models.briefing.documents_named import documents_named
from models.briefing.shown_numbers import day_shown, plain, shown
from models.briefing.texts import briefing_text
from models.stated.added_capacity import CapacityStart, capacity_start
from models.stated.measure import AddedCapacity, Project
from models.stated.milestone_word import MilestoneWord
from models.works.localize import Language

Words = Mapping[tuple[str, str], MilestoneWord]


def capacity_line(project: Project, words: Words, today: int, language: Language) -> BriefingLine | None:
    """What the project adds, by what is known on the date `today` (an ordinal); None: it adds nothing."""
    added, start = project.capacity, capacity_start(project, words, today)
    if added is None or start is None:
        return None
    note = briefing_text("note_capacity", language).format(
        product=added.product.name(language), definition=added.product.defined(language)
    )
    said = start.word
    documents = documents_named([] if said is None else [(said.source, said.stated_on, said.author)], language)
    sentence = _told("capacity", project, added, start, language)
    return BriefingLine(sentence, BriefingNote(f"{project.name(language)}: {note} {documents}".strip()))


def capacity_shown(project: Project, words: Words, today: int, language: Language) -> str:
    """The same without the name of the project; "" where it adds nothing."""
    added, start = project.capacity, capacity_start(project, words, today)
    return "" if added is None or start is None else _told("capacity_short", project, added, start, language)


def _told(key: str, project: Project, added: AddedCapacity, start: CapacityStart, language: Language) -> str:
    return briefing_text(key, language).format(
        name=project.name(language),
        amount=_amount(added.t_per_year, language),
        product=added.product.name(language),
        start=_start(project, added, start, language),
    )


def _amount(tonnes: Decimal, language: Language) -> str:
    in_kilotonnes = tonnes >= 1000
    count = plain(tonnes / 1000 if in_kilotonnes else tonnes)
    key = "capacity_kt" if in_kilotonnes else "capacity_t"
    return briefing_text(key, language).format(count=shown(count, language))


def _start(project: Project, added: AddedCapacity, start: CapacityStart, language: Language) -> str:
    if added.milestone is None:
        key = "start_was" if start.reached else "start_on"
    elif start.day is None:
        key = "start_passed"
    elif start.reached:
        key = "start_reached"
    else:  # it was reached after the months that are told of, or is waited for
        key = "start_expected" if start.word is None or start.word.fact is None else "start_later"
    milestone = next((each.name(language) for each in project.milestones if each.code == added.milestone), "")
    day = "" if start.day is None else day_shown(start.day, language)
    return briefing_text(key, language).format(day=day, milestone=milestone)
