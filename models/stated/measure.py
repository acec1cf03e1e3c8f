"""What is known of the works and its region and is not weighed: published indicators, and projects month by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from models.works.month import shifted
from models.works.plant import Product

AS_PUBLISHED = Decimal("0.05")
"""Half of the last digit of a growth that was published with one decimal."""


class MeasureKind(StrEnum):
    """What a number says: of an indicator its value; of a project what of a month was planned and done, what was to be
    paid and was paid, how far it is (percent, to date), and the jobs that it has made (to date); of a place how many
    people it employed in a month, and the hours that they worked; of a unit and product how much of a month's output
    was good (percent)."""

    VALUE = "value"
    WORK_PLAN = "work_plan"
    WORK_DONE = "work_done"
    PAID_PLAN = "paid_plan"
    PAID = "paid"
    PHYSICAL_PCT = "physical_pct"
    JOBS = "jobs"
    EMPLOYED = "employed"
    HOURS_WORKED = "hours_worked"
    GOOD_PCT = "good_pct"


OF_PEOPLE = (MeasureKind.EMPLOYED, MeasureKind.HOURS_WORKED)
"""What months of a place say, and no project."""


OF_UNITS = (MeasureKind.GOOD_PCT,)
"""What months of a unit say."""


PROJECT_KINDS = tuple(kind for kind in MeasureKind if kind not in (MeasureKind.VALUE, *OF_PEOPLE, *OF_UNITS))
"""What is said of a project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A published series. `unit_of_measure`: by language, as its numbers are written: bn KZT, млрд тенге.
    `renamed_from`: codes that it had before. `definitions`: the definition in other languages."""

    code: str
    names: Mapping[str, str]
    unit_of_measure: Mapping[str, str]
    definition: str
    renamed_from: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]

    def defined(self, language: str) -> str:
        """The definition in `language`; as it is written if it is not given there."""
        return self.definitions.get(language) or self.definition

    def unit(self, language: str) -> str:
        """The unit of measure in `language`; English if that one is not given."""
        return self.unit_of_measure.get(language) or self.unit_of_measure["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step of a project. `planned`: the date (ordinal) by which it was to be reached."""

    code: str
    names: Mapping[str, str]
    planned: int

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedCapacity:
    """What a project adds, of one product: tonnes a year from the date `start` (an ordinal), or from when its
    `milestone` (a code) is reached."""

    product: Product
    t_per_year: Decimal
    start: int | None = None
    milestone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of modernisation. Its amounts are in `amounts_in` (1, a thousand, a million, a billion) of `currency`
    (such as KZT), which is never converted. `budget` None: none is approved. `milestones`: in their order.
    `renamed_from`: codes that it had before. `capacity` None: nobody said that it adds any."""

    code: str
    names: Mapping[str, str]
    owner: str
    currency: str
    amounts_in: int
    contractor: str = ""
    budget: Decimal | None = None
    milestones: tuple[Milestone, ...] = ()
    renamed_from: tuple[str, ...] = ()
    capacity: AddedCapacity | None = None

    def name(self, language: str) -> str:
        """The name in `language`; English if that one is not given."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMeasure:
    """A number of `subject` (the code of an indicator or project) over the dates [start, end) (ordinals).

    `growth_pct`: what the publisher says of the same months of the year before. `stated_on`: the date (ordinal) of the
    publication or document that `source` names. `withdrawn`: whatever was stated of it before is taken back, and
    `value` says nothing. `recorded_ns`: UTC; 0: not stored yet.
    """

    subject: str
    kind: MeasureKind
    start: int
    end: int
    value: Decimal
    growth_pct: Decimal | None
    source: str
    stated_on: int
    author: str
    withdrawn: bool = False
    recorded_ns: int = 0

    @property
    def of(self) -> tuple[str, MeasureKind, int, int]:
        """What it is the number of; a later one of the same stands in its place."""
        return self.subject, self.kind, self.start, self.end


def not_withdrawn(stated: Iterable[StatedMeasure], known_ns: int | None = None) -> list[StatedMeasure]:
    """Those that nobody took back. `stated`: in the order of recording. `known_ns`: as it was known then (UTC ns);
    None: now."""
    found: dict[tuple[str, MeasureKind, int, int], list[StatedMeasure]] = {}
    for each in stated:
        if known_ns is not None and each.recorded_ns > known_ns:
            continue
        if each.withdrawn:
            found.pop(each.of, None)
        else:
            found.setdefault(each.of, []).append(each)
    return [each for words in found.values() for each in words]


def newest(stated: Iterable[StatedMeasure], known_ns: int | None = None) -> list[StatedMeasure]:
    """Of each number the one that stands, by its span: of the newest document, and of one the newest word; none where
    it was withdrawn. `stated` and `known_ns` as above."""
    found: dict[tuple[str, MeasureKind, int, int], StatedMeasure] = {}
    for each in not_withdrawn(stated, known_ns):
        before = found.get(each.of)
        if before is None or (each.stated_on, each.recorded_ns) >= (before.stated_on, before.recorded_ns):
            found[each.of] = each
    return sorted(found.values(), key=lambda each: (each.subject, each.start, each.end, each.kind))


def year_before(measure: StatedMeasure, known: Sequence[StatedMeasure]) -> StatedMeasure | None:
    """The same number of the same months of the year before."""
    span = shifted(measure.start, -12), shifted(measure.end, -12)
    return next((each for each in known if each.of == (measure.subject, measure.kind, *span)), None)


def computed_growth(value: Decimal, before: Decimal) -> Decimal | None:
    """Growth in percent to 0.1 of two numbers that were published; None on a base that is not above 0."""
    if before <= 0:
        return None
    return ((value - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)


def growth_differs(stated: StatedMeasure, before: StatedMeasure | None) -> bool:
    """Whether more than rounding lies between the growth that was published and that of the published values.

    The values were rounded too: 80.6 and 72.5 stand for all growths from 11.03 to 11.32 %, so that 11.1 % agrees. Of
    what has no growth, or no base above 0, nothing differs.
    """
    if stated.growth_pct is None or before is None or before.value <= 0:
        return False
    half = min(_half_digit(stated.value), _half_digit(before.value), before.value / 2)
    least = (stated.value - half) / (before.value + half)
    most = (stated.value + half) / (before.value - half)
    return not (least - 1) * 100 - AS_PUBLISHED <= stated.growth_pct <= (most - 1) * 100 + AS_PUBLISHED


def _half_digit(value: Decimal) -> Decimal:
    """How far a number may lie from what it was before it was rounded to its last digit: at most 0.5. A series has as
    many digits in each year, but 3.00 comes as 3 out of a spreadsheet: the finer one of two numbers tells."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a number, and neither infinite nor none
    return Decimal("0.5").scaleb(min(exponent, 0))
