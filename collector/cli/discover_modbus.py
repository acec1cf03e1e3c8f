"""Watches a block of registers of a Modbus device."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from collector.cli.proposal import WatchedNumber, proposal
from collector.cli.watching import watch

if TYPE_CHECKING:
    from collector.config.settings import ConfiguredSource
    from collector.sources.modbus.config import ModbusConfig
    from collector.sources.modbus.watched_block import WatchedBlock
    from models.counting.register_watch import ReadAs, RegisterFinding
    from models.counting.shape_watch import WatchedShape

_SPAN = re.compile(r"(\d{1,5})-(\d{1,5})")
MOST_REGISTERS = 1000
"""Nine requests a look: what a slow gateway answers in about a second."""


async def discover_modbus(
    source: "ConfiguredSource",
    config: "ModbusConfig",
    block: "WatchedBlock",
    seconds: float,
    kept: "dict[str, WatchedShape]",
) -> str:
    """Watch for so many seconds, take up in `kept`, by register and reading, what was seen, and propose.

    Raises SourceUnavailable: the device cannot be reached, or gives none of the registers.
    """
    import logging

    from collector.errors import CollectorError
    from collector.sources.modbus.config import BITS
    from collector.sources.modbus.line import ModbusLine, said
    from models.counting.register_watch import ReadAs, findings, readings_of
    from models.counting.shape_watch import WatchedShape

    logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # we say it ourselves
    line = ModbusLine(config)
    shapes: dict[ReadAs, WatchedShape] = {}
    lost = 0

    async def look(at_s: float) -> None:
        nonlocal line, lost
        try:
            answers = await block.read(line)
        except Exception as error:
            line.close()
            if not shapes:
                raise (error if isinstance(error, CollectorError) else said(config, error)) from error
            lost, line = lost + 1, ModbusLine(config)
            return
        seen = set()
        for words in answers:
            readings = (
                ((ReadAs(at, "bit"), float(word)) for at, word in words.items())
                if block.table in BITS
                else readings_of(words)
            )
            for read_as, value in readings:
                if read_as not in seen:  # two requests share the register at which they meet
                    seen.add(read_as)
                    shape = shapes.setdefault(read_as, kept.setdefault(f"{block.table} {read_as}", WatchedShape()))
                    shape.look(at_s, value)

    try:
        await watch(look, lambda: [shapes[at] for at in shapes if at.type in ("bit", "uint16")], seconds)
    finally:
        with suppress(Exception):
            line.close()
    remarks = [f"not given: {block.table} {text}" for text in _refused_told(block.refused)]
    if lost:
        remarks.append(f"the line was lost at {lost} looks; what moved meanwhile was not seen by itself")
    watched = sum(at.type in ("bit", "uint16") for at in shapes)
    remarks = [f"{watched} of {block.table} were watched: read, and never written", *remarks]
    known = known_registers(source, block.table)
    return proposal(modbus_numbers(findings(shapes), config.name, block.table, known), seconds, remarks)


def modbus_numbers(
    found: "list[RegisterFinding]", source: str, table: str, known: Mapping[int, str]
) -> list[WatchedNumber]:
    """The numbers with the drafts of tags. `known`: tags by the registers of the table that they read."""
    counters = {one.counter for one in found if one.counter is not None}
    numbers = []
    for one in found:
        place = _place(one.read_as, table)
        numbers.append(
            WatchedNumber(
                path=f"{table} {one.read_as.first}",
                address=", ".join(f"{key}: {value}" for key, value in place.items()),
                data_type=one.read_as.type,
                seen=one.seen,
                found=one.found,
                entry={} if one.read_as in counters else _draft(one, source, table),
                tag=next((known[at] for at in one.read_as.registers if at in known), ""),
            )
        )
    return numbers


def known_registers(source: "ConfiguredSource", table: str) -> dict[int, str]:
    """By register of the table, the tag that reads it already."""
    from collector.sources.modbus.config import RegisterPlace
    from collector.sources.newest import given_members

    known: dict[int, str] = {}
    for _, tag, address in source.tags:
        members = [address.place] if address.newest is None else list(given_members(address.newest).values())
        for place in members:
            if isinstance(place, RegisterPlace) and place.table == table:
                known |= dict.fromkeys(range(place.first, place.first + place.size), tag.name)
    return known


def _draft(one: "RegisterFinding", source: str, table: str) -> dict[str, Any]:
    from models.counting.shape_watch import NumberShape

    place = _place(one.read_as, table)
    if one.counter is not None:
        newest = {"tonnes": place, "counter": _place(one.counter, table)}
        signal = f"events_{one.read_as.first}"
        return {"signal": signal, "kind": "event", "source": source, "newest": newest, "unit_of_measure": "t"}
    if one.found.shape is not NumberShape.COUNTER:
        return {}
    signal = f"total_{one.read_as.first}"
    return {"signal": signal, "source": source, **place, "unit_of_measure": "1", **one.found.keys}


def _place(read_as: "ReadAs", table: str) -> dict[str, Any]:
    """As plant.yaml says it, without what goes without saying."""
    place: dict[str, Any] = {"table": table} if table != "holding" else {}
    place |= {"register": read_as.first, "type": read_as.type}
    return place | ({"words": read_as.words} if len(read_as.registers) > 1 else {})


def register_span(text: str) -> tuple[int, int]:
    """The first and last register of "0-60". Raises ConfigurationError."""
    from collector.errors import ConfigurationError

    found = _SPAN.fullmatch(text)
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    if not first <= last <= 65_535:
        raise ConfigurationError(f"--registers {text!r} is no span of registers from 0 to 65535; write it like 0-60")
    if last - first >= MOST_REGISTERS:
        raise ConfigurationError(
            f"--registers {text} has {last - first + 1} registers; {MOST_REGISTERS} are watched at a time: give fewer"
        )
    return first, last


def _refused_told(refused: Mapping[int, str]) -> Iterable[str]:
    from collector.sources.modbus.watched_block import runs

    for why in dict.fromkeys(refused.values()):
        for first, last in runs([at for at in sorted(refused) if refused[at] == why]):
            yield f"{first}: {why}" if first == last else f"{first} to {last}: {why}"
