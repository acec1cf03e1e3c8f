"""The month day by day for its plot: to date, the plan, and the fan of the forecast. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.web.month_parts import MonthParts
from dashboards.web.texts import text
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.desk_data import MonthPoint
from models.works.localize import localize_day
from models.works.month import length
from models.works.place import ALL, Place


@dataclass(frozen=True, slots=True)
class MonthPlotLines:
    """The month day by day in the display unit; None where nothing is known. `made`: to date, of days that are over;
    `running`: the last of these and the day that runs. The fan begins at the last day that is over."""

    labels: tuple[str, ...]
    made: tuple[float | None, ...]
    running: tuple[float | None, ...]
    plan: tuple[float | None, ...]
    low: tuple[float | None, ...]
    middle: tuple[float | None, ...]
    high: tuple[float | None, ...]
    tips: tuple[str, ...]


def plot_lines(parts: MonthParts, days: Sequence[MonthPoint]) -> MonthPlotLines:
    """The plot of the rows of the works, by day."""
    count = length(parts.record.month)
    place = Place("site", ALL, ALL, parts.record.product)
    by_day = {parts.day(point) - parts.record.month: point for point in days}
    made: list[float | None] = [None] * count
    running: list[float | None] = [None] * count
    last_over: int | None = None
    for index, point in by_day.items():
        value = point.number("month_to_date_t")
        if parts.runs(point):
            running[index] = parts.scaled(value)
            if index and made[index - 1] is not None:
                running[index - 1] = made[index - 1]
        else:
            made[index] = parts.scaled(value)
            last_over = index if value is not None else last_over
    plan = _plan(parts, place)
    fans = [_fan(parts, days, last_over, made, name) for name in ("low", "month", "high")]
    tips = [_tip(parts, index, by_day.get(index), plan[index]) for index in range(count)]
    labels = [str(index + 1) for index in range(count)]
    return MonthPlotLines(
        tuple(labels), tuple(made), tuple(running), tuple(plan), fans[0], fans[1], fans[2], tuple(tips)
    )


def _plan(parts: MonthParts, place: Place) -> list[float | None]:
    """To date, day by day, those to come too."""
    found: list[float | None] = []
    grams: int | None = 0
    for target in parts.record.targets_g.get(place, [None] * length(parts.record.month)):
        grams = None if grams is None or target is None else grams + target
        found.append(None if grams is None else grams / GRAMS_PER_TONNE / parts.scale)
    return found


def _fan(
    parts: MonthParts, days: Sequence[MonthPoint], last_over: int | None, made: Sequence[float | None], name: str
) -> tuple[float | None, ...]:
    """A straight line from what was made by the last day that is over to the forecast of the month."""
    count = length(parts.record.month)
    end = parts.scaled(parts.forecast(days, f"forecast_{name}_t"))
    begin = None if last_over is None else made[last_over]
    if end is None or begin is None or last_over is None or last_over >= count - 1:
        return (None,) * count
    steps = count - 1 - last_over
    return tuple(
        None if index < last_over else begin + (end - begin) * (index - last_over) / steps for index in range(count)
    )


def _tip(parts: MonthParts, index: int, point: MonthPoint | None, plan: float | None) -> str:
    lines = [localize_day(date.fromordinal(parts.record.month + index), parts.language)]
    if point is not None:
        lines.append(f"{text('made', parts.language)}: {parts.amount(point.number('actual_t'))}")
        lines.append(f"{text('to_date', parts.language)}: {parts.amount(point.number('month_to_date_t'))}")
    if plan is not None:
        lines.append(f"{text('plan_to_date', parts.language)}: {parts.amount(plan * parts.scale)}")
    return "\n".join(lines)
