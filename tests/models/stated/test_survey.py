"""What a survey says was made in a month, beside what was counted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.scale_drift import ScaleDrift
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.stated.figure import STOCK, Figure
from models.stated.survey import SurveyedMonth, surveyed_g
from models.works.month import shifted

MONTH = date(2026, 9, 1).toordinal()
OF = SurveyedMonth("mine1", "coal_raw", MONTH, 1_000, 2_000)
FIGURE = Figure(start_ns=1_000, end_ns=2_000, shop="mines", unit="mine1", product="coal_raw", grams=980)
FOUND = Adjustment(
    day=MONTH + 29,
    booked_month=MONTH,
    shop="mines",
    unit="mine1",
    product="coal_raw",
    grams=-20,
    author="Anna",
    reason="survey",
)


def test_without_a_survey_nothing_is_said() -> None:
    others = Facts(
        all_figures=[replace(FIGURE, end_ns=1_500), replace(FIGURE, unit="mine2"), replace(FIGURE, basis=STOCK)],
        adjustments=[replace(FOUND, day=MONTH - 1), replace(FOUND, unit="mine2"), replace(FOUND, product="ore")],
    )
    assert surveyed_g(Facts(), OF, 1_000) is None
    assert surveyed_g(others, OF, 1_000) is None


def test_a_figure_of_the_month_is_the_survey_and_its_newest_word_holds() -> None:
    words = [FIGURE, replace(FIGURE, grams=990, recorded_ns=1)]
    assert surveyed_g(Facts(all_figures=words, adjustments=[FOUND]), OF, 1_000) == 990


@given(grams=st.lists(st.integers(-100, 100), min_size=1, max_size=5), counted=st.integers(100, 10_000))
def test_adjustments_that_concern_the_month_are_what_the_survey_found_whatever_month_books_them(
    grams: list[int], counted: int
) -> None:
    entries = [
        replace(FOUND, grams=each, booked_month=shifted(MONTH, n % 2), day=MONTH + n) for n, each in enumerate(grams)
    ]
    assert surveyed_g(Facts(adjustments=entries), OF, counted) == counted + sum(grams)


def test_a_scale_that_counted_two_percent_more_than_the_survey_found_is_off_by_them() -> None:
    counted = 1_020_000_000
    surveyed = surveyed_g(Facts(adjustments=[replace(FOUND, grams=-20_000_000)]), OF, counted)
    assert surveyed == 1_000_000_000
    assert ScaleDrift("mine1.flow", "", counted, surveyed, 0).pct == pytest.approx(2.0)
