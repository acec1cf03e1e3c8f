"""How many messages a recipient gets in an hour. What is held back is counted and reported in one summary. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.alerts.incident import Recipient
from models.alerts.policy import HOUR_S, MINUTE_S

SUMMARY_AFTER_S = {True: MINUTE_S, False: 10 * MINUTE_S}
"""By urgency, how long after the first held message its summary goes. A minute for urgent ones: that is enough for a
burst to be counted whole, and a dispatcher must know soon that more is wrong. Ten minutes save others a second
summary."""

Share = tuple[Recipient, bool]
"""A recipient, and whether the messages are urgent. Urgent ones have a limit of their own, so that nothing lesser takes
their place."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was queued in the last hour. `summary`: it reported others that were held back."""

    recipient: Recipient
    urgent: bool
    queued_s: int
    summary: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Messages that were held back and are in no summary yet: how many, and when the first was (UTC seconds)."""

    recipient: Recipient
    urgent: bool
    count: int
    first_s: int


@dataclass(slots=True)
class Budget:
    """`per_hour`: the most messages of a share in an hour. One summary an hour at most comes on top."""

    per_hour: int
    now_s: int
    _taken: dict[Share, int] = field(default_factory=dict)
    _summed: dict[Share, int] = field(default_factory=dict)
    _held: dict[Share, Held] = field(default_factory=dict)

    @staticmethod
    def of(per_hour: int, now_s: int, queued: Iterable[Queued], held: Iterable[Held]) -> "Budget":
        """The budget that is left. `queued` may hold older messages too."""
        budget = Budget(per_hour, now_s)
        for item in queued:
            if abs(now_s - item.queued_s) >= HOUR_S:  # a message "in the future" means that the clock was set back
                continue
            share = (item.recipient, item.urgent)
            if item.summary:
                budget._summed[share] = max(item.queued_s, budget._summed.get(share, 0))
            else:
                budget._taken[share] = budget._taken.get(share, 0) + 1
        budget._held = {(item.recipient, item.urgent): item for item in held}
        return budget

    def take(self, recipient: Recipient, *, urgent: bool) -> bool:
        """Whether one more message may go. If not, it counts as held back."""
        share = (recipient, urgent)
        if self._taken.get(share, 0) < self.per_hour:
            self._taken[share] = self._taken.get(share, 0) + 1
            return True
        before = self._held.get(share)
        first_s, count = (before.first_s, before.count) if before else (self.now_s, 0)
        self._held[share] = Held(recipient, urgent, count + 1, first_s)
        return False

    def summaries(self) -> list[Held]:
        """The held messages that are due for a summary now."""
        return [
            held
            for share, held in sorted(self._held.items())
            if share not in self._summed and abs(self.now_s - held.first_s) >= SUMMARY_AFTER_S[held.urgent]
        ]
