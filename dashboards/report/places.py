"""The names of the places of a report, and the units of measure of its rows. Pure."""

from collections.abc import Mapping

from dashboards.report.document import ReportRow, number_of
from dashboards.report.texts import report_text
from dashboards.web.numbers import number
from models.works.localize import Language
from models.works.place import UNALLOCATED, UNCLAIMED
from models.works.plant import Plant


def place_names(plant: Plant, row: ReportRow, language: Language) -> tuple[str, str]:
    """The names of the place and of the product of a row."""
    shop, unit, level = str(row["shop"]), str(row["unit"]), row["level"]
    product = str(row["product"])
    name = plant.products[product].name(language) if product in plant.products else product
    shop_name = (
        name_in(plant.shops[shop].names, language) if shop in plant.shops else report_text("site_total", language)
    )
    if unit in (UNALLOCATED, UNCLAIMED):
        codes = f" ({row['codes']})" if "codes" in row else ""
        return f"{shop_name}: {report_text(unit, language)}{codes}", name
    if level == "unit" and unit in plant.units:
        return name_in(plant.units[unit].names, language), name
    return (shop_name if level == "site" else f"{shop_name}, {report_text('total', language)}"), name


def name_in(names: Mapping[str, str], language: Language) -> str:
    """The name in that language; English if there is none."""
    return names.get(language) or names["en"]


def _unit_name(plant: Plant, code: str, language: Language) -> str:
    return name_in(plant.units[code].names, language) if code in plant.units else code


def scale_of(plant: Plant, row: ReportRow, language: Language) -> tuple[int, str]:
    """By what the tonnes of a row are divided, and the unit of measure that this makes."""
    product = plant.products.get(str(row["product"]))
    unit = product.display_unit if product is not None else "t"
    return (1000 if unit == "kt" else 1), report_text(unit, language)


def forecast_range(plant: Plant, row: ReportRow, scale: int, language: Language) -> str:
    """The 80 % interval of the forecast, as text: it should hold the month in four of five cases.

    Of a total without a forecast, which units have not reported.
    """
    if "forecast_lacks" in row:
        lacking = [_unit_name(plant, code, language) for code in str(row["forecast_lacks"]).split(", ")]
        return report_text("not_reported", language).format(units=", ".join(lacking))
    low, high = number_of(row, "forecast_low_t", scale), number_of(row, "forecast_high_t", scale)
    if low is None or high is None:
        return number(None, language)
    return f"{number(low, language)} - {number(high, language)}"
