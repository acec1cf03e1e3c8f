"""The parts of a running service, as its status, its metrics and its jobs read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector.group.publisher import GroupPublisher
from collector.service.alerting import Alerting
from collector.service.freshness import TagFreshness
from collector.service.intake import Intake
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.loop_lag import LoopLag
from collector.service.sending import Sending
from collector.service.trusted_clock import TrustedClock
from collector.sources.base import Source
from collector.storage.journal.journal import Journal
from collector.storage.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is put together at the start and stays to the end.

    `sources` is the live mapping, for a source may be built anew. `sending` is None if no database is
    configured, and `group` if the works has none.
    """

    clock_ns: TrustedClock
    sources: Mapping[str, Source]
    journal: Journal
    ledger: Ledger
    intake: Intake
    freshness: TagFreshness
    consumer: LedgerConsumer
    alerting: Alerting
    sending: Sending | None
    loop_lag: LoopLag
    group: GroupPublisher | None = None
