"""Whether a person may act on what concerns a unit. Pure."""

from models.access.user import Right, User
from models.works.plant import Plant


def may_for_unit(user: User, right: Right, plant: Plant, code: str) -> bool:
    """By the shop of the unit. What is about a source, a product or a unit that is gone is anybody's who
    has the right somewhere."""
    unit = plant.units.get(code)
    return user.may(right, unit.shop) if unit is not None else user.may_somewhere(right)
