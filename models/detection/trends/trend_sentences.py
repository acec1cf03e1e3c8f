"""The sentence of a trend in each language, with the figures that it rests on."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.detection.finding import Finding, FindingKind
from models.works.localize import LANGUAGES, Language, localize_number
from models.works.plant import Plant

_TEXTS: Mapping[FindingKind, Mapping[str, str]] = {
    FindingKind.SHIFT_SHORT: {
        "en": "{name}: the shift until {since} made {made_t} t of {due_t} t ({pct} %)",
        "ru": "{name}: смена до {since} дала {made_t} т из {due_t} т ({pct} %)",
        "kk": "{name}: {since} дейінгі ауысым {due_t} т орнына {made_t} т берді ({pct} %)",
    },
    FindingKind.DRIFT: {
        "en": "{name}: output has been {drop_pct} % below the usual since {day}",
        "ru": "{name}: выпуск с {day} на {drop_pct} % ниже обычного",
        "kk": "{name}: өнім {day} бастап әдеттегіден {drop_pct} % төмен",
    },
    FindingKind.MONTH_SHORT: {
        "en": "{name}: the month is forecast to give {forecast_t} t of {target_t} t ({pct} %)",
        "ru": "{name}: ожидаемое за месяц {forecast_t} т из {target_t} т ({pct} %)",
        "kk": "{name}: ай бойынша күтілетіні {target_t} т орнына {forecast_t} т ({pct} %)",
    },
}
_ONE_DECIMAL = ("pct", "drop_pct")


def trend_evidence(plant: Plant, finding: Finding, zone: ZoneInfo) -> dict[str, str]:
    """The sentence for a short shift, a drift, or a month that is forecast short, by language."""
    since = datetime.fromtimestamp(finding.since_s, UTC).astimezone(zone)
    return {
        language: _TEXTS[finding.kind][language].format(
            name=_name(plant, finding, language),
            since=since.strftime("%d.%m %H:%M"),
            day=since.strftime("%d.%m.%Y"),
            **{name: _number(name, value, language) for name, value in finding.facts.items()},
        )
        for language in LANGUAGES
    }


def _name(plant: Plant, finding: Finding, language: Language) -> str:
    if finding.unit in plant.units:
        names = plant.units[finding.unit].names
        return names.get(language) or names["en"]
    product = plant.products.get(finding.product)
    return finding.product if product is None else product.name(language)


def _number(name: str, value: float, language: Language) -> str:
    decimals = 1 if name in _ONE_DECIMAL else 0
    return localize_number(Decimal(f"{value:.{decimals}f}"), language, decimals)
