"""What the service takes with no tag at all: CPU milliseconds a second of the whole process, beside InfluxDB 1.6.

python -m benchmarks.idle [--seconds 10] [--rounds 3]
"""

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from benchmarks.end_to_end import STOP_LIMIT_S, Options, plant
from benchmarks.observed import cpu_s, peak_mb
from tests.support.influxd import influx_server

START_S = 10.0
"""Imports and the first round of every job are over by then, also on a busy machine."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, influx_server("v1", Path(name) / "influx") as database:
        database.make_bucket("idle")
        database.make_bucket("idle_raw")
        document = plant("", Options(0, 1.0, 0.0, 0), database.section("idle", Path(name)))
        del document["sources"]
        file = Path(name) / "plant.yaml"
        file.write_text(yaml.safe_dump(document), encoding="utf-8")
        with (Path(name) / "log").open("wb") as log:
            process = subprocess.Popen([sys.executable, "-m", "collector", "run", str(file)], stdout=log, stderr=log)
        try:
            time.sleep(START_S)
            taken = []
            for _ in range(given.rounds):
                began, began_s = cpu_s(process.pid), time.monotonic()
                time.sleep(given.seconds)
                taken.append((cpu_s(process.pid) - began) * 1000 / (time.monotonic() - began_s))
            print(f"idle: {statistics.median(taken):.1f} ms of CPU a second, {peak_mb(process.pid):.0f} MB at the most")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_LIMIT_S)


if __name__ == "__main__":
    main()
