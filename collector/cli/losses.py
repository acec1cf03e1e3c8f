"""`tundish report losses`: what unplanned stops cost, by unit, cause, shift and weekday."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.lang_option import Lang, LangOption
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.why import PERIOD, PRODUCT, asked_products
from collector.errors import ConfigurationError


def losses(
    period: Annotated[str | None, typer.Option("--period", help=PERIOD, show_default=False)] = None,
    product: Annotated[str, typer.Option("--product", callback=words, help=PRODUCT, show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    json: Annotated[bool, typer.Option("--json", help="print JSON, exact tonnes and hours")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="print CSV: UTF-8 with commas")] = False,
    html: Annotated[bool, typer.Option("--html", help="print one HTML page")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="write a spreadsheet; needs --out")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
) -> None:
    """Print what unplanned stops cost, by unit, cause, shift and weekday, with MTBF, MTTR and availability.

    Days count that are over in every shop. Hours that nobody watched are in no ranking; the units are named.

    Raises:
        ConfigurationError: the configuration has faults, or the period is none, or no day of it is over.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.entry_options import entry_file
    from collector.cli.report import Form, asked_form, formed
    from collector.cli.report_periods import GROWTH, usual_period
    from collector.cli.why_making import read_loss_report
    from collector.cli.why_periods import days_over, span_named
    from collector.cli.write_out import write_out
    from dashboards.report.why.losses_document import loss_document, loss_json

    form = asked_form({Form.JSON: json, Form.CSV: csv, Form.HTML: html, Form.XLSX: xlsx}, excel=False)
    if form is Form.XLSX and out is None:
        raise ConfigurationError("a spreadsheet needs a file: give --out report.xlsx")
    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    named = usual_period(entries.plant, GROWTH, now_ns) if period is None else period
    days = days_over(entries.plant, span_named(entries.plant, named, now_ns), now_ns)
    report = read_loss_report(entries, days, asked_products(entries.plant, product), now_ns, lang.value)
    write_out(loss_json(report) if form is Form.JSON else formed(loss_document(report, lang.value), form), out)
