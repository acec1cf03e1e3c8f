"""The state of the data in one language: readings that were not believed, gaps, clocks, certificates. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.web.numbers import duration, local, moment, number
from dashboards.web.texts import text
from models.access.unit_right import may_for_unit
from models.access.user import Right, User
from models.counting.gap_kind import GapKind, gap_kind
from models.counting.tag_gap import TagGap
from models.tables.desk_data import OutputPoint, SourceStatus
from models.tables.held_reading import HeldReading
from models.tables.reason_words import REASON_WORDS
from models.works.calendar import NS
from models.works.codes import Reason
from models.works.localize import Language, localize_day
from models.works.place import ALL
from models.works.plant import Plant, Tag

EXPIRES_SOON_DAYS = 30
"""A certificate takes a works some weeks to renew: whoever signs it is asked, and each server has to trust it."""
CLOCK_OFF_S = 2.0
"""Below it the network explains the difference; a heat or a coil is stamped to the second."""
GAPS_SHOWN = 100
GAP_KEYS = {
    GapKind.ADDRESS_CHANGED: "gap_address_changed",
    GapKind.NOT_READ: "gap_not_read",
    GapKind.STOOD_STILL: "gap_stood_still",
    GapKind.EVENTS_LOST: "gap_events_lost",
    GapKind.RESET: "gap_reset",
    GapKind.PLANNED_RESET: "gap_planned_reset",
    GapKind.LONG_UNREAD: "gap_long_unread",
    GapKind.DAMAGE: "gap_damage",
    GapKind.OTHER: "gap_other",
}
_STATE_KEYS = {"open": "held_open", "replay": "held_replay", "replayed": "held_replayed", "dropped": "held_dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """One held reading. `decided`: what became of it and by whom. `may_decide`: whether the viewer is offered that;
    `has_value`: whether another value can be given."""

    name: str
    what: str
    signal: str
    value: str
    when: str
    reason: str
    count: str
    decided: str
    may_decide: bool
    has_value: bool


@dataclass(frozen=True, slots=True)
class ClockView:
    """Clock and certificate of a source; `off` and `expires_soon`: what somebody has to look at."""

    source: str
    clock: str
    off: bool
    certificate: str
    expires_soon: bool


@dataclass(frozen=True, slots=True)
class GapView:
    """A span of which a counter says nothing certain."""

    unit: str
    code: str
    tag: str
    when: str
    lasted: str
    most: str
    why: str


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """How much of the counting of a unit is known, yesterday and today; the worst first."""

    unit: str
    code: str
    product: str
    yesterday: str
    today: str
    lacks: bool


@dataclass(frozen=True, slots=True)
class DataView:
    """The whole page."""

    waiting: tuple[HeldView, ...] = ()
    settled: tuple[HeldView, ...] = ()
    clocks: tuple[ClockView, ...] = ()
    gaps: tuple[GapView, ...] = ()
    more_gaps: str = ""
    completeness: tuple[CompletenessView, ...] = ()
    warning: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at what, and when (`now_ns`, UTC)."""

    plant: Plant
    user: User | None
    now_ns: int
    language: Language

    def unit(self, code: str) -> str:
        """Its name; the code of one that is gone, and what stands for all."""
        if code == ALL:
            return text("all_counters", self.language)
        unit = self.plant.units.get(code)
        return code if unit is None else unit.name(self.language)


def held_views(found: Sequence[HeldReading], of: Looking) -> tuple[HeldView, ...]:
    """The readings that were not believed, in their order."""
    tags = {tag.name: tag for tag in of.plant.tags}
    return tuple(_held(held, tags.get(held.rejection.tag), of) for held in found)


def clock_views(sources: Sequence[SourceStatus], of: Looking) -> tuple[ClockView, ...]:
    """Of the sources that say something of their clock or have a certificate."""
    return tuple(
        _clock(status, of)
        for status in sources
        if status.clock_offset_s is not None or status.cert_expires_ns is not None
    )


