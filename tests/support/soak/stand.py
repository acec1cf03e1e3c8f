"""A simulated works with everything that `tundish demo` starts, in one process and by one fast clock.

Works, collector, forms and commands are the real ones, over OPC UA, files and a database. Who starts it has installed
the clock before: see `tests.support.soak.fast_clock`.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from collector.cli.main import app
from collector.config.load import load
from collector.config.settings import Settings
from collector.service.logs import configure_logs
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.service.service import opened
from collector.simulation import demo_folder
from collector.simulation.history import history_span
from collector.simulation.history_loader import load_history
from collector.simulation.inbox import Inbox
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from collector.simulation.surveys import AUTHOR
from collector.storage.file.writer_thread import WriterThread
from collector.storage.ledger.desk_reader import LedgerDesk
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from models.counting.output_plan import OutputPlan
from tests.support.soak.fast_clock import FastLoop

NS = 10**9
CATCH_UP = 60.0
"""As in the demo."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody was sent at `at_s` (UTC seconds)."""

    at_s: int
    role: str
    subject: str
    text: str


@dataclass(slots=True)
class SoakStand:
    """`down`: spans (UTC seconds) in which no collector ran; the last one has no end while none runs."""

    file: Path
    folder: Path
    settings: Settings
    works: SimulatedWorks
    desk: LedgerDesk
    messages: list[Message]
    down: list[tuple[int, int | None]] = field(default_factory=list)
    _collector: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start_collector(self) -> None:
        """Start the service, as `tundish run` does."""
        self._collector = AsyncExitStack()
        await self._collector.enter_async_context(opened(self.settings))
        if self.down and self.down[-1][1] is None:
            self.down[-1] = (self.down[-1][0], now_s())

    async def stop_collector(self) -> None:
        """Stop it, as Ctrl-C does."""
        self.down.append((now_s(), None))
        await self._collector.aclose()

    async def command(self, *arguments: str) -> str:
        """What `tundish` prints for `arguments` on this plant."""

        def call() -> str:
            done = CliRunner().invoke(app, [*arguments, "--plant", str(self.file)])
            assert done.exit_code == 0, (arguments, done.output, done.exception)
            return done.stdout

        try:
            return await asyncio.to_thread(call)
        finally:
            configure_logs(json_lines=True)  # the command has let the log go where its own words went

    async def take_forms(self) -> None:
        """Import the forms that people handed in, as the demo does."""
        for form in sorted((self.folder / demo_folder.FORMS).glob("*.csv")):
            await self.command("import", "files", str(form), "--by", AUTHOR)
            form.rename(form.with_suffix(".done"))


def wait_for_writes() -> None:
    """Let no time fly while a file is written: its thread is none of the event loop's own."""
    submit = WriterThread.submit

    def submitted(self: WriterThread, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as it is
        future = submit(self, *arguments, **options)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, FastLoop)
        loop.waits_for(future)
        return future

    WriterThread.submit = submitted  # type: ignore[method-assign]


def now_s() -> int:
    """The time of the works, UTC seconds."""
    return time.time_ns() // NS


@asynccontextmanager
async def soak_stand(
    folder: Path, seed: int, faults: tuple[str, ...], sections: Mapping[str, Any], *, history: bool = True
) -> AsyncIterator[SoakStand]:
    """A works that runs, with its history; the collector is not started yet."""
    demo_folder.prepare(folder)
    file = folder / demo_folder.PLANT
    messages: list[Message] = []

    def take(role: str, subject: str, text: str) -> None:
        messages.append(Message(now_s(), role, subject, text))

    async with Inbox(take) as inbox:
        every = {**sections, "alerts": inbox.section()}
        file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", poll="5s", sections=every), encoding="utf-8")
        settings = load(file)
        end_ns = history_span(time.time_ns(), settings.plant.zone).end_s * NS
        if history:
            await _load_history(settings, end_ns, seed)
        options = SimulationOptions(
            seed=seed,
            start_ns=end_ns,
            speed=CATCH_UP,
            book=folder / demo_folder.BOOK,
            faults=faults,
            tick_s=1.0,
            forms=folder / demo_folder.FORMS,
            waits_for_reader=True,
        )
        async with SimulatedWorks(options) as works:
            file.write_text(plant_yaml(works.url, poll="5s", sections=every), encoding="utf-8")
            settings = load(file)
            desk = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
            stand = SoakStand(file, folder, settings, works, desk, messages)
            try:
                yield stand
            finally:
                await stand._collector.aclose()


async def _load_history(settings: Settings, end_ns: int, seed: int) -> None:
    ledger = await asyncio.to_thread(lambda: Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True))
    try:
        roll_up = RollUp(ledger, OutputPlan(settings.plant), Publishing(to_outbox=settings.influx is not None))
        await load_history(ledger, roll_up, settings.plant, end_ns, seed, lambda _share: None)
    finally:
        await ledger.close()
