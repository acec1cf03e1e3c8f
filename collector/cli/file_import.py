"""What `tundish import` and `tundish plan import` have in common: each file is taken whole or not at all, and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from collector.cli.entry_options import FileWords, file_options
from collector.cli.import_lines import reading_lines
from collector.cli.import_summary import summary_lines
from collector.cli.import_texts import import_text
from collector.cli.say import say
from collector.entries.entry_file import EntryFile
from collector.entries.figures import ImportChoice, Imported
from collector.errors import CollectorError, ImportRefused, UnreadableFile
from collector.files.result import FileOptions, FileResult
from models.works.localize import Language

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the person who imports says of every file."""

    words: FileWords
    choice: ImportChoice
    language: Language
    plans: bool = False

    def options(self, entries: EntryFile, path: Path, *, withdraw: bool = False) -> FileOptions:
        """The same for one file. Raises ConfigurationError for an unknown unit of measure, number format or import."""
        # Withdrawing needs no confirmation: what was once imported with it must be found again.
        origin = self.choice.author if self.plans else f"{self.choice.author}: {path.name}"
        words = replace(self.words, origin=origin, confirm=self.words.confirm or withdraw)
        return file_options(path, words, entries.settings.imports, plans=self.plans)

    def progress(self, rows: int) -> None:
        """Tell how many rows were read up to now."""
        say(import_text("rows_read", count=rows).told(self.language), err=True)


def imported_text(
    entries: EntryFile,
    result: FileResult[Entry],
    declared: Declared,
    post: Callable[[EntryFile, FileResult[Entry], str, ImportChoice], Imported],
) -> str:
    """Post what was read of a file, and the screen that tells of it. Raises ImportRefused."""
    language = declared.language
    reading = result.reading
    try:
        imported = post(entries, result, reading.file, declared.choice)
    except ImportRefused as error:
        # What was not read may be the reason.
        said = [error.told(language), *reading_lines(reading, language)]
        raise ImportRefused("\n".join(said), error.rejections) from error
    dry_run = declared.choice.dry_run
    return "\n".join(summary_lines(entries.plant, reading, imported, language, dry_run=dry_run, plans=declared.plans))


def take_each(files: Sequence[Path], take: Callable[[Path], str], language: Language) -> None:
    """Take every file, whatever becomes of the others, and tell of each.

    Raises CollectorError if one was refused, when all were tried; at once if no other could be taken either.
    """
    refused: list[str] = []
    for path in files:
        try:
            say(take(path))
        except (ImportRefused, UnreadableFile) as error:
            if len(files) == 1:
                raise
            say(f"tundish: {error.told(language)}", err=True)
            refused.append(path.name)
    if refused:
        counts = {"count": len(refused), "total": len(files)}
        raise CollectorError(import_text("files_refused", **counts, files=tuple(refused)))
