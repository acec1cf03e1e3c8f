"""Incidents, audit, mutes and the queue of messages in the ledger's file."""

from collections.abc import Iterator
from dataclasses import replace

import apsw
import pytest

from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger.messages import GIVE_UP_S, NewMessage
from models.alerts.budget import Held, Queued
from models.alerts.incident import AuditEvent, EventKind, Incident, IncidentState, MessageKind, Recipient, Role
from models.detection.finding import Episode
from tests.models.alerts.days import FURNACE_STOPS, MILL_SLOW, NOON_S
from tests.support.ledger_calls import waiting_messages

SHOP = Recipient(Role.SHOP, "rolling")
WHOLE = Incident(
    id=7,
    key=FURNACE_STOPS.key,
    root=Episode(FURNACE_STOPS, None),
    consequences=(Episode(replace(MILL_SLOW, cause_unit="bf3"), NOON_S + 60),),
    weight=1,
    state=IncidentState.ACKNOWLEDGED,
    opened_s=NOON_S,
    acknowledged_by="Айгүл",
    acknowledged_s=NOON_S + 30,
    muted_until_s=NOON_S + 3600,
    muted_by="Aigul",
    reopened=2,
    notified_weight=1,
    notified=frozenset({SHOP, Recipient(Role.DISPATCHER)}),
    escalated=(Role.SHOP_CHIEF, Role.PRODUCTION_DIRECTOR),
    waited_s=12,
    counted_s=NOON_S + 20,
    last_message=MessageKind.ESCALATED,
    last_message_s=NOON_S + 25,
)


@pytest.fixture
def ledger() -> Iterator[apsw.Connection]:
    connection = apsw.Connection(":memory:")
    connection.execute(ledger_alerts.SCHEMA)
    yield connection
    connection.close()


def message(number: int, **more: object) -> NewMessage:
    fields: dict[str, object] = {
        "incident": 7, "kind": MessageKind.RAISED, "recipient": SHOP, "channels": 1, "urgent": False, "held": False,
        "subject": f"m{number}", "body": "b", "document": "{}",
    }  # fmt: skip
    return NewMessage(**(fields | more))  # type: ignore[arg-type]


def test_what_was_found_is_that_of_open_incidents_and_of_those_that_ended_lately_each_once(
    ledger: apsw.Connection,
) -> None:
    ended = replace(WHOLE, id=8, key="ended", state=IncidentState.CLEARED, cleared_s=NOON_S + 90)
    merged = replace(ended, id=9, key="merged", merged_into=7)
    ledger_alerts.put(ledger, [WHOLE, ended, merged])
    assert ledger_alerts.episodes(ledger, NOON_S + 90) == [*WHOLE.episodes(), *ended.episodes()]
    assert ledger_alerts.episodes(ledger, NOON_S + 91) == list(WHOLE.episodes())


def test_an_incident_comes_back_as_it_was_stored(ledger: apsw.Connection) -> None:
    ledger_alerts.put(ledger, [WHOLE])
    assert ledger_alerts.open_incidents(ledger) == [WHOLE]
    ended = replace(WHOLE, state=IncidentState.CLEARED, cleared_s=NOON_S + 90)
    ledger_alerts.put(ledger, [ended])
    assert ledger_alerts.open_incidents(ledger) == []
    assert ledger_alerts.ended_since(ledger, NOON_S + 90) == [ended]
    assert ledger_alerts.ended_since(ledger, NOON_S + 91) == []
    assert ledger_alerts.incident(ledger, 7) == ended
    assert ledger_alerts.incident(ledger, 8) is None
    assert ledger_alerts.next_id(ledger) == 8


def test_the_file_itself_refuses_two_open_incidents_of_one_key(ledger: apsw.Connection) -> None:
    ledger_alerts.put(ledger, [WHOLE])
    with pytest.raises(apsw.ConstraintError):
        ledger_alerts.put(ledger, [replace(WHOLE, id=8)])
    ended = replace(WHOLE, state=IncidentState.CLEARED, cleared_s=NOON_S)
    ledger_alerts.put(ledger, [replace(WHOLE, id=8), ended])
    assert [incident.id for incident in ledger_alerts.newest(ledger, 5)] == [8, 7]


