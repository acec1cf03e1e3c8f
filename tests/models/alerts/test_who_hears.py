"""Who hears of what and when: severities, escalation, mutes, the limit of an hour, the digest."""

from dataclasses import replace
from datetime import time

import pytest

from models.alerts.digest import digest, due_day
from models.alerts.incident import EventKind, MessageKind, Recipient, Role
from tests.models.alerts.days import (
    DRIFT,
    FURNACE_STOPS,
    METER,
    MILL_SLOW,
    MINUTE,
    NOON_S,
    SLOW,
    STALE,
    STOP,
    Log,
    finding,
    notified,
    policy,
)

HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    ("severity", "kind", "role"), [(1, STOP, "dispatcher"), (2, SLOW, "shop"), (4, STALE, "instruments")]
)
def test_each_severity_is_told_to_its_role_at_once(severity: int, kind: object, role: str) -> None:
    assert notified(Log().step(NOON_S, finding(kind, "bf3", severity))) == [("raised", role)]  # type: ignore[arg-type]


def test_a_trend_is_told_to_nobody_until_the_digest() -> None:
    log = Log()
    log.step(NOON_S, finding(DRIFT, "bf3", 3))
    assert log.sent == []
    assert log.step(NOON_S + 600 * MINUTE) == []


def test_a_meter_that_errs_is_p3_to_the_instrument_staff_at_once_and_never_in_the_list_of_trends() -> None:
    log = Log()
    errs = finding(METER, "bf3", 3, facts={"bias_pct": 1.1, "tonnes": 520.0})
    assert notified(log.step(NOON_S, errs)) == [("raised", "instruments")]
    (incident,) = log.incidents.values()
    assert (incident.severity, incident.is_data) == (3, True)
    assert digest(policy(), [incident], NOON_S) is None
    assert notified(log.step(NOON_S + HOUR)) == [("cleared", "instruments")]


def test_a_meter_that_errs_is_an_incident_of_its_own_beside_the_silence_of_its_unit() -> None:
    log = Log()
    log.step(NOON_S, finding(METER, "bf3", 3), finding(STALE, "bf3", 4))
    assert sorted(incident.key for incident in log.incidents.values()) == ["data_of_unit:bf3", "meter:bf3:pig_iron"]


def test_a_stop_that_nobody_acknowledges_goes_to_the_chief_after_15_min_and_to_the_director_after_30() -> None:
    log = Log()
    heard = {}
    for second in range(0, 45 * MINUTE, 10):
        for message in notified(log.step(NOON_S + second, FURNACE_STOPS)):
            heard[message] = second // MINUTE
    assert heard == {
        ("raised", "dispatcher"): 0,
        ("escalated", "shop_chief"): 15,
        ("escalated", "production_director"): 30,
    }
    assert log.kinds(1).count(EventKind.ESCALATED) == 2
    over = notified(log.step(NOON_S + 50 * MINUTE))
    assert over == [("cleared", role) for role in ("dispatcher", "production_director", "shop_chief")]


def test_what_is_acknowledged_goes_no_further_up() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log.step(NOON_S + 14 * MINUTE, FURNACE_STOPS)
    log.acknowledge(1)
    assert log.step(NOON_S + 15 * MINUTE, FURNACE_STOPS) == []
    assert log.step(NOON_S + 300 * MINUTE, FURNACE_STOPS) == []


def test_an_incident_that_grows_graver_must_be_acknowledged_anew() -> None:
    log = Log()
    log.step(NOON_S, finding(SLOW, "bf3", 2))
    log.acknowledge(1)
    log.step(NOON_S + MINUTE, FURNACE_STOPS)
    assert notified(log.step(NOON_S + 16 * MINUTE, FURNACE_STOPS)) == [("escalated", "shop_chief")]


def test_a_stop_that_came_back_without_a_message_is_told_to_the_dispatcher_too_when_it_lasts() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log.acknowledge(1)
    log.step(NOON_S + MINUTE)
    assert log.step(NOON_S + 2 * MINUTE, FURNACE_STOPS) == []
    assert notified(log.step(NOON_S + 17 * MINUTE, FURNACE_STOPS)) == [
        ("escalated", "dispatcher"),
        ("escalated", "shop_chief"),
    ]


