"""The shape of a receipt, as `models.tables.receipt_document` makes it."""

from typing import Annotated

from pydantic import ConfigDict, Field

from models.works.strict import StrictModel

Grams = int | None
Utc = Annotated[str, Field(description="UTC, to the nanosecond where it is not a whole second")]


class ReceiptPlace(StrictModel):
    """A place; a total has the unit "all"."""

    level: str
    shop: str
    unit: str
    product: str


class ReceiptCounter(StrictModel):
    """What the ledger has of one counter in a line."""

    tag: str
    source: str
    increments: int
    readings: int
    grams: int
    start: Utc
    end: Utc
    flags: list[str]


class ReceiptFigure(StrictModel):
    """A figure that people stated."""

    key: str
    definition: str


class ReceiptWord(StrictModel):
    """One word on a stated figure."""

    model_config = ConfigDict(serialize_by_alias=True)

    grams: Grams
    origin: str
    recorded: Utc
    import_number: int | None = Field(alias="import")


class ReceiptLineShape(ReceiptPlace):
    """Grams of one place over a span; the lines sum to the figure."""

    kind: str
    start: Utc
    end: Utc
    grams: Grams
    status: int
    instead_of_grams: Grams
    correction: str | None
    counters: list[ReceiptCounter]
    figure: ReceiptFigure | None
    words: list[ReceiptWord]


class ReceiptPart(ReceiptPlace):
    """What a part of a total made."""

    grams: Grams


class ReceiptRestatement(StrictModel):
    """A correction that makes the restated figure another one."""

    correction: str
    grams: int


class ReceiptCorrection(StrictModel):
    """A correction that the receipt names."""

    name: str
    day: str
    booked_month: str
    grams: int
    author: str
    reason: str
    undoes: str | None
    recorded: Utc


class ReceiptClosing(StrictModel):
    """Who closed a month."""

    month: str
    author: str
    recorded: Utc


class ReceiptPlan(StrictModel):
    """What was planned."""

    month: str
    shop: str
    unit: str
    grams: Grams
    author: str
    recorded: Utc


class ReceiptGap(StrictModel):
    """Where a counter says nothing certain."""

    tag: str
    unit: str
    start: Utc
    end: Utc
    cause: str
    most_tonnes: float | None


class ReceiptEvent(StrictModel):
    """A heat, tap or coil of a day."""

    tag: str
    unit: str
    key: str
    year: int
    end: Utc
    grams: Grams


class ReceiptChange(StrictModel):
    """When the figure changed."""

    at: Utc
    kind: str
    who: str
    grams: Grams


class ReceiptShape(ReceiptPlace):
    """How one figure comes about. `format` is raised if a field changes its meaning."""

    model_config = ConfigDict(serialize_by_alias=True)

    format: int
    site: str
    simulated: bool
    first: str = Field(alias="from")
    to: str
    start: Utc
    end: Utc
    known: Utc | None
    read: Utc
    grams: Grams
    whole: bool
    status: int
    completeness_pct: float
    target_grams: Grams
    unexplained_grams: int
    lines: list[ReceiptLineShape]
    parts: list[ReceiptPart]
    restated_by: list[ReceiptRestatement]
    corrections: list[ReceiptCorrection]
    closings: list[ReceiptClosing]
    plans: list[ReceiptPlan]
    gaps: list[ReceiptGap]
    events: list[ReceiptEvent]
    changes: list[ReceiptChange]
    more_changes: bool
