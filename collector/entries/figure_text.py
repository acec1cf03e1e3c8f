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


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A unit, a shop or the site in a sentence."""

    plant: Plant
    shop: str
    unit: str

    def told(self, language: Language) -> str:
        """Codes in English, as options take them; names in other languages."""
        known = self.plant.units.get(self.unit) or self.plant.shops.get(self.shop)
        if language == "en" or (known is None and (self.unit, self.shop) != (ALL, ALL)):
            return f"{self.shop}/{self.unit}"
        names = self.plant.site_names if known is None else known.names
        return names.get(language) or names["en"]


@dataclass(frozen=True, slots=True)
class ToldProduct:
    """A product in a sentence."""

    plant: Plant
    product: str

    def told(self, language: Language) -> str:
        """Its code in English, its name in other languages."""
        known = self.plant.products.get(self.product)
        return self.product if language == "en" or known is None else known.name(language)


def figure_text(plant: Plant, figure: Figure, language: Language) -> str:
    """ "mines/mine1 coal_raw 2026-10-01 08:00 to 2026-10-02 08:00, 5,000.000 t"."""
    place = place_of(plant, figure.shop, figure.unit, figure.product)
    zone = (place.calendar(plant) if place is not None else Calendar(zone=plant.zone)).zone
    start, end = (
        datetime.fromtimestamp(at_ns // NS, UTC).astimezone(zone) for at_ns in (figure.start_ns, figure.end_ns)
    )
    tonnes = tonnes_text(figure.grams, language)
    where, what = ToldPlace(plant, figure.shop, figure.unit), ToldProduct(plant, figure.product)
    said = entry_text("figure", place=where, product=what, start=start, end=end, tonnes=tonnes)
    return said.told(language)


def plan_text(plant: Plant, plan: PlanEntry, language: Language) -> str:
    """ "iron/bf3 pig_iron 2026-08, 155,000.000 t"."""
    month, tonnes = NamedMonth(plan.month), tonnes_text(plan.grams, language)
    where, what = ToldPlace(plant, plan.shop, plan.unit), ToldProduct(plant, plan.product)
    return entry_text("plan", place=where, product=what, month=month, tonnes=tonnes).told(language)


def tonnes_text(grams: int | None, language: Language) -> str:
    """Grams in tonnes."""
    if grams is None:
        return Word("nothing").told(language)
    return entry_text("tonnes", tonnes=shown_tonnes(grams)).told(language)


def shown_tonnes(grams: int) -> Decimal:
    """Grams in tonnes to three places, as they are shown."""
    return Decimal(f"{grams / GRAMS_PER_TONNE:.3f}")
