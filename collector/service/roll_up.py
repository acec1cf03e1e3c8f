"""The roll-up: what became dirty in the ledger becomes rows of output_hour and output_day, newest first.

Rows are a function of the ledger's sums and of how much of a running bucket has elapsed, so doing it again changes
nothing. Figures of a bucket that still runs are refreshed by the clock too: where nothing comes any more, its
completeness falls.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from collector.storage.ledger import DirtyBucket, Ledger
from models.calendar import HOUR_NS, NS, hour_bounds, local_date, stamp_ns
from models.output import DAY_TABLE, HOUR_TABLE, OutputPlan, day_rows, hour_rows
from models.table import Row, RowKey

Hour = tuple[int, int]
TAKE = 5000
HOURS_AT_ONCE = 48
SETTLES_AFTER_NS = 2 * HOUR_NS
"""A bucket is refreshed by the clock until so long after its end."""


@dataclass(frozen=True, slots=True)
class Work:
    """Hour buckets ([start_ns, end_ns)) and production dates to compute, and the dirty buckets that this settles."""

    hours: Sequence[Hour]
    days: Sequence[date]
    settled: Sequence[DirtyBucket] = ()


@dataclass(slots=True)
class RollUp:
    """`published` is called after each commit, to wake the sender; `to_outbox`: whether there is a database.

    `refreshed_ns`: when figures were last brought up to date by the clock; at the start of a service, when the ledger
    was last written.
    """

    ledger: Ledger
    plan: OutputPlan
    to_outbox: bool
    published: Callable[[], None]
    clock_ns: Callable[[], int] = time.time_ns
    refreshed_ns: int = 0
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Roll up everything that is dirty. Raises StorageFull: it stays dirty, try again."""
        async with self._running:
            while dirty := await asyncio.to_thread(self.ledger.take_dirty, TAKE):
                for work in plan_work(self.plan, dirty):
                    await self.do(work)

    async def refresh(self) -> None:
        """Compute the buckets anew that run now, or ended lately, and those that did at the last refresh.

        So an hour in which the service was stopped does not keep the completeness that it had until then.
        """
        now_ns = self.clock_ns()
        hours: set[Hour] = set()
        days: set[date] = set()
        for at_ns in {now_ns, self.refreshed_ns or now_ns}:
            hours |= {
                hour_bounds(self.plan.plant.zone, at_ns - back_ns)
                for back_ns in range(0, SETTLES_AFTER_NS + 1, HOUR_NS)
            }
            today = local_date(self.plan.plant.zone, at_ns)
            days |= {today - timedelta(days=1), today, today + timedelta(days=1)}
        async with self._running:
            await self.do(Work(sorted(hours), sorted(days)))
        self.refreshed_ns = now_ns

    async def do(self, work: Work) -> None:
        """Compute this and publish it."""
        rows, withdrawn = await asyncio.to_thread(self._compute, work)
        await self.ledger.publish(rows, withdrawn, work.settled, to_outbox=self.to_outbox)
        self.published()

    def _compute(self, work: Work) -> tuple[list[Row], list[RowKey]]:
        now_ns = self.clock_ns()
        rows: list[Row] = []
        withdrawn: list[RowKey] = []
        for start_ns, end_ns in work.hours:
            sums = self.ledger.buckets(start_ns // NS, end_ns // NS)
            self._add(
                hour_rows(self.plan, sums, (start_ns, end_ns), now_ns=now_ns), HOUR_TABLE, start_ns, rows, withdrawn
            )
        for day in work.days:
            sums = self.ledger.buckets(*self.plan.day_range(day))
            stamp = stamp_ns(self.plan.plant.zone, day)
            self._add(day_rows(self.plan, sums, day, now_ns=now_ns), DAY_TABLE, stamp, rows, withdrawn)
        return rows, withdrawn

    def _add(self, new: list[Row], table: str, time_ns: int, rows: list[Row], withdrawn: list[RowKey]) -> None:
        keys = {row.key for row in new}
        rows += new
        withdrawn += [row.key for row in self.ledger.published(table, time_ns, time_ns + 1) if row.key not in keys]


def plan_work(plan: OutputPlan, dirty: Iterable[DirtyBucket]) -> list[Work]:
    """What the dirty buckets ask for, in pieces of bounded size, the newest first.

    A dirty bucket is settled with the piece that computes the last of its hours and days.
    """
    dirty = list(dirty)
    hours = {bucket: plan.affected_hours(bucket.start_s, bucket.end_s) for bucket in dirty}
    units = plan.plant.units  # one that the configuration no longer has keeps its place in the hours it shared
    days = {
        bucket: plan.affected_days(bucket.unit, bucket.start_s, bucket.end_s) if bucket.unit in units else []
        for bucket in dirty
    }
    newest_hours = sorted({hour for found in hours.values() for hour in found}, reverse=True)
    newest_days = sorted({day for found in days.values() for day in found}, reverse=True)
    pieces = max(1, -(-len(newest_hours) // HOURS_AT_ONCE))
    days_at_once = -(-len(newest_days) // pieces)
    piece_of_hour = {hour: number // HOURS_AT_ONCE for number, hour in enumerate(newest_hours)}
    piece_of_day = {day: number // days_at_once for number, day in enumerate(newest_days)}
    settled: list[list[DirtyBucket]] = [[] for _ in range(pieces)]
    for bucket in dirty:
        last = max([piece_of_hour[hour] for hour in hours[bucket]] + [piece_of_day[day] for day in days[bucket]])
        settled[last].append(bucket)
    return [
        Work(
            newest_hours[piece * HOURS_AT_ONCE : (piece + 1) * HOURS_AT_ONCE],
            newest_days[piece * days_at_once : (piece + 1) * days_at_once],
            settled[piece],
        )
        for piece in range(pieces)
    ]
