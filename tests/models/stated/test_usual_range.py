"""What a figure usually is: a slip of a digit is asked about, and what happens each month is not."""

import pytest

from models.stated.usual_range import FEWEST, LAST, Unusual, unusual_beside, usual_range

SHIFTS = [500, 510, 480, 505, 495, 520]


@pytest.mark.parametrize(
    ("grams", "how"),
    [
        (500, None),
        (480, None),
        (520, None),
        (521, Unusual.OVER),
        (4800, Unusual.FAR_OVER),
        (500_000, Unusual.FAR_OVER),
        (479, Unusual.UNDER),
        (52, Unusual.FAR_UNDER),
        (0, Unusual.UNDER),
    ],
)
def test_a_figure_beside_the_last_ones_is_usual_or_says_how_it_is_not(grams: int, how: Unusual | None) -> None:
    assert unusual_beside(grams, usual_range(SHIFTS)) is how


def test_of_too_few_figures_nothing_is_unusual() -> None:
    assert usual_range(SHIFTS[: FEWEST - 1]) is None
    assert unusual_beside(10**9, None) is None


def test_only_the_last_figures_count() -> None:
    usual = usual_range([9000, *[500] * LAST])
    assert usual is not None
    assert (usual.high, usual.count) == (500, LAST)


def test_a_unit_that_stood_most_of_the_month_may_work_again() -> None:
    assert unusual_beside(500, usual_range([0] * LAST)) is Unusual.OVER, "it is asked about, and never refused"
