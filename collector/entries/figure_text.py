"""A figure or a plan in words: where, what, when, how much. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from collector.entries.entry_texts import entry_text
from collector.files.words import Word
from collector.sentence import NamedMonth
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.calendar import NS
from models.works.localize import Language
from models.works.place import ALL, place_of
from models.works.plant import Calendar, Plant


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure in a sentence."""

    plant: Plant
    figure: Figure

    def told(self, language: Language) -> str:
        """The same as `figure_text`."""
        return figure_text(self.plant, self.figure, language)


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A plan in a sentence."""

    plant: Plant
    plan: PlanEntry

    def told(self, language: Language) -> str:
        """The same as `plan_text`."""
        return plan_text(self.plant, self.plan, language)


def figure_text(plant: Plant, figure: Figure, language: Language) -> str:
    """ "mines/mine1 coal_raw 2026-10-01 08:00 to 2026-10-02 08:00, 5,000.000 t"."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    zone = (place.calendar(plant) if place is not None else Calendar(zone=plant.zone)).zone
    start, end = (
        datetime.fromtimestamp(at_ns // NS, UTC).astimezone(zone) for at_ns in (figure.start_ns, figure.end_ns)
    )
    tonnes = tonnes_text(figure.grams, language)
    where, what = _place_text(plant, figure, language), _product_text(plant, figure, language)
    said = entry_text("figure", place=where, product=what, start=start, end=end, tonnes=tonnes)
    return said.told(language)


def plan_text(plant: Plant, plan: PlanEntry, language: Language) -> str:
    """ "iron/bf3 pig_iron 2026-08, 155,000.000 t"."""
    month, tonnes = NamedMonth(plan.month), tonnes_text(plan.grams, language)
    where, what = _place_text(plant, plan, language), _product_text(plant, plan, language)
    return entry_text("plan", place=where, product=what, month=month, tonnes=tonnes).told(language)


def _place_text(plant: Plant, entry: Figure | PlanEntry, language: Language) -> str:
    """Codes in English, as options take them; names in other languages."""
    known = plant.units.get(entry.unit) or plant.shops.get(entry.shop)
    if language == "en" or (known is None and (entry.unit, entry.shop) != (ALL, ALL)):
        return f"{entry.shop}/{entry.unit}"
    names = plant.site_names if known is None else known.names
    return names.get(language) or names["en"]


def _product_text(plant: Plant, entry: Figure | PlanEntry, language: Language) -> str:
    known = plant.products.get(entry.product)
    return entry.product if language == "en" or known is None else known.name(language)


def tonnes_text(grams: int | None, language: Language) -> str:
    """Grams in tonnes."""
    if grams is None:
        return Word("nothing").told(language)
    return entry_text("tonnes", tonnes=shown_tonnes(grams)).told(language)


def shown_tonnes(grams: int) -> Decimal:
    """Grams in tonnes to three places, as they are shown."""
    return Decimal(f"{grams / GRAMS_PER_TONNE:.3f}")
