"""The edge check of high-rate numeric columns: whole columns inside one pydantic model, never one object a value."""

from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, ConfigDict, Field, InstanceOf, ValidationInfo, model_validator

from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from models.works.strict import StrictModel

_NOT_A_TIME = np.iinfo(np.int64).min  # what numpy's NaT becomes


def _column(dtype: type[np.generic]) -> AfterValidator:
    wanted = np.dtype(dtype)

    def check(column: NDArray[Any]) -> NDArray[Any]:
        if column.dtype != wanted:
            raise ValueError(f"the column is {column.dtype}, not {wanted}: convert it where it is read")
        if column.ndim != 1:
            raise ValueError(f"the column has {column.ndim} dimensions, not 1")
        return column

    return AfterValidator(check)


class NumericColumns(StrictModel):
    """Columns of one length, as a source decoded them; `batch()` gives them on as they are, without a copy.

    Values may be NaN here: that is judged, and kept with its reason, by `models.counting.validation`. Pass
    `context={"tag_count": n}` to refuse a tag index of n or more. Validation raises pydantic.ValidationError.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: str
    received_ns: int = Field(gt=0)
    tags: Annotated[InstanceOf[np.ndarray], _column(np.int32)]
    values: Annotated[InstanceOf[np.ndarray], _column(np.float64)]
    times_ns: Annotated[InstanceOf[np.ndarray], _column(np.int64)]
    quality: Annotated[InstanceOf[np.ndarray], _column(np.uint8)]

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        lengths = [len(self.tags), len(self.values), len(self.times_ns), len(self.quality)]
        if len(set(lengths)) != 1:
            raise ValueError(f"columns of {self.source} differ in length: tags, values, times, quality are {lengths}")
        if not lengths[0]:
            return self
        if self.tags.min() < 0:
            raise ValueError(f"columns of {self.source} hold tag index {self.tags.min()}")
        tag_count = (info.context or {}).get("tag_count")
        if tag_count is not None and self.tags.max() >= tag_count:
            raise ValueError(f"columns of {self.source} hold tag index {self.tags.max()} of {tag_count} tags")
        if self.quality.max() > Quality.GOOD:
            raise ValueError(f"columns of {self.source} hold quality {self.quality.max()}, not 0, 1 or 2")
        if self.times_ns.min() == _NOT_A_TIME:
            raise ValueError(f"columns of {self.source} hold a time that is none: give 0 where the source gave none")
        return self

    def batch(self) -> ReadingBatch:
        """The same columns as the pipeline's unit."""
        return ReadingBatch(self.source, self.received_ns, self.tags, self.values, self.times_ns, self.quality)
