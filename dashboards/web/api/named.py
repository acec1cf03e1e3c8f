"""Names of places and products, and instants of the works, as rows of the API have them. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboards.report.places import name_in
from dashboards.report.texts import report_text
from models.counting.increment import GRAMS_PER_TONNE
from models.works.calendar import NS
from models.works.localize import Language
from models.works.place import ALL, UNALLOCATED, UNCLAIMED
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class WorksNames:
    """Those of one plant in one language."""

    plant: Plant
    language: Language

    def site(self) -> str:
        """The name of the works."""
        return name_in(self.plant.site_names, self.language)

    def shop(self, code: str) -> str:
        """Its name; the words for all of them; the code of one that the plant does not have."""
        if code == ALL:
            return report_text("site_total", self.language)
        return name_in(self.plant.shops[code].names, self.language) if code in self.plant.shops else code

    def unit(self, code: str) -> str:
        """Its name; the words for a total and for tonnes without a unit."""
        if code == ALL:
            return report_text("total", self.language)
        if code in (UNALLOCATED, UNCLAIMED):
            return report_text(code, self.language)
        return self.plant.units[code].name(self.language) if code in self.plant.units else code

    def product(self, code: str) -> str:
        """Its name; the code of one that the plant does not have."""
        return self.plant.products[code].name(self.language) if code in self.plant.products else code

    def place(self, level: str, shop: str, unit: str, product: str) -> dict[str, str]:
        """The fields of `PlacedRow`."""
        return {
            "level": level,
            "shop": shop,
            "shop_name": self.shop(shop),
            "unit": unit,
            "unit_name": self.unit(unit),
            "product": product,
            "product_name": self.product(product),
        }

    def at(self, at_ns: int) -> datetime:
        """An instant (UTC ns) on the clocks of the works, to the microsecond."""
        whole, below = divmod(at_ns, NS)
        return datetime.fromtimestamp(whole, UTC).replace(microsecond=below // 1000).astimezone(self.plant.zone)

    def at_s(self, at_s: int | None) -> datetime | None:
        """The same of UTC seconds; None for None."""
        return None if at_s is None else self.at(at_s * NS)


def grams_of(tonnes: float | None) -> int | None:
    """The grams that a published number of tonnes stands for: it is the float nearest to them."""
    return None if tonnes is None else round(tonnes * GRAMS_PER_TONNE)
