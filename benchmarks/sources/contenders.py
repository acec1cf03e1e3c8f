"""One contender in its own process, which prints JSON: python -m benchmarks.sources.contenders NAME FOLDER PORT."""

import asyncio
import csv
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.sources.amounts import BOOK_ROWS, CSV_ROWS, MESSAGES, POLLS, REGISTERS, SQL_ROWS, TOPIC

QUERY = "SELECT time, belt FROM belt WHERE time >= :since ORDER BY time"


def plain_csv(folder: Path, _port: int) -> int:
    """The module csv, with times and numbers read."""
    total = 0.0
    with (folder / "drop" / "belt.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        for at, value in rows:
            total += float(value) + datetime.fromisoformat(at).timestamp()
    return CSV_ROWS


def plain_openpyxl(folder: Path, _port: int) -> int:
    """The library's read-only way."""
    from openpyxl import load_workbook

    sheet = load_workbook(folder / "drop" / "belt.xlsx", read_only=True).worksheets[0]
    total = 0.0
    for at, value in sheet.iter_rows(min_row=2, values_only=True):
        total += float(value) + at.timestamp()  # type: ignore[arg-type, union-attr]
    return BOOK_ROWS


def plain_sqlalchemy(folder: Path, _port: int) -> int:
    """A streamed result, in pieces of 5,000."""
    from sqlalchemy import create_engine, text

    total = 0.0
    with create_engine(f"sqlite:///{folder}/belt.db").connect() as connection:
        result = connection.execution_options(stream_results=True).execute(
            text(QUERY), {"since": "2026-08-01 00:00:00"}
        )
        for piece in result.partitions(5000):
            for at, value in piece:
                total += value + datetime.fromisoformat(at).timestamp()
    return SQL_ROWS


def plain_pymodbus(_folder: Path, port: int) -> int:
    """One request a poll, as few as the source makes, and each value converted by the library."""
    from pymodbus.client import AsyncModbusTcpClient

    async def poll() -> None:
        client = AsyncModbusTcpClient("127.0.0.1", port=port)
        await client.connect()
        for _ in range(POLLS):
            answer = await client.read_holding_registers(0, count=REGISTERS, device_id=1)
            for first in range(0, REGISTERS, 2):
                words = answer.registers[first : first + 2]
                client.convert_from_registers(words, client.DATATYPE.UINT32)
            await asyncio.sleep(0.01)
        client.close()

    asyncio.run(poll())
    return POLLS * REGISTERS // 2


def plain_paho(_folder: Path, port: int) -> int:
    """Messages read as JSON when they come; the library acknowledges each at once, synced or not."""
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

    client = Client(CallbackAPIVersion.VERSION2, client_id="plain", protocol=MQTTProtocolVersion.MQTTv5)
    came: list[float] = []

    def take(_client: object, _data: object, message: Any) -> None:  # noqa: ANN401 - the library's own
        held = json.loads(message.payload)
        came.append(held["belt"] + datetime.fromisoformat(held["time"]).timestamp())
        if len(came) >= MESSAGES:
            client.disconnect()

    client.on_message = take
    client.connect("127.0.0.1", port, clean_start=False)
    client.loop_forever()
    return MESSAGES


def _through(folder: Path, given: dict[str, Any], addresses: list[dict[str, Any]], rows: int) -> None:
    # The plain ones do not carry what this loads.
    from benchmarks.sources.through import through_source

    asyncio.run(through_source(folder, given, addresses, rows))


def files(name: str, rows: int) -> Callable[[Path, int], int]:
    """The drop folder."""

    def run(folder: Path, _port: int) -> int:
        given = {
            "type": "files", "folder": "drop", "poll": "10ms", "settle": "10ms", "timeout": "10m",
            "kinds": {"belt": {"files": [name], "number_format": "1234.5"}}, "zone": "UTC",
        }  # fmt: skip
        _through(folder, given, [{"file": "belt", "time": "time", "value": "belt"}], rows)
        return rows

    return run


def sql(folder: Path, _port: int) -> int:
    """The query of the plain one."""
    given = {"type": "sql", "driver": "sqlite", "database": "belt.db", "queries": {"belt": QUERY}, "poll": "10ms",
             "zone": "UTC", "first": "366d"}  # fmt: skip
    _through(folder, given, [{"query": "belt", "time": "time", "value": "belt"}], SQL_ROWS)
    return SQL_ROWS


def modbus(folder: Path, port: int) -> int:
    """Sixty counters of 32 bits each poll."""
    given = {"type": "modbus", "host": "127.0.0.1", "port": port, "poll": "10ms"}
    addresses = [{"register": first, "type": "uint32"} for first in range(0, REGISTERS, 2)]
    _through(folder, given, addresses, POLLS * REGISTERS // 2)
    return POLLS * REGISTERS // 2


def mqtt(folder: Path, port: int) -> int:
    """A session that waits at the broker."""
    given = {"type": "mqtt", "host": "127.0.0.1", "port": port, "tls": False}
    _through(folder, given, [{"topic": TOPIC, "time": "time", "value": "belt"}], MESSAGES)
    return MESSAGES


CONTENDERS: dict[str, Callable[[Path, int], int]] = {
    "files, CSV": files("belt.csv", CSV_ROWS),
    "csv": plain_csv,
    "files, XLSX": files("belt.xlsx", BOOK_ROWS),
    "openpyxl": plain_openpyxl,
    "sql": sql,
    "SQLAlchemy": plain_sqlalchemy,
    "modbus": modbus,
    "pymodbus": plain_pymodbus,
    "mqtt": mqtt,
    "paho-mqtt": plain_paho,
}


def main() -> None:
    """Prints rows, seconds, CPU seconds and the peak of memory."""
    name, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    began_s, before_s = time.monotonic(), time.process_time()
    rows = CONTENDERS[name](folder, port)
    # The system's own figure of a process begins with the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    print(json.dumps([rows, time.monotonic() - began_s, time.process_time() - before_s, peak]))


if __name__ == "__main__":
    main()
