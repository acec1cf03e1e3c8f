"""What a cell of a table says: an instant, or a number. Pure."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from collector.files.moment import moment
from collector.files.number import decimal_of
from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from collector.files.sheet import Cell, MergedCell, NoStoredValue
from collector.sources.row_times import SHORTEST_COUNT, both, in_format, instant_ns
from models.works.calendar import NS
from models.works.exact_number import Number, held, of_text


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in it."""
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


def plain(cell: Cell) -> Cell:
    """The cell as the file holds it. Raises Refused for a formula whose value the file does not hold."""
    if isinstance(cell, NoStoredValue):
        raise Refused(RefusalCode.NO_STORED_VALUE, cell=str(cell))
    return cell.value if isinstance(cell, MergedCell) else cell


_TO_SECONDS = re.compile(r"\d[\d.-]{8}\d[ T]\d\d:\d\d:[0-5]\d", re.ASCII)
"""A date of ten letters and a time to the second, which `moment` reads."""
_TO_MINUTES = 16  # letters of it
_PLAIN = re.compile(r"-?\d{1,300}(\.(\d{1,2}|\d{4,300}))?", re.ASCII)
"""Three digits behind the point may be thousands."""
_DECLARED = re.compile(r"-?\d{1,300}(\.\d{1,300})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CellReader:
    """How the cells of one kind of file are written."""

    zone: ZoneInfo
    time_format: str | None = None
    number_format: str | None = None

    @property
    def _plain(self) -> re.Pattern[str]:
        return _PLAIN if self.number_format is None else _DECLARED

    def instant(self, cell: Cell, before_ns: int) -> int:
        """The instant (UTC ns) in a cell. `before_ns`: that of the row before it; of a local time that comes twice
        (clocks are put back an hour) it is the second where the first would lie before the row above. Raises Refused.
        """
        seconds_ns = 0
        if self.time_format is None and isinstance(cell, str) and _TO_SECONDS.fullmatch(cell):
            # Of a reading a second, sixty have one minute.
            cell, seconds_ns = cell[:_TO_MINUTES], int(cell[_TO_MINUTES + 1 :]) * NS
        first_ns, second_ns = _instants(plain(cell), self.zone, self.time_format)
        first_ns, second_ns = first_ns + seconds_ns, second_ns + seconds_ns
        return second_ns if first_ns < before_ns <= second_ns else first_ns

    def number(self, cell: Cell) -> Number:
        """The number in a cell. Raises Refused."""
        if isinstance(cell, MergedCell):
            # One amount of several rows: each would have all of it.
            raise Refused(RefusalCode.AMOUNT_MERGED, cells=cell.cells)
        # As most are: what a machine writes.
        if isinstance(cell, str) and self.number_format in (None, "1234.5") and self._plain.fullmatch(cell):
            found = of_text(cell)
        else:
            found = _number(plain(cell), self.number_format)
        if not math.isfinite(found):
            raise Refused(RefusalCode.NUMBER_NOT_FINITE, value=str(cell))
        return found


def _number(value: Cell, number_format: str | None) -> Number:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return held(value)
    return held(decimal_of(value, number_format))


# The times of a file stand in several of its columns and sheets; more than so many do not come again.
@lru_cache(maxsize=4096)
def _instants(cell: Cell, zone: ZoneInfo, time_format: str | None) -> tuple[int, int]:
    """The instant, and that of the same local time when it comes again; both are one where it does not."""
    if isinstance(cell, str) and time_format is not None:
        found = in_format(cell.strip(), time_format, zone)
        if found is None:
            raise Refused(RefusalCode.NOT_IN_FORMAT, value=cell, format=time_format)
        return found
    counted = cell.strip() if isinstance(cell, str) else ""
    if counted.isdecimal() and len(counted) >= SHORTEST_COUNT:
        at_ns = instant_ns(int(counted), zone)
        if at_ns is not None:
            return at_ns, at_ns
    said = moment(cell)
    if said.at_ns is not None:
        return said.at_ns, said.at_ns
    found = both(datetime.combine(said.day, said.clock or time(0)), zone)
    if found is None:
        raise Refused(RefusalCode.NOT_A_MOMENT, value=str(cell))
    return found
