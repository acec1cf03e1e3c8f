"""The order in which the rows of a report stand: a total before what it is made of. Pure."""

from collections import Counter
from collections.abc import Iterable

from dashboards.report.document import ReportRow
from models.works.place import ALL
from models.works.plant import Plant

LEVELS = {"site": 0, "shop": 1, "unit": 2}


def ordered(plant: Plant, rows: Iterable[ReportRow]) -> list[ReportRow]:
    """By month, the works first, then shop by shop with its total above its units."""
    return _sorted(plant, rows, products_first=False)


def by_product(plant: Plant, rows: Iterable[ReportRow]) -> list[ReportRow]:
    """By month, all totals of the works first, then all shops and all units, by product."""
    return _sorted(plant, rows, products_first=True)


def _sorted(plant: Plant, rows: Iterable[ReportRow], *, products_first: bool) -> list[ReportRow]:
    """The total of a shop with a single unit is left out: it would say the same twice."""
    rows = list(rows)
    made = Counter((row["period"], row["shop"], row["product"]) for row in rows if row["level"] == "unit")
    shops = {code: number for number, code in enumerate(plant.shops)}
    units = {code: number for number, code in enumerate(plant.units)}
    products = {code: number for number, code in enumerate(plant.products)}

    def key(row: ReportRow) -> tuple[int | str, ...]:
        level = LEVELS[str(row["level"])]
        shop = -1 if row["shop"] == ALL else shops.get(str(row["shop"]), len(shops))
        unit = units.get(str(row["unit"]), len(units))
        product = products.get(str(row["product"]), len(products))
        if products_first:
            return (str(row["period"]), level, product, shop, unit)
        return (str(row["period"]), shop, level, unit, product)

    shown = (row for row in rows if row["level"] != "shop" or made[row["period"], row["shop"], row["product"]] != 1)
    return sorted(shown, key=key)
