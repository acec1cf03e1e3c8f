"""Stated figures of files that a source finds: they are entered as a person would enter them with `tundish import`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from collector.config.settings import Settings

if TYPE_CHECKING:
    from models.works.localize import Language


class ShiftForms:
    """Enters files beside what the service itself writes."""

    def __init__(self, settings: Settings, clock_ns: Callable[[], int]) -> None:
        self._settings = settings
        self._clock_ns = clock_ns

    def take(self, path: Path, source: str, language: "Language") -> str:
        """Enter the figures of a file, all or none; what is told of it. Blocks.

        Raises UnreadableFile and ImportRefused; StorageFull or CannotStart if it is to be tried again.
        """
        # Most plants have no such source, and the first poll of the others does not wait for this.
        from collector.cli.entry_options import FileWords
        from collector.cli.file_import import Declared, imported_text
        from collector.entries.entry_file import EntryFile
        from collector.entries.figures import ImportChoice, import_figures
        from collector.files.figure_file import read_figures
        from collector.files.sheet import read_sheets

        entries = EntryFile(self._settings, self._clock_ns)
        declared = Declared(FileWords(origin=""), ImportChoice(author=source), language)
        options = declared.options(entries, path)
        result = read_figures(read_sheets(path), entries.plant, options, entries.clock_ns())
        return imported_text(entries, result, declared, import_figures)
