"""What the page shows, in one language, as plain texts: from a snapshot, without NiceGUI. Pure."""

from dataclasses import dataclass

from dashboards.web.cards import ProductCard, product_card
from dashboards.web.drops import DropView, drop_views, no_drops_text
from dashboards.web.lamps import ShopView, UnitCount, shop_views, unit_counts
from dashboards.web.numbers import age, clock, local, number
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.tables.desk_data import SourceStatus
from models.works.calendar import NS
from models.works.localize import Language, localize_day, utc_offset

SILENT_AFTER_S = 30
"""The collector writes its status every two seconds. Fifteen that did not come mean that it does not run, or hangs."""


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
    """The whole page. `warning` is empty if the figures are fresh.

    `waiting`: no fault, the collector has not begun yet. `reason`: what the reader said, in its own words.
    `no_drops`: what stands in place of `drops` if there are none.
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
    drops: tuple[DropView, ...]
    no_drops: str
    sources: tuple[SourceView, ...]


def desk_view(snapshot: Snapshot, language: Language) -> DeskView:
    """The page at the snapshot's instant."""
    plant, now_ns = snapshot.plant, snapshot.now_ns
    shops = shop_views(snapshot, language)
    return DeskView(
        site=plant.site_names.get(language) or plant.site_names["en"],
        simulated=plant.simulated,
        date=localize_day(local(now_ns, plant.zone).date(), language),
        clock=clock(now_ns, plant.zone),
        zone=utc_offset(now_ns // NS, plant.zone),
        warning=_warning(snapshot, language),
        waiting=snapshot.read_ns == now_ns and not snapshot.sources,
        reason=snapshot.error if snapshot.read_ns != now_ns else "",
        unit_counts=unit_counts(shops, language),
        cards=tuple(product_card(snapshot, reported, language) for reported in plant.reported),
        shops=shops,
        drops=drop_views(snapshot, language),
        no_drops=no_drops_text(snapshot, language),
        sources=tuple(_source(status, now_ns, language) for status in snapshot.sources),
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
        since = (
            clock(newest_ns, zone) if same_day else f"{localize_day(moment.date(), language)} {clock(newest_ns, zone)}"
        )
        return text("collector_silent", language).format(since=since)
    return ""


def _silent(time_ns: int, now_ns: int) -> bool:
    return now_ns - time_ns > SILENT_AFTER_S * NS


def _source(status: SourceStatus, now_ns: int, language: Language) -> SourceView:
    since_report_s = max((now_ns - status.time_ns) / NS, 0.0)
    silent = _silent(status.time_ns, now_ns)
    state = "silent" if silent else "up" if status.up else "down"
    return SourceView(
        source=status.source,
        state=state,
        state_text=text("no_news" if silent else f"source_{state}", language),
        age=age(None if status.age_s is None else status.age_s + since_report_s, language),
        readings=number(status.readings, language),
        rejected=number(status.rejected, language),
        last_error=status.last_error,
    )
