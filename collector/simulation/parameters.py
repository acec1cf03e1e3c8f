"""In what one simulated works differs from another, beside its seed."""

from dataclasses import dataclass, field

from collector.simulation.unit import Stocks


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksParameters:
    """The defaults give the works that `tundish simulate` shows.

    `taps_factor`: taps a day of every furnace against its usual number (fewer taps are bigger ones). `tap_spread`,
    `push_spread`: how far the interval between two taps or pushes lies from its mean at most, as a share of it.
    `heat_t`, `heat_spread_t`: tonnes of a heat, and how far from that they lie at most. `noise`: factor of the sigma
    of every `Noise`. `standstill_factor`: of the time between two short standstills of a belt or strand.
    `cast_t_per_h`: liquid steel an hour of a casting caster. `sequence_t`: liquid steel that has to come together
    before a new sequence. `coils_between_rolls`: from one roll change to the next, at least and at most. `stocks`:
    what lies between the units at the start.
    """

    taps_factor: float = 1.0
    tap_spread: float = 0.12
    push_spread: float = 0.15
    heat_t: float = 290.0
    heat_spread_t: float = 14.0
    noise: float = 1.0
    standstill_factor: float = 1.0
    cast_t_per_h: float = 215.0
    sequence_t: float = 330.0
    coils_between_rolls: tuple[int, int] = (70, 90)
    stocks: Stocks = field(default_factory=Stocks)


USUAL = WorksParameters()
