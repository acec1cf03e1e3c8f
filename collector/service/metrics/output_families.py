"""Tonnes of the running production day and month, and the states of units, as the ledger publishes them."""

from collections.abc import Iterable
from dataclasses import dataclass

import apsw
from prometheus_client.core import GaugeMetricFamily, Metric

from collector.storage.ledger import damage, outbox
from collector.storage.ledger import detection as ledger_detection
from models.detection.state_row import UnitNow
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import HOUR_NS
from models.works.codes import UnitState
from models.works.table import Row

NEAR_NS = 48 * HOUR_NS
"""A production day is stamped at local midnight, in any zone, and may begin at any hour of that date and last 25 h."""
NS_PER_MS = 1_000_000

LABELS = ("level", "shop", "unit", "product")


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """As read at one instant. `days`: rows of output_day of the production days that ran then."""

    outbox_rows: int = 0
    days: tuple[Row, ...] = ()
    units: tuple[UnitNow, ...] = ()
    damage: int = 0


def read_figures(connection: apsw.Connection, now_ns: int) -> LedgerFigures:
    """The figures at `now_ns` (UTC ns)."""
    near = outbox.published(connection, DAY_TABLE, now_ns - NEAR_NS, now_ns + NEAR_NS)
    running = (row for row in near if _ns(row, "start_ms") <= now_ns < _ns(row, "end_ms"))
    return LedgerFigures(
        outbox.size(connection), tuple(running), tuple(ledger_detection.now(connection)), damage.count(connection)
    )


def output_families(figures: LedgerFigures) -> Iterable[Metric]:
    """Tonnes by level, shop, unit and product; a figure that is not known is absent. States are 1 or 0 a state."""
    for name, field, factor, text in (
        ("tundish_day_output_tonnes", "actual_t", 1.0, "Output of the production day that runs."),
        ("tundish_day_target_tonnes", "target_t", 1.0, "Target of the whole production day that runs."),
        ("tundish_day_completeness_ratio", "completeness_pct", 0.01, "Share of the day so far that was watched."),
        ("tundish_month_output_tonnes", "month_to_date_t", 1.0, "Output of the month to date."),
        ("tundish_month_target_tonnes", "month_to_date_target_t", 1.0, "Target of the month to date."),
    ):
        family = GaugeMetricFamily(name, text, labels=LABELS)
        for row in figures.days:
            tags, value = dict(row.key.tags), row.fields.get(field)
            if value is not None:
                family.add_metric([tags[label] for label in LABELS], float(value) * factor)
        yield family
    yield from _state_families(figures.units)


def _state_families(units: Iterable[UnitNow]) -> Iterable[Metric]:
    state = GaugeMetricFamily(
        "tundish_unit_state", "1 for the state that the unit is in.", labels=["shop", "unit", "state"]
    )
    since = GaugeMetricFamily(
        "tundish_unit_state_since_timestamp_seconds", "When that state began.", labels=["shop", "unit"]
    )
    judged = GaugeMetricFamily(
        "tundish_unit_judged_timestamp_seconds", "When the unit was last judged.", labels=["shop", "unit"]
    )
    for unit in units:
        for each in UnitState:
            state.add_metric([unit.shop, unit.unit, each.name.lower()], int(each is unit.state))
        since.add_metric([unit.shop, unit.unit], unit.since_s)
        judged.add_metric([unit.shop, unit.unit], unit.at_s)
    return (state, since, judged)


def _ns(row: Row, field: str) -> int:
    return int(row.fields[field]) * NS_PER_MS
