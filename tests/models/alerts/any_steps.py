"""Any findings in any order, with causes that may be wrong, for properties."""

from hypothesis import strategies as st

from models.detection.finding import Finding, FindingKind
from tests.models.alerts.days import finding

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
"""(minutes that the clock moves, findings, whether they are certain, an incident that a person acknowledges)"""
