"""The shape of the units of plant.yaml: when they were there, what they had been called, and their signals."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from collector.config.duration import Lapse
from collector.config.fields import CLOCK_PATTERN, Names, Text
from collector.sources.base import Code
from models.detection.alarm import LONGEST_NAME
from models.works.strict import StrictModel

Positive = Annotated[float, Field(gt=0)]
Tonnes = Annotated[float, Field(gt=0, le=1e9)]
GoodShare = Annotated[float, Field(gt=0, le=1)]
"""The whole world makes about two thousand million tonnes of steel a year; in grams it is within 64 bits."""
AlarmText = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
_EACH = ("hour", "shift", "day")


def _parse_resets(given: object) -> object:
    """Raises ValueError for anything but one of the words, or a list of local times."""
    times = given if isinstance(given, list) else ()
    if given in _EACH or (times and all(isinstance(text, str) and re.match(CLOCK_PATTERN, text) for text in times)):
        return given
    raise ValueError('is neither hour, shift or day nor a list of local times; write it like ["08:00", "20:00"]')


Resets = Annotated[
    Literal["hour", "shift", "day"] | list[str],
    BeforeValidator(_parse_resets),
    WithJsonSchema(
        {"anyOf": [{"enum": list(_EACH)}, {"type": "array", "items": {"type": "string", "pattern": CLOCK_PATTERN}}]}
    ),
]
"""When a counter is set to 0: one fault is told once, which a union of types does not do."""


class CountsWhenEntry(StrictModel):
    """When a counter counts. What it grew belongs to what the signal showed at the later of the two readings."""

    signal: Code = Field(description="a gauge of the same unit and source: the grade, the recipe, the mode")
    shows: list[float] = Field(alias="is", min_length=1, description="the values while which it counts, such as [2, 3]")


class TagEntry(StrictModel):
    """One signal of one unit. Further keys are the address, which the type of the source defines."""

    model_config = ConfigDict(extra="allow")

    signal: Code = Field(description="the short name of the signal; with the unit's code it names the tag")
    names: Names | None = Field(default=None, description="the name of the signal, as sentences about the unit use it")
    kind: Literal["gauge", "totalizer", "rate", "event"] = Field(
        description="what the tag gives: gauge (a level), totalizer (a counter), rate (t/h that is counted over time, "
        "where there is no counter), event (a heat, a tap, a coil)"
    )
    source: Code = Field(description="the name of the source that reads it")
    unit_of_measure: Text = Field(description="the unit in which values are kept, such as t, t/h, degC, %, m3/h")
    source_unit_of_measure: Text | None = Field(
        default=None, description="the unit in which the source gives values, if it is not unit_of_measure"
    )
    product: Code | None = Field(default=None, description="the product that a totalizer, a rate or an event counts")
    low: float | None = Field(default=None, description="the lowest plausible value, in unit_of_measure")
    high: float | None = Field(default=None, description="the highest plausible value, in unit_of_measure")
    modulus: Positive | None = Field(
        default=None, description="the value at which the counter starts again from 0, in unit_of_measure"
    )
    max_rate_per_h: Positive | None = Field(
        default=None,
        description="the largest plausible increase per hour (the belt's capacity), in unit_of_measure; at most "
        "1,000,000 t",
    )
    back_step: Annotated[float, Field(ge=0)] = Field(
        default=0.0, description="the size up to which a decrease is ignored as jitter, in unit_of_measure"
    )
    resolution: Positive | None = Field(
        default=None,
        description="the step by which the counter moves, in unit_of_measure; learned from its steps if missing",
    )
    resets: Resets | None = Field(
        default=None,
        description="when the counter is set to 0 as a matter of course: each hour, shift or day of its shop, or a "
        'list of local times such as ["08:00", "20:00"]',
    )
    reset_signal: Code | None = Field(
        default=None, description="a gauge of the same unit and source that is not 0 when the counter was set to 0"
    )
    reset_within: Lapse | None = Field(
        default=None, description="how far from these times the reset may come; 15m if missing, 5m for each hour"
    )
    key_reuse: Literal["quarantine", "separate", "revise"] | None = Field(
        default=None,
        description="what becomes of an event with a known key that ends over 15 minutes apart or differs by over 20 % "
        "in tonnes: quarantine (if missing), separate (another event), or revise (a correction)",
    )
    pair_within: Lapse | None = Field(
        default=None,
        description="the longest time between the full and the empty weighing of one vessel, which make one net event "
        "of at least low",
    )
    density_t_per_m3: Positive | None = Field(
        default=None, description="the tonnes in a cubic metre, of a rate that is a volume (m3/h)"
    )
    integrate: Literal["trapeze", "step"] | None = Field(
        default=None,
        description="how the time between two readings of a rate is filled: trapeze (the straight line between them; "
        "if missing) or step (the first of them, for a rate that stands until it is changed)",
    )
    longest_bridge: Lapse | None = Field(
        default=None,
        description="the time between two readings of a rate that is filled; a longer one is a gap in which nothing "
        "counts; three cadences if missing",
    )
    stands_for: Lapse | None = Field(
        default=None,
        description="the time for which a rate other than 0 counts without changing in any digit, since a transmitter "
        "that hangs would count for ever; 30m if missing",
    )
    compared_with: Code | None = Field(
        default=None,
        description="the totalizer of the same unit that counts what this rate shows: its integral is compared with "
        "that (drift of the scale), and counts nothing itself",
    )
    zero_below: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="the rate below which nothing counts (an empty belt's drift), in unit_of_measure"
    )
    bit: Annotated[int, Field(ge=0, le=63)] | None = Field(
        default=None, description="the bit of a status word (0 is the lowest) that a gauge shows: 1 while it is set"
    )
    on_when: list[Annotated[int, Field(ge=-(2**53), le=2**53)]] = Field(
        default=[],
        description="the numbers of a status or mode while which a gauge is 1, such as [2, 3] for running and starting",
    )
    texts: dict[Text, Annotated[int, Field(ge=-(2**53), le=2**53)]] = Field(
        default={},
        description="the numbers that the texts of a gauge stand for, such as {running: 1, standing: 0, fault: 2}; "
        "capitals and spaces do not matter",
    )
    formula: Text | None = Field(
        default=None,
        description='how the tag is made of other signals of its unit, in place of an address: "belt1 + belt2 - spill"',
    )
    counts_when: CountsWhenEntry | None = Field(
        default=None, description="the signal by which a totalizer or a rate counts, for products that take turns"
    )
    cadence: Lapse = Field(default=10.0, description="the time expected between two readings")
    role: Literal["activity", "corroboration"] | None = Field(
        default=None,
        description="what a gauge or a rate shows of its unit: activity (that it works: blast, belt, speed) or "
        "corroboration (it falls with the activity: the blast's temperature, a motor's current)",
    )
    nominal: Positive | None = Field(
        default=None, description="what a signal with a role shows at full work, in unit_of_measure"
    )


class InServiceEntry(StrictModel):
    """The production dates on which a unit belongs to the works."""

    first: date | None = Field(default=None, alias="from", description="its first production date")
    until: date | None = Field(default=None, description="its last production date")


class AlarmEntry(StrictModel):
    """Alarms of a source that speak of a unit; * stands for any letters, and capitals do not matter."""

    source: Code = Field(description="an OPC UA source with alarms")
    origin: AlarmText = Field(
        default="*", alias="from", description='whose alarms, by the name of their source there, such as "BF3*"'
    )
    name: AlarmText = Field(default="*", description='which of them, by the name of the condition: "*cooling*"')


class UnitEntry(StrictModel):
    """A furnace, a converter, a mill, a mine."""

    code: Code = Field(description="the short code of the unit, once in the whole plant")
    kind: Code = Field(description="the kind of unit, such as mine, blast_furnace, converter, caster, mill")
    names: Names = Field(description="the name of the unit")
    daily_target_t: dict[Code, Tonnes] = Field(
        default={}, description="the tonnes a day, by product, that apply until there are plans"
    )
    nameplate_t_per_day: dict[Code, Tonnes] = Field(
        default={},
        description="the tonnes a day, by product, that the unit was built to make; more than that no way to make the "
        "month (tundish recover) asks of it; over twice what its counters let through, over 10 daily targets, or below "
        "a tenth of one, it is refused",
    )
    quality_ratio: dict[Code, GoodShare] = Field(
        default={},
        description="the share of its output that is good at the first pass, by product, above 0 and up to 1, for its "
        "OEE (tundish report losses); what is entered of a month (tundish quality import) counts before it",
    )
    quality_source: Text = Field(
        default="", description='who says so, such as "laboratory, mean of 2025": required with quality_ratio'
    )
    by_hand: list[Code] = Field(
        default=[], description="the products whose output people report in files, without a counter"
    )
    useful_volume_m3: Positive | None = Field(
        default=None,
        description="the useful volume of a blast furnace, for its volume utilization coefficient and productivity",
    )
    kpi_targets: dict[Code, float] = Field(
        default={}, description="the targets of the unit's KPIs, by their names in unit_kpi"
    )
    in_service: InServiceEntry = Field(
        default=InServiceEntry(),
        description="the production dates on which it belongs to the works: outside them its output is known to be 0, "
        "so that a unit which came in May leaves no year to date unknown",
    )
    retired: date | None = Field(
        default=None, description="its last production date, if it left the works: its tonnes stay in every total"
    )
    renamed_from: list[Code] = Field(
        default=[], description="the codes that it had before: what was counted and stated under them is its own"
    )
    former_signals: list[Code] = Field(
        default=[], description="the counters that it has no more (a meter was replaced): what they counted is its own"
    )
    alarms: list[AlarmEntry] = Field(
        default=[],
        description="which alarms speak of the unit: its evidence names those that were active when it stopped, and "
        "nothing is concluded from them",
    )
    tags: list[TagEntry] = Field(default=[], description="the signals of the unit")
