"""Every fault of one row at once, each with the field that it is in. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from collector.files.measure_texts import measure_text
from collector.files.refused import Refused
from collector.sentence import Sentence
from models.works.localize import Language

Value = TypeVar("Value")


class RefusedMeasure(ValueError):
    """A row that was refused; `why` is the reason, with the next step."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class FieldFault:
    """Why a field of a row was refused."""

    field: str
    why: Sentence

    def told(self, language: Language) -> str:
        """The field, and why."""
        return f"{measure_text(self.field).told(language)}: {self.why.told(language)}"


class RefusedFields(ValueError):
    """A row of which one field or more was refused."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        super().__init__("; ".join(fault.why.told("en") for fault in faults))
        self.faults = tuple(faults)


class FieldReader:
    """Reads the fields of one row, and goes on behind one that is refused."""

    def __init__(self) -> None:
        self._faults: list[FieldFault] = []

    def take(self, field: str, read: Callable[[], Value], otherwise: Value) -> Value:
        """What `read` gives; `otherwise` where it is refused."""
        try:
            return read()
        except RefusedMeasure as error:
            self._faults.append(FieldFault(field, error.why))
        except Refused as error:
            self._faults.append(FieldFault(field, error.refusal))
        return otherwise

    def refuse(self, field: str, key: str, **parameters: object) -> None:
        """Add a fault that is seen in several fields together."""
        self._faults.append(FieldFault(field, measure_text(key, **parameters)))

    def is_sound(self, *fields: str) -> bool:
        """Whether none of these was refused; without any, whether nothing was."""
        return not any(not fields or fault.field in fields for fault in self._faults)

    def check(self) -> None:
        """Raises RefusedFields if anything was refused."""
        if self._faults:
            raise RefusedFields(self._faults)
