"""What it costs to compute ten years of sixty units anew, and what one new reading costs, beside plain SQL sums.

python -m benchmarks.roll_up [--years 10] [--units 60] [--rounds 5]

The ledger holds three amounts a unit and day (its older buckets compacted to shifts). `whole` computes every row of
output_day and output_month of every place from it, year by year, without storing them; `whole, stored` is what the
service does, image and all. `one reading` is a roll-up after one new increment of the running day, at the end of all
those years. The plain alternative asks SQLite for the sums of each row of one day (day, month to date, year to date,
the same of last year), which is what a report without the books would do. All on one core; medians.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.storage.ledger import book_reader
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import Increment
from models.counting.output_plan import OutputPlan
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.calendar import NS, day_bounds, local_date
from models.works.codes import TagKind
from models.works.month import month_of, shifted
from models.works.plant import Calendar, Plant, Product, Shop, Tag, Unit
from tests.models.tables.test_hour_rows import ALMATY

SHOPS = 6
SHIFT_S = 8 * 3600
"""Three amounts a day: what the ledger keeps of older days, whose five-minute amounts it compacts to shifts."""


def works(units: int) -> Plant:
    """`units` units in six shops, each with one counter of the shop's own product."""
    codes = [f"unit{number}" for number in range(units)]
    shop_of = {code: f"shop{number % SHOPS}" for number, code in enumerate(codes)}
    calendar = Calendar(zone=ALMATY)
    tags = [
        Tag(
            name=f"{code}.count",
            signal="count",
            kind=TagKind.TOTALIZER,
            site="works",
            shop=shop_of[code],
            unit=code,
            source="plc",
            unit_of_measure="t",
            cadence_s=60.0,
            product=f"product{shop_of[code][4:]}",
        )
        for code in codes
    ]
    return Plant(
        site="works",
        site_names={"en": "Works"},
        zone=ALMATY,
        simulated=True,
        shops={
            f"shop{number}": Shop(code=f"shop{number}", names={"en": f"Shop {number}"}, calendar=calendar)
            for number in range(SHOPS)
        },
        units={
            code: Unit(
                code=code,
                shop=shop_of[code],
                kind="unit",
                names={"en": code},
                daily_target_t={f"product{shop_of[code][4:]}": 1000.0},
            )
            for code in codes
        },
        products={
            f"product{number}": Product(
                code=f"product{number}", names={"en": f"Product {number}"}, definition="d", basis="b"
            )
            for number in range(SHOPS)
        },
        reported=(),
        tags=tuple(sorted(tags, key=lambda tag: tag.name)),
    )


