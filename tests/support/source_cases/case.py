"""Plays one case: its source runs against its peer, and what it gave is counted as the service counts it."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock_time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml
from structlog.testing import capture_logs

from collector.config.settings import Settings
from collector.service.preparation import Preparation
from collector.service.source_context import source_context
from collector.service.source_stamps import Stamping, stamp_rule
from collector.sources.base import Delivery, Source
from collector.storage.ledger import alarms as ledger_alarms
from collector.storage.ledger import reads as ledger_reads
from collector.storage.quarantine.browser import QuarantineBrowser
from models.works.calendar import wall_ns
from tests.collector.service.steel_works import Clock, WorksParts, opened_parts
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.source_cases.peers import PEERS, Peer

if TYPE_CHECKING:
    from collections.abc import MutableMapping

DAY, ZONE = date(2026, 9, 30), ZoneInfo("Asia/Almaty")
NAME = "it"
LISTENING = ("mqtt", "sparkplug", "kafka")
"""What gives by itself has no poll."""
SHORT_S, STEADY_S = 0.35, 4.0
"""How long a step lasts at most, where the peer gives by itself and where it is read again and again."""
SETTLED_S = 0.3
"""After all that is expected has come, so long it is waited for more."""


@dataclass
class PlayedCase:
    """What came of a case, in the words of expected.yaml."""

    counted: dict[str, float] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    rejected: list[tuple[str, str, str]] = field(default_factory=list)
    read: dict[str, float] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    reports: str = ""
    alarms: list[tuple[str, str, str]] = field(default_factory=list)


def settings_of(folder: Path, case: Path, keys: dict[str, Any]) -> Settings:
    """The works with one furnace, which has the tags of the case."""
    part = yaml.safe_load((case / "plant.yaml").read_text(encoding="utf-8"))
    kind = case.parent.name
    quick = {} if kind in LISTENING else {"poll": "40ms"}
    source = {"name": NAME, "type": kind} | quick | keys | part.get("source", {})
    tags = [{"source": NAME} | tag for tag in part["tags"]]
    document = works_yaml()
    shop = document["shops"][1]
    shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shop["units"][0] |= {"tags": tags, "alarms": [{"source": NAME} | one for one in part.get("alarms", [])]}
    products = {tag["product"] for tag in tags if "product" in tag}
    shop["units"][0]["by_hand"] = [] if products else ["pig_iron"]
    reported = {"main": {"product": min(products, default="pig_iron"), "counted_at": ["bf3"]}}
    (folder / "works").mkdir()
    return works_settings(folder / "works", shops=[shop], sources=[source], reported=reported)


class CaseRun:
    """One case while it is played."""

    def __init__(self, case: Path, folder: Path) -> None:
        self._steps = yaml.safe_load((case / "came.yaml").read_text(encoding="utf-8"))
        self.expected = yaml.safe_load((case / "expected.yaml").read_text(encoding="utf-8"))
        self._case, self._folder = case, folder
        self._peer: Peer = PEERS[case.parent.name]()
        self._deliveries = self._alarms = 0
        self._values: dict[str, float] = {}
        self._said: set[str] = set()
        self._log: list[MutableMapping[str, Any]] = []
        self._clock = Clock()

    async def play(self) -> PlayedCase:
        """Play all steps; what came of them once it is as expected, or does not become so."""
        for step in self._steps:
            for key in ("at", "stamped"):
                if key in step:
                    step[f"{key}_ns"] = wall_ns(ZONE, DAY, clock_time.fromisoformat(step[key]))
        self._clock.now_ns = self._steps[0].get("at_ns", self._clock.now_ns)
        await self._peer.start(self._folder, self._steps[0], self._clock.now_ns)
        try:
            settings = settings_of(self._folder, self._case, self._peer.keys)
            data = self._folder / "data"
            async with opened_parts(data, settings.plant, clock=self._clock) as parts:
                rule = stamp_rule(settings.sources[NAME].config, 60)
                stamping = Stamping(settings.plant, {NAME: rule}, lambda _source: None)
                parts.intake.preparation = Preparation(settings.plant, stamping, telemetry=False, future_tolerance_s=60)
                # What was said between two looks of ours, on a busy machine, is in the log.
                with capture_logs() as self._log:
                    return await self._played(settings, parts)
        finally:
            await self._peer.stop()

    async def _played(self, settings: Settings, parts: WorksParts) -> PlayedCase:
        if not self._peer.listens:
            await self._peer.play(self._steps[0], self._clock.now_ns)
        source, task = self._started(settings, parts)
        try:
            await self._connected(source)
            for number, step in enumerate(self._steps):
                self._clock.now_ns = step.get("at_ns", self._clock.now_ns)
                if step.get("restart"):
                    await _ended(task)
                    await parts.settle()
                    source, task = self._started(settings, parts)
                    await self._connected(source)
                told = self._alarms + len(step.get("alarms", ()))
                if number or self._peer.listens:
                    await self._peer.play(step, self._clock.now_ns)
                await self._last(source, step)
                await self._told(told)
            deadline = time.monotonic() + 10
            while not agrees(await self._seen(parts, source), self.expected):
                if time.monotonic() > deadline:
                    break
                await asyncio.sleep(0.1)
            await asyncio.sleep(SETTLED_S)
            return await self._seen(parts, source)
        finally:
            await _ended(task)

    def _started(self, settings: Settings, parts: WorksParts) -> tuple[Source, "asyncio.Task[None]"]:
        context = source_context(settings, NAME, parts.ledger, self._clock)
        source = settings.sources[NAME].type.build(settings.sources[NAME].config, context)
        accept = parts.intake.accept(NAME)
        names = [tag.signal for tag in settings.plant.tags]

        async def take(delivery: Delivery) -> None:
            await accept(delivery)
            self._deliveries += 1
            self._alarms += len(delivery.alarms)
            if delivery.readings is not None:
                for index, value in zip(
                    delivery.readings.tags.tolist(), delivery.readings.values.tolist(), strict=True
                ):
                    self._values[names[index]] = value

        return source, asyncio.create_task(source.run(take))

    async def _connected(self, source: Source) -> None:
        """What is published before anybody listens is nobody's."""
        until_s = time.monotonic() + 2 * STEADY_S
        while not (source.health.up or source.health.last_error) and time.monotonic() < until_s:  # noqa: ASYNC110 - health has no event
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1 if self._peer.listens else 0)

    async def _last(self, source: Source, step: dict[str, Any]) -> None:
        before, began_s = self._deliveries, time.monotonic()
        lasts_s = step.get("lasts_s", STEADY_S if self._peer.steady else SHORT_S)
        while time.monotonic() - began_s < lasts_s:
            self._listen(source)
            if self._deliveries >= before + 2 and self._peer.steady:
                return
            is_down = bool(source.health.last_error) and not source.health.up
            if is_down and self._peer.steady and "lasts_s" not in step:
                return
            await asyncio.sleep(0.02)

    async def _told(self, alarms: int) -> None:
        """An alarm comes by a subscription of its own: readings of the same step may be there before it."""
        until_s = time.monotonic() + 2 * STEADY_S
        while self._alarms < alarms and time.monotonic() < until_s:  # noqa: ASYNC110 - a source tells no event
            await asyncio.sleep(0.02)

    def _listen(self, source: Source) -> None:
        self._said |= {source.health.last_error, *source.health.bad_nodes.values()}
        self._said |= {str(entry["error"]) for entry in self._log if entry["event"] == "source_down"}

    async def _seen(self, parts: WorksParts, source: Source) -> PlayedCase:
        await parts.settle()
        self._listen(source)
        signals = {tag.name: tag.signal for tag in parts.plant.tags}
        totals = parts.ledger.read(ledger_reads.totals)
        seen = PlayedCase({signals[name]: grams / 1e6 for name, grams in totals.items() if grams})
        for gap in parts.ledger.read(ledger_reads.gaps):
            seen.gaps[signals[gap.tag]] = seen.gaps.get(signals[gap.tag], 0) + 1
        for item in QuarantineBrowser(self._folder / "data", self._clock).listed("open", 100):
            said = item.record.rejection
            seen.rejected.append((signals.get(said.tag, ""), said.reason, f"{said.event_key or ''} {said.detail}"))
        kept, _ = parts.ledger.read(partial(ledger_alarms.changed_since, number=0, since_ns=0, limit=100))
        for alarm in sorted(kept, key=lambda alarm: (alarm.start_ns, alarm.key)):
            end_ns = None if alarm.is_event else alarm.end_ns
            seen.alarms.append((alarm.unit, alarm.name or alarm.message, _lasted(alarm.start_ns, end_ns)))
        seen.read, seen.said = dict(self._values), self._said - {""}
        for path in self._folder.glob("drop/**/*"):
            if path.is_file():
                name = path.relative_to(self._folder / "drop").as_posix()
                seen.files.add(name)
                seen.reports += path.read_text(encoding="utf-8") if name.endswith(".report.txt") else ""
        return seen


