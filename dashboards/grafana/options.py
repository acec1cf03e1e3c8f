"""What each kind of panel needs beside its fields. `calcs` are always given: their default differs by version."""

from grafana_foundation_sdk.models import barchart, bargauge, common, stat, statetimeline, table, timeseries

from dashboards.panels.board import Panel, Pick, Shape
from dashboards.panels.quantity import Measure

LEGEND_BELOW = common.VizLegendOptions(
    display_mode=common.LegendDisplayMode.LIST,
    placement=common.LegendPlacement.BOTTOM,
    show_legend=True,
    calcs=[],
)
NO_LEGEND = common.VizLegendOptions(
    display_mode=common.LegendDisplayMode.HIDDEN, placement=common.LegendPlacement.BOTTOM, show_legend=False, calcs=[]
)
ALL_SERIES = common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI, sort=common.SortOrder.NONE)
BIG_VALUE, BIG_TITLE = 44, 16
NARROW, NARROW_VALUE = 3, 34
SMALL_VALUE, SMALL_TITLE = 17, 12


def options_of(panel: Panel) -> object:
    """The options of a panel by its shape."""
    match panel.shape:
        case Shape.STAT | Shape.SPARK:
            return _stat(panel)
        case Shape.BAR_GAUGE:
            return bargauge.Options(
                display_mode=common.BarGaugeDisplayMode.BASIC,
                show_unfilled=True,
                orientation=common.VizOrientation.HORIZONTAL if panel.width < 12 else common.VizOrientation.VERTICAL,
                reduce_options=_reduced(panel),
                text=common.VizTextDisplayOptions(title_size=13, value_size=18),
            )
        case Shape.TIME_SERIES:
            return timeseries.Options(legend=LEGEND_BELOW, tooltip=ALL_SERIES)
        case Shape.STATE_TIMELINE:
            return statetimeline.Options(
                show_value=common.VisibilityMode.AUTO, merge_values=True, legend=NO_LEGEND, tooltip=ALL_SERIES
            )
        case Shape.BAR_CHART:
            return barchart.Options(
                x_field=panel.x or None,
                orientation=common.VizOrientation.VERTICAL,
                show_value=common.VisibilityMode.ALWAYS if panel.x == "unit" else common.VisibilityMode.NEVER,
                stacking=common.StackingMode.NONE,
                x_tick_label_spacing=0 if panel.x == "unit" else 100,
                legend=LEGEND_BELOW,
                tooltip=ALL_SERIES,
            )
        case Shape.TABLE:
            return table.Options(show_header=True)


def custom_of(panel: Panel) -> object:
    """The fields' own options by shape."""
    match panel.shape:
        case Shape.TIME_SERIES:
            return {
                "drawStyle": "line",
                # Rows of buckets are stamped with their start: the value holds until the next.
                "lineInterpolation": "linear" if panel.pick is Pick.SAMPLED else "stepAfter",
                "lineWidth": 1,
                "fillOpacity": 0,
                "showPoints": "never",
                "spanNulls": False,
                "axisPlacement": "auto",
                "barAlignment": 1,
                "barMaxWidth": 100,
                "thresholdsStyle": {"mode": "off"},
            }
        case Shape.STATE_TIMELINE:
            return {"lineWidth": 0, "fillOpacity": 90}
        case Shape.BAR_CHART:
            # Along the scheme each bar has the colour of its own value.
            gradient = "scheme" if panel.x == "unit" else "none"
            return {"lineWidth": 1, "fillOpacity": 80, "axisPlacement": "auto", "gradientMode": gradient}
        case Shape.TABLE:
            return {"align": "auto", "displayMode": "auto", "cellOptions": {"type": "auto"}, "minWidth": 90}
        case _:
            return None


def _stat(panel: Panel) -> stat.Options:
    coloured = panel.quantities[0].tone != "none"
    several = len(panel.quantities) > 1
    value, title = _sizes(panel)
    filled = coloured and not panel.big
    return stat.Options(
        graph_mode=common.BigValueGraphMode.AREA if panel.shape is Shape.SPARK else common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.BACKGROUND if filled else common.BigValueColorMode.VALUE,
        justify_mode=common.BigValueJustifyMode.AUTO,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME if several else common.BigValueTextMode.AUTO,
        orientation=common.VizOrientation.AUTO,
        reduce_options=_reduced(panel),
        text=common.VizTextDisplayOptions(title_size=title, value_size=value),
    )


def _sizes(panel: Panel) -> tuple[int, int]:
    if not panel.big:
        return SMALL_VALUE, SMALL_TITLE
    return (NARROW_VALUE if panel.width < NARROW else BIG_VALUE), BIG_TITLE


def _reduced(panel: Panel) -> common.ReduceDataOptions:
    """The last point as it is: an absent figure shows as absent, and never as the one before it."""
    # Without this, only fields of numbers are shown.
    fields = "/^(?!Time).*/" if panel.quantities[0].measure is Measure.TEXT else ""
    return common.ReduceDataOptions(calcs=["last"], fields=fields, values=False)
