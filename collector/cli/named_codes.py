"""Units and products in what is said to people: by their names, with the code that has to be typed. Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.works.localize import Language
    from models.works.plant import Product, Unit


@dataclass(frozen=True, slots=True)
class NamedCodes:
    """All units, or all products, of a plant, by their codes."""

    known: "Mapping[str, Unit] | Mapping[str, Product]"

    def told(self, language: "Language") -> str:
        """BF 2 (bf2), BF 3 (bf3), in the order of the codes."""
        return ", ".join(f"{self.known[code].name(language)} ({code})" for code in sorted(self.known))
