"""Numbers of the way as people of each language write them. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from models.works.localize import Language, localize_number


def shown(number: float, language: Language, decimals: int = 0) -> str:
    """Rounded half up. Tonnes are whole: what is still to come is not known to the kilogram."""
    step = Decimal(1).scaleb(-decimals)
    return localize_number(Decimal(repr(number)).quantize(step, ROUND_HALF_UP), language, decimals)
