"""From an OPC UA server in another process to acknowledged writes in a real database, beside two plain loops.

python -m benchmarks.end_to_end [--tags 5000] [--poll 1s] [--seconds 15] [--rounds 3]

Tundish is the whole service, `python -m collector run plant.yaml`, with its journal synced before anything counts as
read. The contenders do the same work on the same server and database, each a process of its own; they take turns, and
medians are shown. Values are the points that the database has at the end of the window and had not at its start. CPU
is user and system time of the contender's process over that window, which begins after the start-up and both ends of
which lie between two polls. Memory is the peak since the process began. "Arrived" is the share of what the server was
asked for in the window that the database has; the sums of it are compared with what the server held.
"""

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.load_server import NAMESPACE, node_name
from benchmarks.observed import Watched, check_values, peak_mb
from collector.config.duration import parse_duration
from tests.support.influxd import ORG, PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server

WARM_UP_S = 4.0
"""Start-up (imports, connections, the first read of all nodes) takes about two seconds and is not what is measured."""
STOP_LIMIT_S = 15.0
"""Longer than the service takes to end by itself, so that it is never killed in the middle of a sync."""
TUNDISH, STRINGS, POINTS = "Tundish, all on disk", "plain loop, strings", "plain loop, Points"
CONTENDERS = (TUNDISH, STRINGS, POINTS)


@dataclass(frozen=True, slots=True)
class Options:
    """`tags` Doubles polled every `every_s`; each contender is watched for `seconds` in each round."""

    tags: int
    every_s: float
    seconds: float
    rounds: int


@dataclass(frozen=True, slots=True)
class LoadServer:
    """`served_file`: where it counts the values that it gave. `check`: compares a bucket with what it held."""

    url: str
    pid: int
    served_file: Path
    check: Callable[[InfluxServer, str, int], None] = check_values


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender's round. `server_cpu`: cores that the OPC UA server took meanwhile. `arrived`: 1 is all."""

    values: int
    seconds: float
    cpu_s: float
    peak_mb: float
    server_cpu: float
    arrived: float


@contextmanager
def load_server(folder: Path, tags: int) -> Iterator[LoadServer]:
    """The OPC UA server in a process of its own."""
    url_file = folder / "url"
    with (folder / "load_server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load_server", str(tags), str(folder)], stdout=log, stderr=log
        )
    try:
        while not url_file.exists():
            if server.poll() is not None:
                raise RuntimeError(f"the OPC UA server ended: {(folder / 'load_server.log').read_text()[-2000:]}")
            time.sleep(0.1)
        yield LoadServer(url_file.read_text(encoding="utf-8"), server.pid, folder / "served")
    finally:
        server.terminate()
        server.wait(STOP_LIMIT_S)


