"""`tundish alert`: incidents now and before, who acknowledged them, and what is muted."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.lang_option import Lang, LangOption, errors_in_language
from collector.cli.option_bounds import LARGEST, words
from collector.cli.plant_option import DEFAULT_PLANT, PlantFile
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.entries.entry_file import EntryFile

app = typer.Typer(help="Incidents: listed, acknowledged, muted.", no_args_is_help=True)

Number = Annotated[
    int,
    typer.Argument(min=1, max=LARGEST, help="the id of the incident, from the list or the message", show_default=False),
]
MaybeNumber = Annotated[
    int | None, typer.Argument(min=1, max=LARGEST, help="the id of an incident", show_default=False)
]
Who = Annotated[str, typer.Option("--by", callback=words, help="your name, for the record", show_default=False)]
OfUnit = Annotated[str, typer.Option("--unit", help="a unit, by its code or name", show_default=False)]


@app.command(name="list")
@errors_in_language
def list_alerts(
    everything: Annotated[bool, typer.Option("--all", help="include closed incidents, each with its record")] = False,
    lang: LangOption = Lang.EN,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="write the history to this spreadsheet")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="write the history to this file of CSV")] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help="of how many days the history is written")] = 31,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """List the open incidents, the most severe first; or write those of the last days to a file.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
        CollectorError: a file cannot be written.
    """
    import json

    from collector.cli.alert_blocks import incident_blocks, remarks
    from collector.cli.alert_documents import list_document
    from collector.cli.entry_options import entry_file
    from collector.cli.terminal import PlainConsole
    from collector.entries import alerts, mutes
    from collector.entries.not_known_now import not_known_now, units_not_known_now
    from models.alerts.texts import text

    entries = entry_file(plant)
    if xlsx is not None or csv is not None:
        from collector.cli.alert_history import write_history

        write_history(alerts.history(entries, days), entries.plant, lang.value, xlsx=xlsx, csv=csv)
        return
    found = alerts.listed(entries, ended=everything)
    if as_json:
        document = list_document(found, units_not_known_now(entries), entries.plant, entries.clock_ns())
        say(json.dumps(document, ensure_ascii=False, indent=2))
        return
    console = PlainConsole(highlight=False, markup=False, soft_wrap=True)
    # First: of what it names, the list below is that of then.
    not_known = not_known_now(entries, lang.value)
    for line in not_known:
        say(line)
    if not found:
        key = "no_incidents" if everything else "no_open_incidents_then" if not_known else "no_open_incidents"
        say(text(key, lang.value))
    else:
        for block in incident_blocks(found, entries.plant, lang.value, console.width, audit=everything):
            console.print(block)
        say()
    for line in remarks(mutes.unit_mutes(entries), entries.settings.alerts, entries.plant, lang.value):
        say(line)


@app.command()
@errors_in_language
def roster(
    week: Annotated[str, typer.Option(help="a day of the week to show, such as 2026-11-30; today if missing")] = "",
    lang: LangOption = Lang.EN,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Show who is on duty now, and who has which shift of a week; people enter it at the desk.

    Raises:
        ConfigurationError: the configuration has faults, or the week is no date.
        CannotStart: the file of users, which holds the roster, is damaged.
    """
    from collector.cli.alert_roster import print_roster
    from collector.cli.entry_options import entry_file

    entries = entry_file(plant)
    print_roster(entries.settings, week, lang.value, entries.clock_ns())


@app.command()
def ack(
    number: Number,
    by: Who,
    note: Annotated[str, typer.Option(callback=words, help="what is being done about it", show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Take charge of an incident: it is not escalated further.

    Raises:
        ConfigurationError: the configuration has faults, or no name is given.
        CollectorError: there is no such incident, it is closed, or somebody acknowledged it before.
    """
    from collector.cli.entry_options import entry_file
    from collector.entries import alerts

    entries = entry_file(plant)
    name = _name(by)
    incident = alerts.acknowledge(entries, number, by=name, note=note)
    say(f"{number}: acknowledged by {name} ({incident.root.finding.unit}, P{incident.severity})")


@app.command()
def mute(
    by: Who,
    reason: Annotated[str, typer.Option(callback=words, help="why, for the record", show_default=False)],
    number: MaybeNumber = None,
    unit: OfUnit = "",
    duration: Annotated[str, typer.Option("--for", help="for how long, such as 2h or 30m", show_default=False)] = "",
    until: Annotated[str, typer.Option(help="local time, such as 2025-08-01 08:00", show_default=False)] = "",
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Send no messages about an incident or a unit for a while. It is still shown and recorded.

    Raises:
        ConfigurationError: the configuration has faults, or what to mute or for how long is missing.
        CollectorError: there is no such incident, or it is closed.
    """
    from collector.cli.entry_options import entry_file
    from collector.entries import mutes
    from models.alerts.numbers import local_time

    entries = entry_file(plant)
    name, code = _name(by), _target(entries, number, unit)
    until_s = _until_s(entries, duration, until)
    shown = f"until {local_time(until_s, entries.plant.zone, 'en')}, by {name}"
    if number is not None:
        mutes.mute(entries, number, until_s, by=name, reason=reason)
        say(f"{number}: muted {shown}")
    else:
        mutes.mute_unit(entries, code, until_s, by=name, reason=reason)
        say(f"{code}: muted {shown}")


@app.command()
def unmute(by: Who, number: MaybeNumber = None, unit: OfUnit = "", plant: PlantFile = DEFAULT_PLANT) -> None:
    """End a mute early.

    Raises:
        ConfigurationError: the configuration has faults, or what to unmute is missing.
        CollectorError: there is no such incident, or nothing is muted.
    """
    from collector.cli.entry_options import entry_file
    from collector.entries import mutes

    entries = entry_file(plant)
    name, code = _name(by), _target(entries, number, unit)
    if number is not None:
        mutes.unmute(entries, number, by=name)
    else:
        mutes.unmute_unit(entries, code, by=name)
    say(f"{code or number}: no longer muted, by {name}")


def _name(by: str) -> str:
    from collector.errors import ConfigurationError

    if not by.strip():
        raise ConfigurationError("--by is empty: give your name, which is recorded with the action")
    return by.strip()


def _target(entries: "EntryFile", number: int | None, unit: str) -> str:
    """The unit's code; "" for an incident."""
    from collector.errors import ConfigurationError
    from collector.files.places import UnknownPlace, find_unit

    if (number is None) == (not unit):
        raise ConfigurationError("give either the id of an incident or --unit")
    if not unit:
        return ""
    try:
        return find_unit(entries.plant, unit)
    except UnknownPlace as error:
        raise ConfigurationError(str(error)) from error


def _until_s(entries: "EntryFile", duration: str, until: str) -> int:
    from collector.cli.places import parsed_instant
    from collector.config.duration import parse_duration
    from collector.errors import ConfigurationError
    from models.works.calendar import NS
    from models.works.plant import Calendar

    if bool(duration) == bool(until):
        raise ConfigurationError("say how long: --for 2h, or --until with a local time")
    now_s = entries.clock_ns() // NS
    if duration:
        try:
            return now_s + round(parse_duration(duration))
        except ValueError as error:
            raise ConfigurationError(f"--for {duration} {error}") from error
    until_s = parsed_instant(until, Calendar(zone=entries.plant.zone)) // NS
    if until_s <= now_s:
        raise ConfigurationError(f"--until {until} is in the past: give a time in the future")
    return until_s
