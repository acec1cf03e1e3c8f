"""One incident for one cause: how findings become incidents, and how these end, come back and join."""

from dataclasses import replace

from models.alerts.incident import EventKind, IncidentState
from models.detection.finding import Finding, FindingKind
from tests.models.alerts.days import (
    DRIFT,
    FURNACE_STOPS,
    MILL_SLOW,
    MINUTE,
    NOON_S,
    SLOW,
    STALE,
    STOP,
    Log,
    finding,
    notified,
)


def _since(since_s: int, found: Finding) -> Finding:
    return replace(found, since_s=since_s, found_s=since_s)


def test_a_finding_that_is_seen_again_and_again_is_one_incident_with_one_message() -> None:
    log = Log()
    messages = [log.step(NOON_S + 10 * number, replace(FURNACE_STOPS, lost_t=float(number))) for number in range(60)]
    assert notified([draft for drafts in messages for draft in drafts]) == [("raised", "dispatcher")]
    (incident,) = log.open()
    assert (incident.key, incident.severity, incident.opened_s) == (FURNACE_STOPS.key, 1, NOON_S)
    assert incident.root.finding.lost_t == 59.0
    assert log.kinds(1) == [EventKind.RAISED]


def test_an_incident_clears_when_nothing_of_it_holds_and_who_heard_of_it_hears_that() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    assert notified(log.step(NOON_S + MINUTE)) == [("cleared", "dispatcher")]
    assert log.incidents[1].state is IncidentState.CLEARED
    assert log.incidents[1].cleared_s == NOON_S + MINUTE
    assert log.step(NOON_S + 2 * MINUTE) == []


def test_a_drop_that_follows_from_another_unit_joins_its_incident_without_a_message_of_its_own() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    caused = replace(MILL_SLOW, cause_unit="bf3")
    assert log.step(NOON_S + MINUTE, FURNACE_STOPS, caused) == []
    (incident,) = log.open()
    assert [episode.finding.unit for episode in incident.consequences] == ["hsm"]
    assert log.kinds(1) == [EventKind.RAISED, EventKind.CONSEQUENCE_ADDED]


def test_a_chain_of_causes_is_one_incident_in_whatever_order_the_findings_come() -> None:
    bof = finding(STOP, "bof", 2, cause_unit="bf3")
    caster = finding(SLOW, "cast1", 2, cause_unit="bof")
    for findings in ((FURNACE_STOPS, bof, caster), (caster, bof, FURNACE_STOPS)):
        log = Log()
        assert notified(log.step(NOON_S, *findings)) == [("raised", "dispatcher")]
        (incident,) = log.open()
        assert incident.root.finding.unit == "bf3"
        assert {episode.finding.unit for episode in incident.consequences} == {"bof", "cast1"}


def test_a_consequence_whose_root_is_over_keeps_the_incident_open_until_it_ends_too() -> None:
    log = Log()
    caused = replace(MILL_SLOW, cause_unit="bf3")
    log.step(NOON_S, FURNACE_STOPS, caused)
    assert log.step(NOON_S + MINUTE, replace(caused, cause_unit="")) == []
    (incident,) = log.open()
    assert incident.root.cleared_s == NOON_S + MINUTE
    assert notified(log.step(NOON_S + 2 * MINUTE)) == [("cleared", "dispatcher")]
    assert [episode.cleared_s for episode in log.incidents[1].consequences] == [NOON_S + 2 * MINUTE]


def test_a_consequence_that_goes_on_by_a_cause_of_its_own_while_the_root_stands_is_told_once() -> None:
    log = Log()
    caused = replace(MILL_SLOW, cause_unit="bf3")
    log.step(NOON_S, FURNACE_STOPS, caused)
    broken = finding(STOP, "hsm", 2)
    assert notified(log.step(NOON_S + MINUTE, FURNACE_STOPS, broken)) == [("raised", "shop")]
    for minute in range(2, 10):
        again = replace(broken, cause_unit="bf3" if minute % 2 else "")
        assert log.step(NOON_S + minute * MINUTE, FURNACE_STOPS, again) == []
    assert len(log.incidents) == 2


