"""What an answer holds, as rows: a list in JSON, whose columns are keys or JMESPath expressions. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from collector.sources.rows import Cells

if TYPE_CHECKING:
    from jmespath.parser import ParsedResult

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
"""An expression of which it can be told whether it leads nowhere, or to a null."""


class NoRows(ValueError):
    """The text says what there is instead."""


@lru_cache(maxsize=1024)
def expression(text: str) -> "ParsedResult":
    """An expression of JMESPath. Raises ValueError for what is none."""
    # Every command reads the configuration, and few plants have such a source: the library takes 20 ms to load.
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return jmespath.compile(text)
    except JMESPathError as error:
        line = str(error).splitlines()[0]
        raise ValueError(f"is no JMESPath ({line}); write it like data.items") from None


def found(text: str, held: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What an expression finds; None where it cannot be applied."""
    parsed = expression(text)
    # What a function of JMESPath cannot be applied to is a ValueError of its own kinds.
    try:
        return parsed.search(held)
    except ValueError:
        return None


def rows_of(held: object, where: str, columns: Iterable[str]) -> list[Cells]:
    """The rows in an answer, each with the columns that it has. Raises NoRows."""
    listed = found(where, held)
    if not isinstance(listed, list):
        there = f"the keys {', '.join(list(map(str, held))[:12])}" if isinstance(held, dict) else type(held).__name__
        raise NoRows(f"there is no list at {where}; there is: {there[:200]}")
    wanted = tuple(columns)
    return [_cells(row, wanted) for row in listed]


def _cells(row: object, columns: Sequence[str]) -> Cells:
    if not isinstance(row, dict):
        return {"value": row} if isinstance(row, int | float | str | bool) else {}
    cells: dict[str, Any] = {}
    for column in columns:
        if column in row:
            cells[column] = row[column]
        elif _PATH.fullmatch(column):
            _walk(row, column, cells)
        else:
            _search(row, column, cells)
    # What is there is named where a column is missing.
    return cells if len(cells) == len(columns) else {**row, **cells}


def _walk(row: Mapping[str, Any], path: str, cells: dict[str, Any]) -> None:
    held: object = row
    for part in path.split("."):
        if not isinstance(held, dict) or part not in held:
            return
        held = held[part]
    cells[path] = held


def _search(row: Mapping[str, Any], column: str, cells: dict[str, Any]) -> None:
    try:
        parsed = expression(column)
    except ValueError:
        return  # it is a key, such as "Вес, кг", and this row has none
    try:
        cells[column] = parsed.search(row)
    except ValueError:
        cells[column] = None
