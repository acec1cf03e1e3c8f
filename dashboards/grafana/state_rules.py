"""Alert rules over the table unit_state: stops and slow-downs of a unit's own, by severity, and faults of its data.

A row holds state, severity and whether the state is the unit's own as integers; the query makes one number of them, so
that a rule looks at one point and never mixes two. Rows that speak of data say nothing of output: the alert of a
stop holds until the unit is seen to work, to come back, or to stand by plan.
"""

from collections.abc import Iterator
from dataclasses import replace

from dashboards.grafana.rule import Precondition, Rule
from dashboards.grafana.rule_queries import RuleQueries
from dashboards.grafana.uids import calculated_uid
from models.works.codes import UnitState
from models.works.plant import Plant

KEPT = "1d"
"""A state holds for so long if no newer one comes: a silent collector does not resolve an alert. After a day somebody
has looked, and the alert of the collector itself stands."""
LOOKBACK_S = 86_400
"""KEPT, as the seconds that Grafana wants."""
P1, P4 = 1, 4
OWN = 100
"""What the number of a state has more if the state is the unit's own. A severity counts 10 and a state at most 7, so
the three parts never meet."""


def state_rules(plant: Plant, queries: RuleQueries) -> Iterator[Rule]:
    """The rules of a plant, with those severities that its units have."""
    own = [plant.detection.of(unit.code, unit.kind) for unit in plant.units.values()]
    slow = {2} | {unit_rules.severity_slow for unit_rules in own}
    for severity in sorted({1, 2} | {unit_rules.severity_stop for unit_rules in own}):
        # A shop that comes back from a P1 is slow and as grave until it works as it should: it stays one alert.
        least = UnitState.SLOW if severity == P1 and P1 not in slow else UnitState.STOPPED
        states = least, UnitState.STOPPED
        stopped = _drop(plant, queries, "unit_stopped", states, severity, "" if severity == P1 else f"p{severity}")
        yield replace(stopped, why=queries.evidence(KEPT))
    for severity in sorted(slow):
        states = UnitState.SLOW, UnitState.SLOW
        slow_rule = _drop(plant, queries, "unit_slow", states, severity, "" if severity == 2 else f"p{severity}")
        yield replace(slow_rule, amount=_newest(queries, '"drop_pct"'), why=queries.evidence(KEPT))
    yield Rule(
        key="unit_data",
        query=_newest(queries, '"state"'),
        # STALE, BAD and MISSING are the last three codes. Half a step off: Grafana compares floats.
        condition=("gt", (UnitState.STALE - 0.5,)),
        source_uid=calculated_uid(plant),
        severity=P4,
        # A judgement: a link that reconnects within two minutes needs nobody.
        hold="2m",
        where_label="unit",
        lookback_s=LOOKBACK_S,
        why=queries.evidence(KEPT),
    )


def output_is_its_own(queries: RuleQueries) -> Precondition:
    """Holds for units whose output is known, that are not planned to stand, and that follow from no other unit."""
    known = f"E < {OWN + UnitState.PLANNED} || E == {OWN + UnitState.RAMP_UP}"
    return Precondition(_newest(queries, f'{OWN} * "own" + "state"'), f"E >= {OWN} && ({known})")


def _drop(
    plant: Plant, queries: RuleQueries, key: str, states: tuple[UnitState, UnitState], severity: int, suffix: str
) -> Rule:
    """Of states from the first to the last, of that severity."""
    first, last = (OWN + 10 * severity + state for state in states)
    return Rule(
        key=key,
        suffix=suffix,
        query=_newest(queries, f'{OWN} * "own" + 10 * "severity" + "state"', f'"state" < {UnitState.STALE}'),
        condition=("within_range", (first - 0.5, last + 0.5)),
        source_uid=calculated_uid(plant),
        severity=severity,
        hold="1m",
        where_label="unit",
        lookback_s=LOOKBACK_S,
    )


def _newest(queries: RuleQueries, what: str, *where: str) -> str:
    """The newest `what` of each unit, made of the fields of one point."""
    return queries.newest_state(what, where, KEPT)
