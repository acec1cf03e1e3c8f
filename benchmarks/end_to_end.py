"""From an OPC UA server in another process to acknowledged writes in a real database, beside two plain loops.

python -m benchmarks.end_to_end [--tags 5000] [--seconds 15] [--rounds 3]

Each contender is a process of its own, they take turns, and medians are shown. Values are those that the database has:
its count of points at the end of the window minus that at the start, which lies behind the process's start-up. CPU is
user and system time of the contender's process over the same window; memory is its peak since it began.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector.simulation.plant_config import plant_yaml
from tests.support.influxd import ORG, PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server

WARM_UP_S = 6.0
CONTENDERS = ("Tundish, durable journal", "plain loop, strings", "plain loop, Points")
_TICKS_A_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """One contender's round. `server_cpu`: cores that the OPC UA server took meanwhile."""

    values: int
    seconds: float
    cpu_s: float
    peak_mb: float
    server_cpu: float


def cpu_s(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_S


def peak_mb(pid: int) -> float:
    """The most memory that a process had resident."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} tells no peak memory")


def points(database: InfluxServer, bucket: str) -> int:
    """Telemetry points of the load that the database holds."""
    found = database.rows(bucket, 'SELECT count("value") FROM "telemetry" WHERE "unit" = \'load\'')
    return int(found[0]["count"]) if found else 0


def measure(command: list[str], database: InfluxServer, bucket: str, server_pid: int, seconds: float) -> Measured:
    """Run a contender, let it warm up, and look at it twice."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(WARM_UP_S)
        before, cpu, server, began = points(database, bucket), cpu_s(process.pid), cpu_s(server_pid), time.monotonic()
        time.sleep(seconds)
        after, cpu_after, server_after = points(database, bucket), cpu_s(process.pid), cpu_s(server_pid)
        took = time.monotonic() - began
        if process.poll() is not None:
            raise RuntimeError(f"{command} ended by itself with {process.returncode}")
        return Measured(after - before, took, cpu_after - cpu, peak_mb(process.pid), (server_after - server) / took)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def command(contender: str, folder: Path, url: str, tags: int, database: InfluxServer, bucket: str) -> list[str]:
    """How a contender is started; its files lie in `folder`."""
    v2 = database.dialect == "v2"
    if contender == CONTENDERS[0]:
        file = folder / "plant.yaml"
        sections = {"influxdb": database.section(bucket, folder), "metrics": {"port": 0}}
        file.write_text(plant_yaml(url, extra_doubles=tags, sections=sections), encoding="utf-8")
        return [sys.executable, "-m", "collector", "run", str(file)]
    form = ("points" if contender == CONTENDERS[2] else "strings") + ("-v2" if v2 else "")
    login_text = f"{ORG}:{TOKEN}" if v2 else f"{USER}:{PASSWORD}"
    return [
        sys.executable, "-m", "benchmarks.plain_loop", form, url, str(tags), database.url, f"{bucket}_raw", login_text,
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tags", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    dialect = dialects()[-1]
    found: dict[str, list[Measured]] = {contender: [] for contender in CONTENDERS}
    with tempfile.TemporaryDirectory() as name, influx_server(dialect, Path(name) / "influx") as database:
        folder = Path(name)
        ready = folder / "ready"
        simulate = [sys.executable, "-m", "collector", "simulate", "--extra-doubles", str(options.tags)]
        server = subprocess.Popen([*simulate, "--ready-file", str(ready)], stdout=subprocess.DEVNULL)
        try:
            while not ready.exists():
                time.sleep(0.1)
            url = ready.read_text(encoding="utf-8").strip()
            with Progress(transient=True) as progress:
                bar = progress.add_task("measuring", total=options.rounds * len(CONTENDERS))
                for number in range(options.rounds):
                    for place, contender in enumerate(CONTENDERS):
                        bucket = f"round{number}_{place}"
                        database.make_bucket(bucket)
                        database.make_bucket(f"{bucket}_raw")
                        own = folder / bucket
                        own.mkdir()
                        start = command(contender, own, url, options.tags, database, bucket)
                        found[contender].append(measure(start, database, f"{bucket}_raw", server.pid, options.seconds))
                        progress.advance(bar)
        finally:
            server.terminate()
            server.wait(15)
    show(found, options.tags, dialect)


def show(found: dict[str, list[Measured]], tags: int, dialect: str) -> None:
    """Medians over the rounds, and the ratio to the slowest plain loop."""
    rates = {name: statistics.median(each.values / each.cpu_s for each in rounds) for name, rounds in found.items()}
    table = Table(title=f"{tags:,} Doubles a second over OPC UA into InfluxDB {'2' if dialect == 'v2' else '1.x'}")
    for column in ("", "values per CPU-second", "x", "values a second", "CPU", "peak memory", "server's CPU"):
        table.add_column(column, justify="left" if not column else "right")
    for name, rounds in found.items():
        table.add_row(
            name,
            f"{rates[name]:,.0f}",
            f"{rates[name] / rates[CONTENDERS[2]]:.1f}",
            f"{statistics.median(each.values / each.seconds for each in rounds):,.0f}",
            f"{statistics.median(each.cpu_s / each.seconds for each in rounds):.1%}",
            f"{statistics.median(each.peak_mb for each in rounds):.0f} MB",
            f"{statistics.median(each.server_cpu for each in rounds):.0%}",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
