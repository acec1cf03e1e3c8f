"""The referee: a scale between two nodes is named alone, what no node tells apart together, and noise not at all."""

from dataclasses import replace

import numpy as np
import pytest

from models.detection.referee.node_days import Accused
from models.detection.referee.noise import calmed, spread_and_correlation
from models.detection.referee.referee import Ruling, ruling
from tests.models.detection.referee.chain import DAYS, FIRST, SCALES, Fault, chain, without

COAL, IRON, STEEL, SLAB = SCALES
LAST = FIRST + DAYS - 1
BEGAN = DAYS - 30


def named(found: Ruling | None) -> set[Accused]:
    return set() if found is None else {each.accused for each in found.named}


@pytest.mark.parametrize("share", [0.01, -0.01, 0.03])
@pytest.mark.parametrize("scale", [IRON, STEEL])
def test_a_scale_between_two_nodes_is_named_alone_with_its_bias_its_tonnes_and_since_when(
    scale: Accused, share: float
) -> None:
    nodes = chain(1, {scale: Fault(BEGAN, share)})
    found = ruling(nodes, LAST)
    assert found is not None
    (one,) = found.named
    assert one.accused == scale
    assert one.probability > 0.95
    assert one.bias_pct == pytest.approx(100 * share, abs=0.3)
    assert abs(one.since_day - FIRST - BEGAN) <= 3
    truly_t = sum(node.shown_t[scale][BEGAN:].sum() for node in nodes[:2] if scale in node.shown_t) * share
    if scale == IRON:
        truly_t /= 2
    assert one.tonnes == pytest.approx(truly_t / (1 + share), rel=0.3)


@pytest.mark.parametrize(("scale", "twin"), [(SLAB, Accused(node="slabs")), (COAL, Accused(node="iron"))])
def test_at_the_ends_of_the_chain_the_scale_and_the_yield_beside_it_are_named_together(
    scale: Accused, twin: Accused
) -> None:
    found = ruling(chain(2, {scale: Fault(BEGAN, 0.01)}), LAST)
    assert found is not None
    assert named(found) == {scale, twin}
    assert all(0.2 < each.probability < 0.8 for each in found.named)


def test_a_yield_that_changed_between_two_other_nodes_accuses_no_scale() -> None:
    found = ruling(chain(3, yields={"steel": Fault(BEGAN, 0.01)}), LAST)
    assert found is not None
    (one,) = found.named
    assert one.accused == Accused(node="steel")
    assert one.bias_pct == pytest.approx(1.0, abs=0.3)


def test_a_healthy_works_is_not_accused_and_a_balance_that_never_closed_is_not_either() -> None:
    for seed in range(20, 26):
        assert ruling(chain(seed), LAST) is None
        assert ruling(chain(seed, offset_t=400.0), LAST) is None


@pytest.mark.long
def test_a_slip_in_one_survey_is_no_meter_that_errs() -> None:
    for slip_t in (2_000, -2_000):
        for day in (DAYS - 20, DAYS - 6, DAYS - 4, DAYS - 2, DAYS - 1):
            nodes = chain(4)
            nodes[1].residual_t[day] += slip_t
            nodes[1].residual_t[day + 1 : day + 2] -= slip_t
            assert ruling(nodes, LAST) is None


@pytest.mark.long
def test_a_fault_of_three_percent_is_told_within_days_and_for_months() -> None:
    nodes = chain(5, {STEEL: Fault(DAYS - 120, 0.03)})
    began = FIRST + DAYS - 120
    told = [day - began + 1 for day in range(began, LAST + 1) if named(ruling(nodes, day)) == {STEEL}]
    assert told[0] <= 4
    assert told == list(range(told[0], 121)), "the drift is not learned away while it lasts"


def test_days_and_nodes_that_are_not_known_are_left_out() -> None:
    nodes = chain(6, {STEEL: Fault(BEGAN, 0.02)})
    holes = [nodes[0], without(nodes[1], range(BEGAN - 10, BEGAN - 5)), without(nodes[2], range(3, DAYS, 4))]
    assert named(ruling(holes, LAST)) == {STEEL}
    empty = [without(node, range(DAYS)) for node in nodes]
    assert ruling(empty, LAST) is None
    assert ruling([empty[0], *holes[1:]], LAST) is not None
    assert ruling([replace(node, residual_t=0 * node.residual_t) for node in nodes], LAST) is None


def test_the_noise_of_surveys_is_seen_in_neighbouring_days_and_never_believed_to_vanish() -> None:
    random = np.random.default_rng(7)
    days = np.arange(160)
    survey = 40 * random.normal(size=161)
    sigma, correlation = spread_and_correlation(days, survey[:-1] - survey[1:])
    assert sigma == pytest.approx(40 * 2**0.5, rel=0.15)
    assert correlation == -0.4
    sigma, correlation = spread_and_correlation(days, 40 * random.normal(size=160))
    assert sigma == pytest.approx(40, rel=0.15)
    assert -0.15 < correlation <= 0
    assert spread_and_correlation(days, np.zeros(160)) == (0.0, 0.0)
    assert spread_and_correlation(days * 2, survey[1:])[1] == 0, "no two days are neighbours"


def test_a_single_odd_day_is_drawn_in_and_a_new_level_is_not() -> None:
    level = np.concatenate([np.zeros(20), np.full(20, 100.0)])
    assert (calmed(level, 5.0) == level).all()
    odd = np.zeros(20)
    odd[10] = 1_000
    assert calmed(odd, 5.0)[10] == 17.5
