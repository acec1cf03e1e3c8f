"""One month of one product, as the page of the month shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.tables.desk_data import MonthPoint
from models.works.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRecord:
    """What the ledger has of `product` in `month` (the ordinal of its first day), read at `read_ns` (UTC ns).

    `days`: published rows of the days of the month; `months`: all published months. `targets_g`: by place, the target
    of each day of the month in grams, those to come too; None where there is none.
    """

    month: int
    product: str
    read_ns: int
    days: Sequence[MonthPoint] = ()
    months: Sequence[MonthPoint] = ()
    targets_g: Mapping[Place, Sequence[int | None]] = field(default_factory=dict)
