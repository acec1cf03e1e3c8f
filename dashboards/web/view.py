"""What the page shows, in one language, as plain texts: from a snapshot, without NiceGUI. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.panels.texts import Language
from dashboards.web.cards import ProductCard, product_card
from dashboards.web.numbers import age, clock, day, local, number, offset
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.calendar import NS
from models.desk import SourceStatus, UnitActivity
from models.plant import Shop, Unit
from models.unit_lamp import Lamp, counts_output, unit_lamp

SILENT_AFTER_S = 30
"""The collector writes its health every few seconds; longer than this without any means that it does not run."""


@dataclass(frozen=True, slots=True)
class LampView:
    """One unit: `state` is a code of `models.unit_lamp.Lamp`, `state_text` its name, `detail` a tooltip."""

    unit: str
    name: str
    state: str
    state_text: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShopView:
    """One shop and the lamps of its units."""

    shop: str
    name: str
    lamps: tuple[LampView, ...]


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many units are in one state, as "running: 13"; states without a unit are not told."""

    state: str
    told: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One line of the source table; `state` is up, down or silent."""

    source: str
    state: str
    state_text: str
    age: str
    readings: str
    rejected: str
    last_error: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """The whole page. `warning` is empty when nothing is wrong with the figures' freshness.

    `waiting`: it is no fault, the collector has not begun. `reason`: what the reader said, in its own words.
    """

    site: str
    simulated: bool
    date: str
    clock: str
    zone: str
    warning: str
    waiting: bool
    reason: str
    unit_counts: tuple[UnitCount, ...]
    cards: tuple[ProductCard, ...]
    shops: tuple[ShopView, ...]
    sources: tuple[SourceView, ...]


def desk_view(snapshot: Snapshot, language: Language) -> DeskView:
    """The page at the snapshot's instant."""
    plant, now_ns = snapshot.plant, snapshot.now_ns
    shops = tuple(view for shop in plant.shops.values() if (view := _shop(snapshot, shop, language)).lamps)
    return DeskView(
        site=plant.site_names.get(language) or plant.site_names["en"],
        simulated=plant.simulated,
        date=day(local(now_ns, plant.zone).date(), language),
        clock=clock(now_ns, plant.zone),
        zone=offset(now_ns, plant.zone),
        warning=_warning(snapshot, language),
        waiting=snapshot.read_ns == now_ns and not snapshot.sources,
        reason=snapshot.error if snapshot.read_ns != now_ns else "",
        unit_counts=_unit_counts(shops, language),
        cards=tuple(product_card(snapshot, reported, language) for reported in plant.reported),
        shops=shops,
        sources=tuple(_source(status, now_ns, language) for status in snapshot.sources),
    )


def _unit_counts(shops: Iterable[ShopView], language: Language) -> tuple[UnitCount, ...]:
    states = Counter(lamp.state for shop in shops for lamp in shop.lamps)
    return tuple(
        UnitCount(lamp.value, f"{text(f'lamp_{lamp.value}', language)}: {states[lamp.value]}")
        for lamp in Lamp
        if states[lamp.value]
    )


def _warning(snapshot: Snapshot, language: Language) -> str:
    zone = snapshot.plant.zone
    if snapshot.read_ns is None:
        return text("read_failed_at_start", language)
    if snapshot.read_ns < snapshot.now_ns:
        return text("read_failed", language).format(since=clock(snapshot.read_ns, zone))
    newest_ns = max((status.time_ns for status in snapshot.sources), default=None)
    if newest_ns is None:
        return text("no_sources", language)
    if _silent(newest_ns, snapshot.now_ns):
        moment = local(newest_ns, zone)
        same_day = moment.date() == local(snapshot.now_ns, zone).date()
        since = clock(newest_ns, zone) if same_day else f"{day(moment.date(), language)} {clock(newest_ns, zone)}"
        return text("collector_silent", language).format(since=since)
    return ""


def _silent(time_ns: int, now_ns: int) -> bool:
    return now_ns - time_ns > SILENT_AFTER_S * NS


def _shop(snapshot: Snapshot, shop: Shop, language: Language) -> ShopView:
    activity = {line.unit: line for line in snapshot.activity}
    lamps = tuple(
        _lamp(snapshot, unit, activity.get(unit.code), language)
        for unit in snapshot.plant.units.values()
        if unit.shop == shop.code and counts_output(snapshot.plant, unit)
    )
    return ShopView(shop.code, shop.names.get(language) or shop.names["en"], lamps)


def _lamp(snapshot: Snapshot, unit: Unit, activity: UnitActivity | None, language: Language) -> LampView:
    state = unit_lamp(snapshot.plant, unit, activity, snapshot.now_ns)
    moments = (activity.last_output_ns, activity.last_reading_ns) if activity else (None, None)
    detail = "; ".join(
        f"{text(key, language)}: {_ago(moment_ns, snapshot.now_ns, language)}"
        for key, moment_ns in zip(("last_output", "last_reading"), moments, strict=True)
    )
    name = unit.names.get(language) or unit.names["en"]
    return LampView(unit.code, name, state.value, text(f"lamp_{state.value}", language), detail)


def _ago(moment_ns: int | None, now_ns: int, language: Language) -> str:
    if moment_ns is None:
        return text("no_data", language)
    return f"{age((now_ns - moment_ns) / NS, language)} {text('ago', language)}"


def _source(status: SourceStatus, now_ns: int, language: Language) -> SourceView:
    since_report_s = max((now_ns - status.time_ns) / NS, 0.0)
    silent = _silent(status.time_ns, now_ns)
    state = "silent" if silent else "up" if status.up else "down"
    return SourceView(
        source=status.source,
        state=state,
        state_text=text(f"source_{state}", language),
        age=age(None if status.age_s is None else status.age_s + since_report_s, language),
        readings=number(status.readings, language),
        rejected=number(status.rejected, language),
        last_error=status.last_error,
    )
