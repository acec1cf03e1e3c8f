"""How final rows are that people signed: as final as their source says, and refined at least while the signature under
them holds. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from models.counting.increment import GRAMS_PER_TONNE
from models.stated.signature import JudgedScope, SignatureState, scope_of
from models.works.codes import FigureStatus
from models.works.table import FieldValue, Row

PlaceTags = tuple[str, str, str, str]
"""Level, shop, unit and product, as a signed line has them."""


def holding(judged: Iterable[JudgedScope]) -> frozenset[str]:
    """The scopes of a day whose signatures hold."""
    return frozenset(each.scope for each in judged if each.state is SignatureState.HOLDS)


def signed_status(status: int, scope: str, holds: Container[str]) -> int:
    """The status of a row of a day for which `scope` signs."""
    return max(status, int(FigureStatus.REFINED)) if scope in holds else status


def signed_grams(days: Sequence[Sequence[JudgedScope]]) -> Mapping[PlaceTags, int]:
    """What was signed of a month, each of whose `days` is given: by place, the sum of its days. A place is missing
    while one of the days has no signature that holds for it."""
    always = [holding(judged) for judged in days]
    found: dict[PlaceTags, int] = {}
    for judged in days:
        for each in judged:
            if all(each.scope in holds for holds in always):
                for line in each.lines:
                    found[line.place] = found.get(line.place, 0) + (line.grams or 0)
    return found


def signed_month_status(status: int, place: PlaceTags, made_t: float | None, signed: Mapping[PlaceTags, int]) -> int:
    """The status of the row of a month. Refined is only what its signed days make up to the gram: a figure that was
    stated for the month, or a correction of another one, nobody signed with a day."""
    grams = None if made_t is None else round(made_t * GRAMS_PER_TONNE)
    return max(status, int(FigureStatus.REFINED)) if grams is not None and signed.get(place) == grams else status


def signed_day_rows(rows: Iterable[Row], shops: Container[str], judged: Iterable[JudgedScope]) -> list[Row]:
    """The rows of a day, each with the status that its signatures give it."""
    holds = holding(judged)
    return [
        _with_status(row, signed_status(_status(row), scope_of(shops, dict(row.key.tags)["shop"]), holds))
        for row in rows
    ]


def signed_month_rows(rows: Iterable[Row], signed: Mapping[PlaceTags, int]) -> list[Row]:
    """The rows of a month, each with the status that the signatures of its days give it."""
    return [
        _with_status(row, signed_month_status(_status(row), place_tags(dict(row.key.tags)), _made_t(row), signed))
        for row in rows
    ]


def place_tags(tags: Mapping[str, FieldValue]) -> PlaceTags:
    """The place of a row, by its tags."""
    return str(tags["level"]), str(tags["shop"]), str(tags["unit"]), str(tags["product"])


def _status(row: Row) -> int:
    return int(row.fields["status"])


def _made_t(row: Row) -> float | None:
    made = row.fields.get("actual_t")
    return None if made is None else float(made)


def _with_status(row: Row, status: int) -> Row:
    return row if status == _status(row) else replace(row, fields={**row.fields, "status": status})
