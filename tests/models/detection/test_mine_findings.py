"""Methane above a limit, a silent sensor, one that stands still: findings of their own, told to who answers first."""

from dataclasses import replace

import pytest

from models.alerts.assign_incidents import assign_incidents
from models.alerts.budget import Budget
from models.alerts.incident import Incident, Recipient, Role
from models.alerts.messages import Messages
from models.alerts.policy import Policy
from models.alerts.wording import words
from models.counting.measuring import MeasuredState
from models.detection.finding import Episode, Finding, FindingKind
from models.detection.mine_findings import MineNow, mine_findings
from models.works.calendar import NS
from models.works.codes import TagKind
from models.works.localize import LANGUAGES
from models.works.plant import Tag
from tests.models.tables.test_accident_rates import PLANT, ZONE
from tests.models.tables.test_safety_rows import FACE, LONGWALL, RETURN

NOW_S = 1_790_000_000
MINE = replace(
    PLANT,
    tags=tuple(
        Tag(name=name, signal=name, kind=TagKind.GAUGE, site="works", shop="mines", unit="mine1", source="plc",
            unit_of_measure="%", cadence_s=30.0)
        for name in (FACE, RETURN)
    ),
)  # fmt: skip


def state(value: float, *, heard_s: int = 5, moved_s: int = 5) -> MeasuredState:
    """A sensor that was heard and moved so many seconds ago."""
    return MeasuredState((NOW_S - heard_s) * NS, value, (NOW_S - heard_s) * NS, (NOW_S - moved_s) * NS)


def found(face: MeasuredState | None, back: MeasuredState | None, **now: object) -> list[Finding]:
    states = {tag: each for tag, each in ((FACE, face), (RETURN, back)) if each is not None}
    given: dict[str, object] = {"began_s": {}, "watched_s": NOW_S - 86_400} | now
    return mine_findings(MINE, [LONGWALL], MineNow(states, **given), NOW_S)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "limit"), [(0.5, None), (0.75, None), (0.8, "0.75 %"), (1.0, "0.75 %"), (1.2, "1 %")]
)
def test_methane_above_a_limit_is_told_with_the_limit_its_clause_and_who_approved_it(
    value: float, limit: str | None
) -> None:
    findings = found(state(value), state(0.3))
    if limit is None:
        assert findings == []
        return
    (one,) = findings
    assert (one.kind, one.severity, one.unit, one.product) == (FindingKind.METHANE, 1, "mine1", "longwall")
    assert f"above {limit} (item 1; approved by A. B.)" in one.evidence["en"]
    assert FACE in one.evidence["kk"]
    assert "Лава" in one.evidence["ru"]


def test_a_silent_sensor_is_not_one_below_the_limit() -> None:
    (one,) = found(state(0.3, heard_s=200), state(0.3))
    assert (one.kind, one.severity) == (FindingKind.SENSOR_SILENT, 2)
    assert "not known" in one.evidence["en"]
    assert found(state(0.3, heard_s=60), state(0.3)) == [], "three cadences may pass"
    (never,) = found(None, state(0.3))
    assert "have said nothing yet" in never.evidence["en"]
    assert found(None, state(0.3), watched_s=NOW_S - 30) == [], "a service that has just begun has heard nobody yet"


def test_methane_that_was_above_when_its_sensor_fell_silent_stays_so() -> None:
    kinds = {each.kind for each in found(state(1.4, heard_s=4000), state(0.3))}
    assert kinds == {FindingKind.METHANE, FindingKind.SENSOR_SILENT}


def test_a_sensor_that_shows_one_value_for_a_shift_is_told_also_at_zero() -> None:
    (one,) = found(state(0.0, moved_s=8 * 3600), state(0.3))
    assert (one.kind, one.severity) == (FindingKind.SENSOR_STUCK, 2)
    assert "for 8 h or longer" in one.evidence["en"]
    assert found(state(0.0, moved_s=8 * 3600 - 1), state(0.3)) == []


def test_what_lasts_keeps_its_begin_and_its_name() -> None:
    (first,) = found(state(1.2), state(0.3))
    (later,) = found(state(0.9), state(0.3), began_s={first.key: NOW_S - 600})
    assert (later.key, later.since_s) == (first.key, NOW_S - 600)
    assert set(later.evidence) == set(LANGUAGES)


def stop() -> Finding:
    return Finding(
        kind=FindingKind.STOP, shop="mines", unit="mine1", product="coal_raw", severity=1, since_s=NOW_S, found_s=NOW_S
    )


def test_methane_is_never_merged_into_an_incident_of_output() -> None:
    (methane,) = found(state(1.2), state(0.3))
    drop = stop()
    stopped = Incident(id=1, key=drop.key, root=Episode(drop, None), weight=1, opened_s=NOW_S)
    assignment = assign_incidents([stopped], [drop, methane])
    assert assignment.of_finding[methane.key] == methane.key != assignment.of_finding[drop.key]
    assert assignment.merged == {}


@pytest.mark.parametrize(
    ("named", "hears"),
    [
        ((Role.MINE_SAFETY, Role.DISPATCHER), Role.MINE_SAFETY),
        ((Role.DISPATCHER, Role.SHOP), Role.DISPATCHER),
    ],
)
@pytest.mark.parametrize("face", [state(1.2), state(0.3, heard_s=900), state(0.0, moved_s=30_000)])
def test_who_answers_for_the_mine_hears_first_and_the_dispatcher_where_nobody_is_named(
    face: MeasuredState, named: tuple[Role, ...], hears: Role
) -> None:
    (one,) = found(face, state(0.3))
    policy = Policy(sends=True, zone=ZONE, recipients=frozenset(Recipient(role) for role in named))
    messages = Messages(policy, Budget(policy.messages_per_hour, NOW_S), NOW_S, NOW_S, {})
    weight = 2 * one.severity
    messages.take(Incident(id=1, key=one.key, root=Episode(one, None), weight=weight, opened_s=NOW_S))
    (draft,) = messages.drafts
    assert draft.recipient.role is hears
    incident = draft.incident
    assert incident is not None
    for cleared_s in (None, NOW_S + 900):
        said = words(replace(draft, incident=replace(incident, cleared_s=cleared_s)), MINE, policy, NOW_S)
        assert "Mine 1" in said.subject
        assert one.evidence["en"] in said.body
        assert "missing" not in said.body, "no tonnes are told of"
