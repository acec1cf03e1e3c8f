"""What is said of heat supply, in sentences of the three languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.heat.heat_hour import HeatDoubt, HeatHour, HeatVerdict
from models.heat.network import HeatNetwork
from models.heat.report import HeatReport, NetworkReport
from models.heat.shortfall import Shortfall, shortfall
from models.heat.standby import Standby
from models.heat.texts import heat_text
from models.works.localize import Language, localize_number


@dataclass(frozen=True, slots=True)
class HeatSentence:
    """`missing`: it says that something is not known. `lacking`: that there is less heat than is due."""

    words: str
    missing: bool = False
    lacking: bool = False


def number(value: float, language: Language, decimals: int = 0) -> str:
    """The number rounded, half away from zero, without zeros at its end: 10 and 9.5."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if not rounded % 1:
        return localize_number(int(rounded), language)
    return localize_number(rounded, language, decimals)


def span_sentence(report: NetworkReport, language: Language) -> HeatSentence:
    """The heat of the days against the demand by the graph."""
    span, name = report.whole, report.network.name(language)
    if span.heat_gcal_alone is None:
        return HeatSentence(heat_text("no_heat_known", language).format(name=name), missing=True)
    whole = round(span.heat_known_h, 1) >= span.hours
    known = (
        ""
        if whole
        else heat_text("known_part", language).format(
            known=number(span.heat_known_h, language), hours=number(span.hours, language)
        )
    )
    if span.heat_gcal is None or span.demand_gcal is None or span.of_demand_pct is None:
        heat = number(span.heat_gcal_alone, language)
        return HeatSentence(heat_text("heat_alone", language).format(name=name, heat=heat, known=known), missing=True)
    # Of hours whose demand is not known the heat is told, and is compared with nothing.
    part = round(span.both_known_h, 1) < round(span.heat_known_h, 1)
    words = heat_text("heat_of_part" if part else "heat_of_span", language).format(
        name=name,
        all=number(span.heat_gcal_alone, language),
        both=number(span.both_known_h, language),
        heat=number(span.heat_gcal, language),
        demand=number(span.demand_gcal, language),
        pct=number(span.of_demand_pct, language, 1),
        known=known,
    )
    return HeatSentence(words)


def under_sentence(report: NetworkReport, language: Language) -> HeatSentence:
    """Days and hours of under-heating, and mean degrees, as towns report them."""
    under = report.under
    if not under.judged:
        return HeatSentence(heat_text("under_unknown", language), missing=True)
    lacking = under.days - under.judged
    said = {
        "cold": number(under.cold, language),
        "days": number(under.judged, language),
        "cold_h": number(under.hours, language),
        "judged_h": number(under.judged_hours, language),
        "lacking": heat_text("days_lacking", language).format(count=lacking) if lacking else "",
    }
    if under.mean_short_by is None:
        low_by = number(report.network.limits.low_by, language, 1)
        return HeatSentence(heat_text("under_none", language).format(low_by=low_by, **said))
    mean = number(under.mean_short_by, language, 1)
    return HeatSentence(heat_text("under", language).format(mean=mean, **said))


def day_sentences(report: HeatReport, language: Language) -> Iterator[HeatSentence]:
    """Of each network the heat of the days, and the hours of under-heating."""
    for network in report.networks:
        yield span_sentence(network, language)
        under, limits = network.under, network.network.limits
        if not under.judged_hours:
            yield HeatSentence(heat_text("under_unknown", language), missing=True)
            continue
        words = heat_text("under_hours", language).format(
            cold_h=number(under.hours, language),
            judged_h=number(under.judged_hours, language),
            low_by=number(limits.low_by, language, 1),
        )
        yield HeatSentence(words)


def hour_sentences(network: HeatNetwork, hour: HeatHour, language: Language) -> Iterator[HeatSentence]:
    """What an hour was against the graph, and why no heat is counted in it, if none is."""
    if hour.no_verdict is not None:
        why = _doubt(hour.no_verdict, network, language)
        yield HeatSentence(heat_text("no_verdict", language).format(why=why), missing=True)
    elif hour.verdict is not None and hour.due is not None and hour.supply is not None:
        outdoor = number(hour.due.outdoor, language, 1)
        yield HeatSentence(
            heat_text("hour", language).format(
                supply=number(hour.supply, language, 1),
                due=number(hour.due.supply, language, 1),
                outdoor=outdoor,
                hours=network.outdoor_hours,
                verdict=verdict_words(hour.verdict, network, hour.short_by or 0.0, language),
            )
        )
        if not network.graph.reaches(hour.due.outdoor):
            yield HeatSentence(heat_text("beyond_end", language).format(outdoor=outdoor))
    short = shortfall(network, hour)
    if short is not None:
        yield HeatSentence(shortfall_words(network, hour, short, language), lacking=True)
    if hour.no_heat is not None and hour.no_heat is not hour.no_verdict:
        why = _doubt(hour.no_heat, network, language)
        yield HeatSentence(heat_text("no_heat", language).format(why=why), missing=True)


