"""Clocks of sources that are wrong, as findings about data with words: what is wrong, what is done, what to do."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from models.counting.stamp_rule import StampFault, StampState
from models.detection.finding import Finding, FindingKind
from models.works.calendar import NS
from models.works.localize import LANGUAGES, Language, localize_number
from models.works.plant import Plant

LASTS_S = 60
"""A clock that is set makes three readings that differ. What is not over in a minute is told. A judgement."""

_TEXTS: Mapping[StampState, Mapping[Language, str]] = {
    StampState.CORRECTED: {
        "en": "{tag}: its times differ from this host's by {offset} s; they are corrected by that and marked as "
        "uncertain. Set the clock that is wrong: the controller's, or this host's",
        "ru": "{tag}: время отличается от времени этого сервера на {offset} с; оно исправляется на эту величину и "
        "помечается как неуверенное. Установите неверные часы: контроллера или этого сервера",
        "kk": "{tag}: уақыты осы сервердің уақытынан {offset} с айырмасы бар; ол сол шамаға түзетіліп, сенімсіз деп "
        "белгіленеді. Қате сағатты қойыңыз: контроллердің немесе осы сервердің",
    },
    StampState.UNSTEADY: {
        "en": "{tag}: its times differ from this host's by {offset} s. Set the clock that is wrong, the controller's "
        "or this host's, or give the source time_from: receive",
        "ru": "{tag}: время отличается от времени этого сервера на {offset} с. Установите неверные часы, контроллера "
        "или этого сервера, либо задайте источнику time_from: receive",
        "kk": "{tag}: уақыты осы сервердің уақытынан {offset} с айырмасы бар. Қате сағатты, контроллердің немесе осы "
        "сервердің сағатын қойыңыз, не дереккөзге time_from: receive беріңіз",
    },
    StampState.FROZEN: {
        "en": "{tag}: new values come under one old time. Give the source time_from: receive",
        "ru": "{tag}: новые значения приходят с одним старым временем. Задайте источнику time_from: receive",
        "kk": "{tag}: жаңа мәндер бір ескі уақытпен келеді. Дереккөзге time_from: receive беріңіз",
    },
}
_REFUSED: Mapping[Language, str] = {
    "en": "what comes so is not counted",
    "ru": "такие данные не учитываются",
    "kk": "мұндай деректер есепке алынбайды",
}


def clock_findings(plant: Plant, faults: Iterable[StampFault], now_s: int) -> list[Finding]:
    """A finding for each unit whose times have been wrong for a minute at `now_s` (UTC seconds). It names the worst."""
    units = {tag.name: tag.unit for tag in plant.tags}
    worst: dict[str, StampFault] = {}
    for fault in faults:
        unit = units.get(fault.tag)
        if unit is None or now_s - fault.since_ns // NS < LASTS_S:
            continue
        known = worst.get(unit)
        if known is None or _rank(fault) > _rank(known):
            worst[unit] = fault
    return [_finding(plant, unit, fault) for unit, fault in sorted(worst.items())]


def _rank(fault: StampFault) -> tuple[bool, int, float, str]:
    return fault.refused, int(fault.state), abs(fault.offset_s), fault.tag


def _finding(plant: Plant, unit: str, fault: StampFault) -> Finding:
    products = [tag.product for tag in plant.tags if tag.unit == unit and tag.product is not None]
    since_s = fault.since_ns // NS
    return Finding(
        kind=FindingKind.CLOCK,
        shop=plant.units[unit].shop,
        unit=unit,
        product=products[0] if products else "",
        severity=4,
        since_s=since_s,
        found_s=since_s + LASTS_S,
        source=fault.source,
        evidence={language: _sentence(fault, language) for language in LANGUAGES},
        facts={"offset_s": fault.offset_s},
    )


def _sentence(fault: StampFault, language: Language) -> str:
    offset = localize_number(Decimal(round(fault.offset_s)), language)
    text = _TEXTS[fault.state][language].format(tag=fault.tag, offset=offset)
    return f"{text}; {_REFUSED[language]}" if fault.refused else text
