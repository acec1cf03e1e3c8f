"""Rows a second, rows a CPU-second and peak memory of each source, beside the plain use of the library it is made with.

Run: python -m benchmarks.sources [CONTENDER ...]

Each contender is a process of its own. The sources check every row and sync it in a journal, with the lines for a
database; the plain ones only read times and numbers.
"""

import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.sources import loads
from benchmarks.sources.contenders import CONTENDERS
from tests.support.ports import free_port


def main() -> None:
    """Prints the table."""
    wanted = sys.argv[1:] or list(CONTENDERS)
    table = Table("contender", "rows", "rows a second", "rows a CPU-second", "peak MB")
    with tempfile.TemporaryDirectory() as name:
        folder, device_port, broker_port = Path(name), free_port(), free_port()
        (folder / "drop").mkdir()
        loads.csv_file(folder / "drop" / "belt.csv")
        loads.workbook(folder / "drop" / "belt.xlsx")
        loads.table(folder / "belt.db")
        device = multiprocessing.Process(target=loads.serve_modbus, args=(device_port,), daemon=True)
        device.start()
        with loads.broker(folder, broker_port):
            for session in ("tundish-it", "plain"):
                loads.hold_session(broker_port, session)
            loads.publish(broker_port)
            time.sleep(1)
            for contender in wanted:
                port = broker_port if "mqtt" in contender else device_port
                rows, seconds, cpu_s, peak = _measured(contender, folder, port)
                table.add_row(
                    contender,
                    f"{rows:,}",
                    f"{rows / seconds:,.0f}",
                    f"{rows / cpu_s:,.0f}",
                    f"{peak}",
                )
        device.kill()
    Console().print(table)


def _measured(contender: str, folder: Path, port: int) -> tuple[int, float, float, int]:
    program = [sys.executable, "-m", "benchmarks.sources.contenders", contender, str(folder), str(port)]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    rows, seconds, cpu_s, peak = json.loads(done.stdout.splitlines()[-1])
    return rows, seconds, cpu_s, peak


if __name__ == "__main__":
    main()
