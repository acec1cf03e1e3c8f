"""Alerts of the running service: findings become incidents in the ledger, and what waits there is sent."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import apsw
import structlog

from collector.alerts.channel import Channel, Outgoing
from collector.alerts.channels import build_channels, build_personal
from collector.alerts.duty_roster import DutyRoster
from collector.alerts.settings import AlertSettings
from collector.alerts.step import AlertStep, Memory
from collector.errors import ChannelFailed
from collector.host_clock import EARLIEST_NS
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger.changes import recording_time
from collector.storage.ledger.ledger import Ledger
from models.alerts.incident import AuditEvent, EventKind, Recipient
from models.alerts.incident_record import StoredMessage
from models.detection.finding import Finding, Watching
from models.works.calendar import NS
from models.works.plant import Plant

log = structlog.get_logger(__name__)

AT_A_TIME = 10
"""Messages that one run takes for a channel, urgent ones first: what is queued meanwhile may be more urgent than the
eleventh."""

CHANNEL_LIMIT_S = 35.0
"""How long one channel is used in one run; the rest waits for the next. With one last message that takes its channel's
own limit, a run still ends within the 60 s that the job has."""


SEEN = Watching()
"""Everything was watched, up to now."""


def _nothing_more(_now_s: int) -> Sequence[Finding]:
    return ()


@dataclass(slots=True)
class Alerting:
    """`update` is called with what holds, `send` as often as messages may go; each by one caller at a time.

    `more`: findings beside those of detection that hold at an instant (UTC s). `earliest_s`: before it nothing can have
    been found. `roster`: whose a message to a duty is (None: of the receivers alone).

    For the metrics: `open_by_severity`; since the start of the service `sent`, `failed` (tries), `given_up` and
    `held` messages; `waiting` now.
    """

    plant: Plant
    settings: AlertSettings
    ledger: Ledger
    clock_ns: Callable[[], int]
    more: Callable[[int], Sequence[Finding]] = _nothing_more
    earliest_s: int = EARLIEST_NS // NS
    roster: DutyRoster | None = None
    open_by_severity: Mapping[int, int] = field(default_factory=dict)
    sent: int = 0
    failed: int = 0
    given_up: int = 0
    held: int = 0
    waiting: int = 0
    _channels: Mapping[Recipient, Sequence[Channel]] = field(init=False)
    _personal: Mapping[str, Sequence[Channel]] = field(init=False)
    _step: AlertStep = field(init=False)
    _memory: Memory = field(default_factory=Memory)
    _failing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._channels = build_channels(self.settings)
        counts = {recipient: len(channels) for recipient, channels in self._channels.items()}
        self._personal = build_personal(self.settings)
        personal = {code: len(channels) for code, channels in self._personal.items()}
        self._step = AlertStep(self.plant, self.settings.policy, counts, self.earliest_s, personal)
        if self.roster is not None:
            self._step = replace(self._step, on_duty=self.roster.person)

    async def update(self, findings: Sequence[Finding], now_ns: int, watching: Watching = SEEN) -> None:
        """Take what holds at `now_ns` (UTC ns); returns after the sync of all that it changes.

        What people acknowledged or muted meanwhile, in the ledger, counts. Raises StorageFull: nothing was stored.
        """
        findings = [*findings, *self.more(now_ns // NS)]
        memory, certain = self._memory, watching.certain
        memory.watches(findings, watching)
        counts = await self.ledger.write(
            lambda connection: self._step.run(connection, findings, clock_ns=now_ns, memory=memory, certain=certain)
        )
        memory.before_s = now_ns // NS
        self.open_by_severity, self.waiting = counts.open_by_severity, counts.waiting
        self.held += counts.held

    async def send(self) -> None:
        """Send what waits and is due, channel beside channel. Raises StorageFull: it is sent again."""
        if not self.settings.policy.sends:
            return
        now_s = self.clock_ns() // NS
        due = await asyncio.to_thread(
            self.ledger.read, lambda connection: ledger_messages.due(connection, now_s, AT_A_TIME)
        )
        by_channel: dict[tuple[Recipient, str, int], list[StoredMessage]] = {}
        for message in due:
            by_channel.setdefault((message.recipient, message.person, message.channel), []).append(message)
        async with asyncio.TaskGroup() as tasks:
            for (recipient, person, number), messages in by_channel.items():
                tasks.create_task(self._send_over(self._channel(recipient, person, number), messages))

    def _channel(self, recipient: Recipient, person: str, number: int) -> Channel | None:
        # Who left the configuration since has no channels any more: the receivers of the duty get it.
        channels = self._personal.get(person) or self._channels.get(recipient, ())
        return channels[number] if number < len(channels) else None

    async def _send_over(self, channel: Channel | None, messages: Iterable[StoredMessage]) -> None:
        loop = asyncio.get_running_loop()
        until_s = loop.time() + CHANNEL_LIMIT_S
        for message in messages:
            if loop.time() > until_s:
                return
            if ledger_messages.too_old(message, self.clock_ns() // NS):
                await self._tried(message, message.reason or "it was not sent in time")
                continue
            try:
                if channel is None:
                    raise ChannelFailed(f"{message.recipient.role.value} has no such channel any more")
                remark = await channel.send(self._outgoing(message))
            except ChannelFailed as error:
                await self._tried(message, str(error))
                self._report(channel, str(error))
                return  # the next one would wait for the same; it keeps its place
            await self._taken(message, channel, remark)
            self._report(channel, "")

    def _outgoing(self, message: StoredMessage) -> Outgoing:
        return Outgoing(
            id=f"{self.plant.site}-{message.queued_s}-{message.id}",
            subject=message.subject,
            body=message.body,
            document=json.loads(message.document),
        )

    async def _taken(self, message: StoredMessage, channel: Channel, remark: str) -> None:
        named = self.settings.people.get(message.person)
        whom = f"{message.recipient.role.value}{f' ({named.name})' if named else ''}"
        detail = f"{message.kind.value} to {whom} by {channel.name}"
        events = [AuditEvent(message.incident, EventKind.MESSAGE_SENT, detail)]
        if remark:
            events.append(AuditEvent(message.incident, EventKind.MESSAGE_FAILED, f"{channel.name}: {remark}"))
        clock_ns = self.clock_ns()

        def mark(connection: apsw.Connection) -> None:
            ledger_messages.mark_sent(connection, message, clock_ns // NS, remark)
            ledger_alerts.add_events(connection, events, recording_time(connection, clock_ns))

        await self.ledger.write(mark)
        # A kill between the sending and this note sends it once more, with the same id: twice is better than never.
        self.sent += 1

    async def _tried(self, message: StoredMessage, reason: str) -> None:
        clock_ns = self.clock_ns()

        def mark(connection: apsw.Connection) -> bool:
            given_up = ledger_messages.mark_tried(connection, message, clock_ns // NS, reason)
            if given_up or message.tries == 0:
                detail = f"given up after a day: {reason}" if given_up else f"{reason}; it is tried again"
                event = AuditEvent(message.incident, EventKind.MESSAGE_FAILED, detail)
                ledger_alerts.add_events(connection, [event], recording_time(connection, clock_ns))
            return given_up

        given_up = await self.ledger.write(mark)
        self.failed += 1
        self.given_up += given_up

    def _report(self, channel: Channel | None, error: str) -> None:
        """Log that a channel begins to fail, and that it is well again."""
        name = "none" if channel is None else channel.name
        if error and name not in self._failing:
            self._failing.add(name)
            log.warning("alert_channel_failed", channel=name, error=error)
        elif not error and name in self._failing:
            self._failing.discard(name)
            log.info("alert_channel_recovered", channel=name)
