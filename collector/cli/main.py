"""The command `tundish`: every subcommand, and how errors are printed."""

import inspect
import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from collector import host
from collector.cli import (
    alert,
    cert,
    dashboards,
    group,
    import_file,
    incident,
    measure_command,
    plan,
    quality,
    quarantine,
    queue,
    repair,
    report,
    token,
    user,
)
from collector.cli.backup import backup, restore
from collector.cli.browse import browse
from collector.cli.check import check
from collector.cli.completeness import completeness
from collector.cli.correct import close, correct
from collector.cli.demo import demo
from collector.cli.desk import desk
from collector.cli.discover import discover
from collector.cli.ingest import ingest
from collector.cli.lang_option import errors_in_language
from collector.cli.poll import poll
from collector.cli.provision import provision
from collector.cli.recover import recover
from collector.cli.rehearse import rehearse
from collector.cli.reload import reload
from collector.cli.run import run
from collector.cli.say import say
from collector.cli.schema import schema
from collector.cli.simulate import simulate
from collector.cli.standard_streams import open_streams, refused_output
from collector.cli.status import status
from collector.cli.system_refusal import is_of_the_machine, refusal_text, shortened
from collector.cli.verify import verify
from collector.errors import CollectorError, ConfigurationError
from collector.service.logs import configure_logs

app = typer.Typer(
    help="Production monitoring for steel works: from the PLC to the monthly growth panel.",
    no_args_is_help=True,
    # An unforeseen failure is shown as a plain traceback, which people can paste into an issue.
    pretty_exceptions_enable=False,
)
for command in (run, check, status, desk, demo, simulate, browse, discover, poll, schema):
    app.command()(command)
app.command()(correct)
app.command()(provision)
app.command()(backup)
app.command()(restore)
app.command()(verify)
app.command()(completeness)
app.command()(ingest)
app.command()(close)
app.command()(errors_in_language(recover))
app.command()(rehearse)
app.command()(reload)
_GROUPS = {
    "report": report.app,
    "group": group.app,
    "dashboards": dashboards.app,
    "import": import_file.app,
    "plan": plan.app,
    "indicator": measure_command.indicator_app,
    "project": measure_command.project_app,
    "incident": incident.app,
    "quality": quality.app,
    "repair": repair.app,
    "alert": alert.app,
    "cert": cert.app,
    "queue": queue.app,
    "quarantine": quarantine.app,
    "user": user.app,
    "token": token.app,
}
for name, commands in _GROUPS.items():
    app.add_typer(commands, name=name)
for listed in (item for commands in (app, *_GROUPS.values()) for item in commands.registered_commands):
    # What a function raises matters to its caller, not to a person who reads --help.
    listed.help = (inspect.getdoc(listed.callback) or "").partition("\nRaises:")[0].strip()


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"tundish {version('tundish')} ({Path(__file__).resolve().parents[1]})")
        raise typer.Exit


@app.callback()
def tundish(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="show the version and where it is installed"
        ),
    ] = False,
) -> None:
    """Production monitoring for steel works: from the PLC to the monthly growth panel."""
    # A command that keeps running logs more; the others print their output, and log warnings only.
    configure_logs(json_lines=False, level=logging.WARNING)


def main() -> None:
    """Run the command line. What is refused is one line on stderr: exit code 2 for a configuration, else 1."""
    open_streams()
    try:
        app()
    except SystemExit:  # the library's way to end, whatever came of it
        refused = refused_output()
        if refused is None:
            raise
        _end(refused and f"tundish: {refused}\n", 1)
    except ConfigurationError as error:
        _end(f"tundish: {error}\n", 2)
    except CollectorError as error:
        _end(f"tundish: {error}\n", 1)
    except Exception as error:
        if is_of_the_machine(error):
            _end(f"tundish: {refused_output() or refusal_text(error)}\n", 1)
        # Unforeseen: a plain traceback, which people can paste into an issue.
        _end(traceback.format_exc(), 1)


ERROR_LIMIT_S = 5.0
"""For the reader of the last line: who reads on a slow line has it by then. A judgement."""


_LONG_WORD = re.compile(r"\S{300,}")


def _end(text: str, code: int) -> NoReturn:
    """Say why, and end, also where the reader of stderr stands still."""
    text = _LONG_WORD.sub(lambda word: shortened(word[0]), text)
    for handler in logging.getLogger().handlers:
        handler.flush()  # what happened before comes first
    writer = threading.Thread(target=lambda: say(text, err=True, nl=False), daemon=True)
    writer.start()
    writer.join(ERROR_LIMIT_S)
    if writer.is_alive():
        host.end_process(code)
    sys.exit(code)
