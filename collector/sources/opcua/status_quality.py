"""From OPC UA status codes to the quality of a reading."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from asyncua import ua
from asyncua.ua.status_codes import StatusCodes
from numpy.typing import NDArray

from collector.errors import ConfigurationError
from models.works.codes import Quality

_BY_SEVERITY = np.array([Quality.GOOD, Quality.UNCERTAIN, Quality.BAD, Quality.BAD], dtype=np.uint8)
_QUALITY = {"bad": Quality.BAD, "uncertain": Quality.UNCERTAIN, "good": Quality.GOOD}
CODE_BITS = 0xFFFF0000  # the lower half holds remarks such as the overflow bit, not the code
_NAME_BITS = 0x0FFF0000
_SEVERITIES = ("Good", "Uncertain", "Bad")  # all that the library says of a code that it does not know
_OVERFLOW = 0x0480  # info type "data value" with the bit "overflow"


def status_code(text: str) -> int:
    """The number of a status code given by name or as 0x and 8 digits.

    Raises:
        ConfigurationError: there is no such code.
    """
    if text.startswith("0x"):
        return int(text, 16)
    code = getattr(StatusCodes, text, None)
    if not isinstance(code, int):
        raise ConfigurationError(
            f"quality: {text!r} is not an OPC UA status code; write its name from OPC UA part 4, or 0x..."
        )
    return code


@lru_cache(maxsize=1_000)
def status_name(code: int) -> str:
    """The name of a status code, without its remark bits; as 0x and 8 digits if the standard has no name for it."""
    name = str(ua.StatusCode(ua.UInt32(code & CODE_BITS)).name)
    is_named = name not in _SEVERITIES or not code & _NAME_BITS
    return name if is_named else f"0x{code & CODE_BITS:08X}"


class StatusQuality:
    """Quality by severity (the two highest bits), with the exceptions that the configuration names."""

    def __init__(self, exceptions: Mapping[str, str]) -> None:
        self._exceptions = {status_code(name) & CODE_BITS: _QUALITY[text] for name, text in exceptions.items()}

    def column(self, status: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Quality codes, uint8, of status codes, uint32, of the same length."""
        if not self._exceptions and not status.any():
            return np.full(len(status), Quality.GOOD, dtype=np.uint8)
        quality: NDArray[np.uint8] = _BY_SEVERITY[status >> np.uint32(30)]
        codes = status & np.uint32(CODE_BITS)
        for code, value in self._exceptions.items():
            quality[codes == np.uint32(code)] = value
        return quality

    def of(self, status: int) -> Quality:
        """The quality of one status code."""
        return Quality(int(self.column(np.array([status], dtype=np.uint32))[0]))


def overflow_count(status: NDArray[np.uint32]) -> int:
    """How many values say that the server's queue lost older ones before them."""
    return int(np.count_nonzero((status & np.uint32(_OVERFLOW)) == np.uint32(_OVERFLOW)))
