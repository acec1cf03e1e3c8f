"""The drifts of belt scales for a certificate: by shift, day and month, and of what counts against a survey."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import apsw

from collector.storage.ledger import configurations
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.scale_sums import compared_tags, counted_g, drift_of
from models.counting.output_plan import OutputPlan
from models.counting.scale_drift import MONTH, SURVEY, DriftOf, ScaleDrift
from models.stated.survey import SurveyedMonth, surveyed_g
from models.tables.certificate import UnitCompleteness
from models.works.calendar import NS, day_bounds, production_day
from models.works.month import month_of, shifted
from models.works.plant import Calendar, Plant

if TYPE_CHECKING:
    from models.stated.facts import Facts


def drifts_of(
    connection: apsw.Connection, plant: Plant, units: Sequence[UnitCompleteness], until_s: int
) -> tuple[DriftOf, ...]:
    """Of the scales of these units, up to `until_s` (UTC seconds)."""
    found: list[DriftOf] = []
    for rate, counter in compared_tags(plant):
        calendar = plant.shops[rate.shop].calendar
        for unit in (unit for unit in units if unit.unit == rate.unit):
            spans = [(unit.shift, unit.start_s)]
            if not unit.shift:
                spans.append((MONTH, _month(calendar, unit)[1] // NS))
            for shift, start_s in spans:
                drift = drift_of(connection, rate, counter, start_s, min(unit.end_s, until_s))
                found.append(DriftOf(rate.unit, shift, drift))
    return (*found, *_by_survey(connection, plant, units))


def _by_survey(connection: apsw.Connection, plant: Plant, units: Sequence[UnitCompleteness]) -> Iterator[DriftOf]:
    """Of units that have one counter of a product, the months of which a survey says something."""
    days = {unit.unit: unit for unit in units if not unit.shift}
    stated: dict[tuple[int, int], Facts] = {}
    for (code, product), tags in OutputPlan(plant).counters.items():
        if code not in days or len(tags) != 1 or not tags[0].is_metered:
            continue
        month, start_ns, end_ns = _month(plant.shops[tags[0].shop].calendar, days[code])
        if (start_ns, end_ns) not in stated:
            said = ledger_statements.read(connection, span_ns=(start_ns, end_ns))
            stated[start_ns, end_ns] = configurations.claims(connection, plant).facts(said)
        facts = stated[start_ns, end_ns]
        counted = counted_g(connection, tags[0].name, start_ns // NS, end_ns // NS)
        surveyed = surveyed_g(facts, SurveyedMonth(code, product, month, start_ns, end_ns), counted)
        if surveyed is not None:
            yield DriftOf(code, SURVEY, ScaleDrift(tags[0].name, "", counted, surveyed, 0))


def _month(calendar: Calendar, unit: UnitCompleteness) -> tuple[int, int, int]:
    """The month of a day: the ordinal of its first day, and its bounds (UTC ns)."""
    month = month_of(production_day(calendar, unit.start_s * NS).toordinal())
    start_ns, end_ns = (day_bounds(calendar, date.fromordinal(day))[0] for day in (month, shifted(month, 1)))
    return month, start_ns, end_ns
