"""`tundish alert roster`, and what `tundish check` says of who is on duty."""

from collections.abc import Iterator
from datetime import date

from rich.table import Table

from collector.alerts.duty_roster import DutyRoster
from collector.cli.say import say
from collector.cli.terminal import show
from collector.config.settings import Settings
from collector.entries.duties import roster_week
from collector.errors import ConfigurationError
from dashboards.web.roster_view import RosterTable, duty_name, gap_words, now_line, roster_tables, week_words
from dashboards.web.texts import text
from models.works.localize import Language

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Beyond them a date is a slip of the hand."""


def print_roster(settings: Settings, week: str, language: Language, clock_ns: int) -> None:
    """Who is on duty now, and the week by shift. Raises ConfigurationError for a week that is no date."""
    found = roster_week(settings, _day(week), clock_ns)
    if not found.duties or not found.named:
        say(text("roster_no_people" if found.duties else "roster_no_duties", language))
        return
    say(f"{text('roster_now', language)}:")
    for shift in found.now:
        say(f"  {duty_name(shift.duty, settings.plant, language)}: {now_line(shift, settings.plant.zone, language)}")
    say()
    say(f"{week_words(found, language)}. {gap_words(found, language)}")
    for table in roster_tables(found, settings.plant, language):
        show(_printed(table, language))


def duty_remarks(settings: Settings, clock_ns: int) -> Iterator[str]:
    """Which duties of now have nobody who could be reached; nothing where no people are configured."""
    roster = DutyRoster(settings.plant, settings.alerts, settings.data_dir)
    for shift in roster.now(clock_ns):
        yield f"on duty as {duty_name(shift.duty, settings.plant, 'en')}: {now_line(shift, settings.plant.zone, 'en')}"


def _printed(table: RosterTable, language: Language) -> Table:
    printed = Table(text("roster_shift", language), *table.duties)
    for row in table.rows:
        mark = f" {text('roster_runs', language)}" if row.runs else ""
        printed.add_row(f"{row.day} {row.clock}{mark}", *(each.shown for each in row.cells))
    return printed


def _day(week: str) -> int | None:
    if not week:
        return None
    try:
        day = date.fromisoformat(week)
    except ValueError as error:
        raise ConfigurationError(f"--week {week} is no date: give a day of the week, such as 2026-11-30") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ConfigurationError(f"--week {week} is in no year that a roster has: give a day such as 2026-11-30")
    return day.toordinal()
