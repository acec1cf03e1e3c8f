"""Stops that nobody saw: found in a source's history when it is in, and entered with their true times.

Nobody is alarmed for what is over. A stop that still lasts is told by live detection, which goes through the same
minutes again and knows then since when the unit stands.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import apsw
import structlog

from collector.service.drop_alarms import drop_alarms
from collector.service.past_minutes import HOUR_S, PastMinutes, filled
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.ledger import Ledger
from models.detection.expected.expected import Expected
from models.detection.finding import Finding, FindingKind
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.detection.output_drop import OutputDrop
from models.detection.sentences import Evidence
from models.detection.works_watch import WorksWatch
from models.works.plant import Plant

log = structlog.get_logger(__name__)

DROPS = (FindingKind.STOP, FindingKind.SLOW, FindingKind.OVERRUN)


@dataclass(slots=True)
class PastDrops:
    """`history`: the minutes of a span (UTC seconds); blocks, as does `expected`. `begun`: it is under way, or was cut
    off."""

    plant: Plant
    ledger: Ledger
    past: PastMinutes
    expected: Callable[[], Expected]
    history: Callable[[int, int], WorksMinutes]
    begun: bool = False
    _seen: int = 0
    _settled: int = 0
    _hours: dict[int, dict[str, UnitMinutes]] = field(default_factory=dict)

    def are_ready(self) -> bool:
        """Whether a history came and nothing more of it since this was asked last."""
        changes = self.past.changes
        ready = changes == self._seen and (changes != self._settled or self.begun)
        self._seen = changes
        return ready

    def done(self) -> None:
        """What came is entered, and whoever watches has it."""
        self.begun, self._hours = False, {}

    def _take(self) -> None:
        self._settled = self.past.changes
        for start_s, units in self.past.take().items():
            known = self._hours.setdefault(start_s, {})
            known.update({code: filled(known.get(code), minutes) for code, minutes in units.items()})

    async def enter(self, warm_up_s: int, now_s: int) -> None:
        """Keep the minutes, and enter the drops in them that are over. Raises StorageFull: it is done the next time."""
        self._take()
        if not self._hours:
            return
        first_s, last_s = min(self._hours), min(max(self._hours) + HOUR_S, now_s)
        await self.ledger.write(partial(_keep_minutes, hours=self._hours))
        over = await asyncio.to_thread(self._found, first_s - warm_up_s, last_s)
        found = [drop for drop in over if (drop.end_s or 0) > first_s]
        await self.ledger.write(partial(ledger_detection.enter_past, found=found))
        if found:
            log.info("past_drops_entered", drops=len(found), first_unit=found[0].unit, since_s=found[0].start_s)

    def _found(self, start_s: int, end_s: int) -> list[OutputDrop]:
        """The drops of a span that are over in it."""
        watch, expected = WorksWatch(self.plant, self.plant.detection), self.expected()
        open_now: dict[str, Finding] = {}
        over: list[OutputDrop] = []
        for at_s, samples in self.history(start_s, end_s).samples():
            watch.step(at_s, samples, expected)
            held = {finding.unit: finding for finding in watch.findings() if finding.kind in DROPS}
            over += [_ended(finding, at_s) for unit, finding in open_now.items() if unit not in held]
            new = held.keys() - open_now.keys()
            alarms = drop_alarms(self.ledger, self.plant, watch) if new else {}
            evidence = Evidence(watch, self.plant.zone, alarms)
            open_now = {
                unit: replace(finding, evidence=evidence.of(unit) if unit in new else open_now[unit].evidence)
                for unit, finding in held.items()
            }
        return over


def _ended(finding: Finding, at_s: int) -> OutputDrop:
    return OutputDrop(
        unit=finding.unit,
        product=finding.product,
        kind=finding.kind,
        severity=finding.severity,
        start_s=finding.since_s,
        end_s=at_s,
        cause_unit=finding.cause_unit,
        evidence=finding.evidence,
    )


def _keep_minutes(connection: apsw.Connection, hours: Mapping[int, Mapping[str, UnitMinutes]]) -> None:
    for start_s, units in hours.items():
        kept = {unit: minutes for _, unit, minutes in ledger_detection.hours(connection, start_s, start_s + 1)}
        whole = {code: filled(kept.get(code), minutes) for code, minutes in units.items()}
        ledger_detection.put_hour(connection, start_s, whole)
