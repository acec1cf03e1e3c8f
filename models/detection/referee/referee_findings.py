"""What the referee says as a finding: of severity 3, about data, for the instrument staff. Never an output drop."""

from datetime import date

from models.detection.finding import Finding, FindingKind
from models.detection.referee.referee import Ruling
from models.detection.referee.referee_sentences import ruling_evidence
from models.works.calendar import NS, day_bounds
from models.works.place import ALL
from models.works.plant import Calendar, Plant

SEVERITY = 3
"""A scale that is a percent off is checked in the week: nobody has to be called, and no unit stands."""


def meter_findings(plant: Plant, ruling: Ruling | None) -> list[Finding]:
    """The finding at the meter that errs; of several that may, at the first of the plant, so that it keeps its key.

    A yield that changed is the finding of the product that it makes.
    """
    if ruling is None:
        return []
    likeliest = ruling.named[0]
    order = list(plant.units)
    meters = [each.accused for each in ruling.named if each.accused.unit]
    meters.sort(key=lambda each: order.index(each.unit))
    unit, product = (meters[0].unit, meters[0].product) if meters else (ALL, _made(plant, likeliest.accused.node))
    calendar = plant.shops[plant.units[unit].shop].calendar if meters else Calendar(zone=plant.zone)
    return [
        Finding(
            kind=FindingKind.METER,
            shop=plant.units[unit].shop if meters else ALL,
            unit=unit,
            product=product,
            severity=SEVERITY,
            since_s=day_bounds(calendar, date.fromordinal(likeliest.since_day))[0] // NS,
            found_s=day_bounds(calendar, date.fromordinal(ruling.day))[1] // NS,
            evidence=ruling_evidence(plant, ruling),
            facts={
                "bias_pct": likeliest.bias_pct,
                "tonnes": likeliest.tonnes,
                "sure_pct": 100 * likeliest.probability,
                "named": len(ruling.named),
            },
        )
    ]


def _made(plant: Plant, node: str) -> str:
    return next(each.outputs[0].product for each in plant.balance if each.name == node)
