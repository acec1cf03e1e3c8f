"""Plans as people enter them, and the repairs that were approved."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """The plan of one month. `unit` is "all" for a shop's plan, and `shop` too for the site's.

    `month` is its first day as an ordinal (date.toordinal). `grams` None: the plan is withdrawn. The newest revision
    counts; `author` and `recorded_ns` (UTC ns) say whose it is and since when.
    """

    month: int
    shop: str
    unit: str
    product: str
    grams: int | None
    author: str = ""
    recorded_ns: int = 0


class RepairKind(StrEnum):
    """Why a unit will stand. A capital repair is not in the nominal time of a furnace."""

    CURRENT = "current"
    CAPITAL = "capital"
    RELINING = "relining"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """An approved window [start_ns, end_ns) (UTC ns) in which `unit` is not expected to produce.

    `name` identifies it: entering it again replaces the window; `withdrawn` takes it back.
    """

    name: str
    unit: str
    start_ns: int
    end_ns: int
    kind: RepairKind
    approved_by: str
    author: str = ""
    withdrawn: bool = False
    recorded_ns: int = 0
