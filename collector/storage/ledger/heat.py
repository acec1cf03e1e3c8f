"""Heat supply as the ledger knows it: hours of gauges against the approved graphs, boilers by their states. SQL."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import apsw

from collector.storage.file.sql import value
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger import statements as ledger_statements
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredState
from models.counting.rate import BRIDGE_CADENCES
from models.detection.state_row import UnitNow
from models.heat.network import HeatNetwork, HeatSource, HeatSupply
from models.heat.report import CoalStock, HeatReport, NetworkReport, demand_of, hours_needed, network_report
from models.heat.source_days import SourceDays, worked
from models.heat.standby import SourceNow, days_in_stock, readiness, standby
from models.stated.facts import Facts
from models.stated.figure import CHARGED, STOCK
from models.stated.plan import RepairKind
from models.works.calendar import HOUR_NS, NS, date_bounds
from models.works.codes import UnitState
from models.works.plant import Plant

STATE_HOLDS_S = 300
"""A state that is older is of a collector that does not run. A judgement: units are judged every ten seconds."""
COAL_DAYS = 7
"""The mean use of a week evens out the days of the week. A judgement."""
DAY_NS = 24 * HOUR_NS
_WORKS = (UnitState.OK, UnitState.SLOW, UnitState.RAMP_UP)
_STANDS = (UnitState.STOPPED, UnitState.PLANNED)


def read_heat(
    connection: apsw.Connection, plant: Plant, supply: HeatSupply, days: tuple[int, int], now_ns: int
) -> HeatReport:
    """Of the dates [first, end) (ordinals), with boilers as they are now, and coal as of the end of the dates."""
    networks = tuple(read_network(connection, plant, network, days, now_ns) for network in supply.networks)
    facts = ledger_statements.read(connection)
    states = {each.unit: each for each in ledger_detection.now(connection)}
    demand = demand_of(networks)
    loads = ledger_measured.states(connection, [each.load for each in supply.sources if each.load])
    now = {each: _now(each, _works(plant, each, states, loads, now_ns), facts, now_ns) for each in supply.sources}
    boilers, turbines = (
        standby([now[each] for each in sources], demand) if sources else None
        for sources in (supply.boilers, supply.turbines)
    )
    start_ns, end_ns = (date_bounds(plant.zone, date.fromordinal(day))[0] for day in days)
    return HeatReport(
        zone=plant.zone,
        until_s=now_ns // NS,
        networks=networks,
        boilers=boilers,
        turbines=turbines,
        coal=_coal(plant, supply, facts, min(now_ns, end_ns)),
        sources=tuple(
            _over(connection, plant, supply, now if now_ns < end_ns else {}, facts, (start_ns, min(end_ns, now_ns)))
        ),
    )


def _over(
    connection: apsw.Connection,
    plant: Plant,
    supply: HeatSupply,
    now: Mapping[HeatSource, SourceNow],
    facts: Facts,
    span_ns: tuple[int, int],
) -> Iterator[SourceDays]:
    """Each boiler and turbine in [start_ns, end_ns), which has begun. `now`: what they are good for at its end."""
    loads = [each.load for each in supply.sources if each.load]
    hours = ledger_measured.hours(connection, loads, span_ns[0] // NS, span_ns[1] // NS)
    for source in supply.sources:
        worked_h, known_h = worked(hours.get(source.load, ()))
        yield SourceDays(
            source=source,
            names=plant.units[source.unit].names,
            is_boiler=source in supply.boilers,
            readiness=now[source].readiness if source in now else None,
            worked_h=worked_h,
            known_h=known_h,
            repairs=[
                repair
                for repair in sorted(facts.repairs, key=lambda each: each.start_ns)
                if repair.unit == source.unit
                and repair.kind is not RepairKind.RESERVE
                and repair.start_ns < span_ns[1]
                and repair.end_ns > span_ns[0]
            ],
        )


def read_network(
    connection: apsw.Connection, plant: Plant, network: HeatNetwork, days: tuple[int, int], now_ns: int
) -> NetworkReport:
    """A network in the hours of these dates that ended."""
    found = ledger_measured.hours(connection, network.tags.all, *hours_needed(network, plant.zone, days))
    return network_report(
        network, {tag: _by_start(hours) for tag, hours in found.items()}, plant.zone, days, now_ns // NS
    )


def heat_version(connection: apsw.Connection, since_ns: int, now_ns: int) -> tuple[int, ...]:
    """Changes with every hour that ends, and with every earlier one that becomes another."""
    ended_s = now_ns // HOUR_NS * 3600
    newest = value(
        connection,
        "SELECT ifnull(max(step), 0) FROM measured_hour WHERE start_s >= ? AND start_s < ?",
        (since_ns // NS, ended_s),
    )
    return ended_s, int(newest)


def _by_start(hours: Sequence[MeasuredHour]) -> dict[int, MeasuredHour]:
    return {hour.start_s: hour for hour in hours}


def _works(
    plant: Plant,
    source: HeatSource,
    states: Mapping[str, UnitNow],
    loads: Mapping[str, MeasuredState],
    now_ns: int,
) -> bool | None:
    """By the newest value of its load, else by the state of its unit; None if neither is of now."""
    load, state = loads.get(source.load), states.get(source.unit)
    if load is not None:
        cadence_s = next(tag.cadence_s for tag in plant.tags if tag.name == source.load)
        if now_ns - load.upto_ns <= max(STATE_HOLDS_S, BRIDGE_CADENCES * cadence_s) * NS:
            return load.value > source.works_above
    if state is None or now_ns // NS - state.at_s > STATE_HOLDS_S:
        return None
    return True if state.state in _WORKS else False if state.state in _STANDS else None


def _now(source: HeatSource, works: bool | None, facts: Facts, now_ns: int) -> SourceNow:
    stated = {
        repair.kind
        for repair in facts.repairs
        if repair.unit == source.unit and repair.start_ns <= now_ns < repair.end_ns
    }
    if works is None and RepairKind.RESERVE in stated:
        works = False
    return SourceNow(source, readiness(works=works, in_repair=bool(stated - {RepairKind.RESERVE})))


def _coal(plant: Plant, supply: HeatSupply, facts: Facts, now_ns: int) -> CoalStock | None:
    """By the newest stock that was stated, and what was stated as charged in the days before it."""
    stocks = [
        figure
        for figure in facts.figures
        if figure.product == supply.coal and figure.basis == STOCK and figure.end_ns <= now_ns
    ]
    if not stocks:
        return None
    at_ns = max(figure.end_ns for figure in stocks)
    stock_g = sum(figure.grams or 0 for figure in stocks if figure.end_ns == at_ns)
    by_day: dict[int, int] = {}
    for figure in facts.figures:
        if figure.product == supply.coal and figure.basis == CHARGED and figure.end_ns <= at_ns:
            back = (at_ns - figure.end_ns) // DAY_NS
            if back < COAL_DAYS:
                by_day[back] = by_day.get(back, 0) + (figure.grams or 0)
    days = days_in_stock(stock_g, list(by_day.values()))
    return None if days is None else CoalStock(plant.products[supply.coal].names, days, len(by_day))