def test_the_audit_keeps_who_and_when_in_the_order_of_recording(ledger: apsw.Connection) -> None:
    raised, acknowledged = AuditEvent(7, EventKind.RAISED, "P1"), AuditEvent(7, EventKind.ACKNOWLEDGED, "", "Айгүл")
    ledger_alerts.add_events(ledger, [raised], 5)
    ledger_alerts.add_events(ledger, [acknowledged, AuditEvent(None, EventKind.MUTED, "hsm", "Aigul")], 6)
    assert [(item.recorded_ns, item.event) for item in ledger_alerts.events(ledger, 7)] == [
        (5, raised),
        (6, acknowledged),
    ]
    assert [item.event.detail for item in ledger_alerts.events(ledger, None)] == ["hsm"]


def test_of_the_mutes_of_a_unit_the_last_counts(ledger: apsw.Connection) -> None:
    for unit, until_s in (("hsm", 100), ("bf3", 100), ("hsm", 50), ("bf3", 0)):
        ledger_alerts.mute_unit(ledger, unit, until_s, author="Aigul", reason="test", recorded_ns=1)
    assert ledger_alerts.unit_mutes(ledger, 40) == {"hsm": 50}
    assert ledger_alerts.unit_mutes(ledger, 50) == {}


def test_a_message_waits_over_each_channel_until_that_one_took_it(ledger: apsw.Connection) -> None:
    ledger_messages.add(ledger, [message(1, channels=2)], NOON_S)
    first, second = ledger_messages.due(ledger, NOON_S, 10)
    assert (first.channel, second.channel) == (0, 1)
    ledger_messages.mark_sent(ledger, first, NOON_S + 1, "")
    assert waiting_messages(ledger) == [second]
    assert ledger_messages.queued_since(ledger, NOON_S - 3600) == [Queued(SHOP, False, NOON_S, False)]


def test_a_failed_try_waits_longer_each_time_and_is_given_up_after_a_day(ledger: apsw.Connection) -> None:
    ledger_messages.add(ledger, [message(1)], NOON_S)
    at_s, waits = NOON_S, []
    while due := ledger_messages.due(ledger, at_s, 10):
        given_up = ledger_messages.mark_tried(ledger, due[0], at_s, "relay away")
        before_s = at_s
        while not given_up and not ledger_messages.due(ledger, at_s, 10):
            at_s += 5
        waits.append(at_s - before_s)
    assert waits[:6] == [30, 60, 120, 240, 480, 900]
    assert NOON_S + GIVE_UP_S <= at_s <= NOON_S + GIVE_UP_S + 900
    (failed,) = ledger_messages.of_incident(ledger, 7)
    assert (failed.state, failed.reason) == ("failed", "relay away")
    assert ledger_messages.waiting(ledger) == 0


def test_a_clock_that_was_set_back_delays_no_try(ledger: apsw.Connection) -> None:
    ledger_messages.add(ledger, [message(1)], NOON_S)
    ledger_messages.mark_tried(ledger, ledger_messages.due(ledger, NOON_S, 10)[0], NOON_S, "away")
    assert ledger_messages.due(ledger, NOON_S - 7200, 10)


def test_urgent_messages_go_first_and_no_channel_takes_the_place_of_another(ledger: apsw.Connection) -> None:
    many = [message(number) for number in range(20)]
    dispatcher = Recipient(Role.DISPATCHER)
    ledger_messages.add(
        ledger, [*many, message(98, recipient=dispatcher, urgent=True), message(99, urgent=True)], NOON_S
    )
    subjects = [item.subject for item in ledger_messages.due(ledger, NOON_S, 3)]
    assert subjects == ["m98", "m99", "m0", "m1"]


def test_held_messages_are_counted_until_their_summary_is_queued(ledger: apsw.Connection) -> None:
    ledger_messages.add(ledger, [message(number, held=True) for number in range(3)], NOON_S)
    ledger_messages.add(ledger, [message(3, held=True, urgent=True)], NOON_S + 5)
    assert ledger_messages.held(ledger) == [Held(SHOP, False, 3, NOON_S), Held(SHOP, True, 1, NOON_S + 5)]
    assert ledger_messages.due(ledger, NOON_S, 10) == []
    ledger_messages.add(ledger, [message(4, kind=MessageKind.SUMMARY, incident=None)], NOON_S + 600)
    assert ledger_messages.held(ledger) == [Held(SHOP, True, 1, NOON_S + 5)]
    assert ledger_messages.queued_since(ledger, NOON_S) == [Queued(SHOP, False, NOON_S + 600, True)]
