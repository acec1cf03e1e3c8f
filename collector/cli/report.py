"""`tundish report`: the production day, the month against its plan, and growth, as people print and send them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.entry_options import DEFAULT_PLANT, PlantFile

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile
    from collector.entries.report_rows import ReportData
    from dashboards.report.document import Document

app = typer.Typer(help="Reports from the ledger, also as they were known on an earlier day.", no_args_is_help=True)


class Lang(StrEnum):
    """The language of a report."""

    EN = "en"
    RU = "ru"
    KK = "kk"


Period = Annotated[str, typer.Option("--period", help="2025-08; months also 2025-01..2025-08", show_default=False)]
DayPeriod = Annotated[str, typer.Option("--period", help="the production date, such as 2025-08-31", show_default=False)]
Language = Annotated[Lang, typer.Option("--lang", help="the language")]
Json = Annotated[bool, typer.Option("--json", help="a list of rows with the names of the output tables")]
Csv = Annotated[bool, typer.Option("--csv", help="UTF-8 with commas")]
Excel = Annotated[bool, typer.Option("--excel", help="with --csv: a byte order mark and semicolons")]
Html = Annotated[bool, typer.Option("--html", help="one page to print")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="a spreadsheet; needs --out")]
KnownOn = Annotated[
    str, typer.Option("--as-known-on", help="what was known at this local time or instant", show_default=False)
]
Out = Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)]
Dispatcher = Annotated[str, typer.Option(help="the name in the header", show_default=False)]


@app.command()
def day(
    period: DayPeriod,
    plant: PlantFile = DEFAULT_PLANT,
    lang: Language = Lang.EN,
    json: Json = False,
    csv: Csv = False,
    excel: Excel = False,
    html: Html = False,
    xlsx: Xlsx = False,
    as_known_on: KnownOn = "",
    dispatcher: Dispatcher = "",
    out: Out = None,
) -> None:
    """The daily production report.

    Raises:
        ConfigurationError: the configuration has faults, or the period is none.
        CannotStart: there is no ledger yet.
    """
    form = _form(json=json, csv=csv, excel=excel, html=html, xlsx=xlsx)
    _report("day", period, plant, lang, form, as_known_on, dispatcher, out)


@app.command()
def month(
    period: Period,
    plant: PlantFile = DEFAULT_PLANT,
    lang: Language = Lang.EN,
    json: Json = False,
    csv: Csv = False,
    excel: Excel = False,
    html: Html = False,
    xlsx: Xlsx = False,
    as_known_on: KnownOn = "",
    out: Out = None,
) -> None:
    """The month against its plan.

    Raises:
        ConfigurationError: the configuration has faults, or the period is none.
        CannotStart: there is no ledger yet.
    """
    form = _form(json=json, csv=csv, excel=excel, html=html, xlsx=xlsx)
    _report("month", period, plant, lang, form, as_known_on, "", out)


@app.command()
def growth(
    period: Period,
    plant: PlantFile = DEFAULT_PLANT,
    lang: Language = Lang.EN,
    json: Json = False,
    csv: Csv = False,
    excel: Excel = False,
    html: Html = False,
    xlsx: Xlsx = False,
    as_known_on: KnownOn = "",
    out: Out = None,
) -> None:
    """Growth month on month, year on year and since January, as closed with the restated figure beside it.

    Raises:
        ConfigurationError: the configuration has faults, or the period is none.
        CannotStart: there is no ledger yet.
    """
    form = _form(json=json, csv=csv, excel=excel, html=html, xlsx=xlsx)
    _report("growth", period, plant, lang, form, as_known_on, "", out)


@app.command()
def balance(
    period: DayPeriod,
    plant: PlantFile = DEFAULT_PLANT,
    json: Json = False,
    as_known_on: KnownOn = "",
) -> None:
    """The mass balance of a day: each node with what feeds it, its residual and how sure that is.

    Raises:
        ConfigurationError: the configuration has faults, or the period is none.
        CannotStart: there is no ledger yet.
    """
    import json as json_form

    from collector.cli.balance_table import balance_rows, balance_table
    from collector.cli.entry_options import entry_file
    from collector.cli.terminal import show as show_table
    from collector.entries.report_rows import read_balance

    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    known_ns = _known_ns(entries, as_known_on, now_ns)
    day = _day(period)
    nodes = entries.read(
        lambda connection: read_balance(connection, entries.plan, day, now_ns=now_ns, known_ns=known_ns)
    )
    if json:
        typer.echo(json_form.dumps(balance_rows(entries.plant, period, nodes), ensure_ascii=False, indent=1))
    elif nodes:
        show_table(balance_table(nodes))
    else:
        typer.echo("no nodes: declare them under balance in plant.yaml")


def _form(*, json: bool, csv: bool, excel: bool, html: bool, xlsx: bool) -> str:
    from collector.errors import ConfigurationError

    named = [name for name, wanted in (("json", json), ("csv", csv), ("html", html), ("xlsx", xlsx)) if wanted]
    if len(named) > 1:
        raise ConfigurationError(f"--{' and --'.join(named)} are two forms: ask for one at a time")
    if excel and named != ["csv"]:
        raise ConfigurationError("--excel says how --csv is written: give both, or --xlsx")
    return "excel" if excel else named[0] if named else "text"


def _report(
    kind: str, period: str, plant: Path, lang: Lang, form: str, as_known_on: str, dispatcher: str, out: Path | None
) -> None:
    from collector.cli.entry_options import entry_file
    from collector.errors import ConfigurationError

    if form == "xlsx" and out is None:
        raise ConfigurationError("a spreadsheet needs a file: give --out report.xlsx")
    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    known_ns = _known_ns(entries, as_known_on, now_ns)
    data = _read(entries, kind, period, now_ns, known_ns)
    _write(_rendered(entries, kind, period, data, lang, form, known_ns, now_ns, dispatcher), out)


def _known_ns(entries: "EntryFile", as_known_on: str, now_ns: int) -> int | None:
    from collector.cli.places import parsed_instant
    from collector.errors import ConfigurationError
    from models.works.plant import Calendar

    if not as_known_on:
        return None
    known_ns = parsed_instant(as_known_on, Calendar(zone=entries.plant.zone))
    if known_ns > now_ns:
        raise ConfigurationError(f"--as-known-on {as_known_on} is still to come: nothing is known of it")
    return known_ns


def _day(period: str) -> int:
    from datetime import date

    from collector.errors import ConfigurationError

    try:
        return date.fromisoformat(period).toordinal()
    except ValueError as error:
        raise ConfigurationError(f"--period {period} is no date: write it like 2025-08-31") from error


def _read(entries: "EntryFile", kind: str, period: str, now_ns: int, known_ns: int | None) -> "ReportData":
    from collector.cli.places import parsed_month
    from collector.entries.report_rows import read_day, read_months
    from collector.errors import ConfigurationError

    if kind == "day":
        wanted = _day(period)
        return entries.read(
            lambda connection: read_day(connection, entries.plan, wanted, now_ns=now_ns, known_ns=known_ns)
        )
    first, _, last = period.partition("..")
    months = (parsed_month(first), parsed_month(last or first))
    if months[0] > months[1]:
        raise ConfigurationError(f"--period {period} ends before it starts: write the earlier month first")
    return entries.read(
        lambda connection: read_months(connection, entries.plan, *months, now_ns=now_ns, known_ns=known_ns)
    )


def _rendered(
    entries: "EntryFile",
    kind: str,
    period: str,
    data: "ReportData",
    lang: Lang,
    form: str,
    known_ns: int | None,
    now_ns: int,
    dispatcher: str,
) -> str | bytes:
    from collector.cli.report_header import report_header
    from dashboards.report import build, forms

    if form == "json":
        return forms.to_json(data.rows) + "\n"
    header = report_header(
        entries.plant, data.facts, kind, period, lang.value, known_ns, now_ns, dispatcher, data.drops
    )
    make = {"day": build.day_report, "month": build.month_report, "growth": build.growth_report}[kind]
    return _formed(make(entries.plant, data.rows, header, lang.value), form)


def _formed(document: "Document", form: str) -> str | bytes:
    from dashboards.report import forms, html, xlsx

    if form in ("csv", "excel"):
        return forms.to_csv(document, excel=form == "excel")
    if form == "html":
        return html.to_html(document)
    if form == "xlsx":
        return xlsx.to_xlsx(document)
    import shutil

    return forms.to_terminal(document, shutil.get_terminal_size((160, 50)).columns)


def _write(content: str | bytes, out: Path | None) -> None:
    import sys

    from collector.errors import CollectorError

    raw = content if isinstance(content, bytes) else content.encode()
    if out is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(raw)
    except OSError as error:
        raise CollectorError(f"{out} cannot be written: {error.strerror}; name another file with --out") from error
    typer.echo(f"written to {out}")
