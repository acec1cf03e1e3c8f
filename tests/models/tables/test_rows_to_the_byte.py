"""Rows of days and months are to the byte what they were, however they are computed.

The digests were written by the rules as they stood before rows were computed by the month and not by the day. A change
of a figure that is meant is written anew with TUNDISH_WRITE_ROWS=1, and the commit says why.
"""

import hashlib
import json
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.works.calendar import local_date
from models.works.month import shifted
from models.works.table import Row
from tests.support.random_books import random_book

DIGESTS = Path(__file__).parents[2] / "cases" / "rows" / "digests.json"
SEEDS = range(24)


def digest(rows: list[Row]) -> str:
    text = "\n".join(f"{row.key} {sorted(row.fields.items())!r}" for row in rows)
    return f"{len(rows)} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


@cache
def rows_by_month(seed: int) -> dict[str, list[Row]]:
    book = random_book(seed)
    today = local_date(book.plant.zone, book.now_ns).toordinal()
    begin = date(date.fromordinal(today).year, 1, 1).toordinal()
    forecasts = Forecasts(book, begin, today + 1)
    found = {}
    while begin <= today:
        end = min(shifted(begin, 1), today + 1)
        found[f"{date.fromordinal(begin):%Y-%m}"] = [
            *(row for day in range(begin, end) for row in day_rows(book, forecasts, day)),
            *month_rows(book, begin),
        ]
        begin = shifted(begin, 1)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_what_they_were(seed: int) -> None:
    found = {month: digest(rows) for month, rows in rows_by_month(seed).items()}
    known = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
    if os.environ.get("TUNDISH_WRITE_ROWS"):
        known[str(seed)] = found
        DIGESTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    assert found == known[str(seed)]


def test_everything_happens_in_some_of_these_books() -> None:
    fields = {name for seed in SEEDS for rows in rows_by_month(seed).values() for row in rows for name in row.fields}
    assert fields >= {
        *("actual_t", "target_t", "attainment_pct", "month_to_date_t", "required_rate_t_per_day", "forecast_month_t"),
        *("forecast_low_t", "forecast_lacks", "year_to_date_t", "ytd_pct", "planned_stop_h", "as_closed_t"),
        *("adjustment_t", "restated_t", "booked_for_other_months_t", "mom_pct", "yoy_pct", "yoy_repair_free_pct"),
        *("restated_mom_pct", "restated_ytd_t", "in_progress_days"),
    }
