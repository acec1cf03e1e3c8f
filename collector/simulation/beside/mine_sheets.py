"""A mine without a network: each eight minutes somebody drops a file with the skips that were hoisted."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from collector.simulation.book import EventEntry

TAG = "ore_mine.skips"
FILES = "скипы*.csv"
COLUMNS = ("№ скипа", "Тонн", "Поднят")
_EVERY_S = 120
SHEET_S = 480


@dataclass(frozen=True, slots=True)
class Skip:
    """One skip with ore, in kilograms."""

    number: int
    kg: int
    end_s: int

    def entry(self) -> EventEntry:
        """As the book has it."""
        return EventEntry(TAG, self.number, str(self.number), self.kg * 1000, self.end_s * 1_000_000_000)


def skips(seed: int, after_s: int, until_s: int) -> list[Skip]:
    """The skips of (after_s, until_s], one in two minutes."""
    return [
        Skip(number, Random(f"{seed}:skip:{number}").randrange(16_000, 22_000, 10), number * _EVERY_S)
        for number in range(after_s // _EVERY_S + 1, until_s // _EVERY_S + 1)
    ]


def sheets(seed: int, after_s: int, until_s: int) -> list[list[Skip]]:
    """The files that were dropped in (after_s, until_s], each with the skips of its eight minutes."""
    ends = range((after_s // SHEET_S + 1) * SHEET_S, until_s + 1, SHEET_S)
    return [skips(seed, end_s - SHEET_S, end_s) for end_s in ends]


def drop(folder: Path, sheet: list[Skip], zone: ZoneInfo) -> None:
    """Write a file as office programs of the region do: Windows-1251, semicolons, decimal commas."""
    lines = [";".join(COLUMNS)]
    for skip in sheet:
        local = datetime.fromtimestamp(skip.end_s, zone)
        lines.append(f"{skip.number};{skip.kg / 1000:.2f};{local:%d.%m.%Y %H:%M:%S}".replace(".", ",", 1))
    name = f"скипы {datetime.fromtimestamp(sheet[-1].end_s, zone):%Y-%m-%d %H-%M}.csv"
    part = folder / f"{name}.part"
    part.write_bytes("\r\n".join([*lines, ""]).encode("cp1251"))
    part.replace(folder / name)
