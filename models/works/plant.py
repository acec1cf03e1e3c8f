"""The plant tree as the configuration resolved it: site > shops > units > tags, and the product catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from models.works.alarm_pattern import AlarmPattern
from models.works.codes import KeyReuse, SignalRole, TagKind
from models.works.detection_rules import RuleSet
from models.works.exact_number import Number, scaled
from models.works.in_service import InService
from models.works.limits import OutputLimits
from models.works.measured_tag import MeasuredTag


@dataclass(frozen=True, slots=True)
class Conversion:
    """value in the stored unit = value in the source's unit x factor + offset."""

    factor: float = 1.0
    offset: float = 0.0

    def applied(self, number: Number) -> Number:
        """The value in the stored unit; exact for a large number (see `models.works.exact_number`)."""
        return scaled(number, self.factor, self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One definition and basis of a material; `definitions`: the same words in other languages. `made_from` and
    `part_of` keep totals from adding it twice."""

    code: str
    names: Mapping[str, str]
    definition: str
    basis: str
    display_unit: str = "t"
    made_from: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in `language` (en, ru, kk); English if that one is not given."""
        return self.names.get(language) or self.names["en"]

    def defined(self, language: str) -> str:
        """The definition in `language`; as it is written if it is not given there."""
        return self.definitions.get(language) or self.definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A shop's production day and shifts. `shift_starts` are local times, ascending from `day_start`."""

    zone: ZoneInfo
    day_start: time = time(0)
    shift_starts: tuple[time, ...] = (time(0), time(12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """How a rate is integrated: `method` trapeze or step; readings at most `longest_bridge_s` apart are joined, and a
    value other than 0 counts for `stands_for_s` without changing (None: see models/counting/rate.py); below
    `zero_below`, in the tag's unit of measure, a rate is 0.
    """

    method: str = "trapeze"
    longest_bridge_s: float | None = None
    stands_for_s: float | None = None
    zero_below: float = 0.0


@dataclass(frozen=True, slots=True)
class Gate:
    """A counter counts while `signal` of its unit shows one of `values`."""

    signal: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One signal of one unit, with everything that decides how its readings are judged and counted.

    low/high: inclusive limits in `unit_of_measure`. For totalizers, `max_rate_per_h` is the greatest believable growth
    an hour, `modulus` the value at which the counter starts again from 0 (None: never), `back_step` the tolerated
    jitter downwards, `resolution` the step by which the counter moves (1 where it counts pulses of 1 t; 0: not stated),
    all in `unit_of_measure`; `resets` are the local times at which it is set to 0, give or take `reset_within_s`, and
    `grams_per_unit` turns the counter into grams. Of a rate, `grams_per_unit` are the grams that a rate of 1 makes in
    an hour, and `integral` says how they are summed. For events low/high limit the tonnes of one event, and `key_reuse`
    says what becomes of a known key with other content. `cadence_s` is the time expected between two readings. `role`:
    what a gauge or a rate says of its unit's state, and `nominal` what it shows at full work. `signal_names`: what
    people call the signal, by language. A gauge with `bit` or `on_when` is 1 while that bit of its word is set, or the
    word is one of these numbers; else 0. `texts`: the numbers that texts stand for, in small letters, where it is read
    as text. One with a `formula` is not read, but made of other signals of its unit, and what is metered counts while
    its `gate` is open (None: always). Two weighings of one vessel within `pair_within_s` are one net event of at least
    `low` (0: each is an event by itself). A totalizer is set to 0 while `reset_signal` of its unit is not 0. Events of
    a source that are `told_apart` by it have running numbers that hold.
    A rate that is `compared_with` a totalizer of its unit is integrated, and counts nothing.
    """

    name: str
    signal: str
    kind: TagKind
    site: str
    shop: str
    unit: str
    source: str
    unit_of_measure: str
    cadence_s: float
    product: str | None = None
    conversion: Conversion = Conversion()
    low: float | None = None
    high: float | None = None
    max_rate_per_h: float | None = None
    modulus: float | None = None
    back_step: float = 0.0
    resolution: float = 0.0
    resets: tuple[time, ...] = ()
    reset_within_s: float = 0.0
    grams_per_unit: float | None = None
    key_reuse: KeyReuse = KeyReuse.QUARANTINE
    role: SignalRole | None = None
    nominal: float | None = None
    signal_names: Mapping[str, str] = field(default_factory=dict)
    integral: Integral = Integral()
    bit: int | None = None
    on_when: tuple[int, ...] = ()
    texts: Mapping[str, float] = field(default_factory=dict)
    formula: str = ""
    gate: Gate | None = None
    pair_within_s: float = 0.0
    reset_signal: str = ""
    told_apart: bool = False
    compared_with: str = ""

    @property
    def is_summed(self) -> bool:
        """Whether the ledger sums it: it counts a product, or is compared with a counter that does."""
        return self.product is not None or bool(self.compared_with)

    @property
    def is_of_a_word(self) -> bool:
        """Whether it is 0 or 1 by what a status word says."""
        return self.bit is not None or bool(self.on_when)

    @property
    def is_metered(self) -> bool:
        """Whether its tonnes come from readings of one value, and not from events."""
        return self.kind in (TagKind.TOTALIZER, TagKind.RATE)


@dataclass(frozen=True, slots=True)
class RepairShift:
    """A planned standstill of every day, in the local time of the shop; an end before the start is of the next day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A work unit: a furnace, a converter, a mill. `daily_target_t` is by product, for use until plans exist;
    `nameplate_t_per_day` is what it was built to make; `quality_ratio` the share (0 to 1) of its output that is
    good, by product, and `quality_source` who says so.

    `by_hand` are products that people report of it; `useful_volume_m3` is of a blast furnace; `kpi_targets` are by the
    names of `unit_kpi`; `repair_shifts` are apart from each other. Outside `in_service` it makes nothing, and that is
    known; `renamed_from` are codes that it had before, `former_signals` counters that it has no more. `takes_turns`: it
    shares its target with the units of its kind in the shop, by who is available. `alarms` say which ones are its own.
    """

    code: str
    shop: str
    kind: str
    names: Mapping[str, str]
    daily_target_t: Mapping[str, float] = field(default_factory=dict)
    nameplate_t_per_day: Mapping[str, float] = field(default_factory=dict)
    quality_ratio: Mapping[str, float] = field(default_factory=dict)
    quality_source: str = ""
    by_hand: tuple[str, ...] = ()
    useful_volume_m3: float | None = None
    kpi_targets: Mapping[str, float] = field(default_factory=dict)
    repair_shifts: tuple[RepairShift, ...] = ()
    in_service: InService = field(default_factory=InService)
    renamed_from: tuple[str, ...] = ()
    former_signals: tuple[str, ...] = ()
    takes_turns: bool = False
    alarms: tuple[AlarmPattern, ...] = ()

    def name(self, language: str) -> str:
        """The name in `language` (en, ru, kk); English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """An area of the site with its own production calendar."""

    code: str
    names: Mapping[str, str]
    calendar: Calendar
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One of the products that the works reports, and the units where it is counted (nowhere else)."""

    name: str
    product: str
    counted_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What flows into or out of a node. A tonne of an input makes `yield_t_per_t` tonnes.

    `uncertainty_pct` is one standard deviation of its figure, `yield_spread_pct` of the yield from day to day.
    """

    product: str
    at: tuple[str, ...]
    yield_t_per_t: float = 1.0
    yield_spread_pct: float = 0.0
    uncertainty_pct: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What lies at a node, as figures of a shop state it: within `uncertainty_pct` and `uncertainty_t` (one sigma). It
    is kept between `least_t` and `most_t` tonnes of the product (None: as much as comes)."""

    product: str
    shop: str
    uncertainty_pct: float = 1.0
    uncertainty_t: float = 0.0
    least_t: float = 0.0
    most_t: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceNode:
    """A node of the mass balance. `in_process_t`: one sigma of what is in process at a day's end and in no stock."""

    name: str
    inputs: tuple[Flow, ...]
    outputs: tuple[Flow, ...]
    stock: tuple[Stock, ...] = ()
    in_process_t: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """The whole resolved tree. `tags` is ordered by name; a batch's tag column indexes it.

    `disowned`: former units and tags whose tonnes in the ledger are nobody's output. `source_names`: what people call a
    source, by its code and by language; not every source has one. `measured`: gauges whose hours are kept, by name.
    """

    site: str
    site_names: Mapping[str, str]
    zone: ZoneInfo
    simulated: bool
    shops: Mapping[str, Shop]
    units: Mapping[str, Unit]
    products: Mapping[str, Product]
    reported: tuple[Reported, ...]
    tags: tuple[Tag, ...]
    balance: tuple[BalanceNode, ...] = ()
    limits: OutputLimits = field(default_factory=OutputLimits)
    detection: RuleSet = field(default_factory=RuleSet)
    disowned: tuple[str, ...] = ()
    source_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measured: Mapping[str, MeasuredTag] = field(default_factory=dict)

    def source_name(self, code: str, language: str) -> str:
        """The name of a source in `language`; else in English, else its code."""
        names = self.source_names.get(code, {})
        return names.get(language) or names.get("en") or code

    def tag_index(self) -> dict[str, int]:
        """Tag name -> index into `tags`."""
        return {tag.name: index for index, tag in enumerate(self.tags)}
