"""The simulated works on the wire: a real OPC UA server over TCP, on this host only.

async with SimulatedWorks(SimulationOptions(seed=7, book=path)) as works:
    ... works.url ...
"""

import asyncio
import gc
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType

import structlog
from asyncua import ua
from asyncua.common.callback import CallbackType
from asyncua.server.server import Server

from collector.errors import CannotStart
from collector.simulation.address_space import AddressSpace
from collector.simulation.beside.boilers import coal_lines
from collector.simulation.beside.works import WorksBeside
from collector.simulation.book import CounterEntry, EventEntry, TruthBookWriter
from collector.simulation.catalogue import NAMESPACE, tag_kinds, units
from collector.simulation.clock import SimulatedClock
from collector.simulation.fault import Fault, FaultKind, FaultSchedule, parse_faults
from collector.simulation.first_read import FirstRead
from collector.simulation.load_generator import LoadGenerator
from collector.simulation.options import SimulationOptions
from collector.simulation.published_unit import PublishedUnit
from collector.simulation.surveys import write_form
from collector.simulation.works_model import WorksModel

log = structlog.get_logger(__name__)

# The nth unit's counter wraps after n times this: the first within an hour and a half of a working belt.
WRAPS_AFTER_G = 1_000_000_000


class SimulatedWorks:
    """A works that runs from entering the context to leaving it. Raises ConfigurationError for options that cannot be,
    CannotStart if the port is taken or the book exists already."""

    def __init__(
        self,
        options: SimulationOptions,
        *,
        host_ns: Callable[[], int] = time.time_ns,
        elapsed_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._options = options
        self._host_ns = host_ns
        self._elapsed_ns = elapsed_ns
        faults = parse_faults(options.faults, tag_kinds())
        self._cuts = FaultSchedule([fault for fault in faults if fault.kind is FaultKind.CUT])
        self._faults = FaultSchedule([fault for fault in faults if fault.kind is not FaultKind.CUT])
        self._noted: dict[Fault, int] = {}
        start_ns = options.start_ns if options.start_ns is not None else host_ns()
        self._clock = SimulatedClock(start_ns, options.speed, host_ns, elapsed_ns)
        self._works = WorksModel(options.seed, start_ns // 1_000_000_000)
        self._server = Server()
        self._units: dict[str, PublishedUnit] = {}
        self._load: LoadGenerator | None = None
        self._beside: WorksBeside | None = None
        self._gauges: dict[str, ua.NodeId] = {}
        self._nodes: AddressSpace | None = None
        self._load_due_s = 0.0
        self._listening = False
        self._first_read = FirstRead()
        self._book: TruthBookWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self.url = ""

    @property
    def time_ns(self) -> int:
        """The instant (UTC nanoseconds) of the newest published values."""
        return self._works.time_s * 1_000_000_000

    async def __aenter__(self) -> "SimulatedWorks":
        if self._options.book is not None:
            self._book = TruthBookWriter(self._options.book)
        try:
            await self._start_server()
            self._begin_time()
            await self._publish()
        except BaseException:
            await self._close()
            raise
        self._task = asyncio.create_task(self._run(), name="simulated-works")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._close()

    async def _close(self) -> None:
        if self.url:
            await self._server.stop()
        if self._beside is not None:
            await self._beside.close()
        if self._book is not None:
            self._book.close()

    async def wait(self) -> None:
        """Run on until cancelled; raises whatever ended the works before that."""
        if self._task is not None:
            await self._task

    async def _start_server(self) -> None:
        host = "127.0.0.1" if self._options.host == "localhost" else self._options.host
        shown_host = f"[{host}]" if ":" in host else host
        server = self._server
        gc.disable()  # the standard address space is many objects and no garbage: looking for some doubles the time
        try:
            await server.init()
        finally:
            gc.enable()
        server.name = "SIMULATED works"
        await server.set_application_uri(f"{NAMESPACE}:server")
        server.set_endpoint(f"opc.tcp://{shown_host}:{self._options.port}")
        server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        server.set_identity_tokens([ua.AnonymousIdentityToken])
        await server.set_build_info(NAMESPACE, "SIMULATED", server.name, "1", "0", datetime.now(UTC))
        namespace = await server.register_namespace(NAMESPACE)
        nodes = AddressSpace(server, namespace)
        self._first_read.namespace = namespace
        server.subscribe_server_callback(CallbackType.PreRead, self._first_read.read)
        models = {model.code: model for model in self._works.units}
        for number, spec in enumerate(units(), start=1):
            unit = PublishedUnit(spec, models[spec.code], nodes, self._options.ring_slots)
            await unit.create(full_after_g=WRAPS_AFTER_G * number)
            self._units[spec.code] = unit
        if self._options.beside is not None:
            self._beside = WorksBeside(
                self._options.beside, self._options.seed, self._works.time_s, self._options.modbus_port
            )
            await self._beside.open()
            for gauge in self._beside.gauges():
                added = await nodes.add(gauge.folder, gauge.node, gauge.value, ua.VariantType.Double)
                self._gauges[gauge.node] = added
            self._nodes = nodes
        if self._options.extra_doubles:
            self._load = LoadGenerator(nodes, self._options.extra_doubles)
            await self._load.create()
        try:
            await server.start()
        except OSError as error:
            raise CannotStart(
                f"the simulated works cannot listen on {host}:{self._options.port}: {error.strerror}; give another port"
            ) from None
        if server.bserver is None:
            raise CannotStart("the OPC UA server did not start listening; start the simulated works again")
        self._listening = True
        self.url = f"opc.tcp://{shown_host}:{server.bserver.port}"

    def _begin_time(self) -> None:
        """Let time go on from where it stands: making the server takes a second, and somebody may have to come."""
        self._clock = SimulatedClock(self.time_ns, self._options.speed, self._host_ns, self._elapsed_ns)

    async def _run(self) -> None:
        try:
            if self._options.waits_for_reader:
                await self._first_read.wait()
                self._begin_time()
            while True:
                await asyncio.sleep(self._options.tick_s)
                await self._tick()
        except Exception as error:
            log.error("simulated_works_ended", error=str(error))
            raise

    async def _tick(self) -> None:
        elapsed_s = self._clock.elapsed_s()
        now_s = self._clock.now_ns() / 1e9
        if self._works.due(now_s):
            began, ended = self._faults.advance(elapsed_s)
            self._begin(began)
            self._works.advance(now_s, self._faults.targets(FaultKind.STOP), self._faults.paces())
            await self._publish()
            self._state()
            self._end(ended)
        began, ended = self._cuts.advance(elapsed_s)
        self._begin(began)
        await self._listen(wanted=not self._cuts.targets(FaultKind.CUT))
        self._end(ended)
        if self._load is not None and elapsed_s >= self._load_due_s:
            self._load_due_s = max(self._load_due_s + 1.0, elapsed_s)
            await self._load.step(ua.DateTime.now(UTC))

    async def _publish(self) -> None:
        """Enter the tick in the book, then let the world see it.

        One instant is published once: a stamp that had one value never gets another.
        """
        frozen, bad = self._faults.targets(FaultKind.FREEZE), self._faults.targets(FaultKind.BAD)
        counters: list[CounterEntry] = []
        events: list[EventEntry] = []
        for code, unit in self._units.items():
            entries = unit.entries(self._works.time_s, frozen=code in frozen, bad=bad)
            counters += entries[0]
            events += entries[1]
        if self._beside is not None:
            entries = self._beside.advance(self._works.time_s)
            counters += entries[0]
            events += entries[1]
        if self._book is not None:
            self._book.tick(counters, events)
        now = ua.DateTime.now(UTC)
        for code, unit in self._units.items():
            if code not in frozen:
                await unit.publish(self._works, now, bad)
        if self._beside is not None and self._nodes is not None:
            time = ua.DateTime.fromtimestamp(self._works.time_s, UTC)
            blast = sum(unit.shown.gauges.get("blast", 0.0) for unit in self._works.units)
            for gauge in self._beside.gauges(blast):
                if gauge.unit not in frozen:
                    await self._nodes.write(self._gauges[gauge.node], gauge.value, ua.VariantType.Double, time, now)
            await self._beside.show()

    def _state(self) -> None:
        """Put the surveys of the days that ended where people would put their forms."""
        surveys, self._works.surveys = self._works.surveys, []
        if surveys and self._options.forms is not None:
            days = sorted({each.local_day for each in surveys})
            coal = [] if self._beside is None else coal_lines(self._options.seed, days)
            try:
                write_form(self._options.forms, surveys, coal)
            except OSError as error:
                log.error("form_not_written", folder=str(self._options.forms), error=str(error.strerror))

    def _begin(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            start_ns = self.time_ns
            if fault.kind is FaultKind.RESET:
                start_ns = self._units[fault.target].last_published_ns
                self._units[fault.target].reset_counters()
            log.warning("fault_injected", fault=fault.name)
            if self._book is not None:
                self._noted[fault] = self._book.fault_began(fault.name, start_ns)

    def _end(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            log.warning("fault_over", fault=fault.name)
            if self._book is not None:
                self._book.fault_ended(self._noted.pop(fault), self.time_ns)

    async def _listen(self, *, wanted: bool) -> None:
        """Stop listening and drop every session, or listen again on the same port."""
        listener = self._server.bserver
        if listener is None or wanted == self._listening:
            return
        if not wanted:
            await listener.stop()
        else:
            try:
                await listener.start()
            except OSError as error:
                log.warning("port_taken", port=listener.port, error=str(error))  # the next tick tries again
                return
        self._listening = wanted
