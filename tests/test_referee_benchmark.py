"""The referee on made-up histories of seeds that chose nothing: right in every meter, and quiet when all is well."""

import statistics

import pytest

from benchmarks.drops.plant import whole_plant
from benchmarks.referee.measure import healthy, trials


@pytest.mark.slow
def test_a_drift_of_three_percent_in_any_meter_of_the_chain_is_found_within_days_and_that_meter_named() -> None:
    done = list(trials(whole_plant(), [7_101], [3.0]))
    assert len(done) == 15
    assert all(trial.referee.days is not None for trial in done)
    assert statistics.median(trial.referee.days or 0 for trial in done) <= 8
    assert sum(trial.referee.right for trial in done) >= 14


@pytest.mark.slow
def test_two_healthy_years_bring_no_more_than_two_false_findings_where_the_plain_rule_brings_ten() -> None:
    found = healthy(whole_plant(), [8_101])
    assert found.days > 700
    assert found.referee <= 2
    assert found.plain >= 10
