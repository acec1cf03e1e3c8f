"""`tundish demo`: a simulated works, a collector and the page, together on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector.cli.desk import LISTENS
from collector.cli.say import say
from collector.errors import CannotStart, ConfigurationError
from collector.simulation.page_port import FIRST_PORT, any_port, page_port

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Mapping

    from collector.config.settings import Settings
    from collector.simulation.processes import Processes

# The history ends with the last full five minutes; what passes until the collector reads is caught up within seconds.
SPEED = 60.0
NEARLY_DONE = 0.6
"""The simulator takes about as long to start as the rest of the history."""


def demo(
    folder: Annotated[Path, typer.Option(help="folder of the demo; the files of an earlier demo are removed")] = Path(
        "demo"
    ),
    seed: Annotated[int, typer.Option(help="the same seed makes the same works")] = 1,
    fault: Annotated[
        list[str] | None, typer.Option(help="NAME@+OFFSET[:DURATION], such as bf3-stop@+120s; may be repeated")
    ] = None,
    faults: Annotated[bool, typer.Option("--faults", help="list the faults by name, with what will be seen")] = False,
    desk_port: Annotated[
        int | None,
        typer.Option(help=f"port of the page; if missing, the first free one from {FIRST_PORT}", min=1, max=65535),
    ] = None,
    metrics_port: Annotated[int, typer.Option(help="port of /metrics; 0 picks a free port", min=0, max=65535)] = 0,
    sections: Annotated[
        Path | None,
        typer.Option(
            help="YAML file with further sections, such as influxdb, postgres and grafana; these are provisioned"
        ),
    ] = None,
    history: Annotated[bool, typer.Option(help="begin with two years of simulated history")] = True,
) -> None:
    """Run a SIMULATED steel works with its collector and page, until Ctrl-C. Every figure is made up.

    Its alerts are printed here, unless the further sections say who is notified.

    Raises:
        CannotStart: the folder is not a demo's, or a part of the demo did not start; the last line of its log says why.
    """
    import asyncio

    if faults:
        from collector.simulation.catalogue import tag_kinds, units
        from collector.simulation.fault_words import fault_lines

        say("\n".join(fault_lines(tag_kinds(), {unit.code: unit.kind for unit in units()})))
        return
    ports = page_port(desk_port), metrics_port
    asyncio.run(_demo(folder, seed, tuple(fault or ()), ports, sections, history=history))


async def _demo(
    folder: Path, seed: int, faults: tuple[str, ...], ports: tuple[int, int], more: Path | None, *, history: bool
) -> None:
    from datetime import UTC, datetime

    from collector.simulation.beside.fuels import fuel_section
    from collector.simulation.history_measures import GASIFICATION, measures_sections
    from collector.simulation.inbox import Inbox

    sections: dict[str, Any] = {
        "desk": {"port": ports[0], "open_to_read": True},
        "metrics": {"port": ports[1]},
        "fuel": {**fuel_section(), **({"gasification": GASIFICATION} if history else {})},
        **(measures_sections(datetime.now(UTC).date()) if history else {}),
        **_further(more),
    }
    async with Inbox(_show_alert) as inbox:
        if not _names_recipients(sections):
            sections["alerts"] = inbox.section()
        await _run(folder, seed, faults, sections, history=history)


async def _run(folder: Path, seed: int, faults: tuple[str, ...], sections: dict[str, Any], *, history: bool) -> None:
    import asyncio
    import time
    from datetime import UTC, datetime

    from collector import host
    from collector.config.load import load
    from collector.simulation import demo_folder
    from collector.simulation.catalogue import tag_kinds
    from collector.simulation.demo_users import add_users
    from collector.simulation.fault import parse_faults
    from collector.simulation.fault_words import announced
    from collector.simulation.history import history_span
    from collector.simulation.on_call import enter_on_call
    from collector.simulation.plant_config import plant_yaml
    from collector.simulation.processes import Processes
    from collector.simulation.surveys import AUTHOR

    # An impossible fault is refused before anything is made.
    for line in announced(parse_faults(faults, tag_kinds())):
        say(f"fault {line}")
    lock = demo_folder.prepare(folder)
    plant_file = folder / demo_folder.PLANT
    # The address is not known before the simulator listens; all the rest of the configuration is.
    beside = Path(demo_folder.BESIDE), any_port()
    plant_file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections=sections, beside=beside), encoding="utf-8")
    if {"influxdb", "postgres"} & sections.keys():
        await _provisioned(plant_file)
    settings = load(plant_file)
    add_users(settings.data_dir)
    enter_on_call(settings)
    stop = asyncio.Event()
    host.install_stop_handlers(asyncio.get_running_loop(), stop.set)
    end_s = history_span(time.time_ns(), settings.plant.zone).end_s
    start = datetime.fromtimestamp(end_s, UTC).isoformat()
    async with Processes(folder, say) as processes:
        # The page starts slowly, and waits for a ledger by itself.
        await processes.start("desk", str(plant_file))
        ready = folder / demo_folder.READY
        book = str(folder / demo_folder.BOOK)
        options = ["--seed", str(seed), "--start", start, "--speed", str(SPEED), "--book", book]
        for each in faults:
            options += ["--fault", each]
        forms = str(folder / demo_folder.FORMS)
        # The works goes on where the history ends when the collector is there: what it makes is seen from the start.
        options += ["--ready-file", str(ready), "--forms", forms, "--wait-for-reader"]
        options += ["--beside", str(folder / beside[0]), "--modbus-port", str(beside[1])]
        if history:
            await _with_progress(settings, end_s * 1_000_000_000, seed, lambda: processes.start("simulate", *options))
        else:
            await processes.start("simulate", *options)
        await processes.until("simulate", lambda: ready.exists() or stop.is_set())
        if stop.is_set():
            return
        url = ready.read_text(encoding="utf-8").strip()
        plant_file.write_text(plant_yaml(url, sections=sections, beside=beside), encoding="utf-8")
        await processes.start("run", str(plant_file), "--json-logs")
        await processes.start("import", "--watch", forms, "--plant", str(plant_file), "--by", AUTHOR)
        await _show(processes, folder, settings.desk.port, stop)
    lock.release()


def _further(file: Path | None) -> dict[str, Any]:
    """The sections in the user's file. Raises ConfigurationError if it is not a mapping."""
    from collector.config.problem import Problems
    from collector.config.yaml_file import read_document

    if file is None:
        return {}
    problems = Problems()
    document = read_document(file, problems, "--sections")
    if problems.found:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))
    if not document.data:
        raise ConfigurationError(f"{file}: give sections, such as influxdb and grafana")
    return document.data


