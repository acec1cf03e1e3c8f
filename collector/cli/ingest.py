"""`tundish ingest`: on the other side of a data diode, its files into the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import real
from collector.cli.plant_option import DEFAULT_PLANT, VARIABLE
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.config.settings import Settings
    from collector.diode.ingest import Ingested
    from collector.diode.taken import SeriesTaken, TakenFiles


def ingest(
    folder: Annotated[Path, typer.Argument(help="the folder into which the diode puts files", show_default=False)],
    plant: Annotated[
        Path,
        typer.Option("--plant", envvar=VARIABLE, help="the works' plant.yaml, with the section influxdb of this side"),
    ] = DEFAULT_PLANT,
    every: Annotated[
        float,
        typer.Option(
            min=0.0, max=86_400.0, callback=real, help="look again after so many seconds, until stopped; 0: once"
        ),
    ] = 0.0,
    keep_days: Annotated[
        float,
        typer.Option(min=0.0, max=36_500.0, callback=real, help="days for which files that were taken are kept"),
    ] = 7.0,
) -> None:
    """Take the files of a data diode into the database, and tell which numbers are missing.

    Files may come twice, late and in any order: each is taken once, and a later word on a row is never undone. A file
    that was damaged on its way is put into damaged/, and its number stays missing until it comes whole.

    Raises:
        ConfigurationError: the configuration has faults, or no section influxdb.
        CannotStart: the files are of another works, or the database is for another kind of works.
        SinkUnavailable: the database cannot be reached.
    """
    import asyncio

    from collector.config.load import load
    from collector.diode.taken import opened
    from collector.errors import ConfigurationError

    settings = load(plant)
    if settings.influx is None or settings.influx.dialect == "v3":
        raise ConfigurationError(f"{plant} has no section influxdb of dialect v1 or v2; say where the files go")
    with opened(settings.data_dir / "ingest.db") as taken:
        asyncio.run(_run(folder, settings, taken, every, keep_days))


async def _run(folder: Path, settings: "Settings", taken: "TakenFiles", every: float, keep_days: float) -> None:
    import asyncio

    from collector.diode.ingest import forget_taken
    from collector.errors import SinkUnavailable

    while True:
        try:
            found = await _once(folder, settings, taken)
        except SinkUnavailable as error:
            if not every:
                raise
            say(f"tundish: {error}; again in {every:g} s", err=True)
        else:
            await asyncio.to_thread(forget_taken, folder, keep_days * 86_400)
            if not every or found.taken or found.damaged:
                for line in report_lines(found, taken.series()):
                    say(line)
        if not every:
            return
        await asyncio.sleep(every)


async def _once(folder: Path, settings: "Settings", taken: "TakenFiles") -> "Ingested":
    from collector.diode.ingest import DatabaseTarget, Ingest
    from collector.influx.client import InfluxClient
    from collector.influx.demo_mark import check_mark

    influx, plant = settings.influx, settings.plant
    assert influx is not None  # noqa: S101 - the caller looked
    client = InfluxClient(influx)
    try:
        await check_mark(client, influx, plant.site, simulated=plant.simulated)
        target = DatabaseTarget(client, influx.bucket, influx.raw_bucket)
        return await Ingest(folder, target, taken, site=plant.site, simulated=plant.simulated).run()
    finally:
        await client.close()


def report_lines(found: "Ingested", series: "list[SeriesTaken]") -> list[str]:
    """What became of the files, and what is missing."""
    lines = [f"{found.taken} files taken, {found.known} known already"]
    if found.coming:
        lines.append(f"{found.coming} files are still on their way, or damaged: judged at the next look")
    if found.refused:
        lines.append(f"{len(found.refused)} rows or lines were refused by the database, the first: {found.refused[0]}")
    lines += [f"damaged {name}: {why}" for name, why in found.damaged.items()]
    for each in series:
        holes = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in each.missing[:_NAMED])
        more = f" and {len(each.missing) - _NAMED} more spans" if len(each.missing) > _NAMED else ""
        state = f"missing: {holes}{more}" if each.missing else "nothing is missing"
        lines.append(f"series {each.series[:8]}: {each.taken} files up to number {each.highest}; {state}")
    return lines


_NAMED = 20
"""Spans that one line names."""
