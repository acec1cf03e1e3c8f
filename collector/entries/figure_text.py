"""A figure or a plan in words: where, what, when, how much. Pure."""

from datetime import UTC, datetime

from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.calendar import NS
from models.works.month import period_text
from models.works.place import place_of
from models.works.plant import Calendar, Plant


def figure_text(plant: Plant, figure: Figure) -> str:
    """ "mines/mine1 coal_raw 2026-10-01 08:00 to 2026-10-02 08:00, 5,000.000 t"."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    zone = (place.calendar(plant) if place is not None else Calendar(zone=plant.zone)).zone
    start, end = (
        f"{datetime.fromtimestamp(at_ns // NS, UTC).astimezone(zone):%Y-%m-%d %H:%M}"
        for at_ns in (figure.start_ns, figure.end_ns)
    )
    return f"{figure.shop}/{figure.unit} {figure.product} {start} to {end}, {tonnes_text(figure.grams)}"


def plan_text(plan: PlanEntry) -> str:
    """ "iron/bf3 pig_iron 2026-08, 155,000.000 t"."""
    return f"{plan.shop}/{plan.unit} {plan.product} {period_text(plan.month)}, {tonnes_text(plan.grams)}"


def tonnes_text(grams: int | None) -> str:
    """Grams in tonnes."""
    return "nothing" if grams is None else f"{grams / GRAMS_PER_TONNE:,.3f} t"
