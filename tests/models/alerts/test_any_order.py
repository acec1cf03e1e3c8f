"""What holds for every order of findings, whatever causes they name."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.alerts.incident import EventKind, IncidentState, MessageKind
from models.detection.finding import Finding, FindingKind
from tests.models.alerts.days import MINUTE, NOON_S, Log, finding

UNITS = ("bf3", "bof", "cast1", "hsm")


@st.composite
def findings_of_a_step(draw: st.DrawFn) -> list[Finding]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(list(FindingKind)))
        unit = draw(st.sampled_from(UNITS))
        severity = 4 if kind.is_data else draw(st.integers(1, 3))
        cause = "" if kind.is_data else draw(st.sampled_from(("", *UNITS)))
        source = draw(st.sampled_from(("", "plc", "bf3"))) if kind.is_data else ""
        found.append(finding(kind, unit, severity, cause_unit=cause if cause != unit else "", source=source))
    return found


STEPS = st.lists(
    st.tuples(st.integers(-40, 40), findings_of_a_step(), st.booleans(), st.sampled_from((0, 0, 1, 2, 3))), max_size=12
)


@settings(max_examples=150, deadline=None)
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
        assert {it.key for it in findings} <= set(holding)
        if certain:
            assert set(holding) == {it.key for it in findings}
        assert all(list(incident.holding()) for incident in log.open())
    for number, incident in log.incidents.items():
        kinds = log.kinds(number)
        begun = kinds.count(EventKind.RAISED) + kinds.count(EventKind.REOPENED)
        ended = kinds.count(EventKind.CLEARED) + kinds.count(EventKind.MERGED)
        assert kinds[0] is EventKind.RAISED
        assert begun - ended == (incident.state is not IncidentState.CLEARED)
        assert incident.reopened == kinds.count(EventKind.REOPENED)


@settings(max_examples=100, deadline=None)
@given(findings_of_a_step(), st.randoms(use_true_random=False))
def test_the_order_in_which_findings_are_given_changes_nothing(findings: list[Finding], dice: object) -> None:
    first, second = Log(), Log()
    first.step(NOON_S, *findings)
    mixed = list(findings)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    second.step(NOON_S, *mixed)
    assert first.incidents == second.incidents
    assert first.events == second.events


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_nobody_hears_that_something_is_over_who_has_not_heard_of_it(
    steps: list[tuple[int, list[Finding], bool, int]],
) -> None:
    log, at_s = Log(), NOON_S
    for minutes, findings, certain, _ in steps:
        at_s += minutes * MINUTE
        log.step(at_s, *findings, certain=certain)
    heard: set[tuple[int, object]] = set()
    merged = {number: it.merged_into for number, it in log.incidents.items()}
    for draft in log.sent:
        if draft.incident is None:
            continue
        about = (draft.incident.id, draft.recipient)
        sources = {about, *((number, draft.recipient) for number, target in merged.items() if target == about[0])}
        if draft.kind is MessageKind.CLEARED:
            assert sources & heard
        else:
            heard.add(about)
