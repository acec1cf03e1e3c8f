"""What one site published of its totals, by day: the sums that its own books have, in grams.

A group adds what its sites say of whole spans, and never their days: a figure of a whole month that somebody stated, or
a correction of another month, is in no single day. A row of a day holds the month and the year to its end, and lacks
them if one of these days is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.counting.increment import GRAMS_PER_TONNE
from models.tables.growth_span import Days
from models.tables.row_fields import Fields
from models.works.calendar import MS_NS, NS
from models.works.codes import FigureStatus
from models.works.month import length, month_of, year_start
from models.works.table import FieldValue, Row

_RUNNING = ("target_so_far_t", "attainment_so_far_pct")
"""Fields of a day that was not over when its row was published."""
TOTAL = "site"
"""The level whose rows hold each product of a works once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProduct:
    """A product as the catalogue of its site has it."""

    definition: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class SiteDays:
    """`heard_ns`: up to when the site is known (UTC ns; None: never heard of). Rows by (product, day) and (product,
    month), as ordinals. `products`: by code, as the site's catalogue says."""

    site: str
    heard_ns: int | None = None
    products: Mapping[str, SiteProduct] = field(default_factory=dict)
    days: Mapping[tuple[str, int], Mapping[str, FieldValue]] = field(default_factory=dict)
    months: Mapping[tuple[str, int], Mapping[str, FieldValue]] = field(default_factory=dict)

    def day(self, product: str, day: int) -> Mapping[str, FieldValue]:
        """The row of a day; one that is not there says nothing."""
        return self.days.get((product, day), {})

    def month(self, product: str, month: int) -> Mapping[str, FieldValue]:
        """The row of a month."""
        return self.months.get((product, month), {})

    def is_over(self, row: Mapping[str, FieldValue]) -> bool:
        """Whether a row is of a span that had ended when the site was last heard of, and was published since."""
        end_ms = row.get("end_ms")
        ended = isinstance(end_ms, int) and self.heard_ns is not None and end_ms * MS_NS <= self.heard_ns
        return ended and not any(name in row for name in _RUNNING)

    def in_month(self, product: str, days: Days, name: str = "month_to_date_t") -> int | None:
        """Grams of the first days of a month, [first, end); None if not all of them are known and over."""
        row = self.day(product, days[1] - 1)
        found = grams_of(row, name) if self.is_over(row) else None
        month = month_of(days[0])
        if found is None and name == "month_to_date_t" and days[1] - month == length(month):
            return self._whole_month(product, month)
        return found

    def in_year(self, product: str, days: Days) -> int | None:
        """Grams since 1 January, [first, end); None if not all of these days are known and over."""
        row = self.day(product, days[1] - 1)
        found = grams_of(row, "year_to_date_t") if self.is_over(row) else None
        month = month_of(days[1] - 1)
        if found is None and days[1] - month == length(month):
            row = self.month(product, month)
            return grams_of(row, "ytd_t") if self.is_over(row) else None
        return found

    def days_known(self, product: str, month: int) -> frozenset[int]:
        """The numbers of first days of a month of which the sum is known, such as 1, 2, 3.

        Not all up to the highest: a figure of several days that somebody stated fills a hole at its end.
        """
        every = range(1, length(month) + 1)
        return frozenset(days for days in every if self.in_month(product, (month, month + days)) is not None)

    def _whole_month(self, product: str, month: int) -> int | None:
        """That of a month which is stated as a whole: no day of it is known, but it was closed, or the year is."""
        row = self.month(product, month)
        is_whole = "as_closed_t" in row or "ytd_t" in row
        return grams_of(row, "actual_t") if is_whole and self.is_over(row) else None


def grams_of(row: Mapping[str, FieldValue], name: str) -> int | None:
    """A field in tonnes as the grams that it was published from; None if it is not known."""
    value = row.get(name)
    return None if value is None or isinstance(value, str) else round(value * GRAMS_PER_TONNE)


def status_of(row: Mapping[str, FieldValue]) -> FigureStatus:
    """How final a row is; one that is not there is not final."""
    status = row.get("status")
    return next((each for each in FigureStatus if each == status), FigureStatus.OPERATIONAL)


def by_date(rows: Iterable[Row], table: str, zone: ZoneInfo) -> dict[tuple[str, int], Fields]:
    """The totals of a site among rows of `table`, by product and local date; times are local midnights of `zone`."""
    found: dict[tuple[str, int], Fields] = {}
    for row in rows:
        tags = dict(row.key.tags)
        if row.key.table == table and tags.get("level") == TOTAL:
            day = datetime.fromtimestamp(row.key.time_ns // NS, UTC).astimezone(zone).toordinal()
            found[tags.get("product", ""), day] = dict(row.fields)
    return found


def first_day_needed(month: int) -> int:
    """The first date whose rows growth of a month may ask for: 1 January of the year before."""
    return year_start(year_start(month) - 1)
