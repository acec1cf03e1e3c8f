"""What a unit made and should have made: events spread over their time, holes unknown, groups together."""

import numpy as np
import pytest

from models.detection.expected.expected import SteadyExpected, Window
from models.detection.minutes.observed import WorksMinutes
from models.detection.watched import watched_units
from models.rehearsal.curve import curves
from tests.models.detection.expected.test_planned import PLANT
from tests.models.rehearsal.works import START_S, minutes_of

HOUR = 3600
UNITS = watched_units(PLANT, PLANT.detection)


def test_tonnes_of_an_event_are_spread_over_the_time_since_the_one_before() -> None:
    unit = minutes_of(240, events=[(60, 100.0), (120, 60.0), (210, 90.0)])
    curve = curves(UNITS, WorksMinutes(START_S, {"bf3": unit}), SteadyExpected({"bf3": 60.0}))["bf3"]
    assert not curve.known[:60].any(), "nothing is known before the first event"
    assert curve.known[60:].all()
    assert curve.made_t[:60].sum() == 0.0
    assert curve.made_t[60:120] == pytest.approx(np.full(60, 1.0))
    assert curve.made_t[120:210] == pytest.approx(np.full(90, 1.0))
    assert curve.made_t[210:].sum() == 0.0
    assert curve.due_t == pytest.approx(np.full(240, 1.0))


def test_hours_show_what_is_known_and_leave_out_what_is_not() -> None:
    unit = minutes_of(180, counted=2.0)
    unit.heard[60:120] = False
    expected = SteadyExpected({"mine1": 120.0}, {"mine1": [Window(START_S + 2 * HOUR, START_S + 3 * HOUR)]})
    made, due = curves(UNITS, WorksMinutes(START_S, {"mine1": unit}), expected)["mine1"].hours()
    assert made[0] == pytest.approx(120.0)
    assert np.isnan(made[1]), "an hour without data is none without output"
    assert due == pytest.approx([120.0, 120.0, 0.0])


def test_units_that_are_judged_together_have_one_curve() -> None:
    minutes = {code: minutes_of(120, events=[(0, 1.0), (60, 200.0)]) for code in ("bof1", "bof2", "bof3")}
    minutes["bof3"].heard[:] = False
    found = curves(UNITS, WorksMinutes(START_S, minutes), SteadyExpected({"bof1": 100.0, "bof2": 100.0, "bof3": 0.0}))
    assert found["bof1"] is found["bof3"]
    assert found["bof1"].made_t[:60].sum() == pytest.approx(600.0)
    assert found["bof1"].due_t[:60].sum() == pytest.approx(200.0)
    assert not found["bof1"].known.any(), "what the shop makes is not known where one of them is not heard"


def test_a_unit_without_a_target_has_none_due() -> None:
    curve = curves(UNITS, WorksMinutes(START_S, {"bf3": minutes_of(60)}), SteadyExpected({}))["bf3"]
    assert np.isnan(curve.due_t).all()
    assert curve.since(START_S + 1800).start_s == START_S + 1800
    assert len(curve.since(START_S + 1800).made_t) == 30
