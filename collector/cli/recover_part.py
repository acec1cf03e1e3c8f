"""What can be supposed of the products that are asked for: what plays no part in them is refused, not passed over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from collector.cli.named_codes import NamedCodes
from collector.cli.recover_refusals import recover_refusal
from collector.errors import ConfigurationError
from models.stated.plan import Repair
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class ChainPart:
    """`units` (codes) play a part in at least one of `products` (codes)."""

    plant: Plant
    products: Sequence[str]
    units: Collection[str]

    def unit(self, code: str) -> str:
        """The code itself. Raises ConfigurationError if there is no such unit, or it plays no part."""
        units = self.plant.units
        known = self._named(self.units)
        if code not in units:
            raise ConfigurationError(recover_refusal("no_unit", unit=code, known=known if self.units else self._all))
        if code not in self.units:
            key = "no_part" if self.units else "nobody_plays_a_part"
            raise ConfigurationError(
                recover_refusal(key, unit=self._named([code]), products=self._products, known=known)
            )
        return code

    def repair(self, repairs: Mapping[str, Repair], name: str, what: str) -> Repair:
        """The repair of that name. `what`: move or end, for what is said if there is none. Raises ConfigurationError,
        also if its unit plays no part."""
        inside = [repair.name for repair in repairs.values() if repair.unit in self.units]
        known = ", ".join(inside)
        if name not in repairs:
            key = f"no_repair_to_{what}" if inside else f"no_repairs_to_{what}"
            raise ConfigurationError(recover_refusal(key, repair=name, known=known))
        if name not in inside:
            key = "repair_plays_no_part" if inside else "no_repair_plays_a_part"
            unit = self._named([repairs[name].unit])
            raise ConfigurationError(recover_refusal(key, repair=name, unit=unit, products=self._products, known=known))
        return repairs[name]

    @property
    def _all(self) -> NamedCodes:
        return NamedCodes(self.plant.units)

    @property
    def _products(self) -> NamedCodes:
        return NamedCodes({code: self.plant.products[code] for code in self.products})

    def _named(self, codes: Collection[str]) -> NamedCodes:
        return NamedCodes({code: self.plant.units[code] for code in codes})
