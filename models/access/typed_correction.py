"""A correction that a person types at the desk, where a figure cannot be stated any more."""

from collections.abc import Callable
from dataclasses import dataclass

from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class TypedCorrection:
    """What is to be added to the output of a unit on the sheet's day, or on the last one of its month. `text`: signed
    tonnes as they were typed; `language`: of the page, which says how numbers are written."""

    asked: AskedSheet
    unit: str
    product: str
    text: str
    reason: str
    language: Language


@dataclass(frozen=True, slots=True)
class CheckedCorrection:
    """`adjustment`: as it would be stored, without a name. `remarks`: what stays, and what a person should look at;
    `unusual`: whether it is to be asked about."""

    adjustment: Adjustment
    remarks: tuple[Callable[[Language], str], ...]
    unusual: bool
