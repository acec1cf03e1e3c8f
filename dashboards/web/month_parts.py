"""What the parts of the page of the month have in common: amounts with their receipts, names, days of rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.web.address import receipt_link
from dashboards.web.growth_view import amount_text
from dashboards.web.numbers import local
from dashboards.web.texts import text
from models.counting.increment import GRAMS_PER_TONNE
from models.tables.desk_data import MonthPoint
from models.tables.kpi import attainment_pct
from models.tables.month_record import MonthRecord
from models.tables.receipt_record import AskedReceipt
from models.works.calendar import MS_NS
from models.works.localize import Language, localize_month
from models.works.month import month_of, shifted
from models.works.place import ALL, UNALLOCATED, UNCLAIMED, Place
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that opens something, such as a figure its receipt; "" as `link` opens nothing. `tone`: up, down, plain or
    unknown if it has a colour."""

    shown: str
    link: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """Tonnes that were due, the deviation from them, and the attainment in percent; None where it is not known."""

    due_t: float | None = None
    deviation_t: float | None = None
    pct: float | Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthParts:
    """One month of one product in one language."""

    plant: Plant
    record: MonthRecord
    language: Language

    @property
    def name(self) -> str:
        """The month as people write it."""
        return localize_month(date.fromordinal(self.record.month), self.language)

    @property
    def unit(self) -> str:
        """The display unit: t or kt."""
        return self.plant.products[self.record.product].display_unit

    @property
    def scale(self) -> int:
        """Tonnes in one display unit."""
        return 1000 if self.unit == "kt" else 1

    def amount(self, tonnes: float | None) -> str:
        """Tonnes in the display unit."""
        return amount_text(tonnes, self.unit, self.language)

    def signed(self, tonnes: float | None) -> str:
        """The same with a sign."""
        return f"+{self.amount(tonnes)}" if tonnes is not None and tonnes > 0 else self.amount(tonnes)

    def figure(self, place: Place, tonnes: float | None, days: tuple[int, int] | None = None) -> Linked:
        """An amount with its receipt: of the month, or of the production dates [first, end)."""
        first, end = days or (self.record.month, shifted(self.record.month, 1))
        return Linked(self.amount(tonnes), receipt_link(AskedReceipt(place, first, end), self.language))

    def row_of_month(self, level: str, shop: str, unit: str) -> MonthPoint | None:
        """The published row of the month at a place."""
        for point in self.record.months:
            if (point.level, point.shop, point.unit) == (level, shop, unit) and self.month(point) == self.record.month:
                return point
        return None

    def against_plan(self, own: MonthPoint | None, newest: MonthPoint | None) -> AgainstPlan:
        """Of a month that runs by now, as its `newest` day has it; else of the whole month."""
        if own is None:
            return AgainstPlan()
        if "in_progress_days" not in own.fields:
            return AgainstPlan(own.number("target_t"), own.number("deviation_t"), own.number("attainment_pct"))
        if newest is None:
            return AgainstPlan()
        due, made = newest.number("month_to_date_due_t"), newest.number("month_to_date_t")
        if due is None or made is None:
            return AgainstPlan(due)
        due_g, made_g = round(due * GRAMS_PER_TONNE), round(made * GRAMS_PER_TONNE)
        return AgainstPlan(due, (made_g - due_g) / GRAMS_PER_TONNE, attainment_pct(made_g, due_g))

    def forecast(self, days: Sequence[MonthPoint], field: str) -> float | None:
        """Of the newest day; a day that runs has that of the day before."""
        return days[-1].number(field) if days else None

    def scaled(self, tonnes: float | None) -> float | None:
        """In the display unit."""
        return None if tonnes is None else tonnes / self.scale

    def runs(self, point: MonthPoint) -> bool:
        """Whether a production day is not over."""
        start_ms, end_ms = point.number("start_ms"), point.number("end_ms")
        return start_ms is not None and end_ms is not None and self.record.read_ns < end_ms * MS_NS

    def day(self, point: MonthPoint) -> int:
        """Its production date as an ordinal."""
        return local(point.time_ns, self.plant.zone).date().toordinal()

    def month(self, point: MonthPoint) -> int:
        """Its month as an ordinal."""
        return month_of(self.day(point))


def place_name(plant: Plant, place: Place, language: Language) -> str:
    """What people call a place: a unit, the total of a shop or of the works, or tonnes that no unit has."""
    shop = plant.shops.get(place.shop)
    shop_name = text("site_total", language) if shop is None else shop.names.get(language) or shop.names["en"]
    if place.unit == ALL:
        return shop_name if place.shop == ALL else f"{shop_name}, {text('total', language)}"
    if place.unit in plant.units:
        return plant.units[place.unit].name(language)
    known = text(place.unit, language) if place.unit in (UNALLOCATED, UNCLAIMED) else place.unit
    return f"{shop_name}: {known}"


def tone(deviation: float | None) -> str:
    """The class of a tile or a cell: up, down, plain or unknown."""
    if deviation is None:
        return "unknown"
    return "up" if deviation > 0 else "down" if deviation < 0 else "plain"
