"""`tundish project milestones`: what a file of them comes to, and the table of those that the works has."""

from datetime import date
from functools import partial
from pathlib import Path

from rich.table import Table

from collector.entries.entry_file import EntryFile
from collector.entries.measures import record_milestones, taken
from collector.errors import EntryRefused
from collector.files.measure_texts import measure_text
from collector.files.milestone_file import read_milestones
from collector.files.period import period_days
from collector.files.plain_table import codes_by_word, plain_word
from collector.files.refused import Refused
from collector.files.sheet import read_sheets
from collector.sentence import FilledText, shown
from collector.storage.ledger import milestones as ledger_milestones
from models.stated.milestone_word import days_late, newest_words
from models.stated.stated_thing import StatedThing
from models.works.calendar import local_date
from models.works.localize import Language

_COLUMNS = ("project", "milestone", "planned", "forecast", "fact", "late", "source", "heading_author")


def imported(entries: EntryFile, file: Path, author: str, *, dry_run: bool) -> list[FilledText]:
    """What was taken of a file. Raises EntryRefused."""
    today = local_date(entries.plant.zone, entries.clock_ns()).toordinal()
    read = read_milestones(read_sheets(file), entries.settings.projects, author, today)
    return taken(read, file.name, lambda words: record_milestones(entries, words, dry_run=dry_run), dry_run=dry_run)


def milestone_table(entries: EntryFile, language: Language) -> Table:
    """Every milestone of the configuration with what holds of it."""
    known = newest_words(entries.read(partial(ledger_milestones.read, renamed=entries.settings.renamed)))
    today = local_date(entries.plant.zone, entries.clock_ns()).toordinal()
    table = Table(*(measure_text(column).told(language) for column in _COLUMNS))
    for project in entries.settings.projects:
        for milestone in project.milestones:
            word = known.get((project.code, milestone.code))
            late = days_late(milestone, word, today)
            said = ("", "", "", "")
            if word is not None:
                said = _day(word.forecast, language), _day(word.fact, language), word.source, word.author
            forecast, fact, source, author = said
            named = project.name(language), milestone.name(language), _day(milestone.planned, language)
            table.add_row(*named, forecast, fact, str(late) if late else "", source, author)
    return table


def named_thing(entries: EntryFile, project: str, what: str) -> StatedThing:
    """The month or the milestone of a project that a person names. Raises EntryRefused."""
    code = codes_by_word(entries.settings.projects).get(plain_word(project))
    known = next((each for each in entries.settings.projects if each.code == code), None)
    if known is None:
        codes = tuple(each.code for each in entries.settings.projects)
        raise EntryRefused(measure_text("unknown_subject", value=project, known=codes))
    milestone = codes_by_word(known.milestones).get(plain_word(what))
    if milestone is not None:
        return StatedThing(known.code, None, milestone)
    try:
        return StatedThing(known.code, period_days(what))
    except Refused as error:
        codes = tuple(each.code for each in known.milestones)
        raise EntryRefused(measure_text("no_month_or_milestone", value=what, known=codes)) from error


def _day(day: int | None, language: Language) -> str:
    return "" if day is None else shown(date.fromordinal(day), language)