def _lasted(start_ns: int, end_ns: int | None) -> str:
    texts = ("" if at is None else f"{datetime.fromtimestamp(at / 1e9, ZONE):%H:%M:%S}" for at in (start_ns, end_ns))
    return " - ".join(texts).strip()


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def agrees(seen: PlayedCase, expected: dict[str, Any]) -> bool:
    """Whether it is as expected."""
    return not differences(seen, expected)


def _fits(wanted: dict[str, str], signal: str, reason: str, detail: str) -> bool:
    return (wanted.get("signal", ""), wanted["reason"]) == (signal, reason) and wanted.get("says", "") in detail


def differences(seen: PlayedCase, expected: dict[str, Any]) -> list[str]:
    """What is otherwise than expected.yaml says, a sentence for each."""
    counted = expected.get("counted", {})
    found = [
        f"{signal} counted {seen.counted.get(signal, 0.0)} t, not {counted.get(signal, 0.0)} t"
        for signal in sorted({*counted, *seen.counted})
        if abs(seen.counted.get(signal, 0.0) - counted.get(signal, 0.0)) > 0.001
    ]
    if seen.gaps != expected.get("gaps", {}):
        found.append(f"gaps are {seen.gaps}, not {expected.get('gaps', {})}")
    wanted = list(expected.get("rejected", []))
    for signal, reason, detail in seen.rejected:
        match = next((one for one in wanted if _fits(one, signal, reason, detail)), None)
        if match is None:
            found.append(f"rejected and not expected: {signal}, {reason}: {detail}")
        else:
            wanted.remove(match)
    found += [f"expected and not rejected: {one}" for one in wanted]
    for signal, value in expected.get("read", {}).items():
        if signal not in seen.read or abs(seen.read[signal] - value) > 1e-6:
            found.append(f"{signal} reads {seen.read.get(signal)}, not {value}")
    words = expected.get("source_says")
    if words is not None and not any(words in said for said in seen.said):
        found.append(f"the source says {sorted(seen.said)}, and not {words!r}")
    told = [(one.get("unit", ""), one["name"], one["lasted"]) for one in expected.get("alarms", [])]
    if seen.alarms != told:
        found.append(f"alarms are {seen.alarms}, not {told}")
    if "files" in expected and seen.files != set(expected["files"]):
        found.append(f"files are {sorted(seen.files)}, not {sorted(expected['files'])}")
    lacking = [text for text in expected.get("reports", ()) if text not in seen.reports]
    return found + [f"no report says {text!r}: {seen.reports}" for text in lacking]