def gap_views(gaps: Sequence[TagGap], of: Looking) -> tuple[GapView, ...]:
    """The newest gaps, the one that ended last first."""
    newest = sorted(gaps, key=lambda gap: gap.gap.end_ns, reverse=True)[:GAPS_SHOWN]
    return tuple(_gap(gap, of) for gap in newest)


def completeness_views(
    yesterday: Sequence[OutputPoint], today: Sequence[OutputPoint], of: Looking
) -> tuple[CompletenessView, ...]:
    """One line a unit and product that was expected on either day; the least complete first."""
    found: dict[tuple[str, str], list[float | None]] = {}
    for column, points in enumerate((yesterday, today)):
        for point in points:
            if point.level == "unit" and point.unit in of.plant.units and point.completeness_pct is not None:
                found.setdefault((point.unit, point.product), [None, None])[column] = point.completeness_pct
    worst = sorted(found.items(), key=lambda item: min(pct for pct in item[1] if pct is not None))
    return tuple(
        CompletenessView(
            of.unit(unit),
            unit,
            of.plant.products[product].name(of.language) if product in of.plant.products else product,
            _percent(shares[0], of.language),
            _percent(shares[1], of.language),
            min(pct for pct in shares if pct is not None) < 100.0,
        )
        for (unit, product), shares in worst
    )


def _percent(pct: float | None, language: Language) -> str:
    return text("not_told", language) if pct is None else f"{number(pct, language, 1)} %"


def _held(held: HeldReading, tag: Tag | None, of: Looking) -> HeldView:
    rejection, language = held.rejection, of.language
    code = "" if tag is None else tag.unit
    refused = rejection.reason is Reason.DATABASE_REFUSED
    first, last = (moment(at_ns, of.now_ns, of.plant.zone) for at_ns in (held.first_ns, held.last_ns))
    decided = text(_STATE_KEYS[held.state], language)
    if held.corrected is not None and held.state != "open":
        decided += f", {text('held_corrected', language).format(value=held.corrected)}"
    if held.changed_by:
        decided += f" ({held.changed_by})"
    may = of.user is not None and held.waits and may_for_unit(of.user, Right.CORRECT, of.plant, code)
    return HeldView(
        name=held.name,
        what=text("a_row", language) if refused else of.unit(code) if code else rejection.source,
        signal=rejection.tag,
        value=rejection.value,
        when=first if held.count == 1 or first == last else f"{first} - {last}",
        reason=REASON_WORDS[rejection.reason][language],
        count=number(held.count, language),
        decided=decided,
        may_decide=may,
        has_value=not refused,
    )


def _clock(status: SourceStatus, of: Looking) -> ClockView:
    language, offset_s, expires_ns = of.language, status.clock_offset_s, status.cert_expires_ns
    clock, certificate, days = text("not_told", language), text("no_certificate", language), None
    if offset_s is not None:
        words = text("clock_ahead" if offset_s > 0 else "clock_behind", language)
        clock = words.format(seconds=number(abs(offset_s), language, 1))
    if expires_ns is not None:
        days = (expires_ns - of.now_ns) // (86_400 * NS)
        day = localize_day(local(expires_ns, of.plant.zone).date(), language)
        certificate = text("valid_until", language).format(day=day, days=number(days, language))
    return ClockView(
        of.plant.source_name(status.source, language),
        clock,
        offset_s is not None and abs(offset_s) > CLOCK_OFF_S,
        certificate,
        days is not None and days < EXPIRES_SOON_DAYS,
    )


def _gap(found: TagGap, of: Looking) -> GapView:
    gap, language = found.gap, of.language
    begin, end = (moment(at_ns, of.now_ns, of.plant.zone) for at_ns in (gap.start_ns, gap.end_ns))
    most = text("not_bounded", language) if found.most_t is None else number(found.most_t, language, 1)
    return GapView(
        of.unit(found.unit) if found.unit else text("gone", language),
        found.unit if found.unit in of.plant.units else "",
        gap.tag if found.unit != ALL else "",
        f"{begin} - {end}",
        duration((gap.end_ns - gap.start_ns) // NS, language),
        most,
        text(GAP_KEYS[gap_kind(gap.cause)], language),
    )
