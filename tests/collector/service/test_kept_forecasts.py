"""Forecasts are worked out once a day: a reading of the day that runs changes none of them."""

from pathlib import Path

import pytest

from collector.service.roll_up_work import Books
from models.counting.output_plan import OutputPlan
from models.works.calendar import local_date
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, a_ledger
from tests.collector.service.works_document import NOON_NS, NS

DAY_NS = 86_400 * NS


@pytest.mark.parametrize(
    ("changed_days_back", "later_ns", "kept"),
    [(0, 0, True), (-1, 0, True), (0, 3600 * NS, True), (1, 0, False), (40, 0, False), (0, DAY_NS, False)],
    ids=["today", "tomorrow", "today, an hour later", "yesterday", "weeks ago", "the day is over"],
)
def test_they_stand_until_a_day_that_enters_them_changes(
    plant: Plant, tmp_path: Path, changed_days_back: int, later_ns: int, kept: bool
) -> None:
    today = local_date(plant.zone, NOON_NS).toordinal()
    with a_ledger(tmp_path / "data", Clock()) as ledger:
        books = Books(ledger, OutputPlan(plant))
        days = range(today, today + 2)
        before = books.forecasts(books.of(2026, NOON_NS), days)
        books.changed([today - changed_days_back], NOON_NS + later_ns, across_days=False)
        after = books.forecasts(books.of(2026, NOON_NS + later_ns), days)
        assert (after is before) is kept
        assert books.forecasts(books.of(2026, NOON_NS + later_ns), days) is after
        assert books.forecasts(books.of(2026, NOON_NS + later_ns), range(today - 1, today + 2)) is not after
