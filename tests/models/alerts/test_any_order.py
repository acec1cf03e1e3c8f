"""What holds for findings in any order, whatever causes they name."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.alerts.incident import EventKind, IncidentState, MessageKind
from models.detection.finding import Finding
from tests.models.alerts.any_steps import STEPS, findings_of_a_step
from tests.models.alerts.days import MINUTE, NOON_S, Log
from tests.support.budget import examples


@settings(max_examples=examples(150))
@given(STEPS)
def test_a_finding_is_in_one_open_incident_which_is_audited_from_its_raising_to_its_end(
    steps: list[tuple[int, list[Finding], bool, int]],
) -> None:
    log, at_s = Log(), NOON_S
    for minutes, findings, certain, seen in steps:
        at_s += minutes * MINUTE
        if seen in log.incidents and log.incidents[seen].is_open:
            log.acknowledge(seen)
        log.step(at_s, *findings, certain=certain)
        keys = [incident.key for incident in log.open()]
        assert len(keys) == len(set(keys))
        holding = [held.key for incident in log.open() for held in incident.holding()]
        assert len(holding) == len(set(holding))
        assert {finding.key for finding in findings} <= set(holding)
        if certain:
            assert set(holding) == {finding.key for finding in findings}
        assert all(list(incident.holding()) for incident in log.open())
    for number, incident in log.incidents.items():
        kinds = log.kinds(number)
        begun = kinds.count(EventKind.RAISED) + kinds.count(EventKind.REOPENED)
        ended = kinds.count(EventKind.CLEARED) + kinds.count(EventKind.MERGED)
        assert kinds[0] is EventKind.RAISED
        assert begun - ended == (incident.state is not IncidentState.CLEARED)
        assert incident.reopened == kinds.count(EventKind.REOPENED)


@settings(max_examples=examples(100))
@given(findings_of_a_step(), st.randoms(use_true_random=False))
def test_the_order_in_which_findings_are_given_changes_nothing(findings: list[Finding], dice: object) -> None:
    first, second = Log(), Log()
    first.step(NOON_S, *findings)
    mixed = list(findings)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    second.step(NOON_S, *mixed)
    assert first.incidents == second.incidents
    assert first.events == second.events


@settings(max_examples=examples(100))
@given(STEPS)
def test_nobody_hears_that_something_is_over_who_has_not_heard_of_it(
    steps: list[tuple[int, list[Finding], bool, int]],
) -> None:
    log, at_s = Log(), NOON_S
    for minutes, findings, certain, _ in steps:
        at_s += minutes * MINUTE
        log.step(at_s, *findings, certain=certain)
    heard: set[tuple[int, object]] = set()
    merged: dict[int, set[int]] = {}
    for event in log.events:
        if event.kind is EventKind.MERGED and event.incident is not None:
            merged.setdefault(int(event.detail.removeprefix("into ")), set()).add(event.incident)
    for draft in log.sent:
        if draft.incident is None:
            continue
        if draft.kind is not MessageKind.CLEARED:
            heard.add((draft.incident.id, draft.recipient))
            continue
        parts = {draft.incident.id}
        while new := {part for number in parts for part in merged.get(number, ())} - parts:
            parts |= new
        assert heard & {(number, draft.recipient) for number in parts}
