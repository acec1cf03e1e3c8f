"""What the footer of a daily report says of the stops that cost most. Pure."""

from collections.abc import Sequence

from dashboards.report.texts import report_text
from dashboards.report.why.losses_document import cause_named
from dashboards.web.numbers import number
from models.stated.stop_reason import StopReason
from models.why.stop_losses import ProductLosses, UnitLoss
from models.why.why_words import place_named, tonnes_text
from models.works.calendar import HOUR_NS
from models.works.localize import Language
from models.works.plant import Plant

MOST = 3
"""As many as stand in one line."""


def lost_most(plant: Plant, losses: Sequence[ProductLosses], reasons: Sequence[StopReason], language: Language) -> str:
    """The units that stood longest, with the tonnes that they did not make and why; "" if none is known to have stood.
    Tonnes of two products are not compared."""
    units = [unit for product in losses for unit in product.units if unit.loss.stood_ns]
    longest = sorted(units, key=lambda unit: (-unit.loss.stood_ns, -unit.loss.grams))[:MOST]
    return "; ".join(_told(plant, unit, reasons, language) for unit in longest)


def _told(plant: Plant, unit: UnitLoss, reasons: Sequence[StopReason], language: Language) -> str:
    product = plant.products.get(unit.place.product)
    return report_text("lost_in_stops", language).format(
        unit=place_named(plant, unit.place, language),
        product=unit.place.product if product is None else product.name(language),
        tonnes=tonnes_text(unit.loss.grams, language),
        hours=number(unit.loss.stood_ns / HOUR_NS, language, 1),
        causes=", ".join(cause_named(reasons, cause, language) for cause in unit.causes),
    )
