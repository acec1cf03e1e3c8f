"""What turns into what in the simulated works, and what lies between: yields, their spread, stocks and their error.

The works that runs, the made-up history and the configuration take it from here, so that mass is conserved and the
balance expects what the works does. Nothing of it is in what the works states but by its instruments.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

MOST_SIGMAS = 3.0
"""Neither a yield nor a survey of a stock is further off than this: no run of months meets what no works shows."""


@dataclass(frozen=True, slots=True)
class NodeSpec:
    """A tonne of `taken` makes `t_per_t` tonnes of `made`; the yield of a day differs by `spread_pct` (one sigma).

    What was taken and is not made yet is the stock `taken` of `shop`; a survey of it is off by `error_t` (one sigma).
    It is kept between `low_t` and `high_t` by what the works buys and sells.
    """

    name: str
    taken: str
    made: str
    t_per_t: float
    spread_pct: float
    shop: str
    error_t: float
    low_t: float
    high_t: float

    def taken_for(self, made_t: float, seed: int, local_day: int) -> float:
        """Tonnes that go into `made_t` on a day (days since 1970)."""
        return made_t / (self.t_per_t * self._factor(seed, local_day))

    def made_of(self, taken_t: float, seed: int, local_day: int) -> float:
        """Tonnes that `taken_t` give on a day (days since 1970)."""
        return taken_t * self.t_per_t * self._factor(seed, local_day)

    def surveyed(self, stock_t: float, seed: int, local_day: int) -> float:
        """What the survey at the end of a day (days since 1970) states of a stock, in whole tonnes."""
        return max(0.0, round(stock_t + self.error_t * _gauss(f"{seed}:{self.name}:survey:{local_day}")))

    def moved(self, stock_t: float) -> float:
        """What the works buys (or sells: below 0) at the end of a day with that stock: as much as brings it to the
        middle."""
        inside = self.low_t <= stock_t <= self.high_t
        return 0.0 if inside else float(round((self.low_t + self.high_t) / 2 - stock_t))

    def _factor(self, seed: int, local_day: int) -> float:
        return 1.0 + self.spread_pct / 100 * _gauss(f"{seed}:{self.name}:yield:{local_day}")


@lru_cache(maxsize=4096)
def _gauss(name: str) -> float:
    return max(-MOST_SIGMAS, min(MOST_SIGMAS, Random(name).gauss(0.0, 1.0)))


# Yields of the trade, and such that the daily targets of the catalogue fit together. Spreads and errors are judgements:
# a yield by weighers holds within half a percent from day to day; a heap is surveyed to some ten tonnes, a yard of
# numbered slabs to two pieces, steel in ladles to a tenth of a ladle.
WASHERY = NodeSpec("washery", "coal_raw", "coal_concentrate", 0.355, 0.6, "washery", 60.0, 500.0, 30_000.0)
COKE = NodeSpec("coke", "coal_concentrate", "coke_dry", 0.592, 0.5, "coke", 60.0, 5_000.0, 35_000.0)
# The stock is that of the bins with what is in the furnaces: a tap takes from it what it was made of.
IRONMAKING = NodeSpec("ironmaking", "sinter", "pig_iron", 0.774, 0.6, "blast_furnaces", 100.0, 5_000.0, 25_000.0)
# The rest of a heat is scrap and alloys, less what burns off. Iron is in ladles and mixer, blown just now, or cold:
# what is too much is cast to pigs, and pigs are bought while a furnace is repaired.
STEELMAKING = NodeSpec("steelmaking", "pig_iron", "steel_liquid", 1 / 0.935, 0.5, "steel", 40.0, 0.0, 8_000.0)
# What is lost: scale, the crop of a sequence, the rest in the tundish. Steel is in ladles, or not cut to slabs yet.
CASTING = NodeSpec("casting", "steel_liquid", "slab", 0.972, 0.3, "steel", 25.0, 0.0, 6_000.0)
# Scale and crops are lost.
ROLLING = NodeSpec("rolling", "slab", "rolled", 0.973, 0.3, "rolling", 40.0, 10_000.0, 50_000.0)

NODES = (WASHERY, COKE, IRONMAKING, STEELMAKING, CASTING, ROLLING)
