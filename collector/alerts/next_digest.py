"""The daily list of trends: what is in it since the last one, for the step that queues it and for who looks at it."""

from datetime import date

import apsw

from collector.alerts.settings import AlertSettings, ChannelSettings, MailSettings
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.changes import number
from models.alerts.digest import DigestPreview, DigestReader, digest, due_day
from models.alerts.incident import Recipient, Role
from models.alerts.messages import Draft
from models.alerts.policy import Policy
from models.alerts.wording import words
from models.alerts.wrong_clock import TOLERANCE_S
from models.works.calendar import NS, wall_ns
from models.works.plant import Plant

LAST_DIGEST_S = "alert_digest_s"
"""In `meta`: when the last digest was due and considered (UTC seconds)."""


def last_digest_s(connection: apsw.Connection, clock_s: int) -> int:
    """When the last one was considered (UTC seconds); 0: none yet."""
    last_s = number(connection, LAST_DIGEST_S)
    # By a clock that was ahead: else no digest would come until then.
    return 0 if last_s > clock_s + TOLERANCE_S else last_s


def digest_draft(connection: apsw.Connection, policy: Policy, last_s: int, clock_s: int) -> Draft | None:
    """What a digest says at `clock_s` of what holds or ended since `last_s`; None: nothing."""
    incidents = [*ledger_alerts.open_incidents(connection), *ledger_alerts.ended_since(connection, last_s)]
    return digest(policy, incidents, clock_s)


def preview(connection: apsw.Connection, plant: Plant, settings: AlertSettings, clock_s: int) -> DigestPreview:
    """The next digest as it would be if nothing changed until it is due. Nothing is queued or noted by looking."""
    policy = settings.policy
    last_s = last_digest_s(connection, clock_s)
    due_s = _after(policy, last_s or clock_s)
    at_s = max(due_s, clock_s)
    draft = digest_draft(connection, policy, last_s or clock_s, at_s)
    said = None if draft is None else words(draft, plant, policy, at_s)
    channels = settings.channels.get(Recipient(Role.DIGEST), ())
    return DigestPreview(
        due_s=due_s,
        overdue=due_s <= clock_s,
        since_s=last_s or None,
        sends=policy.sends,
        notifier=settings.notifier,
        language=policy.language,
        readers=tuple(map(_reader, channels)),
        subject="" if said is None else said.subject,
        body="" if said is None else said.body,
    )


def _after(policy: Policy, last_s: int) -> int:
    """When the digest after that of `last_s` is due (UTC seconds)."""
    day = date.fromordinal(due_day(policy, last_s) + 1)
    return wall_ns(policy.zone, day, policy.digest_at) // NS


def _reader(channel: ChannelSettings) -> DigestReader:
    return DigestReader(channel.name, channel.to if isinstance(channel, MailSettings) else ())
