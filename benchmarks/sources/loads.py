"""What is read: a million rows as CSV, a workbook, a table of SQLite, a Modbus server, messages at a broker."""

import asyncio
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from benchmarks.sources.amounts import (
    BOOK_ROWS,
    CSV_ROWS,
    FIRST,
    HEADINGS,
    MESSAGES,
    REGISTERS,
    SQL_ROWS,
    TOPIC,
)


def row(number: int) -> tuple[datetime, float]:
    """A reading a second."""
    return FIRST + timedelta(seconds=number), 600 + number % 997 / 10


def csv_file(path: Path) -> None:
    """A million rows, 30 MB."""
    with path.open("w", encoding="utf-8") as file:
        file.write(";".join(HEADINGS) + "\n")
        for number in range(CSV_ROWS):
            at, value = row(number)
            file.write(f"{at:%Y-%m-%d %H:%M:%S};{value:.1f}\n")


def workbook(path: Path) -> None:
    """One sheet, its times as cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(BOOK_ROWS):
        at, value = row(number)
        sheet.append((at.replace(tzinfo=None), value))
    book.save(path)


def table(path: Path) -> None:
    """Times as the driver of SQLite keeps them: as text."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE belt (time TEXT PRIMARY KEY, belt REAL)")
        rows = ((f"{at:%Y-%m-%d %H:%M:%S}", value) for at, value in map(row, range(SQL_ROWS)))
        file.executemany("INSERT INTO belt VALUES (?, ?)", rows)


def serve_modbus(port: int) -> None:
    """A device of 120 registers, until killed."""

    async def serve() -> None:
        words = [SimData(0, values=list(range(REGISTERS)), datatype=DataType.REGISTERS)]
        nothing = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
        bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
        device = SimDevice(1, simdata=(bits, bits, words, nothing))
        await ModbusTcpServer([device], address=("127.0.0.1", port)).serve_forever()

    asyncio.run(serve())


@contextmanager
def broker(folder: Path, port: int) -> Iterator[None]:
    """The system's mosquitto, which keeps as many messages as we send."""
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    settings = folder / "mosquitto.conf"
    settings.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nlog_dest none\n", encoding="utf-8"
    )
    process = subprocess.Popen([program, "-c", str(settings)])
    try:
        time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(10)


def hold_session(port: int, name: str) -> None:
    """Subscribe under that name and leave: the broker keeps for it what comes."""
    from paho.mqtt.packettypes import PacketTypes
    from paho.mqtt.properties import Properties

    lasting = Properties(PacketTypes.CONNECT)
    lasting.SessionExpiryInterval = 3600
    client = client_of(name)
    client.connect("127.0.0.1", port, clean_start=False, properties=lasting)
    client.loop_start()
    client.subscribe(TOPIC, qos=1)
    time.sleep(0.5)
    client.disconnect()
    client.loop_stop()


def publish(port: int) -> None:
    """All messages, with QoS 1."""
    client = client_of("publisher")
    client.max_inflight_messages_set(1000)
    client.max_queued_messages_set(0)
    client.connect("127.0.0.1", port)
    client.loop_start()
    sent = [
        client.publish(TOPIC, f'{{"time": "{at.isoformat()}", "belt": {value}}}', qos=1)
        for at, value in map(row, range(MESSAGES))
    ]
    sent[-1].wait_for_publish(60)
    client.disconnect()
    client.loop_stop()


def client_of(name: str) -> Client:
    """A client of MQTT 5."""
    return Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv5)
