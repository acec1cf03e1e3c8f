"""`tundish report`: a shift, a day, ten days, a month, a quarter, a year, growth, why it grew, what was lost, and the
briefing, as people print and send them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.briefing import briefing
from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.losses import losses
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from collector.cli.why import why
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from collector.cli.report_making import Wanted
    from collector.entries.report_rows import ReportData
    from dashboards.report.document import ReportDocument

app = typer.Typer(help="Reports from the ledger, also as they were known on an earlier day.", no_args_is_help=True)

LAST_DAY_HELP = "the production date, such as 2025-08-31; the last completed one if missing"
PERIOD_HELP = {
    "shift": "2025-08-31/2 is the second shift of that production date; the last completed one if missing",
    "day": LAST_DAY_HELP,
    "ten-days": "a date within 1-10, 11-20, or 21 to the end of the month; those of the last completed day if missing",
    "month": "2025-08 or 2025-01..2025-08; the month of the last completed day if missing",
    "quarter": "2025-Q3; that of the last completed day if missing",
    "year": "2025; that of the last completed day if missing",
    "growth": "2025-08 or 2025-01..2025-08; the last complete month if missing",
}
DESCRIPTIONS = {
    "shift": "Print the report of a shift.",
    "day": "Print the daily production report.",
    "ten-days": "Print ten days of a month against their plan.",
    "month": "Print the month against its plan.",
    "quarter": "Print the quarter against its plan, with its months.",
    "year": "Print the year against its plan, with its quarters.",
    "growth": "Print growth month on month, year on year and since January, as closed, with the restated figure "
    "beside it.",
}


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    EXCEL = "excel"
    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"


KnownOn = Annotated[
    str | None, typer.Option("--as-known-on", help="report what was known at this local time", show_default=False)
]
JSON_HELP = "print rows as JSON, named as in the output tables"


def _add_report(kind: str) -> None:
    """Register the command of one kind of report; all of them take the same options."""

    def command(
        period: Annotated[str | None, typer.Option("--period", help=PERIOD_HELP[kind], show_default=False)] = None,
        plant: PlantFile = DEFAULT_PLANT,
        lang: LangOption = Lang.EN,
        json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
        csv: Annotated[bool, typer.Option("--csv", help="print CSV: UTF-8 with commas")] = False,
        excel: Annotated[bool, typer.Option("--excel", help="with --csv: a byte order mark and semicolons")] = False,
        html: Annotated[bool, typer.Option("--html", help="print one HTML page")] = False,
        xlsx: Annotated[bool, typer.Option("--xlsx", help="write a spreadsheet; needs --out")] = False,
        pdf: Annotated[bool, typer.Option("--pdf", help="write a PDF for A4 paper; needs --out")] = False,
        as_known_on: KnownOn = None,
        dispatcher: Annotated[
            str, typer.Option(callback=words, help="name of the dispatcher in the header", show_default=False)
        ] = "",
        out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
    ) -> None:
        from collector.cli.entry_options import entry_file
        from collector.cli.report_making import Wanted, read_wanted
        from collector.cli.report_periods import asked_days, known_at_ns, usual_period
        from collector.cli.write_out import write_out

        asked = {Form.JSON: json, Form.CSV: csv, Form.HTML: html, Form.XLSX: xlsx, Form.PDF: pdf}
        form = asked_form(asked, excel=excel)
        if form in (Form.XLSX, Form.PDF) and out is None:
            what = "a spreadsheet" if form is Form.XLSX else "a PDF"
            raise ConfigurationError(f"{what} needs a file: give --out report.{form.value}")
        entries = entry_file(plant)
        now_ns = entries.clock_ns()
        period = usual_period(entries.plant, kind, now_ns) if period is None else period
        wanted = Wanted(
            kind=kind,
            days=asked_days(entries.plant, kind, period, now_ns),
            lang=lang.value,
            dispatcher=dispatcher,
            known_ns=known_at_ns(entries.plant, as_known_on, now_ns),
            now_ns=now_ns,
            stop_reasons=entries.settings.stop_reasons,
        )
        write_out(_rendered(wanted, read_wanted(entries, wanted), form), out)

    command.__doc__ = DESCRIPTIONS[kind]
    app.command(name=kind)(errors_in_language(command))


for _kind in DESCRIPTIONS:
    _add_report(_kind)


@app.command()
def balance(
    period: Annotated[str | None, typer.Option("--period", help=LAST_DAY_HELP, show_default=False)] = None,
    plant: PlantFile = DEFAULT_PLANT,
    json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
    as_known_on: KnownOn = None,
) -> None:
    """Print the mass balance of a day: each node with its terms, its residual and one sigma of it, declared or learned.

    Below it stands which meter errs, if the last half year tells: since when, by how much, and how sure that is.

    Raises:
        ConfigurationError: the configuration has faults, or the period is not a date.
        CannotStart: there is no ledger yet.
    """
    import json as json_form

    from collector.cli.balance_table import balance_rows, balance_table, ruling_lines
    from collector.cli.entry_options import entry_file
    from collector.cli.report_periods import asked_days, known_at_ns, usual_period
    from collector.cli.terminal import show as show_table
    from collector.entries.not_known_now import not_known_now
    from collector.entries.report_rows import read_balance

    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    known_ns = known_at_ns(entries.plant, as_known_on, now_ns)
    period = usual_period(entries.plant, "day", now_ns) if period is None else period
    day = asked_days(entries.plant, "day", period, now_ns).first
    found = entries.read(
        lambda connection: read_balance(connection, entries.plan, day, now_ns=now_ns, known_ns=known_ns)
    )
    if not json:
        simulated = " (SIMULATED)" if entries.plant.simulated else ""
        say(f"{entries.plant.site}{simulated}: mass balance of {period}")
        for line in not_known_now(entries, "en") if found.not_known_s else ():
            say(line)
    if json:
        say(json_form.dumps(balance_rows(entries.plant, period, found), ensure_ascii=False, indent=1))
    elif found.nodes:
        show_table(balance_table(found.nodes))
        say("\n".join(ruling_lines(entries.plant, found.ruling)))
    else:
        say("no nodes: declare them under balance in plant.yaml")


app.command(name="briefing")(errors_in_language(briefing))
app.command(name="why")(errors_in_language(why))
app.command(name="losses")(errors_in_language(losses))


@app.command()
def mail(
    plant: PlantFile = DEFAULT_PLANT,
    lang: LangOption = Lang.EN,
    send: Annotated[
        str,
        typer.Option(
            "--send", callback=words, help="send this one now, as a trial: nothing is noted", show_default=False
        ),
    ] = "",
) -> None:
    """List the reports that are mailed on schedule: to whom, when next, and what became of the last.

    Raises:
        ConfigurationError: the configuration has faults, or there is no such schedule.
        CannotStart: there is no ledger yet.
        ReportNotMade, ChannelFailed: it could not be sent.
    """
    from collector.cli.entry_options import entry_file
    from collector.cli.report_mail import list_mails, send_now

    entries = entry_file(plant)
    if send:
        send_now(entries, send, lang.value)
    else:
        list_mails(entries, lang.value)


def asked_form(asked: dict[Form, bool], *, excel: bool) -> Form:
    """The one form that is asked for. Raises ConfigurationError for two of them."""
    named = [form for form, is_asked in asked.items() if is_asked]
    if len(named) > 1:
        options = " and ".join(f"--{form.value}" for form in named)
        raise ConfigurationError(f"{options} exclude each other: choose one output format")
    if excel and named != [Form.CSV]:
        raise ConfigurationError("--excel says how --csv is written: give both, or --xlsx")
    return Form.EXCEL if excel else named[0] if named else Form.TEXT


def _rendered(wanted: "Wanted", data: "ReportData", form: Form) -> str | bytes:
    from collector.cli.report_making import document_of
    from dashboards.report import forms

    if form is Form.JSON:
        return forms.to_json(data.rows) + "\n"
    return formed(document_of(wanted, data), form)


def formed(document: "ReportDocument", form: Form) -> str | bytes:
    """The document in any form but JSON."""
    import shutil

    from dashboards.report import forms, html, pdf, xlsx

    made: dict[Form, Callable[[], str | bytes]] = {
        Form.CSV: lambda: forms.to_csv(document, excel=False),
        Form.EXCEL: lambda: forms.to_csv(document, excel=True),
        Form.HTML: lambda: html.to_html(document),
        Form.XLSX: lambda: xlsx.to_xlsx(document),
        Form.PDF: lambda: pdf.to_pdf(document),
        Form.TEXT: lambda: forms.to_terminal(document, shutil.get_terminal_size((160, 50)).columns),
    }
    return made[form]()
