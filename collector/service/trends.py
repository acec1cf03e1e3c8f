"""What detection compares with, live: what is expected of the units now, and the trends of days and months."""

from dataclasses import dataclass, field, replace
from datetime import date

from collector.storage.ledger import configurations, outbox
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from models.detection.expected.planned import PlannedExpected, planned
from models.detection.finding import Finding
from models.detection.referee.referee import HELD_DAYS, WINDOW, ruling
from models.detection.referee.referee_findings import meter_findings
from models.detection.trends.month_watch import month_findings, newest_forecasts
from models.detection.trends.trend_sentences import trend_evidence
from models.detection.trends.trend_watch import TrendWatch
from models.detection.works_watch import WorksWatch
from models.tables.balance import BALANCE_TABLE
from models.tables.referee_days import days_of_rows
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import NS, day_bounds, local_date, production_day
from models.works.plant import Plant
from models.works.table import Row

DAY_NS = 86_400 * NS
DAYS_BACK = 120
"""Four months of days to begin with, for many do not count: repairs, and days that are not known whole."""

COMPLETE_PCT = 95.0
"""A day with more than an hour missing is no day to compare with another: its shortfall may be the gap's."""

MONTH_EVERY_S = 600
"""Forecasts change with each day's rows; every ten minutes is soon enough, and each look reads three days of rows."""

METERS_EVERY_S = 3600
"""The balance has one more day once a day, and stocks are stated in the hours after it. A look reads half a year."""


@dataclass(slots=True)
class Expectation:
    """What is expected of the units now: worked out anew when people stated something.

    Call it in a thread, one at a time: it blocks on the ledger.
    """

    plant: Plant
    ledger: Ledger
    _version: tuple[int, ...] | None = None
    _known: PlannedExpected | None = field(default=None, repr=False)

    def __call__(self) -> PlannedExpected:
        """What holds by everything that was stated until now."""
        version = self.ledger.read(ledger_statements.version)
        if self._known is None or version != self._version:
            self._known = planned(
                self.plant, self.ledger.read(lambda connection: configurations.facts(connection, self.plant))
            )
            self._version = version
        return self._known


@dataclass(slots=True)
class Trends:
    """Shifts and drifts by what detection saw, months by the published forecasts.

    `load` and `read_months` block on the ledger; the rest does not.
    """

    plant: Plant
    ledger: Ledger
    _watch: TrendWatch | None = None
    _months: list[Finding] = field(default_factory=list)
    _months_read_s: int = 0
    _meters: list[Finding] = field(default_factory=list)
    _meters_read_s: int = 0

    def load(self, works: WorksWatch, now_ns: int) -> None:
        """Begin with the days of the last months, as they are published. Blocks."""
        watch = TrendWatch(self.plant, works)
        days: dict[str, dict[int, tuple[float, float]]] = {}
        for row in self._published(now_ns - DAYS_BACK * DAY_NS, now_ns):
            tags = dict(row.key.tags)
            figures = _whole_day(row)
            unit = works.units.get(tags["unit"])
            if figures is None or tags["level"] != "unit" or unit is None or unit.unit.product != tags["product"]:
                continue
            calendar = self.plant.shops[unit.unit.shop].calendar
            number = local_date(self.plant.zone, row.key.time_ns).toordinal()
            if day_bounds(calendar, date.fromordinal(number))[1] <= now_ns:
                days.setdefault(tags["unit"], {})[number] = figures
        for code, of_unit in days.items():
            watch.load(code, of_unit)
        self._watch = watch
        self.read_months(now_ns)

    def read_months(self, now_ns: int) -> None:
        """Read what the months are forecast to give, and now and then which meter errs by the mass balance. Blocks."""
        rows = self._published(now_ns - 3 * DAY_NS, now_ns)
        reported = [each.product for each in self.plant.reported]
        forecasts = newest_forecasts(rows, self.plant.zone)
        self._months = month_findings(forecasts, self.plant.limits, reported)
        self._months_read_s = now_ns // NS
        if abs(self._months_read_s - self._meters_read_s) >= METERS_EVERY_S:
            self._read_meters(now_ns)

    def _read_meters(self, now_ns: int) -> None:
        self._meters_read_s = now_ns // NS
        if not self.plant.balance:
            return
        over = [production_day(shop.calendar, now_ns).toordinal() - 1 for shop in self.plant.shops.values()]
        start_ns = now_ns - (WINDOW + HELD_DAYS + 2) * DAY_NS
        balance = self.ledger.read(lambda connection: outbox.published(connection, BALANCE_TABLE, start_ns, now_ns))
        nodes = days_of_rows(self.plant, balance, self._published(start_ns, now_ns))
        self._meters = meter_findings(self.plant, ruling(nodes, min(over)))

    def _published(self, start_ns: int, end_ns: int) -> list[Row]:
        return self.ledger.read(lambda connection: outbox.published(connection, DAY_TABLE, start_ns, end_ns))

    def months_are_old(self, at_s: int) -> bool:
        """Whether it is time for `read_months`."""
        return abs(at_s - self._months_read_s) >= MONTH_EVERY_S

    def step(self) -> None:
        """Look at what the works shows now."""
        if self._watch is not None:
            self._watch.step()

    def findings(self) -> list[Finding]:
        """What holds now, in words."""
        found = [*(() if self._watch is None else self._watch.findings()), *self._months]
        trends = [replace(finding, evidence=trend_evidence(self.plant, finding, self.plant.zone)) for finding in found]
        return [*trends, *self._meters]


def _whole_day(row: Row) -> tuple[float, float] | None:
    """(actual, target) of a day that is over and of which enough is known; None for another."""
    actual, target = row.fields.get("actual_t"), row.fields.get("target_t")
    complete = row.fields.get("completeness_pct")
    stood_h = sum(float(row.fields.get(name, 0.0)) for name in ("planned_stop_h", "unplanned_stop_h"))
    if actual is None or not target or stood_h > 1.0 or (complete is not None and float(complete) < COMPLETE_PCT):
        return None
    return float(actual), float(target)
