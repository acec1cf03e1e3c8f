"""What the commands for entries share: the plant, the author, and how a file is written."""

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.import_texts import import_text
from collector.cli.option_bounds import words
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collector.entries.entry_file import EntryFile
    from collector.files.import_rule import ImportRule
    from collector.files.result import FileOptions

By = Annotated[str, typer.Option("--by", callback=words, help="author; your login name if missing", show_default=False)]
UnitOfMeasure = Annotated[
    str, typer.Option("--unit-of-measure", help="t, kt or kg, if the file does not say", show_default=False)
]
NumberFormat = Annotated[
    str,
    typer.Option(
        "--number-format", help="how numbers are written: 1234.5, 1,234.5, 1 234,5 or 1.234,5", show_default=False
    ),
]
Rule = Annotated[
    str,
    typer.Option("--as", help="read it as this one of the imports; by its file name if missing", show_default=False),
]
KeepGood = Annotated[bool, typer.Option("--keep-good", help="import the good rows of a file that also has bad ones")]

DryRun = Annotated[bool, typer.Option("--dry-run", help="read and check the file, and record nothing")]
Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm",
        help="accept what is asked about: amounts over 1.25 times the daily targets or far off the usual, a unit of "
        "measure unlike the title's, a figure replaced beside a column that nobody read",
    ),
]


def entry_file(plant: Path) -> "EntryFile":
    """The ledger of the plant. Raises ConfigurationError."""
    from collector.config.load import load
    from collector.entries.entry_file import EntryFile

    return EntryFile(load(plant))


def author(by: str) -> str:
    """Who enters something."""
    # Every entry has an author; the login name is better than nobody.
    return by.strip() or getpass.getuser()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """What a person says of a file on the command line; "" for what is not said."""

    origin: str
    unit_of_measure: str = ""
    number_format: str = ""
    rule: str = ""
    confirm: bool = False


def file_options(file: Path, said: FileWords, rules: "Sequence[ImportRule]", *, plans: bool) -> "FileOptions":
    """What is known of a file: what a person says, else what the rule says that fits its name.

    Raises ConfigurationError for an unknown unit of measure, number format or rule.
    """
    from collector.files.number import NUMBER_FORMATS, unit_of_measure
    from collector.files.result import FileOptions

    known = unit_of_measure(said.unit_of_measure) if said.unit_of_measure else None
    if said.unit_of_measure and known is None:
        raise ConfigurationError(import_text("unknown_unit_of_measure", value=said.unit_of_measure))
    if said.number_format and said.number_format not in NUMBER_FORMATS:
        formats = tuple(map(repr, NUMBER_FORMATS))
        raise ConfigurationError(import_text("unknown_number_format", value=said.number_format, formats=formats))
    rule = _rule(file, said.rule, rules, plans=plans)
    return FileOptions(
        file=file.name,
        unit_of_measure=known or (rule.unit_of_measure if rule else None),
        number_format=said.number_format or (rule.number_format if rule else None),
        confirm=said.confirm,
        origin=said.origin,
        rule=rule,
    )


def _rule(file: Path, name: str, rules: "Sequence[ImportRule]", *, plans: bool) -> "ImportRule | None":
    from collector.files.import_rule import rule_for

    if not name:
        return rule_for(rules, file.name, plans=plans)
    fitting = [rule for rule in rules if rule.plans is plans]
    for rule in fitting:
        if rule.name == name:
            return rule
    known = tuple(rule.name for rule in fitting) or import_text("none")
    raise ConfigurationError(import_text("no_rule_of_plans" if plans else "no_rule_of_figures", name=name, known=known))
