"""What the footer of a daily report says of accidents. Pure."""

from decimal import Decimal

from dashboards.report.texts import report_text
from models.briefing.russian import HURT, counted, killed
from models.stated.accident import AccidentWord, accident_day, days_without
from models.tables.accident_rates import StatedSafety
from models.works.localize import Language, localize_number
from models.works.place import ALL
from models.works.plant import Plant


def incident_line(plant: Plant, safety: StatedSafety, day: int, language: Language) -> str:
    """Those of a production date (an ordinal), each with who was hurt, and how many days there was none."""
    if not safety.is_kept:
        return report_text("not_entered", language)
    told = [_told(plant, word, language) for word in safety.accidents if accident_day(plant, word) == day]
    parts = ["; ".join(told) or report_text("no_incidents", language)]
    days = days_without(plant, safety.accidents, day)
    if days is not None:
        parts.append(report_text("days_without", language).format(days=localize_number(days, language)))
    return ". ".join(parts)


def _told(plant: Plant, word: AccidentWord, language: Language) -> str:
    return report_text("incident", language).format(
        number=word.number,
        place=place_of_accident(plant, word, language),
        victims=word.victims,
        fatal=word.fatal,
        hurt=counted(Decimal(word.victims), HURT),
        killed=killed(word.fatal),
    )


def place_of_accident(plant: Plant, word: AccidentWord, language: Language) -> str:
    """The name of the unit, else of the shop, else of the works; the code of one that the plant no longer has."""
    if word.unit != ALL:
        unit = plant.units.get(word.unit)
        return word.unit if unit is None else unit.name(language)
    return shop_name(plant, word.shop, language)


def shop_name(plant: Plant, shop: str, language: Language) -> str:
    """The name of a shop; of ALL that of the works; the code of one that the plant no longer has."""
    names = plant.site_names if shop == ALL else plant.shops[shop].names if shop in plant.shops else {"en": shop}
    return names.get(language) or names["en"]
