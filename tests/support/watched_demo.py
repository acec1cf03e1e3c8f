"""`tundish demo` as a newcomer starts it, watched while it runs: its page in a browser, and what its alerts sent."""

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import yaml
from playwright.async_api import Page, async_playwright

from tests.collector.alerts.receivers import Hook, Mailbox, hook_server, mail_server
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.collector_process import ROOT
from tests.support.ports import free_port

SOON = {"detection": {"kinds": {"blast_furnace": {"stop_after": "20s", "resume_after": "10s"}}}}
"""Rules by which the stop of a furnace is found and over within half a minute, for tests that cannot wait longer."""
QUIET_S = 12.0
"""So long after the end of an incident nothing more may come: detection looks every ten seconds."""
LAMPS = "lamps => lamps.map(it => [it.dataset.unit, it.className, it.title])"
DROPS = "rows => rows.map(it => [it.dataset.drop, it.className, it.innerText])"


@dataclass(frozen=True, slots=True)
class Lamp:
    """What the page showed of a unit: its state, and the sentence of its evidence."""

    state: str
    evidence: str


@dataclass(slots=True)
class Account:
    """What was seen. `lamps`: by unit, each state in its turn, as first shown; `drops`: rows of the table of drops.

    `incidents` are those of `tundish alert list --all --json` at the end, `output` what the demo itself printed. `hook`
    and `box` have the messages of a demo that sends them; one that does not prints them.
    """

    hook: Hook
    box: Mailbox
    lamps: dict[str, list[Lamp]] = field(default_factory=dict)
    drops: dict[str, list[str]] = field(default_factory=dict)
    incidents: list[dict[str, Any]] = field(default_factory=list)
    output: str = ""

    @property
    def kinds(self) -> list[str]:
        """The kinds of the messages at the webhook, in their order."""
        return [post["kind"] for post in self.hook.posts]

    def states(self, unit: str) -> list[str]:
        """The states that the page showed of a unit, in their order."""
        return [lamp.state for lamp in self.lamps[unit]]


def alert_sections(hook: Hook, box: Mailbox) -> dict[str, Any]:
    """The section `alerts` of a works where everybody is told by e-mail and by a webhook."""
    channels = [{"type": "email", "to": ["desk@works.example"]}, {"type": "webhook", "url": hook.url}]
    roles = ("dispatcher", "shop_chief", "production_director", "shop", "instruments")
    relay = {"host": "127.0.0.1", "port": box.port, "starttls": "none-on-loopback", "from": "tundish@works.example"}
    return {"alerts": {"smtp": relay, "roles": dict.fromkeys(roles, channels)}}


class WatchedDemo:
    """Runs in a thread of its own from `start` on, until an incident was told to be over or `limit_s` has passed.

    It sends its alerts to a webhook and by e-mail and has further `sections`, or, where these are None, is started with
    a fault and nothing else.
    """

    def __init__(self, folder: Path, fault: str, limit_s: float, sections: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        self._fault = fault
        self._limit_s = limit_s
        self._sections = sections
        self._end = Event()
        self._thread = ThreadPoolExecutor(1)
        self._future: Future[Account] | None = None

    def start(self) -> None:
        """Start the demo and watch it."""
        self._future = self._thread.submit(asyncio.run, self._run())

    def account(self) -> Account:
        """What was seen, once all is over. Raises what went wrong in the demo."""
        assert self._future is not None
        return self._future.result()

    def end(self) -> None:
        """Stop watching, and end the demo, however it stands."""
        self._end.set()
        self._thread.shutdown()

    async def _run(self) -> Account:
        port = free_port()
        with hook_server() as hook, mail_server() as box:
            account = Account(hook, box)
            options = ["--folder", str(self.folder / "demo"), "--desk-port", str(port), "--fault", self._fault]
            if self._sections is not None:
                file = self.folder / "sections.yaml"
                file.write_text(yaml.safe_dump({**alert_sections(hook, box), **self._sections}), encoding="utf-8")
                options += ["--sections", str(file)]
            demo = await _tundish("demo", "--no-history", *options)
            reading = asyncio.create_task(_read(demo, account))
            try:
                await self._watch(account, f"http://127.0.0.1:{port}/?lang=en")
                listed = await _tundish("alert", "list", "--all", "--json", "--plant", str(self.folder / "demo"))
                account.incidents = json.loads((await listed.communicate())[0])["incidents"]
            finally:
                if demo.returncode is None:
                    demo.send_signal(signal.SIGTERM)
                await asyncio.wait_for(demo.wait(), 30)
                await reading
        assert demo.returncode == 0, account.output
        return account

    async def _watch(self, account: Account, url: str) -> None:
        deadline = time.monotonic() + self._limit_s
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
            page = await browser.new_page()
            await self._until(lambda: page.goto(url), deadline)
            await page.wait_for_selector("[data-unit]")
            over_s: float | None = None
            while not self._end.is_set() and time.monotonic() < min(deadline, (over_s or deadline) + QUIET_S):
                await _look(page, account)
                if over_s is None and ("cleared" in account.kinds or "CLEARED" in account.output):
                    over_s = time.monotonic()
                await asyncio.sleep(1.0)
            await browser.close()

    async def _until(self, call: Callable[[], Any], deadline: float) -> None:
        """Call until it does not fail: the demo takes some seconds to start."""
        while True:
            try:
                await call()
                return
            except Exception:
                if self._end.is_set() or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.5)


class Demos(NamedTuple):
    """One in which a furnace stops, and one in which the connection is cut."""

    stop: WatchedDemo
    cut: WatchedDemo


async def _look(page: Page, account: Account) -> None:
    for unit, classes, title in await page.eval_on_selector_all("[data-unit]", LAMPS):
        state = re.search(r"\bis-(\w+)", classes)
        assert state is not None, classes
        seen = account.lamps.setdefault(unit, [])
        if not seen or seen[-1].state != state[1]:
            seen.append(Lamp(state[1], title))
    for unit, classes, shown in await page.eval_on_selector_all("[data-drop]", DROPS):
        rows = account.drops.setdefault(unit, [])
        row = " ".join((classes, *shown.split()))
        if row not in rows:
            rows.append(row)


async def _read(process: asyncio.subprocess.Process, account: Account) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        account.output += line.decode()


async def _tundish(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "collector", *arguments),
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