def test_an_incident_whose_cause_shows_later_is_merged_into_that_of_the_cause() -> None:
    log = Log()
    assert notified(log.step(NOON_S, MILL_SLOW)) == [("raised", "shop")]
    assert notified(log.step(NOON_S + MINUTE, replace(MILL_SLOW, cause_unit="bf3"), FURNACE_STOPS)) == [
        ("raised", "dispatcher")
    ]
    (incident,) = log.open()
    assert incident.root.finding.unit == "bf3"
    assert log.incidents[1].merged_into == incident.id
    assert log.kinds(1) == [EventKind.RAISED, EventKind.MERGED]
    assert notified(log.step(NOON_S + 2 * MINUTE)) == [("cleared", "dispatcher"), ("cleared", "shop")]


def test_a_drop_with_a_cause_that_nobody_sees_any_more_is_an_incident_of_its_own() -> None:
    log = Log()
    log.step(NOON_S, replace(MILL_SLOW, cause_unit="bf3"))
    (incident,) = log.open()
    assert incident.root.finding.unit == "hsm"


def test_a_consequence_that_is_graver_than_its_root_is_told_to_who_must_know() -> None:
    log = Log()
    slow = finding(SLOW, "bf3", 2)
    assert notified(log.step(NOON_S, slow)) == [("raised", "shop")]
    whole_shop = finding(STOP, "bof", 1, cause_unit="bf3")
    assert notified(log.step(NOON_S + MINUTE, slow, whole_shop)) == [("worse", "dispatcher")]
    assert log.open()[0].severity == 1
    assert EventKind.SEVERITY_RAISED in log.kinds(1)


def test_a_slow_down_that_becomes_a_stop_is_the_same_incident_and_is_told_again() -> None:
    log = Log()
    log.step(NOON_S, MILL_SLOW)
    assert notified(log.step(NOON_S + MINUTE, finding(STOP, "hsm", 2))) == [("worse", "shop")]
    assert log.step(NOON_S + 2 * MINUTE, MILL_SLOW) == []
    assert len(log.incidents) == 1


def test_what_comes_back_soon_is_the_same_incident_without_a_message_and_is_counted() -> None:
    log = Log()
    for number in range(4):
        log.step(NOON_S + number * 10 * MINUTE, _since(NOON_S + number * 10 * MINUTE, MILL_SLOW))
        log.step(NOON_S + number * 10 * MINUTE + MINUTE)
    assert notified(log.sent) == [("raised", "shop"), ("cleared", "shop")]
    assert list(log.incidents) == [1]
    assert log.incidents[1].reopened == 3
    assert log.kinds(1).count(EventKind.REOPENED) == 3


def test_what_comes_and_goes_is_told_again_when_people_last_heard_of_it_long_ago() -> None:
    log = Log()
    for number in range(8):
        log.step(NOON_S + number * 10 * MINUTE, _since(NOON_S + number * 10 * MINUTE, MILL_SLOW))
        log.step(NOON_S + number * 10 * MINUTE + MINUTE)
    assert notified(log.sent) == [("raised", "shop"), ("cleared", "shop")] * 2
    assert list(log.incidents) == [1]


def test_another_trouble_under_the_name_of_one_that_was_over_is_told() -> None:
    log = Log()
    unheard = finding(FindingKind.MISSING, "bf3", 4, source="plc")
    log.step(NOON_S, unheard)
    log.step(NOON_S + MINUTE)
    cut = _since(NOON_S + 11 * MINUTE, finding(STALE, "bf3", 4, source="plc"))
    assert notified(log.step(NOON_S + 11 * MINUTE, cut)) == [("raised", "instruments")]
    assert list(log.incidents) == [1]


