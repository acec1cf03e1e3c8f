"""Tonnes that no unit of the plant claims, as rows of their own: units, rest and these make up the totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.tables.row_fields import output_fields, place_row
from models.works.codes import FigureStatus
from models.works.place import UNCLAIMED, Place
from models.works.plant import Plant
from models.works.table import FieldValue, Row


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """`grams` at the place of a unit that is gone; `bounds`: [start_ns, end_ns) of the row."""

    place: Place
    grams: int | None
    status: FigureStatus
    bounds: tuple[int, int]


def unclaimed_rows(
    plant: Plant, table: str, time_ns: int, found: Iterable[Unclaimed], extra: Mapping[str, FieldValue]
) -> list[Row]:
    """A row for each shop and product, with the codes of the units and counters that are gone."""
    by_total: dict[tuple[str, str], list[Unclaimed]] = {}
    for item in found:
        if item.grams:
            by_total.setdefault((item.place.shop, item.place.product), []).append(item)
    rows = []
    for (shop, product), items in by_total.items():
        status = min(item.status for item in items)
        fields = output_fields(sum(item.grams or 0 for item in items), None, status, 1.0, items[0].bounds)
        fields["codes"] = ", ".join(item.place.unit for item in items)
        rows.append(place_row(plant, table, time_ns, Place("unit", shop, UNCLAIMED, product), {**fields, **extra}))
    return rows
