"""What the simulated works makes. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProductSpec:
    """One product of the catalogue, names and definition in en, ru, kk."""

    code: str
    names: tuple[str, str, str]
    definition: tuple[str, str, str]
    basis: str
    made_from: tuple[str, ...] = ()


PRODUCTS = (
    ProductSpec(
        "coal_raw",
        ("Coal mined", "Добыча угля", "Көмір өндіру"),
        (
            "run-of-mine coal by belt scale",
            "рядовой уголь по конвейерным весам",
            "таспалы таразы бойынша қатардағы көмір",
        ),
        "wet",
    ),
    ProductSpec(
        "coal_concentrate",
        ("Coal concentrate", "Угольный концентрат", "Көмір концентраты"),
        (
            "concentrate by belt scale behind the washery",
            "концентрат по конвейерным весам за фабрикой",
            "фабрикадан кейінгі таспалы таразы бойынша концентрат",
        ),
        "wet",
        ("coal_raw",),
    ),
    ProductSpec(
        "coke_dry",
        ("Coke", "Кокс", "Кокс"),
        ("coke by push, less moisture", "кокс по выдачам, без влаги", "беру бойынша кокс, ылғалсыз"),
        "dry",
        ("coal_concentrate",),
    ),
    ProductSpec(
        "sinter",
        ("Sinter", "Агломерат", "Агломерат"),
        ("sinter by belt scale", "агломерат по конвейерным весам", "таспалы таразы бойынша агломерат"),
        "dry",
    ),
    ProductSpec(
        "pig_iron",
        ("Pig iron", "Чугун", "Шойын"),
        ("hot metal by ladle weighbridge", "жидкий чугун по ковшовым весам", "шөміш таразысы бойынша сұйық шойын"),
        "liquid",
        ("sinter", "coke_dry"),
    ),
    ProductSpec(
        "steel_liquid",
        ("Steel", "Сталь", "Болат"),
        (
            "liquid steel by heat, weighed in the ladle",
            "жидкая сталь по плавкам, взвешена в ковше",
            "балқыма бойынша сұйық болат, шөміште өлшенген",
        ),
        "liquid",
        ("pig_iron",),
    ),
    ProductSpec(
        "slab",
        ("Slab", "Сляб", "Сляб"),
        ("slabs by caster, weighed", "слябы по МНЛЗ, взвешены", "ҮҚМ бойынша слябтар, өлшенген"),
        "solid",
        ("steel_liquid",),
    ),
    ProductSpec(
        "rolled",
        ("Rolled products", "Прокат", "Прокат"),
        ("hot-rolled coils, weighed", "горячекатаные рулоны, взвешены", "ыстықтай илемделген орамдар, өлшенген"),
        "solid",
        ("slab",),
    ),
)
