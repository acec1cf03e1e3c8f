"""From node-opcua to acknowledged writes in InfluxDB 1.6: polled and subscribed, beside Telegraf.

python -m benchmarks.foreign [--tags 5000] [--poll 1s] [--seconds 15] [--rounds 3]

As `benchmarks.end_to_end`, with a server that we did not write: string NodeIds, each value with a stamp of its own to
the 100 ns, most of them with picoseconds. TUNDISH_BENCH_TELEGRAF names the binary of Telegraf; without it, there are
our own figures alone. Telegraf keeps what it has not sent in memory; Tundish syncs each poll before it goes on.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.end_to_end import STOP_LIMIT_S, LoadServer, Measured, Options, measure, plant
from benchmarks.foreign.telegraf import configuration
from benchmarks.observed import check_each
from collector.config.duration import parse_duration
from tests.support.foreign_server import FOREIGN
from tests.support.influxd import InfluxServer, influx_server
from tests.support.ports import free_port

START_LIMIT_S = 180.0
"""node-opcua takes half a minute of CPU to make five thousand variables."""
POLLED, SUBSCRIBED = "polled", "subscribed"
TUNDISH, TELEGRAF = "Tundish, all on disk", "Telegraf, in memory"


@contextmanager
def foreign_server(folder: Path, tags: int) -> Iterator[LoadServer]:
    """The load on node-opcua, in a process of its own."""
    node, url_file = shutil.which("node"), folder / "url"
    if node is None or not (FOREIGN / "ready").exists():
        raise SystemExit("no node-opcua on this machine; install it with: sh deploy/setup/foreign-servers.sh")
    program = Path(__file__).parent / "load.js"
    with (folder / "load.log").open("wb") as log:
        server = subprocess.Popen(
            [node, str(program), str(free_port()), str(folder), str(tags)],
            stdout=log,
            stderr=log,
            env={**os.environ, "NODE_PATH": str(FOREIGN / "node_opcua" / "node_modules")},
        )
    try:
        deadline = time.monotonic() + START_LIMIT_S
        while not url_file.exists():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"node-opcua did not start: {(folder / 'load.log').read_text()[-2000:]}")
            time.sleep(0.1)
        yield LoadServer(url_file.read_text(encoding="utf-8"), server.pid, folder / "served", check_each)
    finally:
        server.terminate()
        server.wait(STOP_LIMIT_S)


def command(
    contender: tuple[str, str], folder: Path, url: str, options: Options, database: InfluxServer, bucket: str
) -> list[str]:
    """The command that starts a contender. Its files lie in `folder`."""
    who, mode = contender
    if who == TELEGRAF:
        file = folder / "telegraf.conf"
        text = configuration(url, options, database.url, f"{bucket}_raw", subscribes=mode == SUBSCRIBED)
        file.write_text(text, encoding="utf-8")
        return [os.environ["TUNDISH_BENCH_TELEGRAF"], "--config", str(file)]
    file, document = folder / "plant.yaml", plant(url, options, database.section(bucket, folder))
    if mode == SUBSCRIBED:
        document["sources"][0] |= {"mode": "subscribe", "publishing_interval": f"{options.every_s:g}s"}
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    return [sys.executable, "-m", "collector", "run", str(file)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tags", type=int, default=5000)
    parser.add_argument("--poll", type=parse_duration, default=1.0, help="time between two polls: 1s, 200ms")
    parser.add_argument("--seconds", type=float, default=15.0, help="of each contender in each round")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    options = Options(given.tags, given.poll, given.seconds, given.rounds)
    whose = (TUNDISH, TELEGRAF) if os.environ.get("TUNDISH_BENCH_TELEGRAF") else (TUNDISH,)
    contenders = [(who, mode) for mode in (POLLED, SUBSCRIBED) for who in whose]
    found: dict[tuple[str, str], list[Measured]] = {contender: [] for contender in contenders}
    with (
        tempfile.TemporaryDirectory() as name,
        influx_server("v1", Path(name) / "influx") as database,
        foreign_server(Path(name), options.tags) as server,
        Progress(transient=True) as progress,
    ):
        bar = progress.add_task("measuring", total=options.rounds * len(contenders))
        for number in range(options.rounds):
            for place in range(len(contenders)):
                contender = contenders[(place + number) % len(contenders)]
                progress.update(bar, description=" ".join(contender))
                bucket = f"round{number}_{place}"
                database.make_bucket(bucket)
                database.make_bucket(f"{bucket}_raw")
                folder = Path(name) / bucket
                folder.mkdir()
                start = command(contender, folder, server.url, options, database, bucket)
                found[contender].append(measure(start, folder / "log", database, f"{bucket}_raw", server, options))
                progress.advance(bar)
    show(found, options)


def show(found: dict[tuple[str, str], list[Measured]], options: Options) -> None:
    """Medians over the rounds, and the ratio to Telegraf in the same mode."""
    rates = {name: statistics.median(each.values / each.cpu_s for each in rounds) for name, rounds in found.items()}
    table = Table(title=f"{options.tags:,} Doubles every {options.every_s:g} s from node-opcua into InfluxDB 1.6")
    for column in ("", "mode", "values a CPU-second", "x", "arrived", "CPU", "peak memory", "server's CPU"):
        table.add_column(column, justify="left" if column in ("", "mode") else "right")
    for (who, mode), rounds in found.items():
        beside = rates.get((TELEGRAF, mode))
        table.add_row(
            who,
            mode,
            f"{rates[who, mode]:,.0f}",
            "-" if beside is None else f"{rates[who, mode] / beside:.1f}",
            f"{statistics.median(each.arrived for each in rounds):.1%}",
            f"{statistics.median(each.cpu_s / each.seconds for each in rounds):.1%}",
            f"{statistics.median(each.peak_mb for each in rounds):.0f} MB",
            f"{statistics.median(each.server_cpu for each in rounds):.0%}",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
