"""The order in which the rows of a report stand. Pure."""

from collections import Counter
from collections.abc import Iterable

from dashboards.report.document import ReportRow
from models.works.plant import Plant

# Within a product of the growth report: the total that managers ask for first, then what it is made of.
LEVELS = {"site": 0, "shop": 1, "unit": 2}


def ordered(plant: Plant, rows: Iterable[ReportRow], *, totals_first: bool) -> list[ReportRow]:
    """By month, then shop by shop with its total below its units, the works last; or totals first, by product.

    The total of a shop with a single unit is left out: it would say the same twice.
    """
    rows = list(rows)
    made = Counter((row["period"], row["shop"], row["product"]) for row in rows if row["level"] == "unit")
    shops = {code: number for number, code in enumerate(plant.shops)}
    units = {code: number for number, code in enumerate(plant.units)}
    products = {code: number for number, code in enumerate(plant.products)}

    def key(row: ReportRow) -> tuple[int | str, ...]:
        level = LEVELS[str(row["level"])]
        shop = shops.get(str(row["shop"]), len(shops))
        unit = units.get(str(row["unit"]), len(units))
        product = products.get(str(row["product"]), len(products))
        if totals_first:
            return (str(row["period"]), level, product, shop, unit)
        return (str(row["period"]), shop, -level, unit, product)

    shown = (row for row in rows if row["level"] != "shop" or made[row["period"], row["shop"], row["product"]] != 1)
    return sorted(shown, key=key)
