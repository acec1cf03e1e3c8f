"""`tundish verify --database`: the tables of the database against what was published."""

from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from collector.cli.say import say

if TYPE_CHECKING:
    from collector.config.settings import Settings
    from collector.entries.database_image import ReadStored, TableVerified
    from collector.entries.entry_file import EntryFile


def verify_database(plant_file: Path) -> None:
    """Compare every table, and queue what differs. Raises SinkUnavailable, ConfigurationError or CannotStart."""
    import asyncio

    from collector.config.load import load
    from collector.entries.database_image import queue_again
    from collector.entries.entry_file import EntryFile

    settings = load(plant_file)
    entries = EntryFile(settings)
    found = asyncio.run(_compared(settings, entries))
    queued = sum(queue_again(entries, each) for each in found)
    for each in found:
        if each.rows or each.difference.keys:
            say(_line(each))
    if queued:
        say(f"{queued:,} rows were queued: the service sends them, and withdraws what should not be there")
    else:
        say("the database has what was published")


def _line(verified: "TableVerified") -> str:
    difference = verified.difference
    parts = [
        f"{len(keys):,} {what}"
        for keys, what in (
            (difference.missing, "missing"),
            (difference.other, "with other figures"),
            (difference.extra, "too many"),
        )
        if keys
    ]
    return f"{verified.table}: {verified.rows:,} rows published, {', '.join(parts) or 'all there'}"


async def _compared(settings: "Settings", entries: "EntryFile") -> "list[TableVerified]":
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from collector.entries.database_image import IMAGED, verify_table

    found = []
    async with AsyncExitStack() as stack:
        read = _reader(settings, stack)
        columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%")
        with Progress(*columns, TimeElapsedColumn()) as shown:
            for table in IMAGED:
                bar = shown.add_task(table, total=1.0)
                done = partial(shown.update, bar)
                found.append(await verify_table(entries, table, read, lambda share: done(completed=share)))  # noqa: B023
    return found


def _reader(settings: "Settings", stack: AsyncExitStack) -> "ReadStored":
    """Where the calculated tables are. Raises ConfigurationError if there is no database."""
    from collector.errors import ConfigurationError
    from collector.influx import stored_rows as in_influx
    from collector.influx.client import InfluxClient
    from collector.postgres import stored_rows as in_postgres
    from collector.postgres.client import PostgresClient

    site = settings.plant.site
    if settings.postgres is not None:
        postgres = PostgresClient(settings.postgres)
        stack.push_async_callback(postgres.close)
        return lambda table, start_ns, end_ns: in_postgres.stored_rows(postgres, table, site, start_ns, end_ns)
    if settings.influx is None:
        raise ConfigurationError("there is no database to verify: plant.yaml has no section influxdb or postgres")
    influx = InfluxClient(settings.influx)
    stack.push_async_callback(influx.close)
    return lambda table, start_ns, end_ns: in_influx.stored_rows(influx, table, site, start_ns, end_ns)
