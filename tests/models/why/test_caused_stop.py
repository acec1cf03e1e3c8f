"""What a stop follows from: what people said of it holds, then what detection found; no hour counts twice."""

import pytest

from models.detection.finding import FindingKind
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import USUAL_REASONS, StopPart, StopReason, StopStatement
from models.tables.reasoned_stop import ReasonedStop
from models.why.caused_stop import caused_stops
from models.why.change_part import ChangePart
from models.works.calendar import NS

HOUR_S = 3600
TREE = (*USUAL_REASONS, StopReason("no_sinter", {"en": "No sinter"}, "upstream"))


def stop(start_h: int, end_h: int | None, cause_unit: str = "", reason: str = "") -> ReasonedStop:
    drop = OutputDrop(
        unit="bf3", product="pig_iron", kind=FindingKind.STOP, severity=1, start_s=start_h * HOUR_S,
        end_s=None if end_h is None else end_h * HOUR_S, cause_unit=cause_unit,
    )  # fmt: skip
    said = StopStatement(1, "bf3", drop.start_s, (StopPart(drop.start_s, reason),), "chief") if reason else None
    return ReasonedStop(drop, said)


@pytest.mark.parametrize(
    ("cause_unit", "reason", "part"),
    [
        ("", "", ChangePart.STOPS_OWN),
        ("sinter1", "", ChangePart.STOPS_UPSTREAM),
        ("sinter1", "mechanical", ChangePart.STOPS_OWN),
        ("", "downstream", ChangePart.STOPS_DOWNSTREAM),
        ("", "no_sinter", ChangePart.STOPS_UPSTREAM),
        ("", "a_reason_that_is_gone", ChangePart.STOPS_OWN),
    ],
)
def test_what_people_said_holds_and_then_what_was_found(cause_unit: str, reason: str, part: ChangePart) -> None:
    (found,) = caused_stops([stop(1, 3, cause_unit, reason)], TREE, 100 * HOUR_S * NS)["bf3"]
    assert (found.part, found.reason, found.cause_unit) == (part, reason, cause_unit)


def test_a_tree_that_leads_in_a_circle_ends() -> None:
    circle = (StopReason("a", {"en": "A"}, "b"), StopReason("b", {"en": "B"}, "a"))
    (found,) = caused_stops([stop(1, 3, reason="a")], circle, 100 * HOUR_S * NS)["bf3"]
    assert found.part is ChangePart.STOPS_OWN


def test_hours_of_two_stops_count_once_and_one_that_lasts_until_now() -> None:
    found = caused_stops([stop(4, None), stop(1, 6)], TREE, 9 * HOUR_S * NS)["bf3"]
    assert [(each.start_ns // NS // HOUR_S, each.end_ns // NS // HOUR_S) for each in found] == [(1, 6), (6, 9)]


def test_a_stop_with_two_reasons_is_two() -> None:
    drop = stop(1, 5).drop
    parts = StopPart(1 * HOUR_S, "mechanical"), StopPart(3 * HOUR_S, "downstream")
    said = ReasonedStop(drop, StopStatement(1, "bf3", drop.start_s, parts, "chief"))
    found = caused_stops([said], TREE, 9 * HOUR_S * NS)["bf3"]
    assert [(each.part, (each.end_ns - each.start_ns) // NS // HOUR_S) for each in found] == [
        (ChangePart.STOPS_OWN, 2),
        (ChangePart.STOPS_DOWNSTREAM, 2),
    ]
