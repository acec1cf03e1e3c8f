"""Who hears of what, when, and how often at most: the rules of a plant for its alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from models.alerts.incident import Recipient, Role

MINUTE_S = 60
HOUR_S = 3600
Language = Literal["en", "ru", "kk"]

AT_ONCE: Mapping[int, Role] = {1: Role.DISPATCHER, 2: Role.SHOP, 4: Role.INSTRUMENTS}
"""By severity, who hears at once; trends (3) wait for the digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`sends`: whether people are told by us; incidents are kept and shown in any case.

    `recipients`: the roles that have a channel. `escalate_after_s`: by role, how long a P1 may stand unacknowledged
    before that role hears, in the order of the times. `messages_per_hour`: the most that one recipient gets of urgent
    messages, and as many of others. `reopen_within_s`: what comes back so soon after its end is the same incident.
    """

    sends: bool
    zone: ZoneInfo
    language: Language = "en"
    recipients: frozenset[Recipient] = frozenset()
    escalate_after_s: Mapping[Role, int] = field(
        default_factory=lambda: {Role.SHOP_CHIEF: 15 * MINUTE_S, Role.PRODUCTION_DIRECTOR: 30 * MINUTE_S}
    )
    digest_at: time = time(7, 30)
    messages_per_hour: int = 10
    reopen_within_s: int = 30 * MINUTE_S

    def recipient(self, role: Role, shop: str) -> Recipient | None:
        """Who hears for that shop: its own people, else those of the works; None where nobody is configured."""
        return next(
            (recipient for recipient in (Recipient(role, shop), Recipient(role)) if recipient in self.recipients), None
        )
