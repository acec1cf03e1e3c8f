"""The share of the output of casters and of the mill that was good, month by month, as the works had entered it."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from models.stated.good_output import good_subject
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.month import month_of, shifted
from models.works.plant import Plant

AUTHOR = "simulated quality department"
KNOWN_AFTER_DAYS = 3
USUAL_PCT = {"caster": 98.6, "hot_strip_mill": 97.4}
SPREAD_PCT = 0.4


def history_quality(plant: Plant, first: int, last: int, seed: int) -> Iterator[StatedMeasure]:
    """What was entered by the date `last` (an ordinal) of the whole months since `first`."""
    for unit in plant.units.values():
        usual = USUAL_PCT.get(unit.kind)
        if usual is None:
            continue
        random = Random(f"{seed}:quality:{unit.code}")
        month = month_of(first)
        while (end := shifted(month, 1)) + KNOWN_AFTER_DAYS <= last:
            good = Decimal(usual + random.uniform(-SPREAD_PCT, SPREAD_PCT)).quantize(Decimal("0.1"))
            for product in unit.daily_target_t:
                yield StatedMeasure(
                    subject=good_subject(unit.code, product),
                    kind=MeasureKind.GOOD_PCT,
                    start=month,
                    end=end,
                    value=good,
                    growth_pct=None,
                    source="simulated acceptance reports",
                    stated_on=end + KNOWN_AFTER_DAYS,
                    author=AUTHOR,
                )
            month = end
