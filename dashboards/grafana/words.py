"""What stands on a board in words: titles, names of series and columns, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.grafana import look
from dashboards.grafana.plain_names import in_description, in_title
from dashboards.panels.board import Panel
from dashboards.panels.places import KPIS
from dashboards.panels.quantity import Quantity
from dashboards.panels.texts import text
from models.heat.fuel import FuelKind
from models.works.localize import Language
from models.works.plant import Plant
from models.works.units_of_measure import measure


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The words for the panels of one plant."""

    plant: Plant
    language: Language

    def title(self, panel: Panel) -> str:
        """The title, with the unit if all figures share one."""
        name = self.said(panel.heading)
        words = text(panel.title, self.language).format(product=name) if panel.title else name
        unit = self._shared_unit(panel)
        return f"{words}, {unit}" if unit else words

    def name(self, panel: Panel, quantity: Quantity) -> str:
        """The name of a figure, with its unit where the title does not have it."""
        unit = look.unit_text(quantity, panel.display_unit, self.language)
        words = text(quantity.text, self.language)
        return f"{words}, {unit}" if unit and not self._shared_unit(panel) else words

    def split_names(self, panel: Panel) -> Mapping[str, str]:
        """The names for the values of the tag by which a panel is split."""
        match panel.split:
            case "unit":
                return {unit.code: self.said(unit.names) for unit in self.plant.units.values()}
            case "product":
                return {product.code: self.said(product.names) for product in self.plant.products.values()}
            case "source":
                return {code: in_title(self.plant.source_name(code, self.language)) for code in self.plant.source_names}
            case "signal":
                return self._signals()
            case "kind":
                return {kind.value: text(f"fuel_{kind.value}", self.language) for kind in FuelKind}
            case "kpi":
                return {name: text(f"kpi_{name}", self.language) for name in KPIS}
            case _:
                return {}

    def said(self, names: Mapping[str, str]) -> str:
        """The name in the language or in English, in which nothing is a variable; or ours, as it is everywhere."""
        given = names.get(self.language) or names.get("en")
        return in_title(given) if given else names.get("", "")

    def described(self, names: Mapping[str, str]) -> str:
        """The same as a description."""
        return in_description(names.get(self.language) or names.get("en") or names.get("", ""))

    def _signals(self) -> Mapping[str, str]:
        """Where units call the same signal by different names, all of them: a series does not say whose it is."""
        found: dict[str, dict[str, None]] = {}
        for tag in self.plant.tags:
            unit = measure(tag.unit_of_measure, self.language)
            name = self.said(tag.signal_names) or tag.signal
            # Names are written as they stand in a sentence.
            found.setdefault(tag.signal, {})[f"{name[:1].upper()}{name[1:]}, {unit}" if unit else name] = None
        return {signal: " / ".join(names) for signal, names in found.items()}

    def _shared_unit(self, panel: Panel) -> str:
        units = {look.unit_text(quantity, panel.display_unit, self.language) for quantity in panel.quantities} - {""}
        return units.pop() if len(units) == 1 else ""
