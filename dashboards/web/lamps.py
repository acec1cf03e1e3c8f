"""The lamps of the units: the state machine's answer in one language, and how old it is. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.web.numbers import moment
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.alerts.not_known import collector_silent_since_s, is_fresh
from models.detection.state_row import UnitNow
from models.detection.watched import is_watched
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.localize import Language
from models.works.plant import Plant, Shop, Unit

SILENT = "silent"
LAMPS = (*(state.name.lower() for state in UnitState), SILENT)


@dataclass(frozen=True, slots=True)
class LampView:
    """One unit. `state` is one of LAMPS, `state_text` its name and since when, `cause` what it follows from.

    `detail` is the sentence of its evidence, or why there is none.
    """

    unit: str
    name: str
    state: str
    state_text: str
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShopView:
    """One shop and the lamps of its units."""

    shop: str
    name: str
    lamps: tuple[LampView, ...]


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many units are in one state, as "normal: 13"; states without a unit are left out."""

    state: str
    text: str


def shop_views(snapshot: Snapshot, language: Language) -> tuple[ShopView, ...]:
    """The shops that have lamps, in the order of the plant."""
    states = {state.unit: state for state in snapshot.states}
    shops = (_shop(snapshot, shop, states, language) for shop in snapshot.plant.shops.values())
    return tuple(shop for shop in shops if shop.lamps)


def lamp_of(snapshot: Snapshot, unit: Unit, language: Language) -> LampView:
    """The lamp of one unit."""
    latest = next((state for state in snapshot.states if state.unit == unit.code), None)
    return _lamp(snapshot, unit, latest, language)


def unit_counts(shops: Iterable[ShopView], language: Language) -> tuple[UnitCount, ...]:
    """The lamps by state."""
    found = Counter(lamp.state for shop in shops for lamp in shop.lamps)
    return tuple(UnitCount(lamp, f"{_lamp_text(lamp, language)}: {found[lamp]}") for lamp in LAMPS if found[lamp])


def follows_from(plant: Plant, cause_unit: str, language: Language) -> str:
    """What a unit's state follows from, in words; "" if it is its own."""
    if not cause_unit:
        return ""
    unit = plant.units.get(cause_unit)
    return text("follows_from", language).format(cause=cause_unit if unit is None else unit.name(language))


def _shop(snapshot: Snapshot, shop: Shop, states: Mapping[str, UnitNow], language: Language) -> ShopView:
    lamps = tuple(
        _lamp(snapshot, unit, states.get(unit.code), language)
        for unit in snapshot.plant.units.values()
        if unit.shop == shop.code and (unit.code in states or is_watched(snapshot.plant, unit))
    )
    return ShopView(shop.code, shop.names.get(language) or shop.names["en"], lamps)


def _lamp(snapshot: Snapshot, unit: Unit, latest: UnitNow | None, language: Language) -> LampView:
    plant, now_ns = snapshot.plant, snapshot.now_ns
    name = unit.name(language)
    if latest is None:
        missing = UnitState.MISSING.name.lower()
        return LampView(unit.code, name, missing, _lamp_text(missing, language), "", text("not_judged", language))
    evidence = latest.evidence.get(language) or latest.evidence.get("en", "")
    # A collector that is silent says nothing of this moment, however young its last word is.
    reports = not snapshot.sources or collector_silent_since_s(snapshot.sources, now_ns) is None
    fresh = reports and is_fresh(latest, now_ns)
    lamp, since_s = (latest.state.name.lower(), latest.since_s) if fresh else (SILENT, latest.at_s)
    since = moment(since_s * NS, now_ns, plant.zone)
    shown = _lamp_text(lamp, language)
    if lamp != UnitState.OK.name.lower():
        shown = text("state_since", language).format(state=shown, since=since)
    return LampView(
        unit=unit.code,
        name=name,
        state=lamp,
        state_text=shown,
        cause=follows_from(plant, latest.cause_unit, language) if fresh else "",
        detail=evidence if fresh else text("states_silent", language).format(since=since, last=evidence),
    )


def _lamp_text(lamp: str, language: Language) -> str:
    return text("no_news" if lamp == SILENT else f"state_{UnitState[lamp.upper()].value}", language)
