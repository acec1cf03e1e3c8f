"""Rows of an answer: JSON of InfluxQL, annotated CSV of Flux. Pure."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from collector.sources.rows import Cells


class UnreadableAnswer(ValueError):
    """The text says what it is instead, or what the database said."""


def influxql_rows(body: bytes) -> list[Cells]:
    """Rows of every series, their tags among the columns. Raises UnreadableAnswer."""
    try:
        answer = json.loads(body)
        (result,) = answer["results"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableAnswer(f"{body[:40]!r} is no answer of InfluxDB") from error
    if not isinstance(result, dict) or "error" in result:
        raise UnreadableAnswer(str(result.get("error") if isinstance(result, dict) else result)[:200])
    rows: list[Cells] = []
    for series in result.get("series", []):
        if series.get("partial"):
            raise UnreadableAnswer("the database cut its answer short (max-row-limit); ask for less, or raise it")
        tags, columns = series.get("tags", {}), series["columns"]
        rows += [{**tags, **dict(zip(columns, values, strict=True))} for values in series["values"]]
    if result.get("partial"):
        raise UnreadableAnswer("the database cut its answer short (max-row-limit); ask for less, or raise it")
    return rows


def flux_rows(body: bytes) -> list[Cells]:
    """Rows of every table; `_time` is there as `time`, too. Raises UnreadableAnswer."""
    try:
        text = body.decode("utf-8")
        return list(_tables(csv.reader(text.splitlines())))
    except (UnicodeDecodeError, csv.Error, ValueError, IndexError) as error:
        if isinstance(error, UnreadableAnswer):
            raise
        raise UnreadableAnswer(f"{body[:40]!r} is no answer of InfluxDB") from error


def _tables(lines: Iterator[list[str]]) -> Iterator[Cells]:
    types: list[str] = []
    names: list[str] = []
    for line in lines:
        if not line:
            types, names = [], []
        elif line[0] == "#datatype":
            types, names = line, []
        elif not names:
            names = line
            if "error" in names:
                raise UnreadableAnswer(next(lines, [""])[names.index("error")][:200])
            if not types or len(names) != len(types):
                raise ValueError("a table without types")
        else:
            row = {name: _cell(cell, kind) for name, cell, kind in zip(names, line, types, strict=True) if name}
            if "_time" in row:
                row["time"] = row["_time"]
            yield row


def _cell(text: str, kind: str) -> Any:  # noqa: ANN401 - as its type says
    if text == "" and kind != "string":
        return None
    if kind in ("long", "unsignedLong"):
        return int(text)
    if kind == "double":
        return float(text)
    return text == "true" if kind == "boolean" else text
