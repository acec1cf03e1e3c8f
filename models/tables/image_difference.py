"""What a database has that differs from the image of what was published. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.works.table import FieldValue, Row, RowKey

Stored = Mapping[RowKey, Mapping[str, FieldValue]]


@dataclass(frozen=True, slots=True)
class ImageDifference:
    """Keys whose row is `missing` in the database, is there in `other` form, or is there and `extra`."""

    missing: tuple[RowKey, ...] = ()
    other: tuple[RowKey, ...] = ()
    extra: tuple[RowKey, ...] = ()

    @property
    def keys(self) -> tuple[RowKey, ...]:
        """All of them."""
        return (*self.missing, *self.other, *self.extra)


def image_difference(image: Iterable[Row], stored: Stored) -> ImageDifference:
    """`stored`: the rows of the same table and span. A row without fields says nothing, and no database has it.

    Numbers are compared by value: an answer in JSON does not tell 5.0 from 5.
    """
    rows = {row.key: row.fields for row in image if row.fields}
    return ImageDifference(
        missing=tuple(key for key in rows if key not in stored),
        other=tuple(key for key, fields in rows.items() if key in stored and dict(stored[key]) != dict(fields)),
        extra=tuple(key for key in stored if key not in rows),
    )
