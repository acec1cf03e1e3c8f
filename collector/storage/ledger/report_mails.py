"""Which reports were mailed, so that each goes once: of each schedule the newest. SQL, no threads."""

from dataclasses import dataclass
from enum import StrEnum

import apsw

from collector.storage.file.sql import rows

SCHEMA = """
CREATE TABLE report_mail (
    code TEXT PRIMARY KEY, period TEXT NOT NULL, due_s INTEGER NOT NULL, state TEXT NOT NULL, at_s INTEGER NOT NULL,
    tries INTEGER NOT NULL, next_s INTEGER NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID
"""
TABLES = ("report_mail",)
_COLUMNS = "code, period, due_s, state, at_s, tries, next_s, reason"


class MailState(StrEnum):
    """What became of a mail. PASSED: it was due before its schedule was known, so nobody waits for it."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class ReportMail:
    """The report of a period: when it was due and when it came into its state (UTC s), how often it was tried, when it
    is tried next, and why not yet, or what the relay remarked."""

    code: str
    period: str
    due_s: int
    state: MailState
    at_s: int
    tries: int = 0
    next_s: int = 0
    reason: str = ""


def put(connection: apsw.Connection, mail: ReportMail) -> None:
    """Write it in place of the one before it, in the transaction that is under way."""
    connection.execute(
        f"INSERT OR REPLACE INTO report_mail ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
        (mail.code, mail.period, mail.due_s, mail.state.value, mail.at_s, mail.tries, mail.next_s, mail.reason),
    )


def newest(connection: apsw.Connection) -> dict[str, ReportMail]:
    """Of each schedule the mail that became due last."""
    found = rows(connection, f"SELECT {_COLUMNS} FROM report_mail")  # noqa: S608 - our own names
    return {
        code: ReportMail(code, period, due_s, MailState(state), *rest) for code, period, due_s, state, *rest in found
    }
