"""Which products a place makes, by the configuration: what it does not make, nobody can report of it. Pure."""

from collector.files.file_row import RefusedRow
from collector.files.places import KnownName, NamedPlace, products_of
from collector.files.refusal import RefusalCode
from models.works.codes import TagKind
from models.works.place import ALL
from models.works.plant import Plant, Unit


def made_by(plant: Plant, unit: str) -> tuple[str, ...]:
    """The products of a unit, in the order of the catalogue: counted, reported by hand, or with a target."""
    entry = plant.units[unit]
    counted = {tag.product for tag in plant.tags if tag.unit == unit and tag.kind is not TagKind.GAUGE}
    reported = {item.product for item in plant.reported if unit in item.counted_at}
    known = {*entry.by_hand, *entry.daily_target_t, *counted, *reported}
    return tuple(code for code in plant.products if code in known)


class MadeProducts:
    """Checks the places of a file, each once: its rows name few places, and many times."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._made: set[NamedPlace] = set()

    def check(self, place: NamedPlace) -> None:
        """Raises RefusedRow if the unit does not make the product; of a total, if another shop makes it and this does
        not. Of a unit that had other counters before, nobody knows what it made then.
        """
        if place not in self._made:
            _check(self._plant, place)
            self._made.add(place)


def _check(plant: Plant, place: NamedPlace) -> None:
    if place.unit != ALL:
        unit = plant.units[place.unit]
        if unit.former_signals or place.product in (known := made_by(plant, place.unit)):
            return
        _refuse(plant, place, KnownName(unit.code, unit.names), known)
    elif place.shop != ALL:
        shops = {unit.shop for unit in plant.units.values() if _may_make(plant, unit, place.product)}
        if shops and place.shop not in shops:
            inside = [unit.code for unit in plant.units.values() if unit.shop == place.shop]
            known = tuple(dict.fromkeys(code for unit in inside for code in made_by(plant, unit)))
            _refuse(plant, place, KnownName(place.shop, plant.shops[place.shop].names), known)


def _may_make(plant: Plant, unit: Unit, product: str) -> bool:
    return bool(unit.former_signals) or product in made_by(plant, unit.code)


def _refuse(plant: Plant, place: NamedPlace, where: KnownName, known: tuple[str, ...]) -> None:
    product = KnownName(place.product, plant.products[place.product].names)
    if not known:
        raise RefusedRow(RefusalCode.MAKES_NOTHING, "product", place=where, product=product)
    made = products_of(plant, known)
    raise RefusedRow(RefusalCode.NOT_MADE_THERE, "product", place=where, product=product, known=made)
