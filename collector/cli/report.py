"""`tundish report`: the production day, the month against its plan, and growth, as people print and send them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from collector.entries.entry_file import EntryFile
    from collector.entries.report_rows import ReportData
    from dashboards.report.document import ReportDocument

app = typer.Typer(help="Reports from the ledger, also as they were known on an earlier day.", no_args_is_help=True)

LAST_DAY_HELP = "the production date, such as 2025-08-31; the last completed one if missing"
MONTHS_HELP = {
    "month": "2025-08 or 2025-01..2025-08; the month of the last completed day if missing",
    "growth": "2025-08 or 2025-01..2025-08; the last complete month if missing",
}


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    EXCEL = "excel"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The report that was asked for, over the days [first, end) (ordinals); `period` is how it is headed.

    `known_ns`: as it was known then (UTC ns); None: as it is known now.
    """

    kind: str
    period: str
    first: int
    end: int
    lang: Lang
    form: Form
    dispatcher: str
    known_ns: int | None
    now_ns: int


KnownOn = Annotated[
    str | None, typer.Option("--as-known-on", help="report what was known at this local time", show_default=False)
]
JSON_HELP = "print rows as JSON, named as in the output tables"


def _add_report(kind: str, description: str, period_help: str) -> None:
    """Register the command of one kind of report; all of them take the same options."""

    def command(
        period: Annotated[str | None, typer.Option("--period", help=period_help, show_default=False)] = None,
        plant: PlantFile = DEFAULT_PLANT,
        lang: LangOption = Lang.EN,
        json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
        csv: Annotated[bool, typer.Option("--csv", help="print CSV: UTF-8 with commas")] = False,
        excel: Annotated[bool, typer.Option("--excel", help="with --csv: a byte order mark and semicolons")] = False,
        html: Annotated[bool, typer.Option("--html", help="print one HTML page")] = False,
        xlsx: Annotated[bool, typer.Option("--xlsx", help="write a spreadsheet; needs --out")] = False,
        as_known_on: KnownOn = None,
        dispatcher: Annotated[
            str, typer.Option(callback=words, help="name of the dispatcher in the header", show_default=False)
        ] = "",
        out: Annotated[Path | None, typer.Option("--out", help="write to this file", show_default=False)] = None,
    ) -> None:
        from collector.cli.entry_options import entry_file

        form = _form({Form.JSON: json, Form.CSV: csv, Form.HTML: html, Form.XLSX: xlsx}, excel=excel)
        if form is Form.XLSX and out is None:
            raise ConfigurationError("a spreadsheet needs a file: give --out report.xlsx")
        entries = entry_file(plant)
        now_ns = entries.clock_ns()
        period = _usual_period(entries, kind, now_ns) if period is None else period
        first, end = _days(entries, kind, period, now_ns)
        wanted = Wanted(
            kind=kind,
            period=period,
            first=first,
            end=end,
            lang=lang,
            form=form,
            dispatcher=dispatcher,
            known_ns=_known_ns(entries, as_known_on, now_ns),
            now_ns=now_ns,
        )
        _write(_rendered(wanted, _read(entries, wanted)), out)

    command.__doc__ = description
    app.command(name=kind)(errors_in_language(command))


_add_report("day", "Print the daily production report.", LAST_DAY_HELP)
_add_report("month", "Print the month against its plan.", MONTHS_HELP["month"])
_add_report(
    "growth",
    "Print growth month on month, year on year and since January, as closed, with the restated figure beside it.",
    MONTHS_HELP["growth"],
)


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
    from collector.cli.terminal import show as show_table
    from collector.entries.not_known_now import not_known_now
    from collector.entries.report_rows import read_balance

    entries = entry_file(plant)
    now_ns = entries.clock_ns()
    known_ns = _known_ns(entries, as_known_on, now_ns)
    period = _usual_period(entries, "day", now_ns) if period is None else period
    day = _day(entries, period, now_ns)
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


def _form(asked: dict[Form, bool], *, excel: bool) -> Form:
    named = [form for form, is_asked in asked.items() if is_asked]
    if len(named) > 1:
        options = " and ".join(f"--{form.value}" for form in named)
        raise ConfigurationError(f"{options} exclude each other: choose one output format")
    if excel and named != [Form.CSV]:
        raise ConfigurationError("--excel says how --csv is written: give both, or --xlsx")
    return Form.EXCEL if excel else named[0] if named else Form.TEXT


