"""Detection, live: every ten seconds each unit is judged, and what changed is kept, published and handed to alerts.

The watch itself keeps nothing on disk. At a start it goes through the minutes of the last days again, so a restart in
the midst of a drop tells the same drop. What happened while the service was down is not known to it: no unit was silent
then, for nobody listened.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import structlog

from collector.errors import StorageFull
from collector.service.alerting import Alerting
from collector.service.drop_alarms import drop_alarms
from collector.service.observer import Observer
from collector.service.past_drops import DROPS, PastDrops
from collector.service.publishing import Publishing
from collector.service.trends import Expectation, Trends
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.detection import DetectionChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.observed_history import read_history
from models.detection.expected.expected import Expected
from models.detection.finding import Finding, FindingKind, Watching
from models.detection.minutes.observed import MINUTE_S, UnitSample, WorksMinutes
from models.detection.minutes.recorder import HOUR_S, MinuteRecorder
from models.detection.output_drop import STANDING, OutputDrop
from models.detection.sentences import Evidence
from models.detection.state_row import UnitNow
from models.detection.works_watch import WorksWatch
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.plant import Plant

log = structlog.get_logger(__name__)

SLOT_S = 10
"""A unit that is polled every few seconds is heard in every slot, and a stop is judged within seconds.
Shorter slots would only repeat what the last one said."""

LATE_S = 1
"""A slot is judged so long after its end: what is under way at its end still counts in it."""

WARM_UP_S = 96 * HOUR_S
"""Minutes that a start goes through again. A judgement: it spans a long weekend, so that a drop which began before one
is still the same drop; more makes the start longer (a day of one unit is 1,440 minutes)."""

CERTAIN_AFTER_S = 180
"""So long after a start what is not found is not there: every source had three times the longest backoff to connect."""

ASLEEP_S = 120
"""Slots that are further apart mean that the process or its machine slept: a slot that is late because a disk is slow
or a core is busy comes within a minute."""

JUMPED_BACK_S = 60
"""A clock that is set back by less is waited for; beyond that, minutes that were judged would be judged again."""

Report = Callable[[Sequence[Finding], int, Watching], Awaitable[None]]
"""Takes the findings that hold at an instant (UTC ns), and how far they tell what holds."""


@dataclass(slots=True)
class Detection:
    """`expected` gives what is expected now, and blocks. `history`: the minutes of a span (UTC seconds), blocks too.

    `report`: see `Report`; `publishing`: where rows go. `slots`: how many were judged. `asleep_s`: see ASLEEP_S; more
    where time is made to go in larger steps. `earliest_ns`: before it (UTC ns) the clock cannot be right.
    """

    plant: Plant
    ledger: Ledger
    observer: Observer
    expected: Callable[[], Expected]
    history: Callable[[int, int], WorksMinutes]
    report: Report
    publishing: Publishing
    clock_ns: Callable[[], int]
    earliest_ns: int = 0
    slots: int = 0
    asleep_s: int = ASLEEP_S
    _watch: WorksWatch = field(init=False)
    _trends: Trends = field(init=False)
    _recorder: MinuteRecorder = field(init=False)
    _began_s: int = 0
    _away_since_s: int | None = None
    _shown: dict[str, tuple[UnitState, int, str]] = field(default_factory=dict)
    _open: dict[str, tuple[FindingKind, int, str]] = field(default_factory=dict)
    _past: PastDrops = field(init=False)
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    _settled: bool = False
    _minute_s: int = 0
    _ran_from_s: int = 0
    _warm: bool = False

    def __post_init__(self) -> None:
        self._past = PastDrops(self.plant, self.ledger, self.observer.past, self.expected, self.history)
        self._begin()

    @staticmethod
    def of(
        plant: Plant,
        ledger: Ledger,
        observer: Observer,
        alerting: Alerting,
        publishing: Publishing,
        clock_ns: Callable[[], int],
    ) -> "Detection":
        """Detection over a ledger: expected is what was stated in it, and what it finds goes to `alerting`."""
        return Detection(
            plant=plant,
            ledger=ledger,
            observer=observer,
            expected=Expectation(plant, ledger),
            history=lambda start_s, end_s: ledger.read(
                lambda connection: read_history(connection, plant, start_s, end_s)
            ),
            report=alerting.update,
            publishing=publishing,
            clock_ns=clock_ns,
            earliest_ns=alerting.earliest_s * NS,
        )

    @property
    def watch(self) -> WorksWatch:
        """What is known of the units now."""
        return self._watch

    async def warm_up(self) -> None:
        """Go through the minutes of the last days and of the hour that runs. Called again, it begins anew."""
        self._warm = False
        self._begin()
        now_s = self.clock_ns() // NS
        await asyncio.to_thread(self._replay, now_s // MINUTE_S * MINUTE_S)
        watched_until_s = max((unit.at_s for unit in self.ledger.read(ledger_detection.now)), default=now_s)
        if watched_until_s < now_s:
            self._watch.was_away(watched_until_s, now_s)
            self._away_since_s = watched_until_s
        await asyncio.to_thread(self._trends.load, self._watch, now_s * NS)
        self._began_s, self._warm = now_s, True
        self._ran_from_s = self._ran_from_s or now_s

    async def run(self) -> None:
        """Judge the slot that is over, if it was not yet. Raises StorageFull: the next slot tells again."""
        if not self._warm or self.clock_ns() < self.earliest_ns:
            return  # by a clock that cannot be right nothing can be dated; the readiness and the log say so
        async with self._alone:
            await self._judge()

    async def _judge(self) -> None:
        at_s = (self.clock_ns() // NS - LATE_S) // SLOT_S * SLOT_S
        if at_s <= self._watch.at_s:
            if at_s < self._watch.at_s - JUMPED_BACK_S:
                log.warning("clock_jumped_back", by_s=self._watch.at_s - at_s, doing="detection begins anew")
                await self.warm_up()
            return
        if at_s - self._watch.at_s > self.asleep_s and self._watch.at_s:
            log.warning("slept", seconds=at_s - self._watch.at_s, doing="what was not heard meanwhile is not silence")
            self._watch.was_away(self._watch.at_s, at_s)
            self._began_s, self._away_since_s = at_s, self._watch.at_s
            self._ran_from_s = at_s
        expected = await asyncio.to_thread(self.expected)
        # After the wait for the ledger, so that what came meanwhile is in this slot and not lost between two.
        samples = self.observer.take_samples()
        self._watch.step(at_s, samples, expected)
        self._trends.step()
        if self._trends.months_are_old(at_s):
            await asyncio.to_thread(self._trends.read_months, at_s * NS)
        self.slots += 1
        await self._publish(at_s, samples)

    async def take_past(self) -> None:
        """When a history is in: enter the drops in it, and begin anew with its minutes. Cut off, it is done again."""
        if not (self._warm or self._past.begun) or not self._past.are_ready():
            return
        self._warm, self._past.begun = False, True  # no slot is judged, or it would keep minutes that lack these
        async with self._alone:
            await self._past.enter(WARM_UP_S, self.clock_ns() // NS)
            self._settled = False
            await self.warm_up()
            self._past.done()

    async def _publish(self, at_s: int, samples: Mapping[str, UnitSample]) -> None:
        evidence = Evidence(self._watch, self.plant.zone, drop_alarms(self.ledger, self.plant, self._watch))
        findings = [replace(finding, evidence=evidence.of(finding.unit)) for finding in self._watch.findings()]
        findings += self._trends.findings()
        minute_s = at_s // MINUTE_S * MINUTE_S
        minute_over = minute_s != self._minute_s
        now_shown = {
            code: (status.judgement.state, status.severity, status.cause_unit)
            for code, status in self._watch.statuses.items()
        }
        changed = [code for code, shown in now_shown.items() if minute_over or self._shown.get(code) != shown]
        units = [UnitNow.of(self._watch.statuses[code], at_s, evidence.of(code)) for code in changed]
        self._recorder.add(at_s, samples)
        held = {finding.unit: finding for finding in findings if finding.kind in DROPS}
        begun, ended = self._drops(held, at_s)
        hours = self._recorder.take() if minute_over else {}
        ran = (self._ran_from_s, minute_s) if minute_over else (0, 0)
        rows = [unit.row(self.plant.site) for unit in units]
        changes = DetectionChanges(at_s=at_s, now=units, rows=rows, hours=hours, begun=begun, ended=ended, ran=ran)
        try:
            await self.ledger.write(
                partial(ledger_detection.apply, changes=changes, to_outbox=self.publishing.to_outbox)
            )
        except StorageFull:
            # Nothing was stored: these minutes go with the next slot, so that a full disk costs no history.
            self._recorder.requeue(hours)
            raise
        self._minute_s, self._ran_from_s = minute_s, max(self._ran_from_s, minute_s)
        self._open = {
            unit: self._open[unit] if self._keeps(unit) else (drop.kind, drop.severity, drop.cause_unit)
            for unit, drop in held.items()
        }
        if units:
            self.publishing.wake()
        self._log(now_shown)
        self._shown |= now_shown
        certain = at_s - self._began_s >= CERTAIN_AFTER_S
        await self.report(findings, at_s * NS, Watching(certain, self._away_since_s))

    def _drops(self, held: Mapping[str, Finding], at_s: int) -> tuple[list[OutputDrop], dict[str, int]]:
        """The drops that began or changed, and by unit when one ended; `held`: those that hold, by unit.

        A slow-down that becomes a stop, or the reverse, ends, and another drop begins: hours of standing are counted.
        """
        if not self._settled:  # what the last run of the service left open may be over now
            self._settled = True
            left = [drop for drop in self.ledger.read(ledger_detection.drops) if drop.end_s is None]
            self._open = {drop.unit: (drop.kind, drop.severity, drop.cause_unit) for drop in left}
        ended = {unit: at_s for unit in self._open if unit not in held}
        begun = []
        for finding in held.values():
            known = self._open.get(finding.unit)
            if known == (finding.kind, finding.severity, finding.cause_unit):
                continue
            if self._keeps(finding.unit):
                continue
            start_s = finding.since_s
            if known is not None and (known[0] in STANDING) != (finding.kind in STANDING):
                start_s = ended[finding.unit] = self._turned_s(finding, at_s)
            begun.append(
                OutputDrop(
                    unit=finding.unit,
                    product=finding.product,
                    kind=finding.kind,
                    severity=finding.severity,
                    start_s=start_s,
                    end_s=None,
                    cause_unit=finding.cause_unit,
                    evidence=finding.evidence,
                )
            )
        return begun, ended

    def _keeps(self, unit: str) -> bool:
        """Whether its drop stays as it is: the sentence of the moment is about lost data, and not about what led to the
        drop.
        """
        return unit in self._open and self._watch.statuses[unit].judgement.state >= UnitState.STALE

    def _turned_s(self, finding: Finding, at_s: int) -> int:
        """Since when a unit stands that was slow before; a pace says nothing of the instant at which it works again."""
        judgement = self._watch.statuses[finding.unit].judgement
        stands = finding.kind in STANDING and judgement.state is UnitState.STOPPED
        return max(judgement.since_s, finding.since_s) if stands else at_s

    def _log(self, now_shown: Mapping[str, tuple[UnitState, int, str]]) -> None:
        """Log transitions; at a start nothing has changed yet."""
        for code, (state, severity, cause) in now_shown.items():
            before = self._shown.get(code)
            if before is not None and before[0] is not state:
                log.info("unit_state", unit=code, was=before[0].name, now=state.name, severity=severity, cause=cause)

    def _begin(self) -> None:
        self._watch = WorksWatch(self.plant, self.plant.detection)
        self._trends = Trends(self.plant, self.ledger)
        self._recorder = MinuteRecorder({code: watch.unit for code, watch in self._watch.units.items()})

    def _replay(self, until_s: int) -> None:
        expected = self.expected()
        first_s = self.ledger.read(ledger_detection.first_hour)
        if first_s is None:
            return  # nothing was observed yet; what was only counted says too little of the moment
        # A clock that was set back by more than the ledger is old leaves all that was observed in the future.
        minutes = self.history(min(max(first_s, until_s - WARM_UP_S), until_s), until_s)
        for at_s, samples in minutes.samples():
            self._watch.step(at_s, samples, expected)
        hour_s = until_s // HOUR_S * HOUR_S
        running = {
            unit: kept
            for start_s, unit, kept in self.ledger.read(
                lambda connection: ledger_detection.hours(connection, hour_s, hour_s + HOUR_S)
            )
            if start_s == hour_s
        }
        self._recorder.begin(until_s, running)
