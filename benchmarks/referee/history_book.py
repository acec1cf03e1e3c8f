"""The books of a made-up history, with meters that err from a day on. No ledger: a year is read in a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from collector.simulation.history import History, make_history
from collector.simulation.history_statements import history_figures
from models.books.book import Book
from models.books.claims import Claims
from models.books.unit_days import DayColumns
from models.stated.facts import Facts
from models.works.calendar import NS
from models.works.plant import Plant

EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class MeterError:
    """From `day` (an ordinal) on a meter shows `pct` more than there is."""

    day: int
    pct: float


def history_of(plant: Plant, seed: int, end: date) -> History:
    """The history that ends with the midnight at which `end` begins."""
    end_s = int(datetime(end.year, end.month, end.day, tzinfo=plant.zone).timestamp())
    return make_history(plant, end_s * NS, seed)


def book_of_history(plant: Plant, history: History, seed: int, errors: Mapping[str, MeterError] | None = None) -> Book:
    """The books of all days of the history. `errors`: by tag, what its meter does; stocks are surveyed as they are."""
    first = int(history.hours.day[0]) + EPOCH_DAY
    days: dict[tuple[str, str], DayColumns] = {}
    for tag in history.tags:
        made = history.hours.daily(history.grams[tag.name].astype(np.float64))
        error = (errors or {}).get(tag.name)
        if error is not None:
            made[error.day - first :] *= 1.0 + error.pct / 100
        columns = DayColumns.empty(first, len(made))
        columns.grams[:] = np.round(made).astype(np.int64)
        columns.known[:] = True
        columns.completeness[:] = 1.0
        days[tag.unit, tag.product or ""] = columns
    recorded = frozenset((tag.name, tag.unit, tag.product or "") for tag in history.tags)
    facts = Facts(all_figures=list(history_figures(plant, history, seed)))
    end = first + len(history.hours.daily(np.ones(len(history.hours.day))))
    return Book(Claims(plant, recorded), facts, days, first, end, (end - EPOCH_DAY) * 86_400 * NS)
