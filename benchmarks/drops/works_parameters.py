"""The works of the benchmark: parameters by name, and which of them may be used for tuning."""

from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import Stocks

FEW_SLABS = Stocks(slab_t=3000.0)

TUNING_PARAMETERS = {
    "usual": USUAL,
    "calm": WorksParameters(
        noise=0.8, tap_spread=0.10, push_spread=0.12, standstill_factor=1.2, sequence_t=300.0, heat_t=288.0
    ),
    "usual_few_slabs": WorksParameters(stocks=FEW_SLABS),
}

HELD_OUT_PARAMETERS = {
    "big_taps": WorksParameters(
        taps_factor=0.82,
        tap_spread=0.15,
        noise=1.1,
        heat_t=300.0,
        heat_spread_t=18.0,
        cast_t_per_h=208.0,
        sequence_t=280.0,
        coils_between_rolls=(90, 115),
    ),
    "small_taps": WorksParameters(
        taps_factor=1.25,
        tap_spread=0.18,
        noise=1.25,
        heat_t=282.0,
        push_spread=0.2,
        cast_t_per_h=225.0,
        sequence_t=450.0,
        coils_between_rolls=(55, 75),
    ),
    "noisy": WorksParameters(
        noise=1.5,
        tap_spread=0.2,
        push_spread=0.25,
        heat_spread_t=20.0,
        standstill_factor=0.7,
        cast_t_per_h=220.0,
        sequence_t=380.0,
    ),
    "big_taps_few_slabs": WorksParameters(
        taps_factor=0.82, tap_spread=0.15, heat_t=300.0, cast_t_per_h=208.0, sequence_t=280.0, stocks=FEW_SLABS
    ),
}

FRESH_PARAMETERS = {
    "wide_taps": WorksParameters(
        taps_factor=0.9,
        tap_spread=0.22,
        noise=1.35,
        heat_t=295.0,
        heat_spread_t=16.0,
        cast_t_per_h=212.0,
        sequence_t=350.0,
        coils_between_rolls=(80, 100),
    ),
    "worn_casters": WorksParameters(
        taps_factor=1.12,
        tap_spread=0.14,
        noise=1.2,
        heat_t=285.0,
        push_spread=0.18,
        cast_t_per_h=228.0,
        sequence_t=420.0,
        standstill_factor=0.85,
    ),
}
"""Seen by no tuning: see `benchmarks.drops.fresh`."""

PARAMETERS = TUNING_PARAMETERS | HELD_OUT_PARAMETERS | FRESH_PARAMETERS
