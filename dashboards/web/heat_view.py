"""The page of heat supply as plain values. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from dashboards.web.month_parts import Linked
from dashboards.web.numbers import local, with_unit
from dashboards.web.texts import text
from models.heat.heat_flow import in_mw
from models.heat.heat_hour import HOUR_S, HeatHour, HeatVerdict
from models.heat.heat_span import HeatSpan
from models.heat.report import HeatReport, NetworkReport
from models.heat.sentences import (
    HeatSentence,
    coal_sentences,
    hour_sentences,
    network_note,
    number,
    span_sentence,
    standby_sentences,
    under_sentence,
)
from models.heat.source_days import SourceDays
from models.heat.source_sentences import repair_span
from models.heat.standby import SourceReadiness
from models.works.calendar import NS
from models.works.localize import Language, localize_day
from models.works.units_of_measure import measure

DAY_COLUMNS = (
    *("heat_day", "heat_gcal", "heat_demand", "heat_of_demand", "heat_short", "heat_cold_hours"),
    "heat_judged_hours",
)
SOURCE_COLUMNS = ("heat_source", "heat_full", "heat_is_now", "heat_worked", "heat_repairs")
SOURCE_NUMBERS = frozenset({"heat_full", "heat_worked"})
DAY_NUMBERS = frozenset(DAY_COLUMNS) - {"heat_day"}
_TONES = {
    HeatVerdict.BY_GRAPH: "up",
    HeatVerdict.OFF_GRAPH: "plain",
    HeatVerdict.LOW: "down",
    HeatVerdict.VERY_LOW: "down",
    HeatVerdict.FROST: "down",
}


@dataclass(frozen=True, slots=True)
class HeatTile:
    """One figure of the newest hour: how it reads, what it is, and what is due. `tone`: up, down, plain or unknown."""

    shown: str
    what: str
    due: str
    tone: str


@dataclass(frozen=True, slots=True)
class HeatLines:
    """T1, T2, what the graph asks of them and the outdoor mean, hour by hour, in degC; None where not known. `tips`: of
    each hour, lines."""

    labels: tuple[str, ...]
    supply: tuple[float | None, ...]
    supply_due: tuple[float | None, ...]
    returned: tuple[float | None, ...]
    return_due: tuple[float | None, ...]
    outdoor: tuple[float | None, ...]
    tips: tuple[tuple[str, ...], ...]

    @property
    def are_known(self) -> bool:
        """Whether there is anything to draw."""
        drawn = (*self.supply, *self.returned, *self.outdoor)
        return any(value is not None for value in drawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard:
    """One network. `verdicts`: sentences of its newest hour; `totals`: of the days; `days`: a line for each."""

    code: str
    name: str
    hour: str
    verdicts: Sequence[HeatSentence]
    tone: str
    tiles: Sequence[HeatTile]
    lines: HeatLines
    outdoor: str
    totals: Sequence[HeatSentence]
    days: Sequence[Sequence[Linked]]
    note: str


@dataclass(frozen=True, slots=True)
class HeatView:
    """The whole page."""

    cards: tuple[NetworkCard, ...]
    sources: tuple[HeatSentence, ...]
    source_columns: tuple[str, ...] = ()
    source_days: tuple[tuple[Linked, ...], ...] = ()


def heat_view(report: HeatReport, language: Language, *, runs: bool = True) -> HeatView:
    """The page of a report. `runs`: today is one of its days; boilers of now say nothing of others."""
    cards = tuple(_card(network, report, language) for network in report.networks)
    sources = standby_sentences(report, language) if runs else coal_sentences(report, language)
    columns = tuple(name for name in SOURCE_COLUMNS if runs or name != "heat_is_now")
    lines = (_source(each, report, language) for each in report.sources)
    return HeatView(cards, tuple(sources), columns, tuple(tuple(line[name] for name in columns) for line in lines))


def _source(source: SourceDays, report: HeatReport, language: Language) -> dict[str, Linked]:
    """By column."""
    hours = text("no_data", language)
    if source.worked_h is not None:
        worked, known = (number(value, language, 1) for value in (source.worked_h, source.known_h))
        hours = text("heat_worked_of", language).format(worked=worked, known=known)
    out = source.readiness is SourceReadiness.REPAIR
    repairs = "; ".join(repair_span(repair, report.zone, language) for repair in source.repairs)
    now = "" if source.readiness is None else text(f"heat_is_{source.readiness}", language)
    return {
        "heat_source": Linked(source.name(language)),
        "heat_full": Linked(number(source.source.gcal_h, language, 1)),
        "heat_is_now": Linked(now, tone="down" if out else ""),
        "heat_worked": Linked(hours),
        "heat_repairs": Linked(repairs),
    }


def _card(network: NetworkReport, report: HeatReport, language: Language) -> NetworkCard:
    last = network.last
    return NetworkCard(
        code=network.network.code,
        name=network.network.name(language),
        hour=text("heat_no_hour", language) if last is None else _named(last, report, language),
        verdicts=() if last is None else tuple(hour_sentences(network.network, last, language)),
        tone="unknown" if last is None or last.verdict is None else _TONES[last.verdict],
        tiles=() if last is None else tuple(_tiles(network, last, language)),
        lines=_lines(network, report, language),
        outdoor=_outdoor(network, language),
        totals=(span_sentence(network, language), under_sentence(network, language)),
        days=[_day(day, span, language) for day, span in sorted(network.days.items(), reverse=True)],
        note=network_note(network.network, language),
    )


def _named(hour: HeatHour, report: HeatReport, language: Language) -> str:
    start, end = (local(at_s * NS, report.zone) for at_s in (hour.start_s, hour.start_s + HOUR_S))
    day = localize_day(start.date(), language)
    return text("heat_hour_of", language).format(day=day, start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _tiles(network: NetworkReport, hour: HeatHour, language: Language) -> list[HeatTile]:
    tone = "unknown" if hour.verdict is None else _TONES[hour.verdict]
    supply_due, return_due = (None, None) if hour.due is None else (hour.due.supply, hour.due.returned)
    demand = None if hour.due is None else network.network.demand_gcal_h(hour.due)
    outdoor = _outdoor(network, language)
    tiles = [
        _tile("heat_supply", hour.supply, "degC", supply_due, tone, language),
        _tile("heat_return", hour.returned, "degC", return_due, "plain", language),
        HeatTile(_degrees(hour.outdoor, language), outdoor, "", "plain" if hour.outdoor is not None else "unknown"),
        _tile("heat_flow", hour.flow, "t/h", network.network.regime_flow_t_h, "plain", language),
        _heat_tile(hour.heat_gcal, hour.heat_known_s, demand, language),
    ]
    if network.network.tags.make_up:
        tiles.append(_tile("heat_make_up", hour.make_up, "t/h", None, "plain", language))
    if network.network.tags.supply_pressure or network.network.tags.return_pressure:
        pressures = (hour.supply_pressure, hour.return_pressure)
        shown = " / ".join("-" if each is None else number(each, language, 2) for each in pressures)
        unit = measure("MPa", language)
        tiles.append(HeatTile(f"{shown}\u00a0{unit}", text("heat_pressures", language), "", "plain"))
    return tiles


def _outdoor(network: NetworkReport, language: Language) -> str:
    return text("heat_outdoor", language).format(hours=network.network.outdoor_hours)


def _tile(key: str, value: float | None, unit: str, due: float | None, tone: str, language: Language) -> HeatTile:
    decimals = 1 if unit == "degC" else 0

    def shown(amount: float) -> str:
        return f"{number(amount, language, decimals)}\u00a0{'°C' if unit == 'degC' else measure(unit, language)}"

    return HeatTile(
        shown=text("no_data", language) if value is None else shown(value),
        what=text(key, language),
        due="" if due is None else text("heat_due", language).format(due=shown(due)),
        tone="unknown" if value is None else tone,
    )


def _heat_tile(gcal: float | None, known_s: float, demand: float | None, language: Language) -> HeatTile:
    """As power, of the seconds that are known: an hour that is known in part would look as if less was given."""
    power = None if gcal is None or not known_s else gcal * HOUR_S / known_s
    tile = _tile("heat_power", power, "Gcal/h", demand, "plain", language)
    if power is None:
        return tile
    megawatts = f"{number(in_mw(power), language, 1)}\u00a0{measure('MW', language)}"
    return HeatTile(tile.shown, f"{tile.what}, {megawatts}", tile.due, tile.tone)


def _degrees(value: float | None, language: Language) -> str:
    return text("no_data", language) if value is None else f"{number(value, language, 1)}\u00a0°C"


def _lines(network: NetworkReport, report: HeatReport, language: Language) -> HeatLines:
    hours = network.hours
    return HeatLines(
        labels=tuple(_below(hour.start_s * NS, report.zone, language) for hour in hours),
        supply=tuple(_tenth(hour.supply) for hour in hours),
        supply_due=tuple(_tenth(None if hour.due is None else hour.due.supply) for hour in hours),
        returned=tuple(_tenth(hour.returned) for hour in hours),
        return_due=tuple(_tenth(None if hour.due is None else hour.due.returned) for hour in hours),
        outdoor=tuple(_tenth(hour.outdoor) for hour in hours),
        tips=tuple(
            (
                _named(hour, report, language),
                f"{text('heat_supply', language)}: {_degrees(hour.supply, language)}",
                f"{text('heat_return', language)}: {_degrees(hour.returned, language)}",
                *(said.words for said in hour_sentences(network.network, hour, language)),
            )
            for hour in hours
        ),
    )


def _below(at_ns: int, zone: ZoneInfo, language: Language) -> str:
    """What stands below an hour: the clock, and the day under it."""
    shown = localize_day(local(at_ns, zone).date(), language)
    return f"{local(at_ns, zone):%H:%M}\n{shown.rsplit('.' if language != 'en' else ' ', 1)[0]}"


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _day(day: int, span: HeatSpan, language: Language) -> list[Linked]:
    none = Linked(text("no_data", language))
    # Negative is below the graph here, as a thermometer would have it.
    off = None if span.short_by is None else -span.short_by
    return [
        Linked(localize_day(date.fromordinal(day), language)),
        none if span.heat_gcal_alone is None else Linked(number(span.heat_gcal_alone, language)),
        none if span.demand_gcal is None else Linked(number(span.demand_gcal, language)),
        none if span.of_demand_pct is None else Linked(with_unit(span.of_demand_pct, "%", language, 1)),
        none if off is None else Linked(f"{'+' if off > 0 else ''}{_degrees(off, language)}"),
        Linked(number(span.under_heated_h, language), tone="down" if span.under_heated_h else ""),
        Linked(f"{number(span.judged, language)} / {number(span.hours, language)}"),
    ]
