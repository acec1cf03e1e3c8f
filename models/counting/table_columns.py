"""What the columns of a table are for, by their names, their types and some of their rows: for an engineer to judge."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from models.counting.shape_watch import Sureness

_WORDS: Mapping[str, tuple[str, ...]] = {
    "time": (
        *("time", "date", "stamp", r"(^|_)at($|_)", r"(^|_)ts($|_)", "tapped", "weighed", "ended", "finish"),
        *("врем", "дата", "взвеш", "выпуск", "окон", "уақыт", "күні"),
    ),
    "entered": ("creat", "insert", "modif", "updat", "chang", "enter", "созд", "измен", "внес", "енгіз"),
    "begin": ("start", "begin", "open", "нач", "бастал"),
    "key": (
        *(r"(^|_)(no|num|nr|key|code)($|_)", "number", "heat", "ticket", "ladle", "coil", "batch"),
        *("номер", "№", "плавк", "ковш", "талон", "рулон", "нөмір"),
    ),
    "weight": (
        *("weight", "tonn", "mass", r"(^|_)net($|_)", "netto", r"(^|_)(t|kg)($|_)"),
        *("вес", "масс", "нетто", "тонн", "салмақ"),
    ),
    "tare": ("tare", "gross", "brutto", "тара", "брутто", "norm", "plan", "limit", "target", "план", "норм"),
    "value": ("value", "reading", "level", r"(^|_)val($|_)", "знач", "показ", "мән"),
}
_NAMES = {role: re.compile("|".join(words), re.IGNORECASE) for role, words in _WORDS.items()}
_KILOGRAMS = re.compile(r"(^|[_ ,.(])(kg|кг)($|[_ ,.)])", re.IGNORECASE)
_TONNES = re.compile(r"(^|[_ ,.(])(t|т)($|[_ ,.)])|tonn|тонн", re.IGNORECASE)
_MOST_TONNES = 2_000.0
"""No ladle, coil or wagon weighs more: what is larger is in kilograms. A judgement."""
_LEAST_ROWS = 5
"""Of fewer, that all are different says nothing. A judgement."""


class ColumnKind(StrEnum):
    """What stands in a column."""

    TIME = "time"
    WHOLE = "whole number"
    NUMBER = "number"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column. `leads`: an index begins with it; `is_unique`: the database keeps its values apart; `values`: of some
    rows that have one, numbers as numbers."""

    name: str
    kind: ColumnKind
    leads: bool = False
    is_unique: bool = False
    values: tuple[object, ...] = ()

    @property
    def all_differ(self) -> bool:
        """Whether no two of the rows that were seen share a value."""
        return len(self.values) >= _LEAST_ROWS and len(set(self.values)) == len(self.values)

    def is_called(self, role: str) -> bool:
        """Whether its name says so."""
        return _NAMES[role].search(self.name) is not None


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """What a column is for, why, and how sure that is."""

    column: TableColumn
    sureness: Sureness
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFinding:
    """`roles`: by the key of a tag (time and value, or key, tonnes and end), the column. `unit`: of what is counted."""

    roles: Mapping[str, ColumnFinding] = field(default_factory=dict)
    unit: str = ""
    unit_reason: str = ""

    @property
    def is_event(self) -> bool:
        """Whether its rows are heats, weighings and the like."""
        return "tonnes" in self.roles


def table_finding(columns: Sequence[TableColumn]) -> TableFinding:
    """What a table may be read as; no roles where no column is a time, or none a number."""
    end = _time(columns)
    if end is None:
        return TableFinding()
    weight = _best(columns, "weight", (ColumnKind.NUMBER, ColumnKind.WHOLE), {end.column.name})
    key = _key(columns, {end.column.name, weight.column.name if weight is not None else ""})
    if weight is not None and key is not None:
        unit, reason = _unit(weight.column)
        return TableFinding({"key": key, "tonnes": weight, "end": end}, unit, reason)
    value = (
        _best(columns, "value", (ColumnKind.NUMBER, ColumnKind.WHOLE), {end.column.name}) or weight or _number(columns)
    )
    return TableFinding({"time": end, "value": value} if value is not None else {})


def _time(columns: Sequence[TableColumn]) -> ColumnFinding | None:
    found = [column for column in columns if column.kind is ColumnKind.TIME]
    if not found:
        return None
    best = max(found, key=lambda column: (not column.is_called("entered"), not column.is_called("begin"),
               column.is_called("time"), column.leads))  # fmt: skip
    reasons = ["a time"]
    if best.is_called("time"):
        reasons.append("its name says so")
    reasons.append("an index begins with it" if best.leads else "no index begins with it: ask for one")
    others = [column.name for column in found if column is not best]
    if others:
        reasons.append(f"there are others: {', '.join(others[:3])}")
    sure = (
        Sureness.SURE
        if len(found) == 1 and best.leads
        else Sureness.LIKELY
        if best.is_called("time")
        else Sureness.PERHAPS
    )
    return ColumnFinding(best, sure, tuple(reasons))


def _key(columns: Sequence[TableColumn], taken: set[str]) -> ColumnFinding | None:
    found = [
        column
        for column in columns
        if column.name not in taken
        and column.kind in (ColumnKind.WHOLE, ColumnKind.TEXT)
        and (column.is_unique or column.all_differ)
    ]
    if not found:
        return None
    # A number that the works knows is better than one that the database counts: a person can look it up.
    best = max(found, key=lambda column: (column.is_called("key"), column.is_unique))
    reasons = ["the database keeps its values apart" if best.is_unique else f"all different in {len(best.values)} rows"]
    if best.is_called("key"):
        reasons.append("its name says so")
    both = best.is_unique and best.is_called("key")
    sure = Sureness.SURE if both else Sureness.LIKELY if best.is_called("key") else Sureness.PERHAPS
    return ColumnFinding(best, sure, tuple(reasons))


def _best(
    columns: Sequence[TableColumn], role: str, kinds: tuple[ColumnKind, ...], taken: set[str]
) -> ColumnFinding | None:
    found = [
        column for column in columns if column.kind in kinds and column.is_called(role) and column.name not in taken
    ]
    if not found:
        return None
    best = max(found, key=lambda column: (not column.is_called("tare"), column.kind is ColumnKind.NUMBER))
    others = [column.name for column in found if column is not best]
    reasons = ("a number, and its name says so", *([f"there are others: {', '.join(others[:3])}"] if others else []))
    return ColumnFinding(best, Sureness.PERHAPS if best.is_called("tare") else Sureness.LIKELY, reasons)


def _number(columns: Sequence[TableColumn]) -> ColumnFinding | None:
    """The one number of a table, whatever it is called."""
    found = [column for column in columns if column.kind is ColumnKind.NUMBER]
    if len(found) != 1:
        return None
    return ColumnFinding(found[0], Sureness.PERHAPS, ("the only column with numbers that are not whole",))


def _unit(weight: TableColumn) -> tuple[str, str]:
    if _KILOGRAMS.search(weight.name):
        return "kg", "its name says kg"
    if _TONNES.search(weight.name):
        return "t", "its name says t"
    numbers = [abs(float(value)) for value in weight.values if isinstance(value, int | float)]
    if not numbers:
        return "t", "nothing says which: check"
    middle = median(numbers)
    return ("kg" if middle > _MOST_TONNES else "t"), f"half of its values are over {middle:.6g}: check"