def measure(
    command: list[str], log: Path, database: InfluxServer, bucket: str, server: LoadServer, options: Options
) -> Measured:
    """Run a contender, let it warm up, and sample it twice."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    watched = Watched(database, bucket, process.pid, server.pid, server.served_file, options.every_s)
    try:
        time.sleep(WARM_UP_S)
        began = watched.sample_between_polls()
        # One poll less, for the second sample waits for the next one.
        time.sleep(options.seconds - options.every_s)
        ended = watched.sample_between_polls()
        peak = peak_mb(process.pid)
        server.check(database, bucket, options.tags)
    except Exception as error:
        error.add_note(f"{' '.join(command)} said: {log.read_text(errors='replace')[-2000:]}")
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_LIMIT_S)
    values, seconds = ended.points - began.points, ended.at_s - began.at_s
    return Measured(
        values,
        seconds,
        ended.cpu_s - began.cpu_s,
        peak,
        (ended.server_cpu_s - began.server_cpu_s) / seconds,
        values / (ended.served - began.served),
    )


def command(contender: str, folder: Path, url: str, options: Options, database: InfluxServer, bucket: str) -> list[str]:
    """The command that starts a contender. Its files lie in `folder`."""
    if contender == TUNDISH:
        file = folder / "plant.yaml"
        file.write_text(yaml.safe_dump(plant(url, options, database.section(bucket, folder))), encoding="utf-8")
        return [sys.executable, "-m", "collector", "run", str(file)]
    v2 = database.dialect == "v2"
    form = ("points" if contender == POINTS else "strings") + ("-v2" if v2 else "")
    login = f"{ORG}:{TOKEN}" if v2 else f"{USER}:{PASSWORD}"
    loop = [sys.executable, "-m", "benchmarks.plain_loop", form, url, str(options.tags), str(options.every_s)]
    return [*loop, database.url, f"{bucket}_raw", login]


def plant(url: str, options: Options, influxdb: dict[str, str]) -> dict[str, Any]:
    """The configuration that collects the load."""
    every = f"{options.every_s:g}s"
    tags = [
        {
            "signal": f"d{index:05d}",
            "kind": "gauge",
            "source": "plc",
            "unit_of_measure": "t/h",
            "node": f"nsu={NAMESPACE};s={node_name(index)}",
            "low": -1e6,
            "high": 1e6,
            "cadence": every,
        }
        for index in range(options.tags)
    ]
    source = {"name": "plc", "type": "opcua", "url": url, "poll": every, "security": {"policy": "None"}}
    units = [{"code": "load", "kind": "load", "names": {"en": "Load"}, "tags": tags}]
    return {
        "version": 1,
        "site": {"code": "temirtau", "names": {"en": "Load"}, "zone": "Asia/Almaty"},
        "shops": [{"code": "load", "names": {"en": "Load"}, "units": units}],
        "sources": [{**source, "time_from": "source"}],
        "influxdb": influxdb,
        "metrics": {"port": 0},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tags", type=int, default=5000)
    parser.add_argument("--poll", type=parse_duration, default=1.0, help="time between two polls: 1s, 200ms")
    parser.add_argument("--seconds", type=float, default=15.0, help="of each contender in each round")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    options = Options(given.tags, given.poll, given.seconds, given.rounds)
    dialect = dialects()[-1]
    found: dict[str, list[Measured]] = {contender: [] for contender in CONTENDERS}
    with (
        tempfile.TemporaryDirectory() as name,
        influx_server(dialect, Path(name) / "influx") as database,
        load_server(Path(name), options.tags) as server,
        Progress(transient=True) as progress,
    ):
        bar = progress.add_task("measuring", total=options.rounds * len(CONTENDERS))
        for number in range(options.rounds):
            for place in range(len(CONTENDERS)):
                # Each round begins with another contender.
                contender = CONTENDERS[(place + number) % len(CONTENDERS)]
                progress.update(bar, description=contender)
                bucket = f"round{number}_{place}"
                database.make_bucket(bucket)
                database.make_bucket(f"{bucket}_raw")
                folder = Path(name) / bucket
                folder.mkdir()
                start = command(contender, folder, server.url, options, database, bucket)
                found[contender].append(measure(start, folder / "log", database, f"{bucket}_raw", server, options))
                progress.advance(bar)
    show(found, options, dialect)


def show(found: dict[str, list[Measured]], options: Options, dialect: str) -> None:
    """Medians over the rounds, and the ratio to the loop with Points."""
    rates = {name: statistics.median(each.values / each.cpu_s for each in rounds) for name, rounds in found.items()}
    server = "InfluxDB 2" if dialect == "v2" else "InfluxDB 1.x"
    table = Table(title=f"{options.tags:,} Doubles every {options.every_s:g} s over OPC UA into {server}")
    for column in (
        "", "values a CPU-second", "x", "values a second", "arrived", "CPU", "peak memory", "server's CPU",
    ):  # fmt: skip
        table.add_column(column, justify="left" if not column else "right")
    for name, rounds in found.items():
        table.add_row(
            name,
            f"{rates[name]:,.0f}",
            f"{rates[name] / rates[POINTS]:.1f}",
            f"{statistics.median(each.values / each.seconds for each in rounds):,.0f}",
            f"{statistics.median(each.arrived for each in rounds):.1%}",
            f"{statistics.median(each.cpu_s / each.seconds for each in rounds):.1%}",
            f"{statistics.median(each.peak_mb for each in rounds):.0f} MB",
            f"{statistics.median(each.server_cpu for each in rounds):.0%}",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
