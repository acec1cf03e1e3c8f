"""Columns of numbers as text, each the shortest that reads back as the same number."""

import numpy as np
from numpy.typing import NDArray

try:
    import orjson
except ImportError:  # there is no wheel of it for every machine
    orjson = None  # type: ignore[assignment]


def number_texts(numbers: NDArray[np.float64] | NDArray[np.int64]) -> list[bytes]:
    """The text of each number; all are finite.

    orjson takes a tenth of the time of `repr` (docs/benchmarks.md). It writes 1e22 where that writes 1e+22.
    """
    if not len(numbers):
        return []
    if orjson is None:
        return repr(numbers.tolist())[1:-1].encode().split(b", ")
    return orjson.dumps(np.ascontiguousarray(numbers), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
