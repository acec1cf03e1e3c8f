"""What the OEE of units is made of, and why others have none, in words. Pure."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from models.why.loss_texts import loss_text
from models.why.stop_losses import UnitLoss
from models.why.why_words import place_named
from models.works.localize import Language, localize_number
from models.works.plant import Plant


def oee_notes(plant: Plant, name: str, units: Sequence[UnitLoss], language: Language) -> Iterator[str]:
    """Of the `units` of the product that is named `name`. Of what a unit lacks the first is told: its hours, its
    nameplate, its quality."""
    for unit in units:
        if unit.oee_pct is not None and unit.availability_pct is not None and unit.quality is not None:
            yield loss_text("oee_of", language).format(
                product=name,
                unit=place_named(plant, unit.place, language),
                availability=_shown(unit.availability_pct, language),
                performance=_shown(100 * (unit.performance or Fraction(0)), language),
                quality=_shown(100 * unit.quality.share, language),
                source=unit.quality.source,
            )
    for key, lacking in (
        ("oee_above", [unit for unit in units if unit.oee_pct is not None and (unit.performance or 0) > 1]),
        ("oee_not_run", [unit for unit in units if not unit.ran_ns]),
        ("oee_no_nameplate", [unit for unit in units if unit.ran_ns and unit.performance is None]),
        (
            "oee_no_quality",
            [unit for unit in units if unit.ran_ns and unit.performance is not None and unit.quality is None],
        ),
    ):
        if lacking:
            named = ", ".join(place_named(plant, unit.place, language) for unit in lacking)
            yield loss_text(key, language).format(product=name, units=named)


def _shown(pct: Fraction, language: Language) -> str:
    exact = Decimal(pct.numerator) / pct.denominator
    return localize_number(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), language, 1)
