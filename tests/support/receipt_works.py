"""A ledger with a month in which everything happens, for receipts: counted, stated, corrected and signed."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import BUCKET_S, EventRevision, Increment, IncrementFlag, UncertainGap
from models.stated.adjustment import Adjustment
from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.works.calendar import HOUR_NS, NS, stamp_ns
from models.works.codes import FigureStatus
from models.works.place import ALL
from models.works.plant import Plant
from tests.support.ledger_calls import commit, record

SEPTEMBER, OCTOBER = date(2026, 9, 1).toordinal(), date(2026, 10, 1).toordinal()
COAL = "coal_raw"
AUTHOR = "Ivanova"
REASON = "survey of the heap"
FILE = "Shift reports.xlsx"


@dataclass
class ReceiptWorks:
    """The ledger and its clock, which goes on as things happen."""

    plant: Plant
    folder: Path
    now_ns: int = 0
    said_ns: list[int] = field(default_factory=list)
    """An instant after each thing that happened."""

    def __post_init__(self) -> None:
        self.now_ns = self.at(SEPTEMBER)
        self.ledger = Ledger.open(self.folder, clock_ns=lambda: self.now_ns, demo=True)
        self._seq = 0

    def at(self, day: int, hour: float = 0) -> int:
        """That hour of a date (ordinal), UTC ns."""
        return stamp_ns(self.plant.zone, date.fromordinal(day)) + round(hour * HOUR_NS)

    async def count(
        self, *increments: Increment, events: tuple[EventRevision, ...] = (), gap: int | None = None
    ) -> None:
        self._seq += 1
        gaps = [] if gap is None else [UncertainGap("mine1.coal_total", gap, gap + HOUR_NS, "reset")]
        changes = LedgerChanges(journal_seq=self._seq, increments=increments, events=events, gaps=gaps)
        assert await commit(self.ledger, changes)

    async def say(self, *statements: object, later_h: float = 1) -> None:
        self.now_ns += round(later_h * HOUR_NS)
        await record(self.ledger, statements)  # type: ignore[arg-type]
        self.now_ns += HOUR_NS
        self.said_ns.append(self.now_ns)

    def stated(self, unit: str, first: int, end: int, tonnes: float | None, **more: object) -> Figure:
        shop = self.plant.units[unit].shop if unit != ALL else str(more.pop("shop", ALL))
        plain: dict[str, object] = {
            "start_ns": self.at(first),
            "end_ns": self.at(end),
            "shop": shop,
            "unit": unit,
            "product": COAL,
            "grams": None if tonnes is None else round(tonnes * 1e6),
            "origin": f"{AUTHOR}: {FILE}",
        }
        return Figure(**{**plain, **more})  # type: ignore[arg-type]

    def correction(self, name: str, day: int, booked: int, tonnes: float) -> Adjustment:
        return Adjustment(
            day=day,
            booked_month=booked,
            shop="mines",
            unit="mine1",
            product=COAL,
            grams=round(tonnes * 1e6),
            author=AUTHOR,
            reason=REASON,
            name=name,
        )

    async def fill(self, seed: int, until: int) -> None:
        """September and the days of October before `until`: counted hour by hour, stated here and there."""
        random = Random(seed)
        for day in range(SEPTEMBER, until):
            self.now_ns = max(self.now_ns, self.at(day, 24))
            await self.count(*self._day(random, day), events=self._taps(random, day))
            if random.random() < 0.15:
                unit, hours = random.choice((("mine1", 12), ("mine2", 24), ("mine2", 12)))
                part = self.stated(unit, day, day + 1, random.randrange(9000) + 0.123456, end_ns=self.at(day, hours))
                await self.say(part, later_h=2)
        await self.say(
            self.stated(ALL, OCTOBER + 2, OCTOBER + 3, 31_000.000001, shop="mines", status=FigureStatus.REFINED)
        )
        await self.say(self.stated("mine2", OCTOBER + 4, OCTOBER + 7, 24_000))
        await self.say(self.stated("mine2", OCTOBER + 4, OCTOBER + 7, 24_500.5, origin=f"Petrov: {FILE}"))
        await self.say(
            PlanEntry(month=OCTOBER, shop="mines", unit="mine1", product=COAL, grams=310 * 10**9, author=AUTHOR)
        )
        await self.say(self.correction("A1", OCTOBER + 1, OCTOBER, -12.000001))
        # Late: an hour of the first day, counted after a week.
        await self.count(self._hour(OCTOBER, 3, 77_000_001, IncrementFlag.BACKFILLED), gap=self.at(OCTOBER, 3))
        self.said_ns.append(self.now_ns + HOUR_NS)

    async def close_september(self, grams: int) -> None:
        """Sign it, and correct it in October."""
        levels = (("unit", "mines", "mine1", grams), ("shop", "mines", ALL, grams + 5), ("site", ALL, ALL, grams + 5))
        await self.say(
            MonthClose(month=SEPTEMBER, author="Chief"),
            *(
                ClosedFigure(month=SEPTEMBER, level=level, shop=shop, unit=unit, product=COAL, grams=signed)
                for level, shop, unit, signed in levels
            ),
        )
        await self.say(self.correction("A2", SEPTEMBER + 29, OCTOBER, 250.25))

    def _day(self, random: Random, day: int) -> list[Increment]:
        found = []
        for unit in ("mine1", "mine2"):
            if random.random() < 0.05:
                continue  # nobody read it
            for hour in range(24):
                grams = 0 if random.random() < 0.1 else random.randrange(400_000_000)
                start_s = self.at(day, hour) // NS
                found.append(Increment(f"{unit}.coal_total", unit, COAL, start_s, start_s + BUCKET_S, grams, 30))
        return found

    def _hour(self, day: int, hour: int, grams: int, flags: IncrementFlag) -> Increment:
        start_s = self.at(day, hour) // NS
        return Increment("mine1.coal_total", "mine1", COAL, start_s, start_s + BUCKET_S, grams, 30, flags)

    def _taps(self, random: Random, day: int) -> tuple[EventRevision, ...]:
        end_ns = self.at(day, 6)
        return (EventRevision("bf3.taps", "bf3", "pig_iron", 2026, f"T{day}", random.randrange(10**9), end_ns, day),)
