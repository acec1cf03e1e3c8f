"""The shapes of what the API answers: rows that are flat, so that the same ones make JSON and the columns of a table.

Tonnes are numbers whose decimal text is exact; grams stand beside them as whole numbers. null is what is not known: it
is never 0. Instants have the offset of the works.
"""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AwareDatetime, Field

from models.works.strict import StrictModel

Level = Annotated[Literal["site", "shop", "unit"], Field(description="of what the figure is; a total has unit all")]
Status = Annotated[
    Literal["operational", "refined", "closed"], Field(description="how final it is: counted, stated, or signed")
]
Tonnes = Annotated[float | None, Field(description="metric tonnes, exact to the gram; null: not known")]
Grams = Annotated[int | None, Field(description="the same as a whole number")]
Percent = float | None
Instant = AwareDatetime


class PlacedRow(StrictModel):
    """Of which place and product a row is. A total has the unit "all", that of the works the shop "all", too."""

    level: Level
    shop: str
    shop_name: str
    unit: str
    unit_name: str
    product: str
    product_name: str


class FigureRow(PlacedRow):
    """What a place made in a span. `running`: it is not over, and the target is that of the whole of it."""

    date: Annotated[date, Field(description="production date; of a month or of several days the first one")]
    start: Instant
    end: Instant
    shift: Annotated[int | None, Field(description="its number in the day, of shifts")]
    running: bool
    tonnes: Tonnes
    grams: Grams
    target_tonnes: Tonnes
    target_grams: Grams
    deviation_tonnes: Tonnes
    attainment_pct: Percent
    completeness_pct: Percent
    status: Status
    whole: Annotated[bool | None, Field(description="of several days: whether each of them is known")]


class ReportedRow(FigureRow):
    """A row of a report; `more` are its other fields, named as in docs/tables.md and docs/reports.md."""

    period: str
    more: dict[str, float | int | str]


class GrowthRow(PlacedRow):
    """A month with its growth, in percent: to the month before, to last year, and of the year to date."""

    month: Annotated[date, Field(description="its first day")]
    running: bool
    in_progress_days: Annotated[int | None, Field(description="how many of its days growth compares while it runs")]
    tonnes: Tonnes
    grams: Grams
    target_tonnes: Tonnes
    attainment_pct: Percent
    mom_pct: Percent
    mom_per_day_pct: Percent
    yoy_pct: Percent
    yoy_per_day_pct: Percent
    yoy_repair_free_pct: Percent
    ytd_tonnes: Tonnes
    ytd_prev_year_tonnes: Tonnes
    ytd_pct: Percent
    as_closed_tonnes: Tonnes
    restated_tonnes: Tonnes
    restated_mom_pct: Percent
    restated_yoy_pct: Percent
    restated_ytd_pct: Percent
    completeness_pct: Percent
    status: Status


class PlanRow(PlacedRow):
    """The newest word on the plan of a month."""

    month: Annotated[date, Field(description="its first day")]
    tonnes: Tonnes
    grams: Grams
    author: str
    entered: Instant


class SignatureRow(StrictModel):
    """Who signed the figures of a day for a shop, or for the whole works (shop "all"), and whether that holds."""

    date: Annotated[date, Field(description="production date")]
    shop: str
    shop_name: str
    state: Annotated[
        Literal["none", "holds", "changed", "counting", "broken"],
        Field(
            description="none: nobody signed; changed: figures changed since, it needs a new signature; counting: a "
            "change is being counted; broken: the record is not as it was stored"
        ),
    ]
    holds: Annotated[bool, Field(description="whether the figures are signed as they are now")]
    user: Annotated[str, Field(description='who signed last, as the person signs in; "" if nobody did')]
    full_name: str
    signed: Annotated[Instant | None, Field(description="when")]
    note: str
    number: Annotated[int | None, Field(description="of the signature, as tundish verify names it")]
    changed_lines: Annotated[int, Field(description="how many figures differ from those that were signed")]
    unsigned_shops: Annotated[tuple[str, ...], Field(description="of the works: shops without one that holds")]


StateName = Literal["ok", "slow", "stopped", "planned", "ramp_up", "stale", "bad", "missing"]


class StateRow(StrictModel):
    """What a unit does. `state` null: nobody knows it now, since `not_known_since`."""

    shop: str
    shop_name: str
    unit: str
    unit_name: str
    state: Annotated[StateName | None, Field(description="null: not known now")]
    state_name: str
    since: Instant | None
    judged: Annotated[Instant | None, Field(description="when it was judged last")]
    not_known_since: Instant | None
    product: str
    product_name: str
    severity: Annotated[int | None, Field(description="1 (P1) the most severe to 4 (P4) data; 0 none")]
    expected_tonnes_per_hour: float | None
    actual_tonnes_per_hour: float | None
    drop_pct: Percent
    cause_unit: Annotated[str, Field(description='the unit that it follows from; "" if the state is its own')]
    evidence: str


class StopRow(StrictModel):
    """A part of a stop with one reason; a stop nobody split is one part. Stops that people joined have one
    `stop_start`; what the unit ran between them is in no part. `hours`: of the part within the asked days."""

    shop: str
    shop_name: str
    unit: str
    unit_name: str
    product: str
    kind: str
    stop_start: Instant
    stop_end: Annotated[Instant | None, Field(description="null: it lasts")]
    start: Instant
    end: Annotated[Instant | None, Field(description="null: it lasts")]
    hours: float
    reason: Annotated[str, Field(description='code; "" if nobody gave one')]
    reason_name: str
    comment: str
    author: str
    waits: Annotated[bool, Field(description="whether a part of the stop has no reason yet")]
    cause_unit: str
    evidence: str


class AlertRow(StrictModel):
    """An incident: one cause with all that follows from it."""

    id: int
    severity: Literal["P1", "P2", "P3", "P4"]
    state: Literal["raised", "acknowledged", "cleared"]
    kind: str
    shop: str
    shop_name: str
    unit: str
    unit_name: str
    product: str
    headline: str
    evidence: str
    since: Instant | None
    opened: Instant
    cleared: Instant | None
    acknowledged: Instant | None
    acknowledged_by: str
    muted_until: Instant | None
    muted_by: str
    lost_tonnes: float | None
    cause_unit: str
    consequences: Annotated[tuple[str, ...], Field(description="codes of the units that follow from it")]
    merged_into: int | None


ListedRow = TypeVar("ListedRow")


class RowList(StrictModel, Generic[ListedRow]):
    """Rows with what has to be known of them. `found`: how many there are; `cut`: `rows` are only the first of these.

    `collector_silent_since`: since when the collector, which reads the works, has not reported; what came after it is
    not in the rows.
    """

    site: str
    site_name: str
    simulated: Annotated[bool, Field(description="every figure is made up")]
    read: Annotated[Instant, Field(description="when it was read")]
    known: Annotated[Instant | None, Field(description="as of which instant, if one was asked for")]
    collector: Literal["reports", "silent", "never reported"]
    collector_silent_since: Instant | None
    found: int
    cut: bool
    rows: tuple[ListedRow, ...]


class WrongParameter(StrictModel):
    """A parameter that cannot be read, and why."""

    parameter: str
    reason: str


class ProblemAnswer(StrictModel):
    """A refusal (RFC 9457). `detail` says what is wrong and the next step, in the asked language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    wrong: tuple[WrongParameter, ...] = ()
