"""`tundish group`: several works as one company, from what they send to the figures of the whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.group_option import DEFAULT_GROUP, GroupPlace
from collector.cli.lang_option import Lang, LangOption, errors_in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.report.document import ReportDocument
    from dashboards.report.group.document import GroupHeader
    from models.group.group_figures import GroupFigures

app = typer.Typer(help="Several works as one company: what they send, and the whole.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="print JSON, named as in the output tables")]
STOP_LIMIT_S = 9.5
"""As of `tundish run`: half a second below what a container engine waits before it kills."""


@app.command()
def run(
    group: GroupPlace = DEFAULT_GROUP,
    json_logs: Annotated[
        bool | None,
        typer.Option(
            "--json-logs/--text-logs", help="log as JSON or as text; if missing, text at a terminal, else JSON"
        ),
    ] = None,
) -> None:
    """Take what the works send into the group's ledger, and answer them, until SIGTERM or Ctrl-C.

    Raises:
        ConfigurationError: group.yaml has faults; its text names them all.
        CannotStart: the folder is in use, or the ledger cannot be opened.
    """
    import asyncio
    import sys
    from functools import partial

    from collector import host
    from collector.group.consumer import serve_group
    from collector.group.group_load import load_group
    from collector.service.logs import configure_logs, last_words

    settings = load_group(group)
    json_lines = not sys.stderr.isatty() if json_logs is None else json_logs
    configure_logs(json_lines=json_lines, queued=True)
    why = "it did not end by itself; what was answered is on disk"
    words = partial(last_words, "stopped_by_force", json_lines=json_lines, after_s=STOP_LIMIT_S, why=why)

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        host.SignalWatch(loop, stop.set, lambda: None, limit_s=STOP_LIMIT_S, last_words=words)
        await serve_group(settings, stop)

    asyncio.run(serve())


def status(group: GroupPlace = DEFAULT_GROUP, lang: LangOption = Lang.EN, json: AsJson = False) -> None:
    """Show how far each works was taken, which is late or stands and why, and what was not taken.

    It works while the group runs.

    Raises:
        ConfigurationError: group.yaml has faults.
        CannotStart: there is no ledger yet.
    """
    import json as json_form
    import time

    from collector.cli.group_status import status_lines, status_rows, status_table
    from collector.cli.say import say
    from collector.cli.terminal import show
    from collector.group.group_ledger import read_group
    from collector.group.group_load import load_group
    from collector.group.group_reads import group_status

    settings, now_ns = load_group(group), time.time_ns()
    found = read_group(settings.data_dir, lambda connection: group_status(connection, settings, now_ns))
    if json:
        say(json_form.dumps(status_rows(found, now_ns), ensure_ascii=False, indent=1))
        return
    say(f"{settings.name(lang.value)}: {settings.data_dir}")
    show(status_table(found, now_ns, lang.value))
    for line in status_lines(found, now_ns, lang.value):
        say(line)


def growth(
    group: GroupPlace = DEFAULT_GROUP,
    month: Annotated[
        str | None,
        typer.Option("--month", help="2025-08; the last complete month if missing", show_default=False),
    ] = None,
    lang: LangOption = Lang.EN,
    json: AsJson = False,
) -> None:
    """Print growth of the group month on month, year on year and since January, with each works below.

    A month is compared over the days that all works know, and the report says how many these are.

    Raises:
        ConfigurationError: group.yaml has faults, or the month is none.
        CannotStart: there is no ledger yet.
    """
    from collector.cli.group_report import AskedGroup, read_growth
    from collector.cli.places import parsed_month
    from dashboards.report.group.document import group_growth
    from models.works.month import month_of, period_text

    wanted = None if month is None else parsed_month(month)
    asked = AskedGroup.of(group)
    first = month_of(month_of(asked.running_day) - 1) if wanted is None else wanted
    found = asked.read(read_growth(first))
    header = asked.header(period_text(first), lang.value)
    _print(found, header, group_growth(found, header, lang.value), json=json)


def day(
    group: GroupPlace = DEFAULT_GROUP,
    date: Annotated[
        str | None,
        typer.Option("--day", help="2025-08-31; the last completed day if missing", show_default=False),
    ] = None,
    lang: LangOption = Lang.EN,
    json: AsJson = False,
) -> None:
    """Print a production day of the group, with each works below.

    Raises:
        ConfigurationError: group.yaml has faults, or the day is none.
        CannotStart: there is no ledger yet.
    """
    from datetime import date as calendar_date

    from collector.cli.group_report import AskedGroup, read_day
    from collector.cli.places import parsed_day
    from dashboards.report.group.document import group_day

    wanted = None if date is None else parsed_day(date)
    asked = AskedGroup.of(group)
    ordinal = asked.running_day - 1 if wanted is None else wanted
    found = asked.read(read_day(ordinal))
    header = asked.header(calendar_date.fromordinal(ordinal).isoformat(), lang.value)
    _print(found, header, group_day(found, header, lang.value), json=json)


def go_on(
    site: Annotated[str, typer.Argument(help="the code of the works", show_default=False)],
    group: Annotated[
        Path, typer.Option("--group", envvar="TUNDISH_GROUP", help="group.yaml, or a folder of *.yaml files")
    ] = DEFAULT_GROUP,
    lang: LangOption = Lang.EN,
) -> None:
    """Take a works again that stood because two ledgers sent under its code. Do it when one of them is ended.

    The one that is left is asked for all it has; what is shown stays until that is whole.

    Raises:
        ConfigurationError: group.yaml has faults, or knows no such works.
        CannotStart: there is no ledger yet.
        EntryRefused: the works does not stand for that.
    """
    from collector.cli.say import say
    from collector.errors import ConfigurationError, EntryRefused
    from collector.group.group_ledger import change_group
    from collector.group.group_load import load_group
    from collector.group.group_take import let_go_on
    from dashboards.report.group.texts import group_text

    settings = load_group(group)
    if site not in settings.sites:
        raise ConfigurationError(f"'{site}' is not of this group; its works are {', '.join(sorted(settings.sites))}")
    if not change_group(settings.data_dir, lambda connection: let_go_on(connection, site)):
        raise EntryRefused(f"{site} does not stand for two ledgers; `tundish group status` says how it is")
    say(group_text("going_on", lang.value, site=settings.sites[site].name(lang.value)))


def _print(found: "Sequence[GroupFigures]", header: "GroupHeader", document: "ReportDocument", *, json: bool) -> None:
    from collector.cli.report import Form, formed
    from collector.cli.write_out import write_out
    from dashboards.report.forms import to_json
    from dashboards.report.group.document import group_rows

    write_out(to_json(group_rows(found, header)) + "\n" if json else formed(document, Form.TEXT), None)


for _command, _name in ((status, "status"), (growth, "growth"), (day, "day"), (go_on, "go-on")):
    app.command(name=_name)(errors_in_language(_command))
