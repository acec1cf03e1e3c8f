"""Figures as programs ask for them: of which spans, over which days, as known when."""

from dataclasses import dataclass
from enum import StrEnum

from models.tables.year_fields import row_place
from models.works.calendar import local_date, production_day
from models.works.plant import Plant
from models.works.table import Row


class FigureGrain(StrEnum):
    """Of what each figure is. SPAN: of all the days together."""

    HOUR = "hour"
    SHIFT = "shift"
    DAY = "day"
    MONTH = "month"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """Of the production dates [first, end) (ordinals); of months those that hold one of them. `known_ns`: as known then
    (UTC ns; None: now)."""

    grain: FigureGrain
    first: int
    end: int
    known_ns: int | None = None


def row_date(plant: Plant, grain: FigureGrain, row: Row) -> int:
    """The production date (an ordinal) of a row, by the calendar of its place; of a month or span its first one."""
    if grain not in (FigureGrain.HOUR, FigureGrain.SHIFT):
        return local_date(plant.zone, row.key.time_ns).toordinal()
    place = row_place(row)
    calendar = place.calendar(plant)
    if grain is FigureGrain.SHIFT and place.level == "site":
        # The site has shifts only where all shops share theirs.
        calendar = next(iter(plant.shops.values())).calendar
    return production_day(calendar, row.key.time_ns).toordinal()
