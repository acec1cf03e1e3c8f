"""A desk with two years and a month under way: planned, stated by files, counted today, corrected, and one closed."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import pytest

from collector.storage.ledger import book_reader
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import BUCKET_S, EventRevision, Increment, UncertainGap
from models.counting.output_plan import OutputPlan
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import SourceStatus
from models.tables.month_rows import month_rows
from models.works.calendar import HOUR_NS, NS, production_day, stamp_ns
from models.works.codes import FigureStatus
from models.works.month import month_of, shifted
from models.works.plant import Plant
from tests.dashboards.web.conftest import Desk, done
from tests.support.ledger_calls import commit, publish, record

UNITS = ("bf2", "bf3", "bf4")
IRON = "pig_iron"
AUTHOR, REASON, FILE = "Иванова А. К.", "Контрольный обмер", "Сменный рапорт доменного цеха.xlsx"
BACK = 760


class FullMonth:
    """What is in its ledger; each thing is said at its own time."""

    def __init__(self, plant: Plant, folder: Path, texts: Sequence[str]) -> None:
        """`texts`: author, reason and file of all that is stated."""
        self.plant, self.folder = plant, folder
        self.author, self.reason, self.file = texts
        self.now_ns = time.time_ns()
        self.today = production_day(plant.shops["blast_furnaces"].calendar, self.now_ns).toordinal()
        self.month = month_of(self.today)
        self.clock_ns = self.at(self.today - BACK)

    def at(self, day: int, hours: int = 0) -> int:
        return stamp_ns(self.plant.zone, date.fromordinal(day)) + hours * HOUR_NS

    async def fill(self) -> None:
        ledger = Ledger.open(self.folder, clock_ns=lambda: self.clock_ns, demo=True)
        random = Random(7)
        try:
            await record(ledger, [self._figure(random, unit, day) for day in self._past() for unit in UNITS])
            await self._say(ledger, self.month - 3, self._plans())
            closing: list[ledger_statements.Statement] = [MonthClose(month=shifted(self.month, -1), author=self.author)]
            await self._say(ledger, self.month, [*closing, *self._signed(ledger)])
            for day in range(self.month, self.today):
                await self._say(ledger, day + 1, [self._figure(random, unit, day) for unit in UNITS])
            await self._say(ledger, max(self.month, self.today - 1), self._corrections())
            await commit(ledger, self._counted())
            await publish(ledger, self._rows(ledger), to_outbox=False)
            self.clock_ns = self.now_ns
            status = SourceStatus("simulated_plc", self.now_ns + 600 * NS, True, 0.5, 1, 0, "")
            await ledger.write(partial(ledger_moment.put, sources=[status], activity=()))
        finally:
            await ledger.close()

    async def _say(self, ledger: Ledger, day: int, statements: Sequence[ledger_statements.Statement]) -> None:
        self.clock_ns = max(self.clock_ns, min(self.at(day, 8), self.now_ns))
        if statements:
            await record(ledger, statements)

    def _past(self) -> range:
        return range(self.today - BACK, self.month)

    def _figure(self, random: Random, unit: str, day: int) -> Figure:
        # Weeks differ more than days: the forecast is not sure of the month.
        week = Random(f"{unit}{day // 7}").gauss(1, 0.12)
        grams = round(random.gauss(4_000_000_000, 150_000_000) * week)
        return Figure(
            start_ns=self.at(day),
            end_ns=self.at(day + 1),
            shop="blast_furnaces",
            unit=unit,
            product=IRON,
            grams=grams,
            status=FigureStatus.REFINED,
            origin=f"{self.author}: {self.file}",
        )

    def _plans(self) -> list[ledger_statements.Statement]:
        return [
            PlanEntry(
                month=month, shop="blast_furnaces", unit=unit, product=IRON, grams=124 * 10**9, author=self.author
            )
            for month in (shifted(self.month, -1), self.month)
            for unit in UNITS
        ]

    def _signed(self, ledger: Ledger) -> list[ClosedFigure]:
        month = shifted(self.month, -1)
        plan = OutputPlan(self.plant)
        book = ledger.read(
            lambda connection: book_reader.read_span(connection, plan, (month, self.month), now_ns=self.now_ns)
        )
        return [
            ClosedFigure(
                month=month,
                level=place.level,
                shop=place.shop,
                unit=place.unit,
                product=place.product,
                grams=made.grams,
            )
            for place in book.places.all
            if (made := book.total(place, month, self.month)).grams is not None
        ]

    def _corrections(self) -> list[Adjustment]:
        days = {"A1": max(self.month, self.today - 2), "A2": self.month - 1}
        return [
            Adjustment(
                day=day,
                booked_month=self.month,
                shop="blast_furnaces",
                unit="bf3",
                product=IRON,
                grams=grams,
                author=self.author,
                reason=self.reason,
                name=name,
            )
            for (name, day), grams in zip(days.items(), (-12_500_001, 250_000_000), strict=True)
        ]

    def _counted(self) -> LedgerChanges:
        start_s = self.at(self.today) // NS
        taps = [
            (f"T{number}{self.reason[:12]}", start_s + number * 600, 300_000_000 + number)
            for number in range(int((self.now_ns // NS - start_s) / 600))
        ]
        return LedgerChanges(
            journal_seq=1,
            increments=[
                Increment(f"{unit}.taps", unit, IRON, at_s, at_s + BUCKET_S, grams, 30)
                for unit in UNITS
                for _, at_s, grams in taps
            ],
            events=[
                EventRevision("bf3.taps", "bf3", IRON, 2026, key, grams, (at_s + 1) * NS, number)
                for number, (key, at_s, grams) in enumerate(taps)
            ],
            gaps=[UncertainGap("bf3.taps", start_s * NS, (start_s + 600) * NS, "a ring was overrun")],
        )

    def _rows(self, ledger: Ledger) -> list[object]:
        year, plan = date.fromordinal(self.month).year, OutputPlan(self.plant)
        found: list[object] = []
        for asked in (year - 1, year):
            book = ledger.read(partial(book_reader.read_book, plan=plan, year=asked, now_ns=self.now_ns))
            for back in range(26):
                month = shifted(self.month, -back)
                if date.fromordinal(month).year == asked:
                    found += month_rows(book, month)
            if asked == year:
                # In the first days of a month the last ones of the month before are looked at, too.
                first = min(self.month, self.today - 3)
                forecasts = Forecasts(book, first, self.today + 1)
                for day in range(first, self.today + 1):
                    found += day_rows(book, forecasts, day)
        return found


def month_desk(folder: Path, texts: Sequence[str] = (AUTHOR, REASON, FILE), **more: object) -> tuple[Desk, FullMonth]:
    """The desk with it, not waited for."""
    desk = Desk(folder, ledger=False, **more)  # type: ignore[arg-type]
    (folder / "data").mkdir(exist_ok=True)
    filled = FullMonth(desk.plant, folder / "data", texts)
    done(filled.fill())
    return desk, filled


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, FullMonth]]:
    """It, waited for."""
    desk, filled = month_desk(tmp_path_factory.mktemp("month"))
    try:
        desk.wait()
        yield desk, filled
    finally:
        desk.end()
