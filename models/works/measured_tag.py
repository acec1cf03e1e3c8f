"""Which gauges the ledger keeps by the hour, because something is judged or reported of them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasuredTag:
    """A gauge whose hours are kept. `limits`: what it is compared with, in its unit of measure, in their order."""

    tag: str
    limits: tuple[float, ...] = ()
