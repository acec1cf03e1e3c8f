"""Rows of `safety_hour` as lines for people: when methane was above which limit, and the output meanwhile. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.tables.safety_rows import LIMITS
from models.works.localize import LANGUAGES
from models.works.table import FieldValue, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveLine:
    """A working above one of its limits, in an hour or longer.

    `at`: the minutes on the wall clock; none if nobody kept them, and then `minutes` is None. `known`: of the minutes
    those whose output is known, and `made_t` what was made in them (None: nothing is known).
    """

    working: str
    names: Mapping[str, str]
    unit: str
    start_ns: int
    limit: str
    limit_pct: float | None
    greatest_pct: float
    above_min: float
    at: tuple[str, ...]
    minutes: int | None
    known: int
    made_t: float | None

    def name(self, language: str) -> str:
        """Of the working."""
        return self.names.get(language) or self.names["en"]

    def with_more(self, other: "AboveLine") -> "AboveLine":
        """Together with a later hour of the same working and limit."""
        made = [each.made_t for each in (self, other) if each.made_t is not None]
        unknown = self.minutes is None or other.minutes is None
        return replace(
            self,
            greatest_pct=max(self.greatest_pct, other.greatest_pct),
            above_min=self.above_min + other.above_min,
            at=(*self.at, *other.at),
            minutes=None if unknown else (self.minutes or 0) + (other.minutes or 0),
            known=self.known + other.known,
            made_t=sum(made) if made else None,
        )


def above_lines(rows: Sequence[Row]) -> list[AboveLine]:
    """A line for each hour and limit that was passed, in the order of the rows; the general limit first."""
    lines = []
    for row in rows:
        for limit in reversed(LIMITS):
            passed = [row.fields.get(f"{name}_above_{limit}") for name in ("minutes", "times")]
            if any(passed) or row.fields.get(f"above_{limit}_minutes"):
                lines.append(_line(row, limit))
    return lines


def above_together(lines: Iterable[AboveLine]) -> list[AboveLine]:
    """One line for each working and limit."""
    found: dict[tuple[str, str], AboveLine] = {}
    for line in lines:
        key = line.working, line.limit
        found[key] = found[key].with_more(line) if key in found else line
    return list(found.values())


def _line(row: Row, limit: str) -> AboveLine:
    fields, tags = row.fields, dict(row.key.tags)
    at = str(fields.get(f"above_{limit}_at", ""))
    minutes = fields.get(f"above_{limit}_minutes")
    return AboveLine(
        working=tags["working"],
        names={language: str(fields[f"name_{language}"]) for language in LANGUAGES},
        unit=tags["unit"],
        start_ns=row.key.time_ns,
        limit=limit,
        limit_pct=_number(fields.get(f"limit_{limit}_pct")),
        greatest_pct=_number(fields.get("methane_max_pct")) or 0.0,
        above_min=_number(fields.get(f"minutes_above_{limit}")) or 0.0,
        at=tuple(at.split(", ")) if at else (),
        minutes=None if minutes is None else int(minutes),
        known=int(fields.get(f"above_{limit}_known_minutes", 0)),
        made_t=_number(fields.get(f"above_{limit}_output_t")),
    )


def _number(value: FieldValue | None) -> float | None:
    return None if value is None else float(value)
