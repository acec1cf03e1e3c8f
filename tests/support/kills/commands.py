"""Commands that people give beside a collector, each a process that may be killed too."""

import asyncio
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.support.collector_process import ROOT

MONTH = "2026-10"
"""Over, whenever the simulated works runs, and before anything that it counts."""
DAYS = 31
GRAMS = {"mine1": 11_000_001_250, "bf3": 5_000_000_500}
_PRODUCTS = {"mine1": "coal_raw", "bf3": "pig_iron"}
FIGURES = "start,end,shop,unit,product,tonnes\n" + "".join(
    f"{MONTH}-{day:02},{MONTH}-{day + 1:02},,{unit},{_PRODUCTS[unit]},{grams / 1e6}\n"
    if day < DAYS
    else f"{MONTH}-{day:02},2026-11-01,,{unit},{_PRODUCTS[unit]},{grams / 1e6}\n"
    for day in range(1, DAYS + 1)
    for unit, grams in GRAMS.items()
)
BY = ("--by", "Anna")


@dataclass(slots=True)
class Commands:
    """`backups`: folders of backups that were told to be whole. `said`: what each command that failed said.

    `ended`: how many commands of a name ended, and whether well.
    """

    plant_file: Path
    random: Random
    backups: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    ended: Counter[tuple[str, bool]] = field(default_factory=Counter)
    _number: int = 0
    _running: dict[str, tuple[asyncio.subprocess.Process, tuple[str, ...]]] = field(default_factory=dict)

    async def begin(self) -> None:
        """One of them, unless it is under way."""
        what = self.random.choice(("backup", "import", "close"))
        if what not in self._running:
            arguments = self._arguments(what)
            self._running[what] = await self._start(*arguments), arguments

    def under_way(self) -> list[str]:
        """What runs at this instant."""
        return [what for what, (process, _) in self._running.items() if process.returncode is None]

    async def kill_or_keep(self) -> None:
        """Kill some of those that run; take the word of those that ended."""
        for what, (process, arguments) in list(self._running.items()):
            if process.returncode is None and self.random.random() < 0.6:
                process.kill()
            elif process.returncode is None:
                continue
            del self._running[what]
            await self._note(process, arguments)

    async def tell(self, *arguments: str) -> None:
        """Let `tundish` do as these arguments say, if it can."""
        await self._note(await self._start(*arguments), arguments)

    async def to_the_end(self, *arguments: str) -> str:
        """What `tundish` says to these arguments; it must succeed."""
        process = await self._start(*arguments)
        output, _ = await process.communicate()
        assert process.returncode == 0, (arguments, output)
        return output.decode()

    async def wait(self) -> None:
        """Until none runs."""
        while self._running:
            _, (process, arguments) = self._running.popitem()
            await self._note(process, arguments)

    def importing(self) -> tuple[str, ...]:
        """The arguments that import the month."""
        file = self.plant_file.with_name("october.csv")
        file.write_text(FIGURES, encoding="utf-8")
        return ("import", "files", str(file), *BY)

    async def _note(self, process: asyncio.subprocess.Process, arguments: tuple[str, ...]) -> None:
        output, _ = await process.communicate()
        text = output.decode(errors="replace")
        assert "Traceback" not in text, (arguments, text)
        self.ended[arguments[0], process.returncode == 0] += 1
        if arguments[0] == "backup" and process.returncode == 0:
            self.backups.append(Path(arguments[-1]))
        if process.returncode not in (0, -9):
            self.said.append(f"{' '.join(arguments)}: {text.strip()}")

    def _arguments(self, what: str) -> tuple[str, ...]:
        if what == "backup":
            self._number += 1
            return ("backup", "--to", str(self.plant_file.with_name(f"backup-{self._number}")))
        if what == "import":
            return self.importing()
        if self.random.random() < 0.5:
            return ("close", MONTH, *BY, "--reopen", "--reason", "mistake")
        return ("close", MONTH, *BY, "--confirm")

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "collector", *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "TUNDISH_PLANT": str(self.plant_file)},
        )
