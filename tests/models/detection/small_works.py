"""A small works for tests of detection: two furnaces, a mine, three converters, two casters, a mill, a coke battery."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from models.works.codes import SignalRole, TagKind
from models.works.plant import BalanceNode, Calendar, Flow, Plant, Product, Shop, Tag, Unit

ZONE = ZoneInfo("Asia/Almaty")
START_S = int(datetime(2026, 4, 7, tzinfo=ZONE).timestamp())
"""Midnight in Almaty. Hours of these tests count from here."""
MINUTE, HOUR, DAY = 60, 3600, 86_400
ACTIVITY, CORROBORATION = SignalRole.ACTIVITY, SignalRole.CORROBORATION

_UNITS = {
    "mine1": ("mines", "mine", "coal_raw", 12_000.0, {"en": "Mine 1", "ru": "Шахта 1", "kk": "1-шахта"}),
    "coke1": ("coke", "coke_battery", "coke_dry", 2_100.0, {"en": "Coke 1", "ru": "Батарея 1", "kk": "1-батарея"}),
    "bf2": ("furnaces", "blast_furnace", "pig_iron", 1_900.0, {"en": "BF 2", "ru": "ДП-2", "kk": "2-пеш"}),
    "bf3": ("furnaces", "blast_furnace", "pig_iron", 5_000.0, {"en": "BF 3", "ru": "ДП-3", "kk": "3-пеш"}),
    **{
        f"bof{number}": (
            "steel",
            "converter",
            "steel_liquid",
            3_600.0,
            {"en": f"BOF {number}", "ru": f"Конвертер {number}", "kk": f"{number}-конвертер"},
        )
        for number in (1, 2, 3)
    },
    **{
        f"cast{number}": (
            "steel",
            "caster",
            "slab",
            3_480.0,
            {"en": f"Caster {number}", "ru": f"МНЛЗ-{number}", "kk": f"{number}-МНЛЗ"},
        )
        for number in (1, 2)
    },
    "hsm": ("rolling", "hot_strip_mill", "rolled", 6_432.0, {"en": "Mill", "ru": "Стан", "kk": "Орнақ"}),
}
_SIGNALS: dict[str, list[tuple[str, SignalRole, float, str]]] = {
    "mine": [("belt", ACTIVITY, 600.0, "t/h")],
    "coke_battery": [],
    "blast_furnace": [("blast", ACTIVITY, 360_000.0, "m3/h"), ("blast_temperature", CORROBORATION, 1160.0, "degC")],
    "converter": [("oxygen", ACTIVITY, 900.0, "m3/min")],
    "caster": [("speed", ACTIVITY, 1.2, "m/min")],
    "hot_strip_mill": [("speed", ACTIVITY, 9.0, "m/s")],
}
_NAMES = {
    "belt": {"ru": "лента", "kk": "таспа"},
    "blast": {"ru": "дутьё", "kk": "үрлеу"},
    "blast_temperature": {"ru": "температура дутья", "kk": "үрлеу температурасы"},
    "oxygen": {"ru": "кислород", "kk": "оттегі"},
}
"""Speed has no names on purpose: a signal without one is told in every language all the same."""
RATES = {code: daily_t / 24 for code, (_, _, _, daily_t, _) in _UNITS.items()}


def _unit(code: str) -> Unit:
    shop, kind, product, daily_t, names = _UNITS[code]
    turns = kind == "converter"
    return Unit(code=code, shop=shop, kind=kind, names=names, daily_target_t={product: daily_t}, takes_turns=turns)


def _tags(unit: Unit) -> Iterable[Tag]:
    tag = Tag(
        name=f"{unit.code}.made",
        signal="made",
        kind=TagKind.TOTALIZER if unit.kind == "mine" else TagKind.EVENT,
        site="works",
        shop=unit.shop,
        unit=unit.code,
        source=f"{unit.shop}_plc",
        unit_of_measure="t",
        cadence_s=10.0,
        product=next(iter(unit.daily_target_t)),
        max_rate_per_h=3_600.0,
        grams_per_unit=1_000_000.0,
    )
    yield tag
    for signal, role, nominal, measure in _SIGNALS[unit.kind]:
        yield replace(
            tag,
            name=f"{unit.code}.{signal}",
            signal=signal,
            kind=TagKind.GAUGE,
            unit_of_measure=measure,
            product=None,
            max_rate_per_h=None,
            grams_per_unit=None,
            role=role,
            nominal=nominal,
            signal_names=_NAMES.get(signal, {}),
        )


def _node(name: str, made_from: str, yield_t_per_t: float, makes: str) -> BalanceNode:
    at = {product: tuple(code for code, unit in _UNITS.items() if unit[2] == product) for product in (made_from, makes)}
    return BalanceNode(
        name=name,
        inputs=(Flow(product=made_from, at=at[made_from], yield_t_per_t=yield_t_per_t),),
        outputs=(Flow(product=makes, at=at[makes]),),
    )


def _plant() -> Plant:
    units = {code: _unit(code) for code in _UNITS}
    products = {product for unit in units.values() for product in unit.daily_target_t}
    return Plant(
        site="works",
        site_names={"en": "Works"},
        zone=ZONE,
        simulated=False,
        shops={
            unit.shop: Shop(code=unit.shop, names={"en": unit.shop}, calendar=Calendar(zone=ZONE))
            for unit in units.values()
        },
        units=units,
        products={code: Product(code=code, names={"en": code}, definition=code, basis="wet") for code in products},
        reported=(),
        tags=tuple(sorted((tag for unit in units.values() for tag in _tags(unit)), key=lambda tag: tag.name)),
        balance=(
            _node("steelmaking", "pig_iron", 1.072, "steel_liquid"),
            _node("casting", "steel_liquid", 0.964, "slab"),
            _node("rolling", "slab", 0.924, "rolled"),
        ),
    )


PLANT = _plant()


def usual_share(day: int) -> float:
    """What a sound unit makes in a day, as a share of what is due: days differ by some percent."""
    return 1.0 + (0.012, -0.008, 0.004, -0.015, 0.007)[day % 5]


def only(*codes: str, plant: Plant = PLANT) -> Plant:
    """The plant as if it had these units only. The balance stays: it is about products."""
    return replace(
        plant,
        units={code: unit for code, unit in plant.units.items() if code in codes},
        tags=tuple(tag for tag in plant.tags if tag.unit in codes),
    )
