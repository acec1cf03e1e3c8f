"""`tundish report why`: why output changed between two spans of days, in parts that sum to the change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from models.works.plant import Plant

PERIOD = (
    "2026-10, 2026-01..2026-10, 2026-Q3, 2026, 2026-10-05 or 2026-10-05..2026-10-11; the last complete month if missing"
)
BASE = "what it is compared with, written alike; the same days of the year before if missing"
PRODUCT = "the code of a product; all that the works reports if missing"


def why(
    period: Annotated[str | None, typer.Option("--period", help=PERIOD, show_default=False)] = None,
    to: Annotated[str | None, typer.Option("--to", help=BASE, show_default=False)] = None,
    product: Annotated[str, typer.Option("--product", callback=words, help=PRODUCT, show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    json: Annotated[bool, typer.Option("--json", help="print JSON: parts, units and their receipts")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="print CSV: UTF-8 with commas")] = False,
    html: Annotated[bool, typer.Option("--html", help="print one HTML page")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="write a spreadsheet; needs --out")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
) -> None:
    """Print why output changed: calendar days, repairs, units, stops, pace, corrections, and what is not known.

    The parts sum to the change, to the gram; each names the repairs, stops and hours that make it up.

    Raises:
        ConfigurationError: the configuration has faults, a period is not one, or both overlap.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.entry_options import entry_file
    from collector.cli.report import Form, asked_form, formed
    from collector.cli.why_making import read_why_report
    from collector.cli.why_periods import compared_days
    from collector.cli.write_out import write_out
    from dashboards.report.why.document import why_document
    from dashboards.report.why.json import why_json

    form = asked_form({Form.JSON: json, Form.CSV: csv, Form.HTML: html, Form.XLSX: xlsx}, excel=False)
    if form is Form.XLSX and out is None:
        raise ConfigurationError("a spreadsheet needs a file: give --out report.xlsx")
    entries = entry_file(plant)
    products = asked_products(entries.plant, product)
    now_ns = entries.clock_ns()
    compared = compared_days(entries.plant, period, to, now_ns)
    report = read_why_report(entries, compared, products, now_ns, lang.value)
    if form is Form.JSON:
        write_out(why_json(report, lang.value), out)
    else:
        write_out(formed(why_document(report, lang.value, narrow=form in (Form.TEXT, Form.HTML)), form), out)


def asked_products(plant: "Plant", product: str) -> list[str]:
    """The codes of the products that are asked for. Raises ConfigurationError for one that the plant does not have."""
    from collector.cli.named_codes import NamedCodes
    from collector.cli.report_refusals import report_refusal

    if not product:
        return list(dict.fromkeys(reported.product for reported in plant.reported))
    if product not in plant.products:
        known = NamedCodes(plant.products)
        raise ConfigurationError(report_refusal("no_product", product=product, known=known))
    return [product]
