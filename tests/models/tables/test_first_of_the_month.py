"""January to date is there on every day of a year: on the 1st of a month it is that of the months that ended."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from models.tables.month_rows import month_rows
from models.works.month import month_of
from models.works.table import FieldValue
from tests.models.books.test_book import ADJUSTMENT, BF3, SITE, book, figure, row_of
from tests.models.tables.test_hour_rows import ALMATY

MADE_T, MADE_BEFORE_T, MADE_SO_FAR_T = 110.0, 100.0, 2.5
"""On a day of 2026, on a day of 2025, and so far on the day that runs."""


def row_at(instant: str, **facts: object) -> dict[str, FieldValue]:
    """The row of the month that runs at that local time, of a furnace whose days are stated one by one."""
    now = datetime.fromisoformat(instant).replace(tzinfo=ALMATY)
    today = now.toordinal()
    tonnes = dict.fromkeys(range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal()), MADE_BEFORE_T)
    tonnes |= dict.fromkeys(range(date(2026, 1, 1).toordinal(), today), MADE_T) | {today: MADE_SO_FAR_T}
    days = [figure(date.fromordinal(day), date.fromordinal(day + 1), made, BF3) for day, made in tonnes.items()]
    books = book(*days, now_ns=int(now.timestamp()) * 10**9, **facts)
    return row_of(month_rows(books, month_of(today)), SITE)


@pytest.mark.parametrize(
    ("instant", "over", "to_date"),
    [
        ("2026-12-01T00:30", 0, 334),
        ("2026-12-01T23:59", 0, 334),
        ("2026-12-02T00:30", 1, 334 + 1),
        ("2026-12-15T12:00", 14, 334 + 14),
        ("2026-12-31T23:30", 30, 334 + 30),
        ("2026-03-01T00:30", 0, 59),
    ],
)
def test_what_was_made_since_january_is_that_of_the_days_that_are_over(instant: str, over: int, to_date: int) -> None:
    row = row_at(instant)
    assert row["in_progress_days"] == over
    assert (row["ytd_t"], row["ytd_prev_year_t"]) == (to_date * MADE_T, to_date * MADE_BEFORE_T)
    assert row["ytd_pct"] == 10.0
    assert ("yoy_pct" in row) == ("mom_pct" in row) == bool(over), "no day of the month is over, so none is compared"


def test_on_the_first_of_january_nothing_was_made_since() -> None:
    assert not [name for name in row_at("2026-01-01T00:30") if name.startswith("ytd")]


def test_a_correction_stands_in_the_restated_growth_since_january_on_the_first_too() -> None:
    of_last_year = replace(
        ADJUSTMENT, day=date(2025, 5, 5).toordinal(), booked_month=date(2026, 2, 1).toordinal(), grams=1_000_000
    )
    row = row_at("2026-12-01T00:30", adjustments=(of_last_year,))
    assert (row["ytd_t"], row["restated_ytd_t"]) == (334 * MADE_T + 1, 334 * MADE_T)
    assert "restated_yoy_pct" not in row
