"""A unit's lamp: freshness by the last good reading, running by the last output."""

import pytest

from models.desk import UnitActivity
from models.unit_lamp import Lamp, counts_output, unit_lamp
from tests.models.test_output import PLANT

S = 10**9
NOW = 1_800_000_000 * S
MINE = PLANT.units["mine2"]


@pytest.mark.parametrize(
    ("read_s_ago", "output_s_ago", "lamp"),
    [
        (None, None, Lamp.NO_DATA),
        (1, 10, Lamp.RUNNING),
        (1, None, Lamp.STANDING),
        (29, 10, Lamp.RUNNING),
        (31, 10, Lamp.NO_CONNECTION),
        (1, 14 * 60, Lamp.RUNNING),
        (1, 16 * 60, Lamp.STANDING),
    ],
)
def test_a_lamp_tells_standing_from_unread(read_s_ago: int | None, output_s_ago: int | None, lamp: Lamp) -> None:
    activity = UnitActivity(
        "mine2",
        None if read_s_ago is None else NOW - read_s_ago * S,
        None if output_s_ago is None else NOW - output_s_ago * S,
    )
    assert unit_lamp(PLANT, MINE, activity, NOW) is lamp


def test_a_belt_that_stands_for_two_hours_and_is_read_is_standing_and_not_cut_off() -> None:
    assert unit_lamp(PLANT, MINE, UnitActivity("mine2", NOW - S, NOW - 7200 * S), NOW) is Lamp.STANDING


def test_a_unit_that_nobody_told_of_has_no_data() -> None:
    assert unit_lamp(PLANT, MINE, None, NOW) is Lamp.NO_DATA
    assert counts_output(PLANT, MINE)
