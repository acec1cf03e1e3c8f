"""A step in a real file: any findings are stored, and no two open incidents have the same key."""

import json

import apsw
from hypothesis import given, settings

from collector.alerts.step import AlertStep
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.schema import LEDGER
from models.detection.finding import Finding
from tests.models.alerts.any_steps import STEPS
from tests.models.alerts.days import EVERYBODY, FURNACE_STOPS, MINUTE, NOON_S, Log, plant, policy
from tests.support.budget import examples
from tests.support.ledger_calls import waiting_messages

S = 10**9


def fresh() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(LEDGER.schema)
    return connection


@settings(max_examples=examples(40))
@given(STEPS)
def test_the_file_holds_after_each_step_what_the_rules_decided(
    steps: list[tuple[int, list[Finding], bool, int]],
) -> None:
    connection, log, at_s = fresh(), Log(), NOON_S
    step = AlertStep(plant(), policy(), dict.fromkeys(EVERYBODY, 1))
    before_s = None
    for minutes, findings, certain, _ in steps:
        at_s += minutes * MINUTE
        step.run(connection, findings, clock_ns=at_s * S, before_s=before_s, certain=certain)
        log.step(at_s, *findings, certain=certain)
        before_s = at_s
        stored = {incident.id: incident for incident in ledger_alerts.newest(connection, 10_000)}
        assert stored == log.incidents
    audit = [item.event for number in log.incidents for item in ledger_alerts.events(connection, number)]
    assert len(audit) == len(log.events)
    for message in waiting_messages(connection):
        assert json.loads(message.document)["subject"] == message.subject


def test_a_step_in_which_nothing_changes_writes_nothing() -> None:
    connection = fresh()
    step = AlertStep(plant(), policy(), dict.fromkeys(EVERYBODY, 1))
    for _ in range(2):
        step.run(connection, [FURNACE_STOPS], clock_ns=NOON_S * S, before_s=None, certain=True)
    before = connection.total_changes()
    step.run(connection, [FURNACE_STOPS], clock_ns=(NOON_S + 10) * S, before_s=NOON_S, certain=True)
    assert connection.total_changes() == before