def shortfall_words(network: HeatNetwork, hour: HeatHour, short: Shortfall, language: Language) -> str:
    """How much heat an hour lacks, and by which factors, each with what it was and what was due."""
    assert hour.due is not None  # noqa: S101 - no shortfall without it
    factors = (
        ("by_flow", short.by_flow, hour.flow, network.regime_flow_t_h, 0),
        ("by_return", short.by_return, hour.returned, hour.due.returned, 1),
        ("by_supply", short.by_supply, hour.supply, hour.due.supply, 1),
    )
    told = [
        heat_text(key, language).format(
            read=number(read, language, decimals),
            due=number(due, language, decimals),
            gcal=number(part, language, 1),
        )
        for key, part, read, due, decimals in factors
        if read is not None and short.is_told(part)
    ]
    return heat_text("shortfall", language).format(
        gcal=number(short.gcal_h, language, 1),
        pct=number(short.gcal_h / short.demand_gcal_h * 100, language, 1),
        demand=number(short.demand_gcal_h, language, 1),
        why="; ".join(told) or heat_text("by_meter", language),
    )


def verdict_words(verdict: HeatVerdict, network: HeatNetwork, short_by: float, language: Language) -> str:
    """A verdict in words. `short_by`: degC below the graph."""
    limits = network.limits
    return heat_text(f"verdict_{verdict.value}", language).format(
        pct=number(limits.deviation_pct, language, 1),
        short=number(short_by, language, 1),
        frost=number(limits.frost_supply, language, 1),
    )


def standby_sentences(report: HeatReport, language: Language) -> Iterator[HeatSentence]:
    """Boilers and turbines, whether a boiler may fail, the deficit if there is one, and the coal in days of use."""
    if report.boilers is not None:
        yield _counts("boilers", report.boilers, language)
    if report.turbines is not None:
        yield _counts("turbines", report.turbines, language)
    if report.boilers is not None:
        demand = report.demand_gcal_h
        if report.boilers.one_may_fail is None or demand is None:
            yield HeatSentence(heat_text("failure_unknown", language), missing=True)
        else:
            key = "one_may_fail" if report.boilers.one_may_fail else "none_may_fail"
            yield HeatSentence(heat_text(key, language).format(demand=number(demand, language)))
        if report.boilers.deficit_gcal_h:
            deficit = number(report.boilers.deficit_gcal_h, language)
            yield HeatSentence(heat_text("deficit", language).format(deficit=deficit))
    yield from coal_sentences(report, language)


def coal_sentences(report: HeatReport, language: Language) -> Iterator[HeatSentence]:
    """The coal in days of use, at the end of the days of the report; nothing where none is stated."""
    if report.coal is not None:
        words = heat_text("coal_days", language).format(
            product=report.coal.names.get(language) or report.coal.names["en"],
            days=number(report.coal.days, language, 1),
            over=report.coal.over,
        )
        yield HeatSentence(words)


def network_note(network: HeatNetwork, language: Language) -> str:
    """On what the figures of a network rest."""
    return heat_text("note", language).format(
        name=network.name(language),
        flow=number(network.regime_flow_t_h, language),
        hours=network.outdoor_hours,
        low_by=number(network.limits.low_by, language, 1),
        clause=network.limits.clause,
        approver=network.limits.approver,
    )


def _counts(key: str, standby: Standby, language: Language) -> HeatSentence:
    unknown = heat_text("not_known_of", language).format(count=standby.unknown) if standby.unknown else ""
    words = heat_text(key, language).format(
        working=standby.working, reserve=standby.reserve, repair=standby.repair, unknown=unknown
    )
    return HeatSentence(words, missing=bool(standby.unknown))


def _doubt(doubt: HeatDoubt, network: HeatNetwork, language: Language) -> str:
    return heat_text(f"doubt_{doubt.value}", language).format(
        hours=network.outdoor_hours, stuck=number(network.limits.stuck_s / 3600, language, 1)
    )
