"""`tundish discover`: watches the numbers of a source for a while, and proposes those that count as tags."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import real
from collector.cli.plant_option import DEFAULT_PLANT, VARIABLE
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.config.settings import ConfiguredSource
    from models.counting.shape_watch import WatchedShape

LONGEST_S = 86_400.0
"""Who watches for longer than a day wants a history, which this does not keep."""
_TABLES = ("holding", "input", "coil", "discrete_input")
_DRIVERS = ("postgresql", "mssql", "oracle", "firebird", "sqlite")
_NO_QUERY = "SELECT 1 WHERE 1 > :since ORDER BY 1"
_MODBUS = "modbus://10.0.0.9:502/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be looked at, and for how long: registers of a Modbus device, topics of an MQTT broker."""

    registers: str
    table: str
    topics: list[str]
    seconds: float


def discover(
    source: Annotated[
        str,
        typer.Argument(
            help="name of the source in plant.yaml, opc.tcp://HOST:PORT (unprotected), modbus://HOST:PORT/DEVICE, "
            "mqtts://HOST:PORT, or of a database postgresql://HOST:PORT/DATABASE or sqlite:///FILE",
            show_default=False,
        ),
    ],
    plant: Annotated[
        Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")
    ] = DEFAULT_PLANT,
    # A batch of a hopper comes once a minute: shorter steps are seen within that.
    seconds: Annotated[
        float,
        typer.Option(min=2.0, max=LONGEST_S, callback=real, help="seconds to watch; a slow counter needs longer"),
    ] = 60.0,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", help="a file to keep what was seen in, and to go on from", show_default=False),
    ] = None,
    registers: Annotated[str, typer.Option(help="Modbus: the first and last register, from 0")] = "0-99",
    table: Annotated[str, typer.Option(help="Modbus: holding, input, coil or discrete_input")] = "holding",
    topics: Annotated[
        list[str] | None, typer.Option(help="MQTT: topics to listen to, such as works/#; may be given more than once")
    ] = None,
    user: Annotated[str | None, typer.Option(help="MQTT, SQL: user to sign in as")] = None,
    password_file: Annotated[str | None, typer.Option(help="MQTT, SQL: file that holds the password")] = None,
) -> None:
    """Watch the numbers of a source and propose tags: counters with step and modulus, and what the others look like.

    A source of OPC UA says what its numbers are. Of Modbus registers the readings of 16 and 32 bits are tried in both
    orders of words: two are one counter if one carries into the other, so watch until the low word starts again.
    Messages of MQTT are heard in a session of its own, which ends with the watch; each key of their JSON is a number.

    Of a database the tables and views are looked through and watched for new rows, in transactions that only read, with
    a time limit; columns are proposed as time, key and weight by their names, types and rows.

    Nothing is changed on the source, and nothing is stored but in the file of --keep: with it a watch of hours may be
    ended and gone on with, which shows resets. What stood still is not proposed: `tundish browse` lists every variable.

    Raises:
        ConfigurationError: the configuration has faults, names no such source, or it cannot be watched.
        SourceUnavailable: the source cannot be reached or refuses us.
    """
    from collector.cli.watch_file import WatchFile
    from collector.errors import ConfigurationError

    if table not in _TABLES:
        raise ConfigurationError(f"--table {table!r} is none: give {', '.join(_TABLES)}")
    login = {"user": user, "password_file": password_file}
    configured, folder = _at(source, login) if "://" in source else _named(source, plant)
    asked = Asked(registers, table, topics or [], seconds)
    kept = WatchFile(keep)
    shapes = kept.read()
    try:
        text = _watched(configured, folder, asked, shapes)
    finally:
        kept.write(shapes)
    say(text, nl=False)