def _usual_period(entries: "EntryFile", kind: str, now_ns: int) -> str:
    """What people look at in the morning: the last completed production day, or the last complete month.

    A day is complete when it has ended in every shop: with days from 08:00, yesterday runs until then.
    """
    from datetime import date

    from models.works.calendar import production_day
    from models.works.month import month_of, period_text, shifted

    running = min(production_day(shop.calendar, now_ns).toordinal() for shop in entries.plant.shops.values())
    if kind == "day":
        return date.fromordinal(running - 1).isoformat()
    return period_text(shifted(month_of(running), -1) if kind == "growth" else month_of(running - 1))


def _known_ns(entries: "EntryFile", as_known_on: str | None, now_ns: int) -> int | None:
    from collector.cli.places import parsed_instant
    from models.works.plant import Calendar

    if as_known_on is None:
        return None
    # The site's zone, as a report may be of shops in several.
    known_ns = parsed_instant(as_known_on, Calendar(zone=entries.plant.zone))
    if known_ns > now_ns:
        raise ConfigurationError(f"--as-known-on {as_known_on} is in the future: nothing is known of it")
    return known_ns


def _day(entries: "EntryFile", period: str, now_ns: int) -> int:
    """The production date. Raises ConfigurationError if it is not one, or has not begun anywhere."""
    from collector.cli.places import parsed_day
    from models.works.calendar import production_day

    day = parsed_day(period)
    if day > max(production_day(shop.calendar, now_ns).toordinal() for shop in entries.plant.shops.values()):
        raise ConfigurationError(f"--period {period} is in the future: nothing is known of it")
    return day


def _days(entries: "EntryFile", kind: str, period: str, now_ns: int) -> tuple[int, int]:
    """The days [first, end) of a period (ordinals). Raises ConfigurationError if it is not one."""
    from collector.cli.places import parsed_month
    from models.works.month import shifted

    if kind == "day":
        day = _day(entries, period, now_ns)
        return day, day + 1
    first, _, last = period.partition("..")
    months = parsed_month(first), parsed_month(last or first)
    if months[0] > months[1]:
        raise ConfigurationError(f"--period {period} ends before it starts: write the earlier month first")
    return months[0], shifted(months[1], 1)


def _read(entries: "EntryFile", wanted: Wanted) -> "ReportData":
    from collector.entries.report_rows import read_day, read_months
    from collector.storage.quarantine.browser import newest_refused
    from models.works.month import month_of

    now_ns, known_ns = wanted.now_ns, wanted.known_ns
    if wanted.kind == "day":
        refused = newest_refused(entries.settings.data_dir)
        return entries.read(
            lambda connection: read_day(
                connection, entries.plan, wanted.first, now_ns=now_ns, known_ns=known_ns, refused=refused
            )
        )
    months = wanted.first, month_of(wanted.end - 1)
    return entries.read(
        lambda connection: read_months(connection, entries.plan, *months, now_ns=now_ns, known_ns=known_ns)
    )


def _rendered(wanted: Wanted, data: "ReportData") -> str | bytes:
    from collector.cli.report_header import report_header
    from dashboards.report import build, forms

    if wanted.form is Form.JSON:
        return forms.to_json(data.rows) + "\n"
    header = report_header(data.plant, data, wanted)
    make = {"day": build.day_report, "month": build.month_report, "growth": build.growth_report}[wanted.kind]
    return _formed(make(data.plant, data.rows, header, wanted.lang.value), wanted.form)


def _formed(document: "ReportDocument", form: Form) -> str | bytes:
    import shutil

    from dashboards.report import forms, html, xlsx

    made: dict[Form, Callable[[], str | bytes]] = {
        Form.CSV: lambda: forms.to_csv(document, excel=False),
        Form.EXCEL: lambda: forms.to_csv(document, excel=True),
        Form.HTML: lambda: html.to_html(document),
        Form.XLSX: lambda: xlsx.to_xlsx(document),
        Form.TEXT: lambda: forms.to_terminal(document, shutil.get_terminal_size((160, 50)).columns),
    }
    return made[form]()


def _write(content: str | bytes, out: Path | None) -> None:
    import sys

    from collector.errors import CollectorError

    # Bytes, because Windows would turn line ends of text into its own and the console into its own code page.
    raw = content if isinstance(content, bytes) else content.encode()
    if out is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(raw)
    except OSError as error:
        raise CollectorError(f"{out} cannot be written: {error.strerror}; name another file with --out") from error
    say(f"written to {out}")
