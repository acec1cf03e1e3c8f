"""The catalogue of a small works, as its messages carry it."""

from collector.group.message import CatalogueProduct, CatalogueShop, CatalogueUnit, SiteCatalogue

NAMES = {"en": "Pig iron", "ru": "Чугун", "kk": "Шойын"}
CATALOGUE = SiteCatalogue(
    site="works",
    names={"en": "Works"},
    zone="Asia/Almaty",
    simulated=True,
    products=(
        CatalogueProduct(code="pig_iron", names=NAMES, definition="at the runner", basis="liquid", display_unit="t"),
    ),
    shops=(CatalogueShop(code="blast", names=NAMES, zone="Asia/Almaty", day_start="08:00"),),
    units=(CatalogueUnit(code="bf1", shop="blast", names=NAMES),),
)
