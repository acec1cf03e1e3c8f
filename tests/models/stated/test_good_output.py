"""How much of the output of units was good: the newest document of a month stands, unless it was taken back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.stated.good_output import GoodOutput, good_by_month, good_subject
from models.stated.measure import MeasureKind, StatedMeasure

MAY, JUNE = (date(2026, month, 1).toordinal() for month in (5, 6))
STATED = StatedMeasure(
    subject=good_subject("bf3", "pig_iron"),
    kind=MeasureKind.GOOD_PCT,
    start=MAY,
    end=JUNE,
    value=Decimal("98.55"),
    growth_pct=None,
    source="Act 5",
    stated_on=JUNE + 3,
    author="Anna",
    recorded_ns=1,
)
BF3_IN_MAY = ("bf3", "pig_iron", MAY)


def test_what_was_stated_is_a_share_to_its_last_digit_with_its_source() -> None:
    assert good_by_month([STATED], {}) == {BF3_IN_MAY: GoodOutput(Fraction(9855, 10_000), "Act 5")}


def test_a_newer_document_stands_and_one_that_was_taken_back_does_not() -> None:
    newer = replace(STATED, value=Decimal(97), source="Act 6", stated_on=JUNE + 9, recorded_ns=2)
    late = replace(STATED, value=Decimal(90), source="Act 4", stated_on=JUNE + 1, recorded_ns=3)
    assert good_by_month([STATED, newer, late], {})[BF3_IN_MAY].source == "Act 6"
    taken = replace(newer, withdrawn=True, recorded_ns=4)
    assert good_by_month([STATED, newer, taken], {}) == {}


def test_a_unit_that_was_renamed_keeps_what_was_stated_and_other_numbers_are_none_of_it() -> None:
    hours = replace(STATED, kind=MeasureKind.HOURS_WORKED)
    assert list(good_by_month([STATED, hours], {"bf3": "bf5"})) == [("bf5", "pig_iron", MAY)]
