"""What the commands for entries share: the plant, the author, and how a file is written."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.files.result import FileOptions

By = Annotated[str, typer.Option("--by", help="author; your login name if missing", show_default=False)]
UnitOfMeasure = Annotated[
    str, typer.Option("--unit-of-measure", help="t or kt, if the file does not say", show_default=False)
]
NumberFormat = Annotated[
    str,
    typer.Option(
        "--number-format", help="how numbers are written: 1234.5, 1,234.5, 1 234,5 or 1.234,5", show_default=False
    ),
]
KeepGood = Annotated[bool, typer.Option("--keep-good", help="import the good rows of a file that also has bad ones")]


def entry_file(plant: Path) -> "EntryFile":
    """The ledger of the plant. Raises ConfigurationError."""
    from collector.config.load import load
    from collector.entries.entry_file import EntryFile

    return EntryFile(load(plant))


def author(by: str) -> str:
    """Who enters something."""
    # Every entry has an author; the login name is better than nobody.
    return by.strip() or getpass.getuser()


def file_options(file: Path, unit: str, number_format: str, origin: str, *, confirm: bool = False) -> "FileOptions":
    """What was declared of a file. Raises ConfigurationError for an unknown unit or format."""
    from collector.files.number import NUMBER_FORMATS, unit_of_measure
    from collector.files.result import FileOptions

    known = unit_of_measure(unit) if unit else None
    if unit and known is None:
        raise ConfigurationError(f"--unit-of-measure {unit} is unknown: give t or kt")
    if number_format and number_format not in NUMBER_FORMATS:
        formats = ", ".join(map(repr, NUMBER_FORMATS))
        raise ConfigurationError(f"--number-format {number_format} is unknown: give one of {formats}")
    return FileOptions(file.name, known, number_format or None, confirm, origin)
