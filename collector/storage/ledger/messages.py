"""The queue of messages about incidents, in the ledger: durable before they are sent. SQL, no threads.

A message to one recipient has a row for each of the recipient's channels; `channel` numbers them from 0. Rows of
channel 0 stand for the message where messages are counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from collector.storage.file.sql import rows, value
from models.alerts.budget import Held, Queued
from models.alerts.incident import MessageKind, Recipient, Role
from models.alerts.incident_record import StoredMessage

GIVE_UP_S = 86_400
"""After a day nobody acts on a message any more; the incident itself stands on the page until it ends."""

FIRST_WAIT_S, LONGEST_WAIT_S = 30, 900
"""A relay that restarts is back within half a minute. A quarter of an hour is the time after which a P1 is told to the
next one up: a message must not wait longer between two tries than that."""

_COLUMNS = "id, incident, kind, role, shop, channel, urgent, subject, body, document, queued_s, state, tries, reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What is to be told to `recipient` over each of its `channels`.

    `document`: JSON. `held`: the limit of an hour holds it back.
    """

    incident: int | None
    kind: MessageKind
    recipient: Recipient
    channels: int
    urgent: bool
    held: bool
    subject: str
    body: str
    document: str


def add(connection: apsw.Connection, messages: Iterable[NewMessage], queued_s: int) -> None:
    """Queue messages, in the transaction that is under way. A summary settles what it tells of."""
    for item in messages:
        role, shop = item.recipient.role.value, item.recipient.shop
        if item.kind is MessageKind.SUMMARY:
            connection.execute(
                "UPDATE alert_message SET state = 'summed', settled_s = ? "
                "WHERE state = 'held' AND role = ? AND shop = ? AND urgent = ?",
                (queued_s, role, shop, item.urgent),
            )
        said = (item.incident, item.kind.value, role, shop, item.urgent, item.subject, item.body, item.document)
        connection.executemany(
            "INSERT INTO alert_message "
            "(incident, kind, role, shop, urgent, subject, body, document, channel, queued_s, next_s, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (*said, channel, queued_s, queued_s, "held" if item.held else "waiting")
                for channel in range(1 if item.held else item.channels)
            ],
        )


def queued_since(connection: apsw.Connection, since_s: int) -> list[Queued]:
    """The messages that were queued after `since_s` (UTC seconds), for the limit of an hour."""
    sql = (
        "SELECT role, shop, urgent, queued_s, kind FROM alert_message "
        "WHERE queued_s > ? AND channel = 0 AND state NOT IN ('held', 'summed')"
    )
    return [
        Queued(Recipient(Role(role), shop), bool(urgent), queued_s, kind == MessageKind.SUMMARY)
        for role, shop, urgent, queued_s, kind in rows(connection, sql, (since_s,))
    ]


def held(connection: apsw.Connection) -> list[Held]:
    """What was held back and not told of yet, by recipient and urgency."""
    sql = (
        "SELECT role, shop, urgent, count(*), min(queued_s) FROM alert_message "
        "WHERE state = 'held' GROUP BY role, shop, urgent"
    )
    return [
        Held(Recipient(Role(role), shop), bool(urgent), count, first_s)
        for role, shop, urgent, count, first_s in rows(connection, sql)
    ]


def due(connection: apsw.Connection, now_s: int, each: int) -> list[StoredMessage]:
    """What is to be tried now, at most `each` a channel, urgent ones first, then in their order."""
    # A next try that lies too far ahead was set by a clock that has been set back since.
    return _messages(
        connection,
        "WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER "
        "(PARTITION BY role, shop, channel ORDER BY urgent DESC, id) AS place "
        "FROM alert_message WHERE state = 'waiting' AND (next_s <= ? OR next_s > ?)) WHERE place <= ?) "
        "ORDER BY urgent DESC, id",
        (now_s, now_s + LONGEST_WAIT_S, each),
    )


def of_incident(connection: apsw.Connection, incident: int) -> list[StoredMessage]:
    """Every message about an incident, in their order."""
    return _messages(connection, "WHERE incident = ? ORDER BY id", (incident,))


def waiting(connection: apsw.Connection) -> int:
    """How many messages wait."""
    return int(value(connection, "SELECT count(*) FROM alert_message WHERE state = 'waiting'"))


def mark_sent(connection: apsw.Connection, message: StoredMessage, now_s: int, remark: str) -> None:
    """Its channel took it; `remark`: what the channel said beside that."""
    connection.execute(
        "UPDATE alert_message SET state = 'sent', tries = tries + 1, settled_s = ?, reason = ? "
        "WHERE id = ? AND state = 'waiting'",
        (now_s, remark, message.id),
    )


def too_old(message: StoredMessage, now_s: int) -> bool:
    """Whether it has waited so long that nobody needs it any more."""
    return now_s - message.queued_s >= GIVE_UP_S


def mark_tried(connection: apsw.Connection, message: StoredMessage, now_s: int, reason: str) -> bool:
    """A try failed: it is tried again later, or after a day given up. Whether it was given up."""
    give_up = too_old(message, now_s)
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(message.tries, 10))
    connection.execute(
        "UPDATE alert_message SET state = ?, tries = tries + 1, next_s = ?, settled_s = ?, reason = ? "
        "WHERE id = ? AND state = 'waiting'",
        ("failed" if give_up else "waiting", now_s + wait_s, now_s if give_up else None, reason, message.id),
    )
    return give_up


def _messages(connection: apsw.Connection, where: str, values: tuple[int, ...]) -> list[StoredMessage]:
    sql = f"SELECT {_COLUMNS} FROM alert_message {where}"  # noqa: S608 - our own names
    return [
        StoredMessage(
            id=number,
            incident=incident,
            kind=MessageKind(kind),
            recipient=Recipient(Role(role), shop),
            channel=channel,
            urgent=bool(urgent),
            subject=subject,
            body=body,
            document=document,
            queued_s=queued_s,
            state=state,
            tries=tries,
            reason=reason,
        )
        for (
            number, incident, kind, role, shop, channel, urgent, subject, body, document, queued_s, state, tries, reason
        ) in rows(connection, sql, values)
    ]  # fmt: skip
