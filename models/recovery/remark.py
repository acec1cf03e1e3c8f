"""What a way to make the month takes for granted, or could not know."""

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """In the order in which they are told: what is not known, then what is taken for granted."""

    NO_PLAN = "no_plan"
    NO_OUTPUT = "no_output"
    NO_RATE = "no_rate"
    NO_CHAIN = "no_chain"
    NOT_IN_CHAIN = "not_in_chain"
    SUPPLY_LEFT_OUT = "supply_left_out"
    NO_STOCK = "no_stock"
    NO_STOCK_FIGURE = "no_stock_figure"
    STOCK_OUTSIDE = "stock_outside"
    STOCKS_OF_NOW = "stocks_of_now"
    NO_RUNNING_DAY = "no_running_day"
    NO_NAMEPLATE = "no_nameplate"
    ABOVE_NAMEPLATE = "above_nameplate"
    STANDS_NOW = "stands_now"
    DELIVERIES = "deliveries"
    SALES = "sales"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """`of`: the codes of units, or the code of a product. `tonnes`: a day's, where the kind has them."""

    kind: RemarkKind
    of: tuple[str, ...]
    tonnes: float | None = None
