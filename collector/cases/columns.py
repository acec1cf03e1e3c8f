"""The tables of a recorded case, as text, into columns of minutes and events. Pure.

minutes.csv has a row for each minute and a column for each thing that was recorded of a unit; an empty cell says that
nothing came. events.csv has a row for each event.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collector.cases.tables import Table
from collector.config.sentences import did_you_mean
from collector.files.moment import UnreadableMoment, instant_ns
from models.detection.minutes.history import PastEvent
from models.detection.minutes.observed import FLAGS, MINUTE_S, NO_QUALITY, UnitMinutes, WorksMinutes
from models.works.calendar import NS
from models.works.codes import Quality, TagKind
from models.works.plant import Calendar, Plant

TIME = "time"
COUNTED = "counted_t"
QUALITY = ".quality"
# A case is days or weeks. More than a year and a month is a wrong year in one row, and would fill memory.
MOST_MINUTES = 400 * 1440


def works_of(plant: Plant, table: Table, start_s: int | None, events: Sequence[PastEvent]) -> WorksMinutes:
    """The minutes of the units that the case has; one with events and without a column was heard in every row.

    Raises ConfigurationError: an unknown column, a cell that is not a number, a time that goes back, or no time.
    """
    known = _known(plant)
    for column in table.header:
        if column not in known and column != TIME:
            raise table.fault(1, f"the column '{column}' is unknown; {did_you_mean(column, known)}")
    if len(set(table.header)) < len(table.header):
        raise table.fault(1, "a column is given twice; keep one")
    begin_s, places = _places(plant, table, start_s)
    count = int(places[-1]) + 1
    columns = {
        name: _spread(_numbers(table, index, name), places, count)
        for index, name in enumerate(table.header)
        if name != TIME
    }
    rows = np.zeros(count, np.bool_)
    rows[places] = True
    own = {name.partition(".")[0] for name in columns} | {event.unit for event in events}
    units = {
        code: _unit(code, columns, rows, [event for event in events if event.unit == code])
        for code in plant.units
        if code in own
    }
    return WorksMinutes(begin_s, units)


def events_of(plant: Plant, table: Table) -> list[PastEvent]:
    """The events of a case. Raises ConfigurationError: a unit, a time or tonnes that cannot be read."""
    wanted = ("unit", "end", "tonnes")
    columns = {name: index for index, name in enumerate(table.header)}
    for name in wanted:
        if name not in columns:
            raise table.fault(1, f"the column {name} is missing; give the columns unit, end and tonnes")
    found = []
    for line, cells in table.rows:
        unit = cells[columns["unit"]]
        if unit not in plant.units:
            raise table.fault(line, f"'{unit}' is not a unit of this plant; {did_you_mean(unit, plant.units)}")
        end_s = _instant_s(plant, table, line, cells[columns["end"]])
        tonnes = _number(table, line, "tonnes", cells[columns["tonnes"]])
        # When an event became known decides when a rule may use it; without the column, at its end.
        known = cells[columns["known"]] if "known" in columns else ""
        found.append(PastEvent(unit, end_s, tonnes, _instant_s(plant, table, line, known) if known else end_s))
    return sorted(found, key=lambda event: (event.known_s, event.end_s))


def _known(plant: Plant) -> set[str]:
    names: set[str] = set()
    for code in plant.units:
        names |= {f"{code}.{name}" for name in (COUNTED, *FLAGS)}
    for tag in plant.tags:
        if tag.kind is TagKind.GAUGE:
            names |= {tag.name, f"{tag.name}{QUALITY}"}
    return names


def _places(plant: Plant, table: Table, start_s: int | None) -> tuple[int, NDArray[np.int64]]:
    """The first minute (UTC seconds), and of each row how many minutes after it it is."""
    if not table.rows:
        raise table.fault(1, "there are no rows; give one for each minute")
    if TIME not in table.header:
        if start_s is None:
            raise table.fault(1, "the column time is missing; add it, or give start in case.yaml")
        return start_s, np.arange(len(table.rows), dtype=np.int64)
    index = table.header.index(TIME)
    times: list[int] = []
    for line, cells in table.rows:
        at_s = _instant_s(plant, table, line, cells[index])
        if at_s % MINUTE_S:
            raise table.fault(line, f"'{cells[index]}' is not a whole minute; give a row for each minute")
        if times and at_s <= times[-1]:
            raise table.fault(
                line,
                f"'{cells[index]}' is not after the row before; if clocks were set back, give times with their "
                "offset, each once",
            )
        times.append(at_s)
    if (times[-1] - times[0]) // MINUTE_S >= MOST_MINUTES:
        raise table.fault(table.rows[-1][0], "is over 400 days after the first row; give a shorter case")
    return times[0], (np.array(times, np.int64) - times[0]) // MINUTE_S


def _instant_s(plant: Plant, table: Table, line: int, text: str) -> int:
    try:
        return instant_ns(text, Calendar(zone=plant.zone)) // NS
    except UnreadableMoment as error:
        raise table.fault(line, str(error)) from error


def _numbers(table: Table, index: int, name: str) -> NDArray[np.float64]:
    texts = [cells[index] for _, cells in table.rows]
    try:
        # A case has some hundred thousand cells: the column is read at once, and cell by cell only to name the fault.
        return np.array([text or "nan" for text in texts], np.float64)
    except ValueError:
        for (line, _), text in zip(table.rows, texts, strict=True):
            if text:
                _number(table, line, name, text)
        raise


def _number(table: Table, line: int, name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise table.fault(line, f"{name}: '{text}' is not a number; write it like 1234.5") from error


def _spread(values: NDArray[np.float64], places: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    # A minute without a row was not recorded: not a number, never 0.
    column = np.full(count, np.nan)
    column[places] = values
    return column


def _unit(
    code: str, columns: Mapping[str, NDArray[np.float64]], rows: NDArray[np.bool_], events: Sequence[PastEvent]
) -> UnitMinutes:
    own = {name.removeprefix(f"{code}."): column for name, column in columns.items() if name.startswith(f"{code}.")}
    flags = {name: np.nan_to_num(own.pop(name)) > 0 for name in FLAGS if name in own}
    counted = own.pop(COUNTED, None)
    quality = dict(_qualities(own))
    values = {name: column.astype(np.float32) for name, column in own.items() if not name.endswith(QUALITY)}
    seen = [~np.isnan(column) for column in (*own.values(), *([] if counted is None else [counted]))]
    heard = flags.get("heard", np.any(seen, axis=0) if seen else rows)
    # What a case does not say is taken to have been in order, so that no drop comes from a column that is missing.
    rest: dict[str, Any] = {
        "heard": heard,
        "moved": flags.get("moved", heard),
        "looked": flags.get("looked", heard),
        "uncertain": flags.get("uncertain", np.zeros(len(rows), np.bool_)),
    }
    return UnitMinutes(
        values=values,
        quality=quality,
        **rest,
        counted_t=counted,
        event_end_s=np.array([event.end_s for event in events], np.int64),
        event_t=np.array([event.tonnes for event in events], np.float64),
        event_known_s=np.array([event.known_s for event in events], np.int64),
    )


def _qualities(own: Mapping[str, NDArray[np.float64]]) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """By gauge its quality: as given, else good if there is a value."""
    for name, column in own.items():
        if not name.endswith(QUALITY):
            given = own.get(f"{name}{QUALITY}")
            codes = np.where(np.isnan(column), np.nan, float(Quality.GOOD)) if given is None else given
            yield name, np.where(np.isnan(codes), NO_QUALITY, codes).astype(np.uint8)