def _names_recipients(sections: "Mapping[str, Any]") -> bool:
    grafana = sections.get("grafana")
    return "alerts" in sections or (isinstance(grafana, dict) and "notify" in grafana)


def _show_alert(role: str, subject: str, text: str) -> None:
    indented = "\n".join(f"    {line}".rstrip() for line in text.splitlines())
    say(f"\n  {subject}\n  to {role}:\n{indented}")


async def _provisioned(plant_file: Path) -> None:
    """Set up database and Grafana before anything runs. Raises CannotStart if that fails; its text was shown."""
    import asyncio
    import sys

    command = (sys.executable, "-P", "-m", "collector", "provision", str(plant_file), "--manage-policies")
    process = await asyncio.create_subprocess_exec(*command)
    if await process.wait():
        raise CannotStart("database or Grafana could not be set up; the line above says why")


async def _with_progress(
    settings: "Settings", end_ns: int, seed: int, nearly_done: "Callable[[], Coroutine[None, None, None]]"
) -> None:
    import asyncio
    import gc
    import time

    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from collector.service.publishing import Publishing
    from collector.service.roll_up import RollUp
    from collector.simulation.fuel_loader import load_fuel
    from collector.simulation.heat_loader import load_heat
    from collector.simulation.history_loader import load_history
    from collector.simulation.longwall_loader import load_longwall
    from collector.storage.ledger.ledger import Ledger
    from models.counting.output_plan import OutputPlan

    begun: list[asyncio.Task[None]] = []

    def show(share: float) -> None:
        progress.update(bar, completed=share)
        if share >= NEARLY_DONE and not begun:
            begun.append(asyncio.create_task(nearly_done()))

    gc.disable()  # it makes millions of objects and no circles: looking for some is an eighth of the time
    ledger = await asyncio.to_thread(lambda: Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True))
    try:
        roll_up = RollUp(ledger, OutputPlan(settings.plant), Publishing(to_outbox=settings.sends))
        columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%")
        with Progress(*columns, TimeElapsedColumn()) as progress:
            bar = progress.add_task("Two years of SIMULATED history", total=1.0)
            made = await load_history(ledger, roll_up, settings.plant, end_ns, seed, show)
            await load_heat(ledger, settings.heat, end_ns, seed)
            await load_fuel(ledger, settings.fuel, made, end_ns, seed)
            await load_longwall(ledger, settings.plant, end_ns, seed)
    finally:
        gc.enable()
        await asyncio.gather(*begun)
        await ledger.close()


def _command() -> str:
    """How to run the command from here: after a fresh clone it is seldom on the PATH."""
    import shutil
    import sys

    if shutil.which("tundish"):
        return "tundish"
    beside = Path(sys.executable).with_name("tundish")
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


async def _show(processes: "Processes", folder: Path, port: int, stop: "asyncio.Event") -> None:
    import asyncio

    from collector.simulation.demo_users import PASSWORD, USERS

    # Its log counts, not an answer on the port: another process may have taken the port before.
    log = folder / "desk.log"
    await processes.until("desk", lambda: LISTENS in log.read_text(encoding="utf-8") or stop.is_set())
    if not stop.is_set():
        say(f"\n  SIMULATED works, live page:  http://127.0.0.1:{port}\n")
        say("  It is open to read. To act, sign in as one of these, each with the password " + PASSWORD + ":")
        say(f"    {', '.join(user.name for user in USERS)}\n")
        say(f"  plant.yaml, ledger and logs are in {folder}. Ctrl-C ends the demo.")
        say("  Meanwhile, in another terminal:")
        say(f"    {_command()} report growth --plant {folder}\n    {_command()} alert list --plant {folder}\n")
    stopped = asyncio.create_task(stop.wait())
    try:
        await processes.watch(stopped)
    finally:
        stopped.cancel()
