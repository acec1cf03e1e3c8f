"""The next digest, looked at before it goes: what it says is what is sent, and looking sends and notes nothing."""

from dataclasses import replace
from datetime import UTC, datetime, time

import apsw
import pytest

from collector.alerts.next_digest import preview
from collector.alerts.settings import AlertSettings, MailSettings, WebhookSettings
from collector.alerts.step import AlertStep, Memory
from collector.storage.ledger.schema import LEDGER
from models.alerts.incident import Recipient, Role
from models.detection.finding import Finding
from models.works.localize import LANGUAGES, Language
from tests.models.alerts.days import DRIFT, EVERYBODY, NOON_S, finding, plant, policy
from tests.support.ledger_calls import waiting_messages

S, HOUR, DAY = 10**9, 3600, 86_400
MAIL = MailSettings(to=("p@works.example", "q@works.example"), sender="t@works.example", host="relay", port=25,
                    starttls=True)  # fmt: skip
SETTINGS = AlertSettings(
    notifier="tundish",
    policy=policy(),
    channels={Recipient(Role.DIGEST): (MAIL, WebhookSettings(url="https://hooks.example/x?secret=1"))},
)


def fresh() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(LEDGER.schema)
    return connection


def step_at(connection: apsw.Connection, at_s: int, *findings: Finding, language: Language = "en") -> None:
    rules = replace(policy(), language=language)
    AlertStep(plant(), rules, dict.fromkeys(EVERYBODY, 1)).run(
        connection, findings, clock_ns=at_s * S, memory=Memory(), certain=True
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_that_goes_says_what_the_preview_said_in_its_language(language: Language) -> None:
    connection, drift = fresh(), finding(DRIFT, "bf3", 3)
    settings = replace(SETTINGS, policy=replace(policy(), language=language))
    for at_s in (NOON_S, NOON_S + HOUR):
        step_at(connection, at_s, drift, language=language)
    before = connection.total_changes()
    found = preview(connection, plant(), settings, NOON_S + 2 * HOUR)
    assert connection.total_changes() == before
    assert waiting_messages(connection) == []
    assert not found.overdue
    due = datetime.fromtimestamp(found.due_s, UTC).astimezone(policy().zone)
    assert (due.time(), found.due_s - NOON_S < DAY) == (time(7, 30), True)
    step_at(connection, found.due_s - 1, drift, language=language)
    assert waiting_messages(connection) == []
    step_at(connection, found.due_s, drift, language=language)
    (sent,) = waiting_messages(connection)
    assert (sent.subject, sent.body) == (found.subject, found.body)
    assert found.language == language


def test_a_digest_that_was_due_while_the_service_was_away_goes_at_once_and_the_preview_says_so() -> None:
    connection, drift = fresh(), finding(DRIFT, "bf3", 3)
    step_at(connection, NOON_S, drift)
    found = preview(connection, plant(), SETTINGS, NOON_S + DAY)
    assert found.overdue
    step_at(connection, NOON_S + DAY, drift)
    (sent,) = waiting_messages(connection)
    assert sent.body == found.body


def test_without_a_trend_nothing_is_to_be_sent_and_who_reads_it_is_named_without_secrets() -> None:
    connection = fresh()
    step_at(connection, NOON_S)
    found = preview(connection, plant(), SETTINGS, NOON_S + HOUR)
    assert (found.subject, found.body) == ("", "")
    assert [(reader.name, reader.addresses) for reader in found.readers] == [
        ("e-mail by relay:25", ("p@works.example", "q@works.example")),
        ("webhook https://hooks.example/x", ()),
    ]


def test_where_grafana_notifies_the_preview_does_not_promise_a_digest() -> None:
    connection = fresh()
    step_at(connection, NOON_S, finding(DRIFT, "bf3", 3))
    settings = replace(SETTINGS, notifier="grafana", policy=replace(policy(), sends=False))
    found = preview(connection, plant(), settings, NOON_S + HOUR)
    assert (found.sends, found.notifier, found.subject) == (False, "grafana", "")
