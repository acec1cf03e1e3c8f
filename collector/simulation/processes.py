"""The parts of a demo as child processes: started, watched, and ended with it."""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from collector.errors import CannotStart

# Each part starts within seconds. Beside other work on a slow machine it may take minutes, which is no fault: whoever
# waits is told after each minute of looking, and can end it.
_LOOKS_A_REMARK = 600
# More than the 9.5 s within which `tundish run` ends by itself.
STOP_LIMIT_S = 12.0
# A person does not notice a tenth of a second.
_LOOK_EVERY_S = 0.1
_FORESEEN = "tundish: "


class Processes:
    """Children of this process, each a `tundish` command by its name; leaving the context ends them all."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self._folder = folder
        self._say = say
        self._running: dict[str, asyncio.subprocess.Process] = {}

    async def __aenter__(self) -> "Processes":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        await asyncio.gather(*(_ended(process) for process in self._running.values()))

    async def start(self, command: str, *options: str) -> None:
        """Start `tundish command options`, its output into a log of that name in the folder."""
        with (self._folder / f"{command}.log").open("wb") as log:
            self._running[command] = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # a file in the folder of the caller that is called as a module of Python is none
                "-m",
                "collector",
                command,
                *options,
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
            )

    def pid(self, command: str) -> int:
        """The process id of a child that was started."""
        return self._running[command].pid

    async def until(self, command: str, true: Callable[[], bool]) -> None:
        """Wait until `true()`. Raises CannotStart if the process ends before that."""
        looks = 0
        while True:
            self._check(command)
            if await asyncio.to_thread(true):
                return
            looks += 1
            if looks % _LOOKS_A_REMARK == 0:
                waits = f"`tundish {command}` has been starting for {looks * _LOOK_EVERY_S:.0f} s"
                self._say(f"{waits}; its log is {self._log(command)}")
            await asyncio.sleep(_LOOK_EVERY_S)

    async def watch(self, stopped: "asyncio.Task[bool]") -> None:
        """Wait for `stopped`. Raises CannotStart if a process ends before that."""
        waits = {asyncio.create_task(process.wait()): name for name, process in self._running.items()}
        done, _ = await asyncio.wait({stopped, *waits}, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        if stopped not in done:
            for task in done & waits.keys():
                self._check(waits[task])

    def _check(self, command: str) -> None:
        code = self._running[command].returncode
        if code is None:
            return
        log = self._log(command)
        last = log.read_text(encoding="utf-8", errors="replace").rstrip().rpartition("\n")[2]
        # Only a foreseen failure ends with our line; any other last line is not why the process ended.
        why = last.removeprefix(_FORESEEN) if last.startswith(_FORESEEN) else f"exit code {code}, its log is {log}"
        raise CannotStart(f"`tundish {command}` ended: {why}; start the demo again")

    def _log(self, command: str) -> Path:
        return self._folder / f"{command}.log"


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(STOP_LIMIT_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
