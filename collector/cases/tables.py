"""Tables of a recorded case on disk: CSV, plain or compressed by gzip or xz."""

import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from collector.errors import ConfigurationError

# Unpacked: 400 days of minutes with a hundred columns of three characters. A packed file may hide any size.
MOST_BYTES = 200_000_000
ENDINGS = ("", ".gz", ".xz")


@dataclass(frozen=True, slots=True)
class Table:
    """`name` of its file, the columns' names, and the rows: the number of each in the file, and its cells."""

    name: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]

    def fault(self, line: int, text: str) -> ConfigurationError:
        """What is wrong in a line."""
        return ConfigurationError(f"{self.name}:{line} {text}")


def read_table(folder: Path, name: str) -> Table | None:
    """The table of that name, compressed or not; None if there is none. Blocks.

    Raises ConfigurationError: it exists twice, cannot be read, is too large, or has rows of different lengths.
    """
    files = [folder / f"{name}{ending}" for ending in ENDINGS if (folder / f"{name}{ending}").is_file()]
    if not files:
        return None
    if len(files) > 1:
        raise ConfigurationError(f"{files[0]} and {files[1]} both exist; keep one")
    lines = csv.reader(io.StringIO(_text(files[0]), newline=""))
    header = [cell.strip() for cell in next(lines, [])]
    rows = []
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            fix = "add the missing" if len(cells) < len(header) else "remove the extra"
            raise ConfigurationError(f"{files[0]}:{number} has {len(cells)} cells, not {len(header)}; {fix} cells")
        rows.append((number, cells))
    return Table(str(files[0]), header, rows)


def _text(file: Path) -> str:
    try:
        with _opened(file) as stream:
            # One byte more than allowed shows that there is more, without unpacking the rest.
            raw = stream.read(MOST_BYTES + 1)
        text = str(raw, "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise ConfigurationError(f"{file} cannot be read: {error}; compress it again") from error
    if len(raw) > MOST_BYTES:
        raise ConfigurationError(f"{file} holds more than {MOST_BYTES:,} bytes; give a shorter case")
    return text


def _opened(file: Path) -> BinaryIO | gzip.GzipFile | lzma.LZMAFile:
    if file.suffix == ".gz":
        return gzip.open(file)
    return lzma.open(file) if file.suffix == ".xz" else file.open("rb")