def test_a_clock_that_is_set_back_escalates_neither_early_nor_late() -> None:
    log = Log()
    heard: list[tuple[int, str]] = []
    for second in range(0, 20 * MINUTE, 10):
        set_back_s = 60 * MINUTE if second >= 5 * MINUTE else 0
        heard += [(second, role) for _, role in notified(log.step(NOON_S + second - set_back_s, FURNACE_STOPS))]
    assert heard[0] == (0, "dispatcher")
    assert heard[1][1] == "shop_chief"
    assert 15 * MINUTE <= heard[1][0] <= 15 * MINUTE + 20
    assert log.open()[0].opened_s == NOON_S - 55 * MINUTE, "nothing was raised at a time that has not come"
    assert log.recorded_s == NOON_S, "what is recorded never goes back"


def test_a_clock_that_was_set_back_while_the_service_was_down_escalates_nothing_early() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log = log.restarted()
    assert log.step(NOON_S - 60 * MINUTE, FURNACE_STOPS) == []
    assert log.step(NOON_S - 46 * MINUTE, FURNACE_STOPS) == []
    assert notified(log.step(NOON_S - 45 * MINUTE, FURNACE_STOPS)) == [("escalated", "shop_chief")]


def test_after_a_restart_the_time_without_the_service_counts_as_waiting() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log = log.restarted()
    assert notified(log.step(NOON_S + 16 * MINUTE, FURNACE_STOPS)) == [("escalated", "shop_chief")]


def test_a_muted_unit_is_recorded_and_silent_and_told_when_the_mute_ends_while_it_stands() -> None:
    log = Log(unit_mutes={"bf3": NOON_S + 60 * MINUTE})
    assert log.step(NOON_S, FURNACE_STOPS) == []
    assert log.step(NOON_S + 40 * MINUTE, FURNACE_STOPS) == []
    assert log.kinds(1) == [EventKind.RAISED]
    assert notified(log.step(NOON_S + 60 * MINUTE, FURNACE_STOPS)) == [("raised", "dispatcher")]
    assert log.step(NOON_S + 74 * MINUTE, FURNACE_STOPS) == []
    assert notified(log.step(NOON_S + 75 * MINUTE, FURNACE_STOPS)) == [("escalated", "shop_chief")]


def test_a_muted_incident_neither_escalates_nor_tells_its_end_and_its_mute_ends_audited() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log.incidents[1] = replace(log.incidents[1], muted_until_s=NOON_S + 60 * MINUTE, muted_by="Aigul")
    assert log.step(NOON_S + 40 * MINUTE, FURNACE_STOPS) == []
    log.step(NOON_S + 60 * MINUTE, FURNACE_STOPS)
    assert EventKind.UNMUTED in log.kinds(1)
    log.incidents[1] = replace(log.incidents[1], muted_until_s=NOON_S + 90 * MINUTE, muted_by="Aigul")
    assert log.step(NOON_S + 70 * MINUTE) == []


def test_a_mute_of_one_unit_does_not_silence_the_source_of_many() -> None:
    log = Log(unit_mutes={"bf3": NOON_S + 60 * MINUTE})
    lost = [finding(STALE, unit, 4, source="plc") for unit in ("bf3", "hsm")]
    assert notified(log.step(NOON_S, *lost)) == [("raised", "instruments")]


def test_past_the_limit_of_an_hour_messages_are_held_and_told_once_in_a_summary() -> None:
    log = Log(rules=policy(messages_per_hour=3))
    many = [finding(SLOW, f"u{number}", 2) for number in range(8)]
    assert notified(log.step(NOON_S, *many)) == [("raised", "shop")] * 3
    assert sum(event.kind is EventKind.MESSAGE_HELD for event in log.events) == 5
    later = [(minute, draft) for minute in range(1, 60) for draft in log.step(NOON_S + minute * MINUTE, *many)]
    assert [(minute, draft.kind, draft.count) for minute, draft in later] == [(10, MessageKind.SUMMARY, 5)]
    assert log.step(NOON_S + 300 * MINUTE, *many) == []


