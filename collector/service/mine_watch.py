"""What the sensors of workings say now, read from the ledger every few seconds."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import apsw

from collector.storage.ledger import measured
from collector.storage.ledger.ledger import Ledger
from models.counting.measuring import MeasuredState
from models.detection.finding import Finding
from models.detection.mine_findings import MineNow, mine_findings
from models.works.plant import Plant
from models.works.working import Working

OVER_AFTER_S = 300
"""Methane near a limit goes up and down with every reading: it is over once it was below for so long. A judgement."""


@dataclass(slots=True)
class MineWatch:
    """`run` is a job; `findings` is what holds by what it read."""

    plant: Plant
    workings: Sequence[Working]
    ledger: Ledger
    _states: Mapping[str, MeasuredState] | None = None
    _seen: dict[str, tuple[Finding, int]] = field(default_factory=dict)
    _watched_s: int = 0

    async def run(self) -> None:
        """Read the ledger."""
        if self.workings:
            self._states = await asyncio.to_thread(self.ledger.read, self._read)

    def findings(self, now_s: int) -> list[Finding]:
        """What holds at `now_s` (UTC seconds), and what held a short while ago."""
        if not self.workings:
            return []
        if self._states is None:
            # At once, and not by the next job: what held before a restart must not seem to be over.
            self._states, self._watched_s = self.ledger.read(self._read), now_s
        began_s = {key: finding.since_s for key, (finding, _) in self._seen.items()}
        now = MineNow(self._states, began_s, self._watched_s)
        for found in mine_findings(self.plant, self.workings, now, now_s):
            self._seen[found.key] = found, now_s
        # A clock that was set back must not keep a finding for ever.
        self._seen = {
            key: (found, min(last_s, now_s))
            for key, (found, last_s) in self._seen.items()
            if now_s - min(last_s, now_s) < OVER_AFTER_S
        }
        return [found for found, _ in self._seen.values()]

    def _read(self, connection: apsw.Connection) -> Mapping[str, MeasuredState]:
        return measured.states(connection, [each.tag for working in self.workings for each in working.sensors])
