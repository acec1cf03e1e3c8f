"""A clock that was wrong leaves nothing behind: what it raised ends with words that say so, once it is right."""

from dataclasses import replace

import pytest

from models.alerts.advance import AlertState, advance
from models.alerts.incident import Incident, IncidentState, MessageKind
from models.alerts.wording import words
from models.detection.finding import Finding, FindingKind
from models.works.localize import LANGUAGES
from tests.models.alerts.days import FURNACE_STOPS, MINUTE, NOON_S, STALE, Log, finding, notified, plant, policy

DAY, YEAR = 86_400, 365 * 86_400
EARLIEST_S = NOON_S - 200 * DAY
CLOCK = finding(FindingKind.CLOCK, "bf3", 4, source="plc", since_s=NOON_S, found_s=NOON_S)


def at(clock_s: int, found: Finding) -> Finding:
    return replace(found, since_s=clock_s - MINUTE, found_s=clock_s)


@pytest.mark.parametrize("ahead_s", [3600, DAY, YEAR])
def test_what_a_clock_raised_that_was_ahead_ends_when_it_is_right_and_says_why(ahead_s: int) -> None:
    log = Log()
    short = finding(FindingKind.SHIFT_SHORT, "bf3", 3, since_s=NOON_S + ahead_s, found_s=NOON_S + ahead_s)
    log.step(NOON_S + ahead_s, short, at(NOON_S + ahead_s, CLOCK))
    assert len(log.open()) == 2
    assert log.step(NOON_S + 10, certain=False) == [], "it is not certain yet that nothing of it holds"
    drafts = log.step(NOON_S + 200)
    assert notified(drafts) == [("cleared", "instruments")]
    assert log.open() == []
    for incident in log.incidents.values():
        assert incident.root.wrong_clock
        assert incident.cleared_s == NOON_S + 200
    assert [event.detail for event in log.events if event.kind.value == "cleared"] == [
        "this host's clock was wrong when it was raised"
    ] * 2
    for language in LANGUAGES:
        body = words(drafts[0], plant(), policy(language=language), NOON_S + 200).body
        assert {"en": "clock was wrong", "ru": "часы этого сервера шли неверно", "kk": "сағаты қате"}[language] in body


def test_a_drop_that_still_holds_when_the_clock_is_right_stays_one_incident_of_a_time_that_can_be() -> None:
    log = Log()
    log.step(NOON_S + DAY, at(NOON_S + DAY, FURNACE_STOPS))
    assert log.step(NOON_S, at(NOON_S, FURNACE_STOPS)) == [], "the dispatcher knows of it"
    (incident,) = log.open()
    assert (incident.id, incident.opened_s, incident.root.finding.since_s) == (1, NOON_S, NOON_S - MINUTE)
    assert notified(log.step(NOON_S + MINUTE)) == [("cleared", "dispatcher")]
    assert not log.incidents[1].root.wrong_clock, "it was there when the clock was right"


def test_what_is_dated_before_the_works_was_watched_is_dated_by_when_it_was_found() -> None:
    old = replace(CLOCK, since_s=0, found_s=60)
    state = AlertState(earliest_s=EARLIEST_S)
    (incident,) = advance(state, [old], policy(), clock_s=NOON_S).incidents
    assert (incident.opened_s, incident.root.finding.since_s) == (NOON_S, NOON_S)
    later = advance(AlertState(open=[incident], earliest_s=EARLIEST_S), [old], policy(), clock_s=NOON_S + 10)
    assert later.incidents == (), "and stays so: nothing is written anew at each step"


def test_an_incident_of_1970_that_an_older_version_left_open_ends() -> None:
    left: Incident = Incident(
        **{
            **{name: getattr(_opened(), name) for name in Incident.__dataclass_fields__},
            "opened_s": 0,
            "root": replace(_opened().root, finding=replace(CLOCK, since_s=0, found_s=0)),
        }
    )
    decided = advance(AlertState(open=[left], earliest_s=EARLIEST_S), [], policy(), clock_s=NOON_S)
    (ended,) = decided.incidents
    assert (ended.state, ended.cleared_s, ended.root.wrong_clock) == (IncidentState.CLEARED, NOON_S, True)
    assert MessageKind.CLEARED in [draft.kind for draft in decided.messages]


def _opened() -> Incident:
    (incident,) = advance(AlertState(), [CLOCK], policy(), clock_s=NOON_S).incidents
    return incident


def test_what_never_was_is_not_reopened_and_what_ends_in_the_future_is_not_either() -> None:
    log = Log()
    stale = finding(STALE, "bf3", 4, source="plc")
    log.step(NOON_S + DAY, at(NOON_S + DAY, stale))
    log.step(NOON_S)
    assert log.incidents[1].root.wrong_clock
    log.step(NOON_S + MINUTE, at(NOON_S + MINUTE, stale))
    assert (log.incidents[2].reopened, len(log.incidents)) == (0, 2)
    log = Log()
    log.step(NOON_S, stale)
    log.step(NOON_S + DAY)
    log.step(NOON_S + MINUTE, at(NOON_S + MINUTE, stale))
    assert len(log.incidents) == 2, "one whose end has not come by this clock"


def test_a_clock_that_steps_by_seconds_changes_nothing() -> None:
    log = Log()
    log.step(NOON_S, FURNACE_STOPS)
    log.step(NOON_S - 40, FURNACE_STOPS)
    assert log.open()[0].opened_s == NOON_S
    log.step(NOON_S - 30)
    assert (log.incidents[1].cleared_s, log.incidents[1].root.wrong_clock) == (NOON_S, False)
