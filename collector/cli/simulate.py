"""`tundish simulate`: a simulated works behind real OPC UA, on this host."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import real
from collector.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from collector.simulation.options import SimulationOptions


FASTEST = 1_000_000.0
"""A year in half a minute: more than any machine gets through."""
MOST_DOUBLES = 1_000_000
"""Each costs a kilobyte; the largest works has a tenth of them."""


def simulate(
    port: Annotated[int, typer.Option(help="port to listen on; 0 picks a free port", min=0, max=65535)] = 0,
    host: Annotated[str, typer.Option(help="address of this host; others are refused")] = "127.0.0.1",
    seed: Annotated[int, typer.Option(help="the same seed and start give the same works")] = 1,
    speed: Annotated[
        float,
        typer.Option(
            help="times faster than real time, until simulated time has caught up", max=FASTEST, callback=real
        ),
    ] = 1.0,
    start: Annotated[
        str | None, typer.Option(help="start of simulated time: 2025-11-23T00:00+05:00, or 6h for six hours ago")
    ] = None,
    book: Annotated[Path | None, typer.Option(help="file for the works' own book, which must not exist yet")] = None,
    fault: Annotated[
        list[str] | None, typer.Option(help="NAME@+OFFSET[:DURATION], such as bf3-stop@+120s; may be repeated")
    ] = None,
    write_config: Annotated[Path | None, typer.Option(help="write the matching plant.yaml there")] = None,
    data_dir: Annotated[str, typer.Option(help="data_dir of that plant.yaml")] = "./data",
    ready_file: Annotated[Path | None, typer.Option(help="write the address there once it listens")] = None,
    forms: Annotated[
        Path | None,
        typer.Option(help="folder that gets a form of what is in stock at the end of each day", show_default=False),
    ] = None,
    extra_doubles: Annotated[
        int, typer.Option(min=0, max=MOST_DOUBLES, help="further variables that change each second, as load")
    ] = 0,
    beside: Annotated[
        Path | None,
        typer.Option(
            help="folder for a mine's files and a laboratory's database; with --modbus-port, a weighbridge there",
            show_default=False,
        ),
    ] = None,
    modbus_port: Annotated[int, typer.Option(help="port of the weighbridge of --beside", min=1, max=65535)] = 5020,
    wait_for_reader: Annotated[
        bool, typer.Option("--wait-for-reader", help="let time start when a value is read for the first time")
    ] = False,
) -> None:
    """Run a SIMULATED works that speaks OPC UA, until interrupted. Every figure of it is made up."""
    import asyncio
    import contextlib
    import time

    from collector.simulation.options import SimulationOptions, parse_start

    if write_config is not None:
        _only_a_demos_ledger(write_config.parent / data_dir)
    for path in (write_config, ready_file):
        if path is not None:  # told at once: a works takes seconds to start
            _with_part(path, Path.touch, Path.unlink)
    options = SimulationOptions(
        seed=seed,
        start_ns=parse_start(start, time.time_ns()) if start is not None else None,
        speed=speed,
        host=host,
        port=port,
        book=book,
        faults=tuple(fault or ()),
        extra_doubles=extra_doubles,
        forms=forms,
        waits_for_reader=wait_for_reader,
        beside=beside,
        modbus_port=modbus_port,
    )
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_run(options, write_config, data_dir, ready_file))


async def _run(options: "SimulationOptions", write_config: Path | None, data_dir: str, ready_file: Path | None) -> None:
    import asyncio
    import logging

    from collector import host
    from collector.simulation.simulated_works import SimulatedWorks

    # The library logs what it raises as well, with a traceback.
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    task = asyncio.current_task()
    if task is not None:
        host.install_stop_handlers(asyncio.get_running_loop(), task.cancel)
    async with SimulatedWorks(options) as works:
        if write_config is not None:
            _write(write_config, _plant_yaml(works.url, data_dir, options, write_config.parent))
        if ready_file is not None:
            _write(ready_file, f"{works.url}\n")
        say(f"SIMULATED works at {works.url}")
        await works.wait()


def _plant_yaml(url: str, data_dir: str, options: "SimulationOptions", folder: Path) -> str:
    from collector.simulation.plant_config import plant_yaml

    beside = None
    if options.beside is not None:
        there = options.beside.resolve()
        named = there.relative_to(folder.resolve()) if there.is_relative_to(folder.resolve()) else there
        beside = named, options.modbus_port
    return plant_yaml(url, data_dir, extra_doubles=options.extra_doubles, beside=beside)


def _only_a_demos_ledger(folder: Path) -> None:
    """Refuse a data folder whose ledger was not made for a demo, before anything points a collector at it."""
    from collector.errors import CannotStart
    from collector.storage.file.status import ledger_status
    from collector.storage.ledger.schema import LEDGER

    if (folder / LEDGER.name).exists() and not ledger_status(folder).demo:
        raise CannotStart(
            f"{folder / LEDGER.name} holds figures of a real works, which nothing simulated may enter: "
            "name another --data-dir"
        )


def _write(path: Path, text: str) -> None:
    """Write the whole file at once: a process that waits for it never reads half of it."""
    # Renaming within a folder is atomic.
    _with_part(path, lambda part: part.write_text(text, encoding="utf-8"), lambda part: part.replace(path))


def _with_part(path: Path, *steps: "Callable[[Path], object]") -> None:
    """Do the steps with a file beside that one. Raises CannotStart if one cannot be done."""
    from collector.errors import CannotStart

    part = path.with_name(path.name + ".part")
    try:
        for step in steps:
            step(part)
    except OSError as error:
        raise CannotStart(f"{path} cannot be written: {error.strerror}; name a file in a writable folder") from None
