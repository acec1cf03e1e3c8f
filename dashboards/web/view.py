"""What the page shows, in one language, as plain texts: from a snapshot, without NiceGUI. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.web.cards import ProductCard, product_card
from dashboards.web.drops import DropView, drop_views, no_drops_text, not_known_text
from dashboards.web.lamps import ShopView, UnitCount, shop_views, unit_counts
from dashboards.web.numbers import age, clock, local, moment, number
from dashboards.web.readings import readings_lines
from dashboards.web.snapshot import Snapshot
from dashboards.web.texts import text
from models.alerts.not_known import SILENT_AFTER_S, collector_silent_since_s
from models.tables.desk_data import SourceStatus
from models.tables.source_error import told_error
from models.works.calendar import NS
from models.works.localize import Language, localize_day, utc_offset
from models.works.plant import Plant, Tag

NAMED = 5
"""So many signals are named: enough to see what they have in common."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One line of the source table; `state` is up, down or silent. `not_fresh`: which signals are not known now."""

    source: str
    name: str
    state: str
    state_text: str
    age: str
    readings: str
    rejected: str
    last_error: str
    not_fresh: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """The whole page. `warning` is empty if the figures are fresh; else they have no colour, for nothing is judged.

    `waiting`: no fault, the collector has not begun yet. `reason`: what the reader said, in its own words.
    `no_drops`: what stands in place of `drops` if there are none. `not_known`: of what nothing is known now.
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
    not_known: str
    sources: tuple[SourceView, ...]
    readings: tuple[str, ...] = ()


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
        warning=stale_warning(snapshot, language),
        waiting=snapshot.read_ns == now_ns and not snapshot.sources,
        reason=snapshot.error if snapshot.read_ns != now_ns else "",
        unit_counts=unit_counts(shops, language),
        cards=tuple(product_card(snapshot, reported, language) for reported in plant.reported),
        shops=shops,
        drops=drop_views(snapshot, language),
        no_drops=no_drops_text(snapshot, language),
        not_known=not_known_text(snapshot, language),
        sources=tuple(_source(plant, status, now_ns, language) for status in snapshot.sources),
        readings=() if snapshot.readings is None else readings_lines(plant, snapshot.readings, language),
    )


def stale_warning(snapshot: Snapshot, language: Language) -> str:
    """Why the figures are not of this moment, and since when; "" if they are."""
    zone = snapshot.plant.zone
    if snapshot.read_ns is None:
        return text("read_failed_at_start", language)
    if snapshot.read_ns < snapshot.now_ns:
        return text("read_failed", language).format(since=clock(snapshot.read_ns, zone))
    silent_since_s = collector_silent_since_s(snapshot.sources, snapshot.now_ns)
    if silent_since_s is None:
        return ""
    if silent_since_s == 0:
        return text("no_sources", language)
    since = moment(silent_since_s * NS, snapshot.now_ns, zone)
    return text("collector_silent", language).format(since=since)


def _silent(time_ns: int, now_ns: int) -> bool:
    return now_ns - time_ns > SILENT_AFTER_S * NS


def _source(plant: Plant, status: SourceStatus, now_ns: int, language: Language) -> SourceView:
    since_report_s = max((now_ns - status.time_ns) / NS, 0.0)
    silent = _silent(status.time_ns, now_ns)
    state = "silent" if silent else "up" if status.up else "down"
    return SourceView(
        source=status.source,
        name=plant.source_name(status.source, language),
        state=state,
        state_text=text("no_news" if silent else f"source_{state}", language),
        age=age(None if status.age_s is None else status.age_s + since_report_s, language),
        readings=number(status.readings, language),
        rejected=number(status.rejected, language),
        last_error=told_error(status.error_kind, status.last_error, language),
        not_fresh="" if silent else _not_fresh(plant, status.stale, language),
    )


def _not_fresh(plant: Plant, stale: Sequence[str], language: Language) -> str:
    """The signals by the names that people have for them, with those of their units."""
    if not stale:
        return ""
    tags = {tag.name: tag for tag in plant.tags}
    named = [_signal_name(plant, tags[name], language) for name in stale[:NAMED] if name in tags]
    more = len(stale) - len(named)
    if more:
        named.append(text("and_more", language).format(count=number(more, language)))
    return f"{text('not_fresh', language)}: {', '.join(named)}"


def _signal_name(plant: Plant, tag: Tag, language: Language) -> str:
    """With its unit, which alone is named where the signal has no name in that language: a code is no word."""
    unit = plant.units[tag.unit].name(language)
    signal = tag.signal_names.get(language) or (tag.signal.replace("_", " ") if language == "en" else "")
    return f"{unit} ({signal})" if signal else unit


class SharedViews:
    """What pages show of the newest snapshot, made once for all who read it in a language: it takes ten milliseconds,
    and two hundred viewers would ask for more than a second has."""

    def __init__(self) -> None:
        self._made: dict[Language, tuple[Snapshot, DeskView]] = {}

    def of(self, snapshot: Snapshot, language: Language) -> DeskView:
        """The view of this very snapshot."""
        made = self._made.get(language)
        if made is None or made[0] is not snapshot:
            made = self._made[language] = snapshot, desk_view(snapshot, language)
        return made[1]