def shifts(plant: Plant, first: int, last: int) -> list[Increment]:
    """Three amounts a unit and day over the days [first, last) (ordinals); a longer day ends with a longer one."""
    calendar = Calendar(zone=plant.zone)
    found = []
    for day in range(first, last):
        start_s, end_s = (instant // NS for instant in day_bounds(calendar, date.fromordinal(day)))
        edges = [start_s, start_s + SHIFT_S, start_s + 2 * SHIFT_S, end_s]
        found += [
            Increment(
                tag=tag.name,
                unit=tag.unit,
                product=tag.product or "",
                start_s=low,
                end_s=high,
                # Differs by day and tag, so that no sum is met by chance.
                grams=300_000_000 + (day * 7919 + index * 104_729 + low) % 60_000_000,
                readings=480,
            )
            for low, high in pairwise(edges)
            for index, tag in enumerate(plant.tags)
        ]
    return found


def computed(ledger: Ledger, plan: OutputPlan, years: range, now_ns: int) -> tuple[float, int]:
    """Seconds of CPU and rows: every day and month of the years."""
    began, rows = time.process_time(), 0
    today = local_date(plan.plant.zone, now_ns).toordinal()
    for year in years:
        book = ledger.read(lambda connection, year=year: book_reader.read_book(connection, plan, year, now_ns=now_ns))
        first, end = date(year, 1, 1).toordinal(), min(date(year + 1, 1, 1).toordinal(), today + 1)
        forecasts = Forecasts(book, first, end)
        rows += sum(len(day_rows(book, forecasts, day)) for day in range(first, end))
        month = first
        while month < end:
            rows += len(month_rows(book, month))
            month = shifted(month, 1)
    return time.process_time() - began, rows


def plain(ledger: Ledger, plant: Plant, now_ns: int) -> tuple[float, int]:
    """Seconds of CPU for the sums of one day's rows of every unit by SQL, and how many rows those are."""
    today = local_date(plant.zone, now_ns).toordinal() - 1
    calendar = Calendar(zone=plant.zone)

    def second(day: int) -> int:
        return day_bounds(calendar, date.fromordinal(day))[0] // NS

    year = date.fromordinal(today).replace(month=1, day=1).toordinal()
    before = shifted(year, -12)
    spans = [(today, today + 1), (month_of(today), today + 1), (year, today + 1), (before, before + today + 1 - year)]
    began = time.process_time()
    for low, high in spans:
        for tag in plant.tags:
            ledger.read(
                lambda connection, low=low, high=high, tag=tag: connection.execute(
                    "SELECT sum(grams) FROM increment JOIN counter ON counter.id = counter "
                    "WHERE start_s >= ? AND start_s < ? AND tag = ?",
                    (second(low), second(high), tag.name),
                ).fetchall()
            )
    return time.process_time() - began, len(plant.tags)


async def measure(years: int, units: int, rounds: int) -> Table:
    """Fill a ledger, then measure. With a bar of progress, because it takes a minute or two."""
    plant = works(units)
    plan = OutputPlan(plant)
    now_ns = time.time_ns()
    this_year = local_date(plant.zone, now_ns).year
    span = range(this_year - years + 1, this_year + 1)
    today = local_date(plant.zone, now_ns).toordinal()
    with tempfile.TemporaryDirectory() as folder, Progress(transient=True) as progress:
        task = progress.add_task("ten years", total=years + 4)
        ledger = Ledger.open(Path(folder), clock_ns=time.time_ns, demo=True)
        for year in span:
            first = date(year, 1, 1).toordinal()
            some = shifts(plant, first, min(date(year + 1, 1, 1).toordinal(), today))
            await ledger.write(partial(ledger_changes.post, increments=some, clock_ns=ledger.clock_ns()))
            progress.advance(task)
        whole = [computed(ledger, plan, span, now_ns) for _ in range(3)]
        progress.advance(task)
        roll_up = RollUp(ledger, plan, Publishing(), hours_from_ns=now_ns)
        began = time.process_time()
        await roll_up.run()
        stored_s = time.process_time() - began
        progress.advance(task)
        single = []
        # Four times as many: one takes milliseconds, so a few would say little.
        for number in range(rounds * 4):
            start_s = now_ns // NS // 300 * 300 - 300
            tag = plant.tags[number % len(plant.tags)]
            one = [Increment(tag.name, tag.unit, tag.product or "", start_s, start_s + 300, 1_000_000, 5)]
            await ledger.write(partial(ledger_changes.post, increments=one, clock_ns=ledger.clock_ns()))
            began = time.process_time()
            await roll_up.run()
            single.append(time.process_time() - began)
        progress.advance(task)
        by_sql = [plain(ledger, plant, now_ns) for _ in range(3)]
        await ledger.close()
    whole_s, rows = statistics.median(seconds for seconds, _ in whole), whole[0][1]
    sql_s, sql_rows = statistics.median(seconds for seconds, _ in by_sql), by_sql[0][1]
    table = Table("what", "CPU", "rows", "a row", title=f"{years} years x {units} units, one core")
    table.add_row("whole", f"{whole_s:.1f} s", f"{rows:,}", f"{whole_s / rows * 1e6:.1f} us")
    table.add_row("whole, stored", f"{stored_s:.1f} s", f"{rows:,}", f"{stored_s / rows * 1e6:.1f} us")
    table.add_row("one reading", f"{statistics.median(single) * 1000:.1f} ms", "", "")
    table.add_row("plain SQL sums, one day", f"{sql_s:.2f} s", f"{sql_rows:,}", f"{sql_s / sql_rows * 1e6:.1f} us")
    table.add_row("largest memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", "", "")
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    Console().print(asyncio.run(measure(options.years, options.units, options.rounds)))


if __name__ == "__main__":
    main()
