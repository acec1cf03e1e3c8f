"""Who hears of what, when, and how often at most: the rules of a plant for its alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from models.alerts.incident import Recipient, Role
from models.works.localize import Language

MINUTE_S = 60
HOUR_S = 3600

AT_ONCE: Mapping[int, Role] = {1: Role.DISPATCHER, 2: Role.SHOP, 4: Role.INSTRUMENTS}
"""By severity, who hears at once. Trends (3) wait for the digest: nobody can mend them in the next hour. Whatever is
about data, of any severity, goes to the instrument staff at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`sends`: whether Tundish notifies people; incidents are kept and shown in any case.

    `recipients`: the roles that have a channel. `escalate_after_s`: by role, how long a P1 may stay unacknowledged
    before that role hears of it. `messages_per_hour`: the most that one recipient gets of urgent messages, and as many
    of others. `reopen_within_s`: what comes back this soon after its end is the same incident.
    """

    sends: bool
    zone: ZoneInfo
    language: Language = "en"
    recipients: frozenset[Recipient] = frozenset()
    # The trade's steps: a shop chief after a quarter of an hour, the director after half.
    escalate_after_s: Mapping[Role, int] = field(
        default_factory=lambda: {Role.SHOP_CHIEF: 15 * MINUTE_S, Role.PRODUCTION_DIRECTOR: 30 * MINUTE_S}
    )
    # Before the morning meeting; the day shift has begun.
    digest_at: time = time(7, 30)
    # A judgement: one every six minutes can still be read and answered. A burst beyond it is one trouble, and a summary
    # says so.
    messages_per_hour: int = 10
    # A unit that stands again within half an hour has not been mended, and its second message would be ignored.
    reopen_within_s: int = 30 * MINUTE_S

    def recipient(self, role: Role, shop: str) -> Recipient | None:
        """Who hears for that shop: its own people, else those of the works; None if nobody is configured."""
        return next(
            (recipient for recipient in (Recipient(role, shop), Recipient(role)) if recipient in self.recipients), None
        )
