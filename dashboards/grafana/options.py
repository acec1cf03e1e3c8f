"""What each kind of panel needs beside its fields. `calcs` are always given: their default differs by version."""

from collections.abc import Sequence

from grafana_foundation_sdk.models import (
    barchart,
    candlestick,
    common,
    stat,
    statetimeline,
    statushistory,
    table,
    timeseries,
)

from dashboards.grafana import look
from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.quantity import BARS, Measure, Tone

LEGEND_BELOW = common.VizLegendOptions(
    display_mode=common.LegendDisplayMode.LIST,
    placement=common.LegendPlacement.BOTTOM,
    show_legend=True,
    calcs=[],
)
NO_LEGEND = common.VizLegendOptions(
    display_mode=common.LegendDisplayMode.HIDDEN, placement=common.LegendPlacement.BOTTOM, show_legend=False, calcs=[]
)
# All series at one moment: target and limit mean nothing without the actual beside them.
ALL_SERIES = common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI, sort=common.SortOrder.NONE)
ONE_SERIES = common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE, sort=common.SortOrder.NONE)
NO_PAGES = 0
"""Without it, Grafana 12 puts a choice of pages below a panel that has one."""
# Sizes in px, chosen by eye on a screen of 1920 x 1080 in a real Grafana 9.3.2.
BIG_VALUE, BIG_TITLE = 44, 16
"""To be read across a control room."""
NARROW, NARROW_VALUE = 3, 34
"""A panel of fewer columns than this cuts a big value short, and so does a line that has its name beside it."""
NARROW_PAIR, LOW_VALUE = 5, 28
"""Three figures below each other, or two in a panel of fewer columns."""
LOWEST_WITH_LEGEND = 6
LEAST_COLUMN = 90
"""In px: the longest word of a head just fits. A table that is wider than the screen is moved sideways."""
BAR_VALUE = 14
LONGEST_LABEL = 40
"""Characters of a label below a bar: longer than any name of a unit."""
SMALL_VALUE, SMALL_TITLE = 16, 11
"""Sentences and the names of units: the longest Russian ones just fit."""
FIGURE_VALUE, FIGURE_TITLE = 24, 11
"""Below the name of a unit in two lines, in a panel of three rows."""


def options_of(panel: Panel, names: Sequence[str]) -> object:
    """The options of a panel by its shape. `names` are those of its figures."""
    match panel.shape:
        case Shape.STAT:
            return _stat(panel)
        case Shape.TIME_SERIES:
            # A low plot keeps its height for the lines; its colours are those of the plots that have a legend.
            legend = LEGEND_BELOW if panel.height >= LOWEST_WITH_LEGEND else NO_LEGEND
            return timeseries.Options(legend=legend, tooltip=ALL_SERIES)
        case Shape.STATE_TIMELINE:
            return statetimeline.Options(
                show_value=common.VisibilityMode.AUTO,
                merge_values=True,
                legend=NO_LEGEND,
                tooltip=ALL_SERIES,
                per_page=NO_PAGES,
            )
        case Shape.BAR_CHART:
            return _bar_chart(panel)
        case Shape.HEAT_MAP:
            return statushistory.Options(
                show_value=common.VisibilityMode.NEVER, legend=NO_LEGEND, tooltip=ONE_SERIES, per_page=NO_PAGES
            )
        case Shape.WATERFALL:
            return candlestick.Options(
                mode=candlestick.VizDisplayMode.CANDLES,
                fields=candlestick.CandlestickFieldMap(open_val=names[0], close=names[1]),
                colors=candlestick.CandlestickColors(up=look.GREEN, down=look.RED, flat=look.GREY),
                legend=NO_LEGEND,
            )
        case Shape.TABLE:
            return table.Options(show_header=panel.heads)


def custom_of(panel: Panel) -> object:
    """The fields' own options by shape."""
    match panel.shape:
        case Shape.TIME_SERIES | Shape.WATERFALL:
            return _plotted(panel)
        case Shape.STATE_TIMELINE | Shape.HEAT_MAP:
            return {"lineWidth": 0, "fillOpacity": 90}
        case Shape.BAR_CHART:
            # "scheme" gives each bar the colour of its own value: which units are behind is seen at once.
            gradient = "scheme" if panel.x == "unit" else "none"
            return {"lineWidth": 1, "fillOpacity": 80, "axisPlacement": "auto", "gradientMode": gradient}
        case Shape.TABLE:
            return {
                "align": "auto",
                "displayMode": "auto",
                "cellOptions": {"type": "auto"},
                "minWidth": LEAST_COLUMN,
                # Heads of thirteen columns are longer than their figures; from 12 on they are written in lines.
                "wrapHeaderText": True,
            }
        case _:
            return None


