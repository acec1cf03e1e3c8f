"""Workings of mines and their sensors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SensorKind(StrEnum):
    """What a sensor measures: percent of methane, m/s of air, people below ground, 1 while power is on."""

    METHANE = "methane"
    AIR_VELOCITY = "air_velocity"
    PEOPLE = "people"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class MethaneLimits:
    """In percent; `clause` and `approved_by`: where they come from, and who answers for them."""

    local: float
    general: float
    clause: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class SafetySensor:
    """A gauge of a working. `limits`: of methane, and of nothing else."""

    tag: str
    kind: SensorKind
    limits: MethaneLimits | None = None

    @property
    def measured_limits(self) -> tuple[float, ...]:
        """What its readings are compared with, in the order of its measured hours."""
        if self.limits is not None:
            return self.limits.local, self.limits.general
        return (POWER_ON,) if self.kind is SensorKind.POWER else ()


POWER_ON = 0.5
"""Above it the power is on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A longwall, a heading, a return. `unit`: of the mine. `stuck_after_s`: how long a sensor of methane may show one
    value before it counts as stuck."""

    code: str
    names: Mapping[str, str]
    shop: str
    unit: str
    sensors: tuple[SafetySensor, ...]
    stuck_after_s: float

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]

    def of_kind(self, kind: SensorKind) -> tuple[SafetySensor, ...]:
        """Its sensors of one kind."""
        return tuple(each for each in self.sensors if each.kind is kind)
