"""What the referee says, in each language: who may be the cause, by how much, since when and with how sure that is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from models.detection.referee.referee import Named, Ruling
from models.works.localize import LANGUAGES, Language, localize_number
from models.works.plant import Plant

_HEAD: Mapping[Language, str] = {
    "en": "by the mass balance: {named}",
    "ru": "по материальному балансу: {named}",
    "kk": "материалдық баланс бойынша: {named}",
}
_OR: Mapping[Language, str] = {"en": "; or ", "ru": "; или ", "kk": "; немесе "}
_METER: Mapping[Language, Mapping[bool, str]] = {
    "en": {True: "the meter of {name} shows {bias} % too much", False: "the meter of {name} shows {bias} % too little"},
    "ru": {True: "прибор ({name}) завышает на {bias} %", False: "прибор ({name}) занижает на {bias} %"},
    "kk": {True: "аспап ({name}) {bias} % артық көрсетеді", False: "аспап ({name}) {bias} % кем көрсетеді"},
}
_YIELD: Mapping[Language, Mapping[bool, str]] = {
    "en": {
        True: "the yield of node {name} is {bias} % above the usual",
        False: "the yield of node {name} is {bias} % below the usual",
    },
    "ru": {
        True: "выход узла {name} на {bias} % выше обычного",
        False: "выход узла {name} на {bias} % ниже обычного",
    },
    "kk": {
        True: "{name} торабының шығымы әдеттегіден {bias} % жоғары",
        False: "{name} торабының шығымы әдеттегіден {bias} % төмен",
    },
}
_SO_FAR: Mapping[Language, str] = {
    "en": "{what} since {day}, {tonnes} t so far (probability {sure} %)",
    "ru": "{what} с {day}, к этому времени {tonnes} т (вероятность {sure} %)",
    "kk": "{what}, {day} бастап, осы уақытқа дейін {tonnes} т (ықтималдығы {sure} %)",
}


def ruling_evidence(plant: Plant, ruling: Ruling) -> dict[str, str]:
    """The sentence of a ruling by language; each that may be the cause, the likeliest first."""
    return {
        language: _HEAD[language].format(
            named=_OR[language].join(named_sentence(plant, each, language) for each in ruling.named)
        )
        for language in LANGUAGES
    }


def named_sentence(plant: Plant, named: Named, language: Language) -> str:
    """What one of them would have to have done."""
    accused = named.accused
    what = (_YIELD if accused.node else _METER)[language][named.bias_pct >= 0].format(
        name=accused.node or _meter_name(plant, accused.unit, accused.product, language),
        bias=localize_number(Decimal(f"{abs(named.bias_pct):.1f}"), language, 1),
    )
    return _SO_FAR[language].format(
        what=what,
        day=date.fromordinal(named.since_day).strftime("%d.%m.%Y"),
        tonnes=localize_number(Decimal(f"{abs(named.tonnes):.0f}"), language, 0),
        sure=f"{100 * named.probability:.0f}",
    )


def _meter_name(plant: Plant, unit: str, product: str, language: Language) -> str:
    names = plant.units[unit].names
    return f"{names.get(language) or names['en']}, {plant.products[product].name(language)}"