def _watched(source: "ConfiguredSource", folder: Path, asked: Asked, shapes: "dict[str, WatchedShape]") -> str:
    import asyncio

    from collector.cli.discover_modbus import discover_modbus, register_span
    from collector.cli.discover_mqtt import HeardTopics, discover_mqtt
    from collector.cli.discover_opcua import discover_opcua
    from collector.cli.discover_sql import discover_sql
    from collector.errors import ConfigurationError
    from collector.sources.modbus.config import ModbusConfig
    from collector.sources.modbus.watched_block import WatchedBlock
    from collector.sources.mqtt.config import MqttConfig
    from collector.sources.opcua.config import OpcUaConfig
    from collector.sources.sql.config import SqlConfig

    config = source.config
    if isinstance(config, OpcUaConfig):
        return asyncio.run(discover_opcua(source, config, folder, asked.seconds, shapes))
    if isinstance(config, ModbusConfig):
        watched = WatchedBlock(asked.table, *register_span(asked.registers))
        return asyncio.run(discover_modbus(source, config, watched, asked.seconds, shapes))
    if isinstance(config, SqlConfig):
        return asyncio.run(discover_sql(source, config, folder, asked.seconds))
    if isinstance(config, MqttConfig):
        if not asked.topics:
            raise ConfigurationError("no topics are given: add --topics 'works/#', with the beginning that yours have")
        heard = HeardTopics(shapes)
        return asyncio.run(discover_mqtt(source, config, folder, asked.topics, heard, asked.seconds))
    raise ConfigurationError(
        f"source {config.name} is of {source.type.type}: only OPC UA, Modbus, MQTT and SQL are looked through"
    )


def _named(source: str, plant: Path) -> "tuple[ConfiguredSource, Path]":
    from collector.config.load import load
    from collector.errors import ConfigurationError

    settings = load(plant)
    if source not in settings.sources:
        raise ConfigurationError(f"{plant} has no source {source!r}; it has {', '.join(settings.sources) or 'none'}")
    return settings.sources[source], settings.folder


def _at(url: str, login: dict[str, str | None]) -> "tuple[ConfiguredSource, Path]":
    """A source that no plant.yaml knows yet."""
    from collector.cli.options_config import config_of
    from collector.config.settings import ConfiguredSource
    from collector.config.url import server_parts
    from collector.errors import ConfigurationError
    from collector.sources.modbus import SOURCE as MODBUS
    from collector.sources.mqtt import SOURCE as MQTT
    from collector.sources.opcua import SOURCE as OPCUA
    from collector.sources.sql import SOURCE as SQL

    if url.startswith("opc.tcp://"):
        unprotected = {"policy": "None", "mode": "None"}
        entry: dict[str, object] = {"name": "plc", "type": "opcua", "url": url, "security": unprotected}
        return ConfiguredSource(OPCUA, config_of(OPCUA.config, entry, "discover"), ()), Path.cwd()
    driver = url.partition("://")[0]
    if driver in _DRIVERS:
        return ConfiguredSource(SQL, config_of(SQL.config, _database(url, driver, login), "discover"), ()), Path.cwd()
    try:
        host, port, rest = server_parts(url, ("opc.tcp", "modbus", "mqtt", "mqtts", *_DRIVERS), _MODBUS)
    except ValueError as error:
        raise ConfigurationError(f"the address {error}") from None
    if url.startswith("mqtt"):
        tls = url.startswith("mqtts:")
        entry = {"name": "mqtt", "type": "mqtt", "host": host, "tls": tls, **login}
        entry["port"] = port or (8883 if tls else 1883)
        return ConfiguredSource(MQTT, config_of(MQTT.config, entry, "discover"), ()), Path.cwd()
    device = rest.strip("/") or "1"
    if not device.isdecimal():
        raise ConfigurationError(f"the device {device!r} is no number; write the address like {_MODBUS}")
    entry = {"name": "modbus", "type": "modbus", "host": host, "port": port or 502, "device": int(device)}
    config = config_of(MODBUS.config, entry, "discover")
    return ConfiguredSource(MODBUS, config, ()), Path.cwd()


def _database(url: str, driver: str, login: dict[str, str | None]) -> dict[str, object]:
    """The entry of a database. Its query is one of ours: a source must have one."""
    from collector.config.url import server_parts
    from collector.errors import ConfigurationError

    entry: dict[str, object] = {"name": "database", "type": "sql", "driver": driver, "queries": {"none": _NO_QUERY}}
    if driver == "sqlite":
        return {**entry, "database": url.partition("://")[2].removeprefix("/")}
    try:
        host, port, rest = server_parts(url, _DRIVERS, "postgresql://10.0.0.9:5432/lab")
    except ValueError as error:
        raise ConfigurationError(f"the address {error}") from None
    return {**entry, **login, "host": host, "port": port, "database": rest.strip("/")}
