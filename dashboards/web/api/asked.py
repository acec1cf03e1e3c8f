"""What can be asked of the API: the parameters of each address. An unknown one is refused, for a slip of a letter would
give other figures than were meant."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field

from dashboards.web.address import days_of
from dashboards.web.errors import AddressFault
from dashboards.web.problem import ApiProblem
from dashboards.web.texts import text
from models.tables.asked_figures import FigureGrain
from models.works.localize import Language
from models.works.place import ALL, UNALLOCATED, UNCLAIMED
from models.works.plant import Plant
from models.works.span import SpanKind

MOST_ROWS = 50_000
"""A month of hours of sixty units: 23 MB of JSON, made in three seconds of a core (measured)."""
USUAL_ROWS = 10_000
QUICK_DAYS = 62
QUICK_DAYS_OF = {FigureGrain.HOUR: 3, FigureGrain.SHIFT: 31}
"""Four thousand rows of sixty places, read and made in half a second of a core (measured). More wait in a line of their
own."""

Day = Annotated[str, Field(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$", json_schema_extra={"format": "date"})]
Code = Annotated[str, Field(max_length=100)]


class AnswerForm(StrEnum):
    """How rows are given."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class AskedRow(Protocol):
    """What rows are picked by."""

    @property
    def shop(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def product(self) -> str: ...


class ReceiptQuery(BaseModel):
    """The figure of a place over production dates, both inclusive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    product: Code
    shop: Code = ALL
    unit: Code = ALL
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    as_known_on: Annotated[str, Field(max_length=40)] = ""
    lang: Language | None = None


class RowsQuery(BaseModel):
    """What every list takes. `lang`: of names and words; else the first of Accept-Language that we speak."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Language | None = None
    format: AnswerForm = AnswerForm.JSON
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="rows of JSON; more are cut, and it says so")] = (
        USUAL_ROWS
    )


class UnitsQuery(RowsQuery):
    """Which units; every one if none is named."""

    shop: Code = ""
    unit: Code = ""
    product: Code = ""

    def holds(self, row: AskedRow) -> bool:
        """Whether it was asked for."""
        wanted = ((self.shop, row.shop), (self.unit, row.unit), (self.product, row.product))
        return all(asked in ("", given) for asked, given in wanted)


class PlacesQuery(UnitsQuery):
    """Which places and products; every one if none is named."""

    level: Annotated[str, Field(pattern="^(site|shop|unit)?$", description="site, shop or unit")] = ""

    def holds(self, row: AskedRow) -> bool:
        """Whether it was asked for."""
        return super().holds(row) and self.level in ("", getattr(row, "level", ""))


class SpanQuery(RowsQuery):
    """Production dates, both inclusive."""

    first: Day = Field("", alias="from")
    last: Day = Field("", alias="to")

    def days(self, today: int, usual: int) -> tuple[int, int]:
        """[first, end) as ordinals; without dates the last `usual` days until today. Raises AddressFault."""
        end = self.last or date.fromordinal(today).isoformat()
        if not self.first:
            last = days_of({"from": end, "to": end}, ("from", "to"))[0]
            return last + 1 - usual, last + 1
        return days_of({"from": self.first, "to": end}, ("from", "to"))

    def is_long(self, today: date) -> bool:
        """Whether it is about so many days that the answer takes seconds."""
        return is_long(self.first, self.last, today)


class DaysQuery(SpanQuery, PlacesQuery):
    """Places over production dates."""


def is_long(first: str, last: str, today: date, most: int = QUICK_DAYS) -> bool:
    """Whether these dates (ISO; first "": the usual few days) hold more days than `most`. What are no dates is refused
    elsewhere."""
    try:
        return bool(first) and (date.fromisoformat(last or today.isoformat()) - date.fromisoformat(first)).days > most
    except ValueError:
        return False


class FiguresQuery(DaysQuery):
    """Figures of hours, shifts, days, months, or of all the days together (`span`)."""

    grain: FigureGrain = FigureGrain.DAY
    as_known_on: Annotated[
        str, Field(max_length=40, description="as known then, such as 2026-10-31T12:00; now if missing")
    ] = ""

    def is_large(self, today: date) -> bool:
        """Whether the answer takes seconds: many rows, or figures that are computed anew."""
        if self.grain is FigureGrain.MONTH:
            return bool(self.as_known_on)
        return bool(self.as_known_on) or is_long(
            self.first, self.last, today, QUICK_DAYS_OF.get(self.grain, QUICK_DAYS)
        )


class SignaturesQuery(SpanQuery):
    """Signatures of days, for one shop ("all": for the works) or for each."""

    shop: Code = ""


class PlansQuery(PlacesQuery):
    """Plans of one month, such as 2026-10, or all."""

    month: Annotated[str, Field(pattern=r"^(\d{4}-\d{2})?$")] = ""


class StatesQuery(UnitsQuery):
    """What units do now."""


class StopsQuery(SpanQuery, UnitsQuery):
    """Stops that share an instant with the days."""


class AlertsQuery(UnitsQuery):
    """Incidents: those that are open, or also the newest that ended, 200 in all."""

    ended: bool = False


class ReportQuery(PlacesQuery):
    """`period` as the command takes it: 2026-10-31/2, 2026-10-31, 2026-10, 2026-Q3 or 2026; else the last one."""

    period: Annotated[str, Field(max_length=40)] = ""
    as_known_on: Annotated[str, Field(max_length=40)] = ""

    def is_large(self, kind: SpanKind) -> bool:
        """Whether the answer takes seconds."""
        return bool(self.as_known_on) or kind in (SpanKind.QUARTER, SpanKind.YEAR)


ReportKind = SpanKind


def check_codes(plant: Plant, query: UnitsQuery | ReceiptQuery, language: Language) -> None:
    """Raises ApiProblem for a code that the plant does not have: without it, nothing found would look like nothing
    made."""
    known = {
        "shop": (query.shop, {*plant.shops, ALL}),
        "unit": (query.unit, {*plant.units, ALL, UNALLOCATED, UNCLAIMED}),
        "product": (query.product, set(plant.products)),
    }
    for what, (code, codes) in known.items():
        if code and code not in codes:
            detail = text("api_no_such_code", language).format(given=f"{what} {code[:40]}")
            raise ApiProblem(404, "no_such_code", detail)


def bounded_days(days: tuple[int, int], most: int) -> tuple[int, int]:
    """The same. Raises AddressFault for more than `most`."""
    if days[1] - days[0] > most:
        raise AddressFault("api_too_many_days", str(most))
    return days
