"""`tundish recover`: what each unit has to make from now on for the plan of the month, and what keeps it from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.why import PRODUCT, asked_products
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MONTH = "2026-11: the month that runs (if missing), or a later one"
WITHOUT = "suppose that this unit stands from now on; may be repeated"
UNTIL = "the last production date on which it stands; the end of the month if missing"
END = "suppose that a repair that runs ends on another day: NAME=2026-11-20; may be repeated"
MOVE = "suppose that a repair begins on another day: NAME=2026-11-20; may be repeated"


def recover(
    month: Annotated[str | None, typer.Option("--month", help=MONTH, show_default=False)] = None,
    product: Annotated[str, typer.Option("--product", callback=words, help=PRODUCT, show_default=False)] = "",
    without: Annotated[list[str] | None, typer.Option("--without", help=WITHOUT, show_default=False)] = None,
    until: Annotated[list[str] | None, typer.Option("--until", help=UNTIL, show_default=False)] = None,
    move: Annotated[list[str] | None, typer.Option("--move", help=MOVE, show_default=False)] = None,
    end: Annotated[list[str] | None, typer.Option("--end", help=END, show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="print CSV: UTF-8 with commas")] = False,
    html: Annotated[bool, typer.Option("--html", help="print one HTML page")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="write a spreadsheet; needs --out")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
) -> None:
    """Print how the plan of a month can still be made: by unit, a day and a shift, and what is the limit.

    What is supposed is entered nowhere: plans and repairs stay as they are.

    Raises:
        ConfigurationError: the configuration has faults, the month is over, or what is supposed cannot be.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.entry_options import entry_file
    from collector.cli.places import parsed_month
    from collector.cli.recover_making import read_month_left, recovery_month
    from collector.cli.report import Form, asked_form, formed
    from collector.cli.write_out import write_out
    from dashboards.report.recovery.day_plan import days_document, rows_document
    from dashboards.report.recovery.document import recovery_document
    from dashboards.report.recovery.json import recovery_json
    from dashboards.report.xlsx import to_xlsx
    from models.recovery.recovery_texts import recovery_text
    from models.recovery.what_if import Supposed

    form = asked_form({Form.JSON: json, Form.CSV: csv, Form.HTML: html, Form.XLSX: xlsx}, excel=False)
    if form is Form.XLSX and out is None:
        raise ConfigurationError("a spreadsheet needs a file: give --out report.xlsx")
    entries = entry_file(plant)
    products = asked_products(entries.plant, product)
    asked = recovery_month(entries.plant, None if month is None else parsed_month(month), entries.clock_ns())
    stands = asked_stands(asked, without or [], until or [])
    supposed = Supposed(stands, moved=repair_days(move or []), ended=repair_days(end or []))
    report = read_month_left(entries, asked).report(products, supposed, lang.value)
    made: dict[Form, Callable[[], str | bytes]] = {
        Form.JSON: lambda: recovery_json(report, lang.value),
        Form.CSV: lambda: formed(rows_document(report, lang.value), form),
        Form.XLSX: lambda: to_xlsx(
            recovery_document(report, lang.value), {recovery_text("day", lang.value): days_document(report, lang.value)}
        ),
    }
    write_out(made[form]() if form in made else formed(recovery_document(report, lang.value), form), out)


def asked_stands(month: int, without: "Sequence[str]", until: "Sequence[str]") -> "Mapping[str, int]":
    """By unit, the last day (an ordinal) on which it stands. Raises ConfigurationError for what does not fit
    together."""
    from collector.cli.places import parsed_day
    from collector.cli.recover_refusals import recover_refusal
    from models.works.month import shifted

    if until and not without:
        raise ConfigurationError(recover_refusal("until_alone"))
    days = [parsed_day(text) for text in until] or [shifted(month, 1) - 1]
    if len(days) == 1:
        days *= len(without)
    if len(days) != len(without):
        raise ConfigurationError(recover_refusal("until_count", units=len(without), days=len(days)))
    if len(set(without)) < len(without):
        raise ConfigurationError(recover_refusal("given_twice"))
    return dict(zip(without, days, strict=True))


def repair_days(given: "Sequence[str]") -> "Mapping[str, int]":
    """By the name of a repair, a day (an ordinal), from NAME=2026-11-20. Raises ConfigurationError for another form."""
    from collector.cli.places import parsed_day
    from collector.cli.recover_refusals import recover_refusal

    found: dict[str, int] = {}
    for each in given:
        name, _, day = each.rpartition("=")
        if not name:
            raise ConfigurationError(recover_refusal("move_form", given=each))
        found[name] = parsed_day(day)
    if len(found) < len(given):
        raise ConfigurationError(recover_refusal("given_twice"))
    return found
