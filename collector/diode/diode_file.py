"""One file for the other side: a head in JSON, then line protocol, packed. Its name has number and hash. Pure."""

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from collector.influx.line_reader import NoLine, read_line
from collector.influx.packing import gzip_member
from models.works.table import Row, RowKey

Kind = Literal["telemetry", "rows", "void"]
"""`void`: a number that was given and of which nobody knows whether its file was made."""
KINDS = ("telemetry", "rows", "void")
SUFFIX = ".tundish"
VERSION = 1
MOST_BYTES = 256 * 1024 * 1024
"""Unpacked. A round has some thousand rows, or a few batches of telemetry: some megabytes."""
_NAME = re.compile(r"(\d{10})-([0-9a-f]{64})" + re.escape(SUFFIX))


class DamagedFile(ValueError):
    """The text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class DiodeFile:
    """`series`: of one outbox, from its first file on; `began_ns`: when that was. Numbers begin with 1, without a hole.

    `withdrawn`: points that are deleted before the lines are written.
    """

    site: str
    simulated: bool
    series: str
    began_ns: int
    number: int
    kind: Kind
    lines: bytes = b""
    withdrawn: tuple[RowKey, ...] = ()

    def rows(self) -> list[Row]:
        """The rows of its lines. Raises DamagedFile."""
        try:
            return [read_line(line) for line in self.lines.split(b"\n") if line]
        except NoLine as error:
            raise DamagedFile(str(error)) from error


def encode_file(file: DiodeFile) -> tuple[str, bytes]:
    """Its name and its bytes."""
    head = {
        "version": VERSION,
        "site": file.site,
        "simulated": file.simulated,
        "series": file.series,
        "began_ns": file.began_ns,
        "number": file.number,
        "kind": file.kind,
        "withdrawn": [[key.table, dict(key.tags), key.time_ns] for key in file.withdrawn],
    }
    content = json.dumps(head, ensure_ascii=False).encode() + b"\n" + gzip_member(file.lines)
    return f"{file.number:010d}-{hashlib.sha256(content).hexdigest()}{SUFFIX}", content


def number_of(name: str) -> int | None:
    """The number in the name of a file; None if it is none of ours."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None


def is_whole(name: str, content: bytes) -> bool:
    """Whether the bytes are those that the name tells of."""
    found = _NAME.fullmatch(name)
    return found is not None and hashlib.sha256(content).hexdigest() == found[2]


def decode_file(name: str, content: bytes) -> DiodeFile:
    """Raises DamagedFile."""
    if not is_whole(name, content):
        raise DamagedFile("its hash is not the one in its name")
    head_text, _, packed = content.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(head_text)
        if head["version"] != VERSION:
            raise DamagedFile(f"it is of version {head['version']}, and this program knows {VERSION}")
        unpacker = zlib.decompressobj(wbits=31)
        lines = unpacker.decompress(packed, MOST_BYTES)
        if not unpacker.eof or head["kind"] not in KINDS:
            raise DamagedFile("its lines are cut off, or too many")
        return DiodeFile(
            str(head["site"]),
            bool(head["simulated"]),
            str(head["series"]),
            int(head["began_ns"]),
            int(head["number"]),
            head["kind"],
            lines,
            tuple(RowKey.of(str(table), int(time_ns), tags) for table, tags, time_ns in head["withdrawn"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as error:
        if isinstance(error, DamagedFile):
            raise
        raise DamagedFile("it is no file for the other side of a diode") from error
