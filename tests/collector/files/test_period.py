"""A period in one cell, as people and programs write it; its last day belongs to it."""

from datetime import date

import pytest

from collector.files.moment import UnreadableMoment
from collector.files.period import period_days


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2025-08", date(2025, 8, 1), date(2025, 9, 1)),
        ("2025-01..2025-08", date(2025, 1, 1), date(2025, 9, 1)),
        ("2025-01 - 2025-08", date(2025, 1, 1), date(2025, 9, 1)),
        ("2025-01-01..2025-01-31", date(2025, 1, 1), date(2025, 2, 1)),
        ("2025-01-05 - 2025-01-07", date(2025, 1, 5), date(2025, 1, 8)),
        ("from 2025-01-05 to 2025-01-07", date(2025, 1, 5), date(2025, 1, 8)),
        ("2025-08-05", date(2025, 8, 5), date(2025, 8, 6)),
        ("январь-август 2025", date(2025, 1, 1), date(2025, 9, 1)),
        ("январь–август 2025 года", date(2025, 1, 1), date(2025, 9, 1)),
        ("January-August 2025", date(2025, 1, 1), date(2025, 9, 1)),
        ("2025 жылғы қаңтар–тамыз", date(2025, 1, 1), date(2025, 9, 1)),
        ("август 2026", date(2026, 8, 1), date(2026, 9, 1)),
        ("08.2026", date(2026, 8, 1), date(2026, 9, 1)),
        ("01.08-31.08.2026", date(2026, 8, 1), date(2026, 9, 1)),
        ("с 01.08 по 31.08.2026", date(2026, 8, 1), date(2026, 9, 1)),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: date, after: date) -> None:
    assert period_days(text) == (first.toordinal(), after.toordinal())


@pytest.mark.parametrize(
    "text", ["2025-08..2025-01", "2025-01-07..2025-01-05", "2025-13", "soon", "2025-02-30", "август-январь 2025"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UnreadableMoment):
        period_days(text)