def test_low_messages_never_take_the_place_of_a_stop() -> None:
    everything = {Recipient(Role.DISPATCHER), Recipient(Role.SHOP)}
    log = Log(rules=policy(messages_per_hour=2, recipients=frozenset(everything)))
    many = [finding(STOP, f"u{number}", 1) for number in range(2)]
    log.step(NOON_S, *many)
    log.step(NOON_S + MINUTE)
    assert notified(log.sent) == [("raised", "dispatcher")] * 2 + [("cleared", "dispatcher")] * 2
    log.step(NOON_S + 2 * MINUTE, *(finding(STOP, f"v{number}", 1) for number in range(3)))
    assert notified(log.sent)[4:] == [], "the limit holds for stops as well"
    assert [draft.count for draft in log.step(NOON_S + 3 * MINUTE)] == [3]
    lows = Log(rules=policy(messages_per_hour=2))
    lows.step(NOON_S, *(finding(SLOW, f"w{number}", 2) for number in range(9)))
    assert notified(lows.step(NOON_S + MINUTE, FURNACE_STOPS))[0] == ("raised", "dispatcher")


def test_a_summary_is_told_at_most_once_an_hour_and_nothing_held_is_forgotten() -> None:
    log = Log(rules=policy(messages_per_hour=1))
    summed = 0
    for minute in range(240):
        for draft in log.step(NOON_S + minute * MINUTE, finding(SLOW, f"u{minute}", 2)):
            summed += draft.count
    held = sum(event.kind is EventKind.MESSAGE_HELD for event in log.events)
    summaries = [item for item in log.queued if item.summary]
    assert 3 <= len(summaries) <= 4
    assert summed + len(log.held) == held


def test_a_shop_with_people_of_its_own_is_told_through_them() -> None:
    recipients = frozenset({Recipient(Role.SHOP), Recipient(Role.SHOP, "rolling")})
    log = Log(rules=policy(recipients=recipients))
    log.step(NOON_S, MILL_SLOW, finding(SLOW, "bof", 2))
    assert {(draft.recipient.role, draft.recipient.shop) for draft in log.sent} == {
        (Role.SHOP, "rolling"),
        (Role.SHOP, ""),
    }


def test_that_nobody_is_configured_for_a_role_is_recorded() -> None:
    log = Log(rules=policy(recipients=frozenset({Recipient(Role.DISPATCHER)})))
    assert log.step(NOON_S, MILL_SLOW) == []
    assert [event.detail for event in log.events][1:] == ["raised: nobody is configured as shop"]


def test_where_another_notifier_tells_people_incidents_are_kept_and_nothing_is_sent() -> None:
    log = Log(rules=policy(sends=False))
    log.step(NOON_S, FURNACE_STOPS)
    log.step(NOON_S + 40 * MINUTE, FURNACE_STOPS)
    log.step(NOON_S + 41 * MINUTE)
    assert log.sent == []
    assert log.kinds(1) == [EventKind.RAISED, EventKind.CLEARED]


def test_the_digest_is_due_at_its_local_time_and_lists_trends_that_hold_or_ended() -> None:
    rules = policy(digest_at=time(7, 30))
    noon_day = due_day(rules, NOON_S)
    assert due_day(rules, NOON_S - 270 * MINUTE) == noon_day, "07:30"
    assert due_day(rules, NOON_S - 271 * MINUTE) == noon_day - 1
    log = Log(rules=rules)
    log.step(NOON_S, finding(DRIFT, "bf3", 3), finding(DRIFT, "hsm", 3), MILL_SLOW)
    log.step(NOON_S + MINUTE, finding(DRIFT, "bf3", 3), MILL_SLOW)
    draft = digest(rules, log.incidents.values(), NOON_S + 20 * HOUR)
    assert draft is not None
    assert [(incident.root.finding.unit, incident.is_open) for incident in draft.trends] == [
        ("bf3", True),
        ("hsm", False),
    ]
    assert digest(rules, [], NOON_S) is None
