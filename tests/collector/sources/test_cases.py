"""Cases of every source, as plant engineers write them: tests/cases/README.md says how to add one."""

from pathlib import Path

import pytest

from tests.support.source_cases.case import CaseRun, differences
from tests.support.source_cases.peers import PEERS

CASES = Path(__file__).resolve().parents[2] / "cases"
ALL = sorted(path for kind in PEERS for path in (CASES / kind).iterdir())


SLOW = ("kafka",)
"""A cluster takes five seconds to start."""


@pytest.mark.parametrize(
    "case",
    [pytest.param(path, marks=[pytest.mark.slow] if path.parent.name in SLOW else []) for path in ALL],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
async def test_a_case_is_counted_and_told_as_it_says(case: Path, tmp_path: Path) -> None:
    run = CaseRun(case, tmp_path)
    assert differences(await run.play(), run.expected) == []


@pytest.mark.parametrize("kind", PEERS)
def test_each_type_of_source_has_five_cases(kind: str) -> None:
    assert len([path for path in ALL if path.parent.name == kind]) >= 5
