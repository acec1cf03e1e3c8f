"""What must hold for the section about files, and the rules that it gives."""

from collections.abc import Sequence

from collector.config.entries import Entries
from collector.config.imports_document import ImportEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean
from collector.files.import_rule import FileLayout, ImportRule


def check_imports(entries: Entries, problems: Problems) -> None:
    """Each kind of file has a name of its own, and names units, shops and products of the plant."""
    names: set[str] = set()
    for path, entry in entries.imports:
        if entry.name in names:
            problems.add((*path, "name"), f"the import '{entry.name}' is already given; choose another name")
        names.add(entry.name)
        for word, code in entry.units.items():
            _known("unit", code, (*path, "units", word), entries, problems)
        if entry.sheets_are is not None and entry.sheets_are in entry.fixed:
            problems.add((*path, "fixed", entry.sheets_are), "the names of the sheets give it; remove one of them")
        if entry.layout == "unit_columns" and "unit" in entry.fixed:
            problems.add((*path, "fixed", "unit"), "the columns give it; remove it, or choose another layout")
        if any(not word.strip() for word in entry.skip):
            problems.add((*path, "skip"), "a word is empty, and would leave out every row; remove it")


def import_rules(entries: Sequence[ImportEntry]) -> tuple[ImportRule, ...]:
    """The rules in their order: the first that fits a file is taken."""
    return tuple(
        ImportRule(
            name=entry.name,
            files=tuple(entry.files),
            plans=entry.what == "plans",
            layout=FileLayout(entry.layout),
            sheets_are=entry.sheets_are,
            columns=dict(entry.columns),
            fixed={str(field): text for field, text in entry.fixed.items()},
            units=dict(entry.units),
            skip=tuple(entry.skip),
            year=entry.year,
            unit_of_measure=entry.unit_of_measure,
            number_format=entry.number_format,
        )
        for entry in entries
    )


def _known(what: str, code: str, path: Path, entries: Entries, problems: Problems) -> None:
    if code not in entries.known(what):
        problems.add(path, f"'{code}' is not a {what} of this plant; {did_you_mean(code, entries.known(what))}")
