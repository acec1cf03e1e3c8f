"""What the people of the simulated works had entered: plans of its months, repairs that they approved, stocks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from collector.simulation.beside import boilers
from collector.simulation.history import GROWTH, History, HistorySpan, history_span, made_t, planned_standstill
from collector.simulation.history_heat import HISTORY_DAYS as HEAT_DAYS
from collector.simulation.history_stocks import surveys_of
from collector.simulation.steelmaking import CONVERTERS, RELINING_DAYS, in_relining
from collector.simulation.surveys import figures
from collector.simulation.unit import Instant
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair, RepairKind
from models.works.calendar import stamp_ns
from models.works.month import length, month_of, shifted
from models.works.plant import Plant, Unit

AUTHOR = "simulated planner"
# A quarter: a forecast of this month and the next has to know the relinings that are planned, and a demo that runs into
# a month needs its plan. Without one, a converter is due its third of the shop though there are two at work.
AHEAD_DAYS = 92
YEARLY = ("blast_furnace", "hot_strip_mill")
"""What is repaired once a year."""
# Planners write round figures.
PLAN_STEP_T = 100
_EPOCH = date(1970, 1, 1).toordinal()


def history_plans(plant: Plant, end_ns: int, seed: int) -> list[PlanEntry]:
    """A plan for every month of the history, the running one and those ahead: the daily targets of today, less growth
    going back.

    Planners know the repair of a furnace or mill: nothing is planned for its days. Converters are relined in turn, and
    make the same together on every day.
    """
    span = history_span(end_ns, plant.zone)
    first, running = (month_of(_local_day(plant, second)) for second in (span.start_s, span.end_s))
    last_day = _local_day(plant, span.end_s)
    plans: list[PlanEntry] = []
    month = first
    while month <= month_of(last_day + AHEAD_DAYS):
        years = max(0, running - month) / 365.25
        for unit in plant.units.values():
            for product, daily_t in unit.daily_target_t.items():
                days = length(month) - _repair_days(unit, (month, shifted(month, 1)), last_day, seed)
                tonnes = daily_t * days * GROWTH.get(product, 1.0) ** -years
                grams = round(tonnes / PLAN_STEP_T) * PLAN_STEP_T * GRAMS_PER_TONNE
                plans.append(
                    PlanEntry(month=month, shop=unit.shop, unit=unit.code, product=product, grams=grams, author=AUTHOR)
                )
        month = shifted(month, 1)
    return plans


def history_repairs(plant: Plant, end_ns: int, seed: int) -> list[Repair]:
    """The repairs that the history and the simulated works hold to, some weeks ahead."""
    span = history_span(end_ns, plant.zone)
    repairs: list[Repair] = []
    for unit in plant.units.values():
        if unit.kind in YEARLY:
            repairs += _yearly(plant, unit, span, seed)
        elif unit.kind == "converter":
            repairs += _relinings(plant, unit, span)
    if boilers.PRODUCT in plant.products:
        days = _days_of_heat(plant, span)
        now = Instant.of(span.end_s)
        repairs += boilers.repairs(days.start, days.stop + AHEAD_DAYS, now.local_day * 24 + now.local_hour)
    return repairs


def _days_of_heat(plant: Plant, span: HistorySpan) -> range:
    """The local days since 1970 of which heat is made up, without the one that runs."""
    last = _local_day(plant, span.end_s) - _EPOCH
    return range(last - HEAT_DAYS, last)


def history_figures(plant: Plant, history: History, seed: int) -> Iterator[Figure]:
    """What was stated of stocks at the end of each day."""
    yield from figures(surveys_of(made_t(history), history.hours, seed), plant.zone)
    if boilers.PRODUCT in plant.products:
        last = int(history.hours.day[-1])
        yield from boilers.coal_figures(seed, range(last - HEAT_DAYS, last))


def _standstill(unit: Unit, year: int, last: int, seed: int) -> tuple[int, int]:
    """The local days of the planned repair of a year, as the history holds to it that ends on the day `last`."""
    begin, end = planned_standstill(unit, year, seed)
    # The history keeps its last five days free of repairs, and the live works knows none.
    return begin, max(begin, min(end, last - 4))


def _repair_days(unit: Unit, month: tuple[int, int], last: int, seed: int) -> int:
    """How many days of a month ([first, end) as ordinals) a unit is repaired."""
    if unit.kind not in YEARLY:
        return 0
    begin, end = _standstill(unit, date.fromordinal(month[0]).year, last, seed)
    return max(0, min(end, month[1]) - max(begin, month[0]))


def _yearly(plant: Plant, unit: Unit, span: HistorySpan, seed: int) -> Iterable[Repair]:
    first, last = _local_day(plant, span.start_s), _local_day(plant, span.end_s)
    for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
        begin, end = _standstill(unit, year, last, seed)
        if first <= begin < end:
            yield _repair(plant, unit, begin, end, RepairKind.CURRENT)


def _relinings(plant: Plant, unit: Unit, span: HistorySpan) -> Iterable[Repair]:
    siblings = [other.code for other in plant.units.values() if other.kind == unit.kind]
    number = siblings.index(unit.code) + 1
    begin = (_local_day(plant, span.start_s) - _EPOCH) // RELINING_DAYS * RELINING_DAYS
    until = _local_day(plant, span.end_s) - _EPOCH + AHEAD_DAYS
    for day in range(begin, until, RELINING_DAYS):
        if in_relining(number, day) and len(siblings) == CONVERTERS:
            yield _repair(plant, unit, _EPOCH + day, _EPOCH + day + RELINING_DAYS, RepairKind.RELINING)


def _repair(plant: Plant, unit: Unit, begin: int, end: int, kind: RepairKind) -> Repair:
    return Repair(
        name=f"{unit.code}-{date.fromordinal(begin).isoformat()}",
        unit=unit.code,
        start_ns=stamp_ns(plant.zone, date.fromordinal(begin)),
        end_ns=stamp_ns(plant.zone, date.fromordinal(end)),
        kind=kind,
        approved_by="SIMULATED",
        author=AUTHOR,
    )


def _local_day(plant: Plant, second: int) -> int:
    return datetime.fromtimestamp(second, UTC).astimezone(plant.zone).date().toordinal()
