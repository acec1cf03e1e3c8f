"""The shape of a board: rows of panels over figures of one place, or split by places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboards.panels.quantity import Quantity

THIS_MONTH = ("now/M", "now")
TWO_YEARS = ("now-24M/M", "now")
"""Spans over days and months. What is to come has no rows: a plot that ends now has no empty part. Two years: every
month stands beside the same one of last year."""
MAKERS = "maker"
"""The variable of a board that holds the units which make the chosen product."""


class Shape(StrEnum):
    """How a panel shows its figures.

    HEAT_MAP: a row for each value of `split`, a cell for each bucket, coloured by the tone. WATERFALL: of two figures,
    a bar from the first to the second for each bucket.
    """

    STAT = "stat"
    TIME_SERIES = "time_series"
    STATE_TIMELINE = "state_timeline"
    BAR_CHART = "bar_chart"
    HEAT_MAP = "heat_map"
    WATERFALL = "waterfall"
    TABLE = "table"


class Pick(StrEnum):
    """Which points of the tables a panel takes.

    RANGE: those in the span of the board. NEWEST: the last of each series in the span. RUNNING: the newest one of the
    bucket that runs now, whatever the span is. PACE: whole hours of the window, added up. SAMPLED: for dense tables,
    one value an interval of the plot. GAIN: how much a counter grew in each hour; one that began again gives nothing
    for that hour. NOW: the last of a dense table, no older than some minutes. DROPS: that of each unit whose output is
    low now by its own fault. OVERLAPPING: events that share an instant with the span, however early they began.
    """

    RANGE = "range"
    NEWEST = "newest"
    RUNNING = "running"
    PACE = "pace"
    SAMPLED = "sampled"
    GAIN = "gain"
    NOW = "now"
    DROPS = "drops"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel. `where` fixes tags (a value that starts with $ is a variable of the board), `split` gives a series
    for each value of a tag. `title` is a key of texts, or `heading` says it in words (a product's name).

    `window_h` is that of PACE. `big` figures are read across a room. `by_limit`: each unit is queried with and coloured
    by its own limit. `by_shop`: shop after shop, so that units stand in the order of the plant. `among`: of these units
    alone. `by_size`: bars lie below each other, the largest first. `repeat` names a
    variable: the panel is drawn once for each of its values. `heads`: a table names its columns. `cut_axis`: the axis
    need not begin at zero, for what is read is the distance between lines. `stacked`: bars of the split stand upon each
    other. `absent` is the key of what stands in place
    of a figure that is not there.
    """

    shape: Shape
    quantities: tuple[Quantity, ...]
    title: str = ""
    heading: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    split: str = ""
    pick: Pick = Pick.RANGE
    width: int = 12
    height: int = 8
    # A whole day, so that neither a shift pattern nor a repair shift looks like a drop.
    window_h: int = 24
    display_unit: str = "t"
    note: Mapping[str, str] = field(default_factory=dict)
    x: str = ""
    repeat: str = ""
    sampled_by: str = "mean"
    big: bool = True
    newest_first: bool = False
    heads: bool = True
    cut_axis: bool = False
    stacked: bool = False
    absent: str = ""
    by_limit: bool = False
    by_shop: bool = False
    among: tuple[str, ...] = ()
    by_size: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    """Panels under a heading. `repeat` names a variable: the row is drawn once for each of its values."""

    panels: tuple[Panel, ...]
    title: str = ""
    heading: Mapping[str, str] = field(default_factory=dict)
    repeat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A variable of a board: `options` are (value, names by language), or the values of the tag `looked_up` are read
    from `table`, those `where` other tags have these values.
    """

    name: str
    title: str
    options: tuple[tuple[str, Mapping[str, str]], ...] = ()
    looked_up: str = ""
    table: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    all_of_them: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board. `key` is a key of texts and part of the uid; `span` are from and to in Grafana's words."""

    key: str
    rows: tuple[PanelRow, ...]
    span: tuple[str, str]
    choices: tuple[Choice, ...] = ()
    # Units are judged every 10 s and hours rolled up every 2 s; half a minute is fresh enough beside a desk.
    refresh: str = "30s"
    remarks: tuple[str, ...] = ()
