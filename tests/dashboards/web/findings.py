"""What alerts are made of, for drops on the page."""

from collections.abc import Mapping

from models.detection.finding import Finding
from models.detection.output_drop import OutputDrop


def finding_of(
    drop: OutputDrop, lost_t: float | None, ahead_t: Mapping[str, float], evidence: Mapping[str, str]
) -> Finding:
    """What is found of a drop: `evidence` is its sentence of now, by language, and not the one that is kept."""
    return Finding(
        kind=drop.kind,
        shop="",
        unit=drop.unit,
        product=drop.product,
        severity=drop.severity,
        since_s=drop.start_s,
        found_s=drop.start_s,
        cause_unit=drop.cause_unit,
        lost_t=lost_t,
        ahead_t=ahead_t,
        evidence=evidence,
    )
