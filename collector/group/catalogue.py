"""What a site tells its group of its own codes. Pure."""

from collections.abc import Mapping
from typing import Literal

from collector.group.message import (
    CatalogueProduct,
    CatalogueShop,
    CatalogueUnit,
    SiteCatalogue,
)
from models.works.plant import Plant, Product

_LANGUAGES: tuple[Literal["en", "ru", "kk"], ...] = ("en", "ru", "kk")


def site_catalogue(plant: Plant) -> SiteCatalogue:
    """In the order of the configuration, so that the same plant gives the same catalogue."""
    return SiteCatalogue(
        site=plant.site,
        names=_names(plant.site_names),
        zone=plant.zone.key,
        simulated=plant.simulated,
        products=tuple(_product(product) for product in plant.products.values()),
        shops=tuple(
            CatalogueShop(
                code=shop.code,
                names=_names(shop.names),
                zone=shop.calendar.zone.key,
                day_start=f"{shop.calendar.day_start:%H:%M}",
            )
            for shop in plant.shops.values()
        ),
        units=tuple(
            CatalogueUnit(code=unit.code, shop=unit.shop, names=_names(unit.names)) for unit in plant.units.values()
        ),
    )


def _product(product: Product) -> CatalogueProduct:
    return CatalogueProduct(
        code=product.code,
        names=_names(product.names),
        definition=product.definition,
        basis=product.basis,
        display_unit="kt" if product.display_unit == "kt" else "t",
    )


def _names(names: Mapping[str, str]) -> dict[Literal["en", "ru", "kk"], str]:
    return {language: names[language] for language in _LANGUAGES if language in names}
