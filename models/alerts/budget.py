"""How many messages a recipient gets in an hour. What is held back is counted and told in one summary. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.alerts.incident import Recipient
from models.alerts.policy import HOUR_S, MINUTE_S

SUMMARY_AFTER_S = {True: MINUTE_S, False: 10 * MINUTE_S}
"""By urgency, how long after the first message that was held back the summary is sent."""

Share = tuple[Recipient, bool]
"""A recipient, and whether the messages are urgent: those have a limit of their own."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was queued in the last hour; `summary`: it told of others that were held back."""

    recipient: Recipient
    urgent: bool
    queued_s: int
    summary: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Messages that were held back and not told of yet: how many, and when the first was."""

    recipient: Recipient
    urgent: bool
    count: int
    first_s: int


@dataclass(slots=True)
class Budget:
    """`per_hour`: the most messages of a share in an hour. At most one summary an hour comes on top."""

    per_hour: int
    now_s: int
    _taken: dict[Share, int] = field(default_factory=dict)
    _summed: dict[Share, int] = field(default_factory=dict)
    _held: dict[Share, Held] = field(default_factory=dict)

    @staticmethod
    def of(per_hour: int, now_s: int, queued: Iterable[Queued], held: Iterable[Held]) -> "Budget":
        """The budget that is left; `queued` may hold older messages too."""
        budget = Budget(per_hour, now_s)
        for item in queued:
            if abs(now_s - item.queued_s) >= HOUR_S:  # the clock may have been set back
                continue
            share = (item.recipient, item.urgent)
            if item.summary:
                budget._summed[share] = max(item.queued_s, budget._summed.get(share, 0))
            else:
                budget._taken[share] = budget._taken.get(share, 0) + 1
        budget._held = {(item.recipient, item.urgent): item for item in held}
        return budget

    def take(self, recipient: Recipient, *, urgent: bool) -> bool:
        """Whether one more message may go; where it may not, it counts as held back."""
        share = (recipient, urgent)
        if self._taken.get(share, 0) < self.per_hour:
            self._taken[share] = self._taken.get(share, 0) + 1
            return True
        before = self._held.get(share)
        first_s, count = (before.first_s, before.count) if before else (self.now_s, 0)
        self._held[share] = Held(recipient, urgent, count + 1, first_s)
        return False

    def summaries(self) -> list[Held]:
        """What is to be told now of messages that were held back."""
        return [
            held
            for share, held in sorted(self._held.items())
            if share not in self._summed and abs(self.now_s - held.first_s) >= SUMMARY_AFTER_S[held.urgent]
        ]
