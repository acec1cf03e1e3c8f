"""The ledger keeps the cause of a gap as an English sentence; its kind is told in each language."""

import re
from pathlib import Path

import pytest

from dashboards.web.data_view import GAP_KEYS
from dashboards.web.texts import TEXTS
from models.counting.gap_kind import ANOTHER_RING, GapKind, gap_kind
from models.counting.planned_reset import AS_PLANNED
from models.counting.rate import ANOTHER_RATE, HUNG, NOT_READ
from models.counting.tag_gap import RING_LOST
from models.counting.totalizer import ANOTHER_COUNTER

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (ANOTHER_COUNTER, GapKind.ADDRESS_CHANGED),
        (ANOTHER_RATE, GapKind.ADDRESS_CHANGED),
        (ANOTHER_RING, GapKind.ADDRESS_CHANGED),
        (NOT_READ, GapKind.NOT_READ),
        (HUNG.format(value=412.5, hours=2.0), GapKind.STOOD_STILL),
        (RING_LOST, GapKind.EVENTS_LOST),
        (f"{AS_PLANNED}: what it grew between 10 and its reset is not known", GapKind.PLANNED_RESET),
        ("so long unread that a whole turn of 1000000 may have passed", GapKind.LONG_UNREAD),
        ("counter was reset upward from 10 to 500", GapKind.RESET),
        ("counter was reset from 500 to 10", GapKind.RESET),
        ("counter fell from 500 to 10, too far from 1000000 for a rollover", GapKind.RESET),
        ("journal entry 17 was damaged on disk", GapKind.DAMAGE),
        ("what somebody wrote", GapKind.OTHER),
    ],
)
def test_every_cause_has_its_kind(cause: str, kind: GapKind) -> None:
    assert gap_kind(cause) is kind


def test_every_kind_has_its_words() -> None:
    assert {GAP_KEYS[kind] for kind in GapKind} <= set(TEXTS)


def test_the_counting_itself_makes_no_gap_of_another_kind() -> None:
    """A new cause has to be told in each language too."""
    written = [
        found
        for path in (ROOT / "models/counting").glob("*.py")
        for found in re.findall(r'^ +cause = f?"([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(written) >= 5
    for cause in written:
        known = cause.replace("{AS_PLANNED}", AS_PLANNED).replace("{way}", "reset")
        assert gap_kind(known) is not GapKind.OTHER, cause
