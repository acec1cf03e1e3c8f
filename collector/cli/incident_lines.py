"""`tundish incident`: what a file of accidents comes to, and the table of those that stand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from collector.cli.measure_command import check_number_format
from collector.entries.accidents import accident_form, record_accidents
from collector.entries.entry_file import EntryFile
from collector.entries.measures import RecordedMeasures, taken
from collector.errors import EntryRefused
from collector.files.accident_file import FIELDS, AccidentForm, accident_of, read_accidents
from collector.files.field_faults import RefusedFields
from collector.files.measure_file import MeasureForm
from collector.files.measure_texts import measure_text
from collector.files.places import ALL_WORDS
from collector.files.plain_table import PlainRow, codes_by_word
from collector.files.sheet import read_sheets
from collector.sentence import FilledText, Joined, shown
from collector.storage.ledger import accidents as ledger_accidents
from dashboards.report.incident_line import place_of_accident, shop_name
from models.stated.accident import AccidentWord, standing_accidents
from models.stated.measure import OF_PEOPLE
from models.works.calendar import NS, local_date
from models.works.localize import Language
from models.works.place import ALL
from models.works.plant import Plant


def imported(
    entries: EntryFile, file: Path, author: str, *, dry_run: bool, confirmed: bool = False
) -> list[FilledText]:
    """What was taken of a file, and what was left out of it. Raises EntryRefused, and ToConfirm."""
    read = read_accidents(read_sheets(file), accident_form(entries, author))

    def record(words: Sequence[AccidentWord]) -> RecordedMeasures:
        return record_accidents(entries, words, file.name, dry_run=dry_run, confirmed=confirmed)

    return taken(read, file.name, record, dry_run=dry_run)


def typed_accident(row: PlainRow, form: AccidentForm) -> AccidentWord:
    """What the options of a command say. Raises EntryRefused with every fault of them."""
    try:
        return accident_of(row, form)
    except RefusedFields as error:
        raise EntryRefused(Joined(error.faults)) from error


def accident_table(entries: EntryFile, language: Language) -> Table:
    """The accidents that stand, the newest first."""
    table = Table(*(measure_text(column).told(language) for column in (*_COLUMNS, "heading_author")))
    for word in reversed(standing_accidents(entries.read(ledger_accidents.read))):
        table.add_row(*_cells(entries, word, language))
    return table


_COLUMNS = ("number", "at", "place", "kind", "cause", "victims", "fatal", "days_lost", "note")
assert set(_COLUMNS) == set(FIELDS)  # noqa: S101 - every field is listed


def _cells(entries: EntryFile, word: AccidentWord, language: Language) -> tuple[str, ...]:
    plant, terms = entries.plant, entries.settings.accidents
    shop = plant.shops.get(word.shop)
    at = datetime.fromtimestamp(word.at_ns // NS, UTC).astimezone(plant.zone if shop is None else shop.calendar.zone)
    cause = terms.cause_name(word.cause, language) or measure_text("being_established").told(language)
    days = "" if word.days_lost is None else str(word.days_lost)
    counts = (str(word.victims), str(word.fatal), days)
    named = (place_of_accident(plant, word, language), terms.kind_name(word.kind, language), cause)
    return (word.number, shown(at, language), *named, *counts, word.note, word.author)


def place_names(plant: Plant, language: Language) -> Mapping[str, str]:
    """The names of the shops, and of the works, by code."""
    return {code: shop_name(plant, code, language) for code in (ALL, *plant.shops)}


def workforce_form(entries: EntryFile, author: str, number_format: str) -> MeasureForm:
    """How files of employed people and hours are read. Raises ConfigurationError."""
    check_number_format(number_format)
    return MeasureForm(
        subject="place",
        names={**codes_by_word(entries.plant.shops.values()), **dict.fromkeys((*ALL_WORDS - {""}, ALL), ALL)},
        kinds=OF_PEOPLE,
        author=author,
        today=local_date(entries.plant.zone, entries.clock_ns()).toordinal(),
        monthly=True,
        number_format=number_format or None,
    )
