"""A step in a real file: any findings are stored, and no two open incidents have the same key."""

import json

import apsw
import pytest
from hypothesis import given, settings

from collector.alerts.step import AlertStep, Memory
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger.schema import LEDGER
from models.detection.finding import Finding, Watching
from tests.models.alerts.any_steps import STEPS
from tests.models.alerts.days import DRIFT, EVERYBODY, FURNACE_STOPS, MINUTE, NOON_S, STALE, Log, finding, plant, policy
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
    memory = Memory()
    for minutes, findings, certain, _ in steps:
        at_s += minutes * MINUTE
        step.run(connection, findings, clock_ns=at_s * S, memory=memory, certain=certain)
        log.step(at_s, *findings, certain=certain)
        memory.before_s = at_s
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
        step.run(connection, [FURNACE_STOPS], clock_ns=NOON_S * S, memory=Memory(), certain=True)
    before = connection.total_changes()
    step.run(connection, [FURNACE_STOPS], clock_ns=(NOON_S + 10) * S, memory=Memory(NOON_S), certain=True)
    assert connection.total_changes() == before


def test_a_digest_comes_again_the_next_day_though_a_clock_was_a_year_ahead() -> None:
    connection, day_s, year_s = fresh(), 86_400, 365 * 86_400
    step = AlertStep(plant(), policy(), dict.fromkeys(EVERYBODY, 1))
    drift = finding(DRIFT, "bf3", 3)
    for at_s in (NOON_S, NOON_S + year_s, NOON_S + 60, NOON_S + 70, NOON_S + day_s):
        step.run(connection, [drift], clock_ns=at_s * S, memory=Memory(), certain=True)
    assert [message.kind for message in waiting_messages(connection)] == ["digest", "digest"]


@pytest.mark.parametrize(("down_min", "told"), [(5, []), (40, ["raised", "cleared"])])
def test_what_ended_while_nobody_watched_is_judged_by_when_it_was_last_seen(down_min: int, told: list[str]) -> None:
    """A line was cut, and in order again when the service came back; soon after that it is cut once more."""
    connection, step, at_s = fresh(), AlertStep(plant(), policy(), dict.fromkeys(EVERYBODY, 1)), NOON_S

    def take(memory: Memory, later_s: int, *findings: Finding, watching: Watching) -> None:
        nonlocal at_s
        at_s += later_s
        memory.watches(findings, watching)
        step.run(connection, findings, clock_ns=at_s * S, memory=memory, certain=watching.certain)
        memory.before_s = at_s

    def cut(since_s: int) -> Finding:
        return finding(STALE, "bf3", 4, source="plc", since_s=since_s, found_s=since_s)

    before = Memory()
    for _ in range(2):
        take(before, 10, cut(NOON_S), watching=Watching())
    after, back = Memory(), Watching(certain=True, away_since_s=at_s)
    take(after, down_min * MINUTE, watching=Watching(certain=False, away_since_s=at_s))
    take(after, 3 * MINUTE, watching=back)
    take(after, 5 * MINUTE, cut(at_s + 5 * MINUTE), watching=back)
    take(after, MINUTE, watching=back)
    (incident,) = ledger_alerts.newest(connection, 10)
    assert incident.reopened == 1
    assert [message.kind for message in waiting_messages(connection)] == ["raised", "cleared", *told]