def test_a_consequence_that_comes_back_as_a_trouble_of_its_own_is_told() -> None:
    log = Log()
    log.step(NOON_S, replace(MILL_SLOW, cause_unit="bf3"))
    log.step(NOON_S + MINUTE)
    assert notified(log.step(NOON_S + 2 * MINUTE, MILL_SLOW)) == [("raised", "shop")]


def test_what_comes_back_graver_is_told() -> None:
    log = Log()
    log.step(NOON_S, finding(SLOW, "bf3", 2))
    log.step(NOON_S + MINUTE)
    assert notified(log.step(NOON_S + 2 * MINUTE, FURNACE_STOPS)) == [("worse", "dispatcher")]
    assert list(log.incidents) == [1]


def test_what_comes_back_late_is_a_new_incident() -> None:
    log = Log()
    log.step(NOON_S, MILL_SLOW)
    log.step(NOON_S + MINUTE)
    assert notified(log.step(NOON_S + 32 * MINUTE, MILL_SLOW)) == [("raised", "shop")]
    assert list(log.incidents) == [1, 2]


def test_after_a_restart_what_is_seen_again_goes_on_and_what_is_not_seen_waits_until_that_is_certain() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS, MILL_SLOW)
    log = log.restarted()
    assert log.step(NOON_S + MINUTE, certain=False) == []
    assert log.step(NOON_S + 2 * MINUTE, FURNACE_STOPS, certain=False) == []
    assert {incident.root.finding.unit for incident in log.open()} == {"bf3", "hsm"}
    assert notified(log.step(NOON_S + 3 * MINUTE, FURNACE_STOPS)) == [("cleared", "shop")]


def test_a_source_that_is_down_is_one_incident_for_all_its_units() -> None:
    log = Log()
    lost = [finding(STALE, unit, 4, source="plc") for unit in ("bf3", "bof", "hsm")]
    assert notified(log.step(NOON_S, *lost[:2])) == [("raised", "instruments")]
    assert log.step(NOON_S + MINUTE, *lost[1:]) == []
    (incident,) = log.open()
    assert incident.key == "data:plc"
    assert {episode.finding.unit for episode in incident.episodes()} == {"bf3", "bof", "hsm"}
    assert notified(log.step(NOON_S + 2 * MINUTE)) == [("cleared", "instruments")]


def test_bad_data_of_a_unit_join_the_source_that_turns_out_to_be_down() -> None:
    log = Log()
    log.step(NOON_S, finding(FindingKind.BAD, "bf3", 4))
    log.step(NOON_S + MINUTE, finding(STALE, "bf3", 4, source="plc"))
    assert log.incidents[1].merged_into == 2
    log.step(NOON_S + 2 * MINUTE, finding(FindingKind.BAD, "bf3", 4))
    assert [incident.key for incident in log.open()] == ["data_of_unit:bf3"]


def test_a_source_called_like_a_unit_has_an_incident_of_its_own() -> None:
    log = Log()
    log.step(NOON_S, finding(STALE, "hsm", 4, source="bf3"), finding(FindingKind.BAD, "bf3", 4))
    assert {incident.key for incident in log.open()} == {"data:bf3", "data_of_unit:bf3"}


def test_a_fault_of_data_never_becomes_a_consequence_of_a_drop_nor_a_trend_one() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS, finding(STALE, "bf3", 4, source="plc"), finding(DRIFT, "bf3", 3))
    assert {incident.key for incident in log.open()} == {FURNACE_STOPS.key, "data:plc", "drift:bf3:pig_iron"}


def test_a_short_shift_belongs_to_the_stop_that_made_it_short() -> None:
    log = Log()
    short = finding(FindingKind.SHIFT_SHORT, "bf3", 2)
    log.step(NOON_S, FURNACE_STOPS)
    assert log.step(NOON_S + MINUTE, FURNACE_STOPS, short) == []
    assert len(log.open()) == 1
    alone = Log()
    assert notified(alone.step(NOON_S, short)) == [("raised", "shop")]