def _plotted(panel: Panel) -> dict[str, object]:
    limit, bars = panel.quantities[0].tone is Tone.AGE, panel.pick is Pick.GAIN or panel.stacked
    return {
        "drawStyle": "bars" if bars else "line",
        # Rows of buckets are stamped with their start: the value holds until the next one.
        "lineInterpolation": "linear" if panel.pick is Pick.SAMPLED else "stepAfter",
        "lineWidth": 1,
        "fillOpacity": 60 if bars else 0,
        "showPoints": "never",
        # A line across hours without data would claim output that nobody saw.
        "spanNulls": False,
        "axisPlacement": "auto",
        # To the right of its stamp, where the hour lies.
        "barAlignment": 1,
        "barMaxWidth": 100,
        # An age is read against its limit: tenths of a second on an axis of tenths look like an outage.
        "thresholdsStyle": {"mode": "line" if limit else "off"},
        **({"stacking": {"mode": "normal", "group": "A"}} if panel.stacked else {}),
        # The length of a bar is what is read: it begins at 0. Of the whole panel, for a series whose axis begins
        # elsewhere gets one of its own beside it, and heat and demand of one hour stand at two heights.
        **({"axisSoftMin": 0} if bars or limit or any(each.role in BARS for each in panel.quantities) else {}),
        **({"axisSoftMax": look.STALE_S} if limit else {}),
    }


def _bar_chart(panel: Panel) -> barchart.Options:
    of_units = panel.x == "unit"
    lies = of_units or panel.by_size
    return barchart.Options(
        x_field=panel.x or None,
        # Names of units are read from left to right, below each other.
        orientation=common.VizOrientation.HORIZONTAL if lies else common.VizOrientation.VERTICAL,
        # Of units only: Grafana cuts a figure that reaches out of the panel, and 22,385.7 t beside the longest bar of a
        # change became "22 38".
        show_value=common.VisibilityMode.ALWAYS if of_units else common.VisibilityMode.NEVER,
        stacking=common.StackingMode.NONE,
        # 0 would be no limit, and is read by Grafana 12 as a length of nothing.
        x_tick_label_max_length=LONGEST_LABEL,
        x_tick_label_spacing=0 if lies else 100,
        # Bars in the colour of their value would have the steps of the colours for a legend.
        legend=NO_LEGEND if lies else LEGEND_BELOW,
        tooltip=ALL_SERIES,
        text=common.VizTextDisplayOptions(value_size=BAR_VALUE) if lies else None,
    )


def _stat(panel: Panel) -> stat.Options:
    first = panel.quantities[0]
    several = len(panel.quantities) > 1
    value, title = _sizes(panel)
    # A lamp is filled with its colour. Figures have theirs, and a sentence has none.
    colour = common.BigValueColorMode.VALUE
    if first.measure in (Measure.TEXT, Measure.STATUS):
        colour = common.BigValueColorMode.NONE
    elif first.tone is Tone.CODE and not panel.big:
        colour = common.BigValueColorMode.BACKGROUND
    # One source or collector is named as well as many: nobody has to know that there is only one.
    named = several or panel.split in ("source", "collector")
    return stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=colour,
        justify_mode=common.BigValueJustifyMode.AUTO,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME if named else common.BigValueTextMode.AUTO,
        # Below each other, so that long figures do not run into each other on a phone.
        orientation=common.VizOrientation.HORIZONTAL if several else common.VizOrientation.AUTO,
        reduce_options=_reduced(panel),
        text=common.VizTextDisplayOptions(title_size=title, value_size=value),
    )


def _sizes(panel: Panel) -> tuple[int, int]:
    if not panel.big:
        coded = panel.quantities[0].tone is Tone.CODE or panel.quantities[0].measure is Measure.TEXT
        return (SMALL_VALUE, SMALL_TITLE) if coded else (FIGURE_VALUE, FIGURE_TITLE)
    if len(panel.quantities) > 2 or (len(panel.quantities) > 1 and panel.width < NARROW_PAIR):
        return LOW_VALUE, BIG_TITLE
    narrow = panel.width < NARROW or len(panel.quantities) > 1
    return (NARROW_VALUE if narrow else BIG_VALUE), BIG_TITLE


def _reduced(panel: Panel) -> common.ReduceDataOptions:
    """The last point as it is: an absent figure shows as absent, and never as the one before it."""
    # Grafana shows only fields of numbers, unless the fields are named.
    fields = "/^(?!Time).*/" if panel.quantities[0].measure is Measure.TEXT else ""
    return common.ReduceDataOptions(calcs=["last"], fields=fields, values=False)
