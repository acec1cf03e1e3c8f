"""What a drop leaves short, and what will be short downstream, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.alerts.numbers import tonnes
from models.alerts.texts import text
from models.detection.causes import AHEAD_H, missing_downstream
from models.detection.finding import Finding
from models.works.localize import Language
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Loss:
    """`label`: what is short; `amount`: the tonnes with their product."""

    label: str
    amount: str


def own_loss(plant: Plant, finding: Finding, language: Language, *, over: bool) -> Iterator[Loss]:
    """What is short of the unit's own product; nothing for a finding about data, or if the tonnes are not known."""
    if finding.lost_t is not None and not finding.kind.is_data:
        amount = f"{tonnes(finding.lost_t, language)} ({_product(plant, finding.product, language)})"
        yield Loss(text("lost_in_all" if over else "lost", language), amount)


def downstream_loss(plant: Plant, finding: Finding, language: Language, *, over: bool) -> Iterator[Loss]:
    """What will be short downstream for each day that the drop lasts; if it is `over`, what all of it leaves short.

    By product, the most first. Nothing for a finding about data or safety.
    """
    if finding.kind.is_data or finding.kind.is_safety:
        return
    ahead_t = finding.ahead_t
    if over:
        ahead_t = missing_downstream(plant, finding.product, (finding.lost_t or 0.0) / AHEAD_H)
    if ahead_t:
        parts = [
            f"{_product(plant, code, language)} {tonnes(value, language)}"
            for code, value in sorted(ahead_t.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        yield Loss(text("ahead_in_all" if over else "ahead", language), "; ".join(parts))


def _product(plant: Plant, code: str, language: Language) -> str:
    product = plant.products.get(code)
    return product.name(language) if product is not None else code
