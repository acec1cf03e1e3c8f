"""The desk's view of the ledger: read-only, from any process, in short transactions of its own."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import apsw

from collector.errors import CannotStart
from collector.storage.file.opening import check_readable
from collector.storage.file.sql import FILE_ERRORS, in_our_words, pragma
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger import outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.certificate import AskedCertificate, read_certificate
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.month_record import read_compared, read_month_record
from collector.storage.ledger.receipt import read_receipt
from collector.storage.ledger.schema import LEDGER
from collector.storage.ledger.unit_record import read_unit_record
from collector.storage.quarantine.browser import newest_refused
from models.counting.increment import GRAMS_PER_TONNE, UncertainGap
from models.counting.tag_gap import TagGap, tag_gaps
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.state_row import UnitNow
from models.tables.compared_periods import ComparedPlace
from models.tables.desk_data import MonthPoint, OutputPoint, ReadingCounts, SourceStatus, UnitActivity
from models.tables.growth_span import Days
from models.tables.month_record import MonthRecord
from models.tables.receipt_record import AskedReceipt, ReceiptRecord
from models.tables.row_fields import MONTH_TABLE
from models.tables.unit_record import UnitRecord
from models.works.calendar import NS, production_day
from models.works.plant import Plant

Result = TypeVar("Result")


COUNTED_FOR_NS = 60 * NS
"""Readings are counted in slots of five minutes, and every row of the day is gone through for it."""


class LedgerDesk:
    """Fulfils `models.tables.desk_data.DeskData`. A ledger that does not exist yet reads as an empty one.

    It opens the file anew for each question, so it neither holds a transaction open nor misses that the file was
    replaced. Reads raise StorageDamaged, CannotStart or QueueFileTooNew if the file is not one to read.
    """

    def __init__(self, plant: Plant, ledger_path: Path) -> None:
        self._plant = plant
        self._path = ledger_path
        self._readings: tuple[int, ReadingCounts | None] = (0, None)

    def plant(self) -> Plant:
        """The plant as configured."""
        return self._plant

    def output(self, table: str, start_ns: int, end_ns: int) -> Sequence[OutputPoint]:
        """Published rows of `table` with start_ns <= time < end_ns, all levels, by time."""
        nothing: list[OutputPoint] = []
        return self._ask(
            lambda connection: [OutputPoint.of(row) for row in outbox.published(connection, table, start_ns, end_ns)],
            nothing,
        )

    def months(self, start_ns: int, end_ns: int) -> Sequence[MonthPoint]:
        """Published rows of output_month with start_ns <= time < end_ns, all levels, by time."""
        nothing: list[MonthPoint] = []
        return self._ask(
            lambda connection: [
                MonthPoint.of(row) for row in outbox.published(connection, MONTH_TABLE, start_ns, end_ns)
            ],
            nothing,
        )

    def largest_events(self, since_ns: int) -> Mapping[tuple[str, str], float]:
        """By unit and product, tonnes of the largest heat, tap, coil or push that ended at `since_ns` or later."""
        nothing: dict[tuple[str, str], int] = {}
        found = self._ask(lambda connection: ledger_reads.largest_events(connection, since_ns), nothing)
        return {place: grams / GRAMS_PER_TONNE for place, grams in found.items()}

    def sources(self) -> Sequence[SourceStatus]:
        """One status a source, by name."""
        return self._ask(ledger_moment.sources, [])

    def activity(self) -> Sequence[UnitActivity]:
        """One a unit that was ever read, by code."""
        return self._ask(ledger_moment.activity, [])

    def states(self) -> Sequence[UnitNow]:
        """What each watched unit does, as the collector judged it last, by code."""
        return self._ask(ledger_detection.now, [])

    def drops(self, start_s: int, end_s: int) -> Sequence[OutputDrop]:
        """The output drops that share an instant with [start_s, end_s) (UTC seconds), by begin."""
        return self._ask(lambda connection: ledger_detection.drops(connection, start_s, end_s), [])

    def episodes(self, since_s: int) -> Sequence[Episode]:
        """What was found, of incidents that are open or ended at `since_s` (UTC seconds) or later; each once."""
        return self._ask(lambda connection: ledger_alerts.episodes(connection, since_s), [])

    def unit_record(self, unit: str, now_ns: int) -> UnitRecord:
        """The last day and month of one unit of the plant."""
        return self._ask(
            lambda connection: read_unit_record(connection, self._plant, unit, now_ns),
            UnitRecord(unit=unit, read_ns=now_ns),
        )

    def month_record(self, month: int, product: str, now_ns: int) -> MonthRecord:
        """The published rows of one product, those of the days of `month` (an ordinal), and its targets."""
        return self._ask(
            lambda connection: read_month_record(connection, self._plant, (month, product), now_ns),
            MonthRecord(month=month, product=product, read_ns=now_ns),
        )

    def compared(self, days: Days, base: Days, now_ns: int) -> Sequence[ComparedPlace]:
        """What every place made on the production dates `days` beside what it made on those of `base`."""
        nothing: list[ComparedPlace] = []
        return self._ask(
            lambda connection: read_compared(connection, self._plant, (days, base), now_ns=now_ns), nothing
        )

    def receipt(self, asked: AskedReceipt, now_ns: int) -> ReceiptRecord | None:
        """How one figure comes about; None if the books have no such place."""
        return self._ask(lambda connection: read_receipt(connection, self._plant, asked, now_ns), None)

    def gaps(self, since_ns: int) -> Sequence[TagGap]:
        """Spans that end at `since_ns` (UTC) or later, of which counters say nothing certain, as they were recorded."""
        nothing: list[UncertainGap] = []
        found = self._ask(lambda connection: ledger_reads.gaps(connection, since_ns), nothing)
        return tag_gaps(self._plant.tags, found, EVERY_TAG)

    def readings(self, now_ns: int) -> ReadingCounts | None:
        """How complete the readings of the day are that runs at `now_ns`; not counted more than once a minute.

        None for a simulated works: no collector read its history, which would count as lost.
        """
        if self._plant.simulated:
            return None
        counted_ns, found = self._readings
        if not counted_ns <= now_ns < counted_ns + COUNTED_FOR_NS:
            day = max(production_day(shop.calendar, now_ns) for shop in self._plant.shops.values())
            asked = AskedCertificate(day)
            refused = newest_refused(self._path.parent)
            found = self._ask(
                lambda connection: read_certificate(connection, self._plant, asked, refused, now_ns).counts, None
            )
            self._readings = (now_ns, found)
        return found

    def _ask(self, question: Callable[[apsw.Connection], Result], without_file: Result) -> Result:
        if not self._path.exists():
            return without_file
        try:
            connection = open_reader(self._path)
            try:
                check_readable(connection, self._path, LEDGER)
                if pragma(connection, "user_version") != LEDGER.version:
                    raise CannotStart(f"{self._path} is of an older version: start the service once, it upgrades it")
                return question(connection)
            finally:
                connection.close()
        except FILE_ERRORS as error:
            raise in_our_words(self._path, error) from error
