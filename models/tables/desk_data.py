"""What the web desk and the reports read, as a Protocol that the command's wiring fulfils from the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from models.counting.scale_drift import DriftOf
from models.counting.tag_gap import TagGap
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.certificate import UnitCompleteness, causes_of
from models.tables.growth_span import Days
from models.tables.loss_cause import LossCause
from models.tables.source_error import SourceError
from models.works.calendar import MS_NS
from models.works.plant import Plant
from models.works.table import FieldValue, Row

if TYPE_CHECKING:
    from models.tables.compared_periods import ComparedPlace
    from models.tables.month_record import MonthRecord
    from models.tables.receipt_record import AskedReceipt, ReceiptRecord
    from models.tables.unit_record import UnitRecord


@dataclass(frozen=True, slots=True)
class OutputPoint:
    """One published bucket of one product at one level. `unit` is "all" on shop and site totals; absent is None.

    `forecast_month_t`, `month_target_t`: of a day, what its month is forecast to come to, and what it should.
    """

    shop: str
    unit: str
    product: str
    level: str
    time_ns: int
    start_ns: int
    end_ns: int
    actual_t: float | None
    completeness_pct: float | None
    status: int
    target_t: float | None = None
    forecast_month_t: float | None = None
    month_target_t: float | None = None

    @staticmethod
    def of(row: Row) -> "OutputPoint":
        """The published row as a point."""
        tags, fields = dict(row.key.tags), row.fields

        def number(name: str) -> float | None:
            value = fields.get(name)
            return None if value is None else float(value)

        return OutputPoint(
            shop=tags["shop"],
            unit=tags["unit"],
            product=tags["product"],
            level=tags["level"],
            time_ns=row.key.time_ns,
            start_ns=int(fields["start_ms"]) * MS_NS,
            end_ns=int(fields["end_ms"]) * MS_NS,
            actual_t=number("actual_t"),
            completeness_pct=number("completeness_pct"),
            status=int(fields["status"]),
            target_t=number("target_t"),
            forecast_month_t=number("forecast_month_t"),
            month_target_t=number("month_target_t"),
        )


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One published month of one product at one level; `fields` are those of output_month, absent if unknown.

    On the page of the month also a day of it; then they are those of output_day.
    """

    shop: str
    unit: str
    product: str
    level: str
    time_ns: int
    fields: Mapping[str, FieldValue]

    @staticmethod
    def of(row: Row) -> "MonthPoint":
        """The published row as a point."""
        tags = dict(row.key.tags)
        return MonthPoint(tags["shop"], tags["unit"], tags["product"], tags["level"], row.key.time_ns, row.fields)

    def number(self, name: str) -> float | None:
        """A number among the fields."""
        value = self.fields.get(name)
        return None if value is None or isinstance(value, str) else float(value)


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """The newest `source_health` of one source, as the collector wrote it at `time_ns`.

    `stale`: tags that are not known now though it answers. `error_kind`: of what kind `last_error` is.
    `clock_offset_s`: the server's clock minus ours; `cert_expires_ns`: when our certificate expires (UTC); None: the
    source has none, or does not say.
    """

    source: str
    time_ns: int
    up: bool
    age_s: float | None
    readings: int
    rejected: int
    last_error: str
    stale: tuple[str, ...] = ()
    error_kind: SourceError | None = None
    clock_offset_s: float | None = None
    cert_expires_ns: int | None = None


@dataclass(frozen=True, slots=True)
class UnitActivity:
    """When a unit was last read with good quality, and when it last produced (UTC ns; None: never)."""

    unit: str
    last_reading_ns: int | None
    last_output_ns: int | None


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """How complete the readings of a production day are: of each unit the shifts and the whole day; and the drifts of
    belt scales by then."""

    units: tuple[UnitCompleteness, ...]
    drifts: tuple[DriftOf, ...] = ()

    @property
    def days(self) -> tuple[UnitCompleteness, ...]:
        """The whole day of each unit."""
        return tuple(unit for unit in self.units if not unit.shift)

    def total(self, what: str) -> int:
        """Of all units together: expected, read, backfilled, late, rejected or lost."""
        return sum(unit.total(what) for unit in self.days)

    @property
    def causes(self) -> dict[LossCause, int]:
        """How many readings are lost by what, the most first."""
        return causes_of(self.days)


class DeskData(Protocol):
    """Reads only, each in a short transaction of its own; safe to call from any one thread at a time."""

    def plant(self) -> Plant:
        """The plant as configured."""
        ...

    def output(self, table: str, start_ns: int, end_ns: int) -> Sequence[OutputPoint]:
        """Published rows of `output_hour` or `output_day` with start_ns <= start < end_ns, all levels, by time."""
        ...

    def months(self, start_ns: int, end_ns: int) -> Sequence[MonthPoint]:
        """Published rows of `output_month` with start_ns <= start < end_ns, all levels, by time."""
        ...

    def largest_events(self, since_ns: int) -> Mapping[tuple[str, str], float]:
        """By unit and product, tonnes of the largest heat, tap, coil or push that ended at `since_ns` or later."""
        ...

    def sources(self) -> Sequence[SourceStatus]:
        """One status a source, by name."""
        ...

    def activity(self) -> Sequence[UnitActivity]:
        """One a unit that counts anything, by code."""
        ...

    def states(self) -> Sequence[UnitNow]:
        """What each watched unit does, as the collector judged it last, by code."""
        ...

    def drops(self, start_s: int, end_s: int) -> Sequence[OutputDrop]:
        """The output drops that share an instant with [start_s, end_s) (UTC seconds), by begin."""
        ...

    def episodes(self, since_s: int) -> Sequence[Episode]:
        """What was found, of incidents that are open or ended at `since_s` (UTC seconds) or later; each once."""
        ...

    def unit_record(self, unit: str, now_ns: int) -> "UnitRecord":
        """The last day and month of one unit of the plant."""
        ...

    def month_record(self, month: int, product: str, now_ns: int) -> "MonthRecord":
        """The published rows of one product, those of the days of `month` (an ordinal), and its targets."""
        ...

    def compared(self, days: Days, base: Days, now_ns: int) -> "Sequence[ComparedPlace]":
        """What every place made on the production dates `days` ([first, end), ordinals) beside those of `base`."""
        ...

    def receipt(self, asked: "AskedReceipt", now_ns: int) -> "ReceiptRecord | None":
        """How one figure comes about; None if the books have no such place."""
        ...

    def gaps(self, since_ns: int) -> Sequence[TagGap]:
        """Spans that end at `since_ns` (UTC) or later, of which counters say nothing certain, as they were recorded."""
        ...

    def readings(self, now_ns: int) -> ReadingCounts | None:
        """How complete the readings of the day are that runs at `now_ns`; None before any were expected."""
        ...
