"""The last day of a unit as ECharts options: its activity, that of its siblings, and what held meanwhile. Pure."""

import json
from html import escape
from math import ceil
from typing import Any

from dashboards.web.chart import AXIS, FONT, GRID, QUIET, TARGET, lines_tooltip
from dashboards.web.texts import text
from dashboards.web.unit_view import Band, DayPlot
from models.works.localize import Language

BAND_COLOURS = {
    "stopped": ("shade('low-sign')", 0.28),
    "slow": ("shade('behind-sign')", 0.28),
    "planned": ("shade('planned-sign')", 0.22),
    "silent": ("shade('bad-sign')", 0.25),
    "unwatched": ("shade('unknown-sign')", 0.25),
}
COLOURS = ("bar", "bad-sign", "ok-sign", "behind-sign", "unknown-sign")
LABELS = 8
"""Of a day one for each three hours: more would overlap on a phone."""


def colour_of(trace: int) -> str:
    """The name of the colour of a trace: the unit's own is that of its bars. Siblings beyond the fifth repeat."""
    return COLOURS[0] if trace == 0 else COLOURS[1 + (trace - 1) % (len(COLOURS) - 1)]


def day_options(plot: DayPlot, language: Language) -> dict[str, Any]:
    """The unit's own activity as a bold line, its siblings' as thin ones, spans as bands, the limit of standing as a
    dashed line. The axis ends at 100 % or at what was read, whichever is more."""
    locale = "en-US" if language == "en" else "ru-RU"
    highest = max((value for trace in plot.traces for value in trace.pct if value is not None), default=0.0)
    top = max(100, -(-ceil(highest) // 20) * 20)
    axis_label = {":color": QUIET, "fontSize": 11}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 12, "top": 10, "bottom": 2, "containLabel": True},
        "tooltip": lines_tooltip(_tip(plot, locale)),
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": list(plot.clock),
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            # The date stands in the tooltip alone.
            "axisLabel": {
                **axis_label,
                "interval": max(len(plot.clock) // LABELS - 1, 0),
                ":formatter": "value => value.slice(-5)",
            },
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": top,
            "splitLine": {"lineStyle": {":color": GRID}},
            "axisLabel": {**axis_label, "formatter": "{value} %"},
        },
        "series": [
            {
                "name": trace.name,
                "type": "line",
                "symbol": "none",
                "connectNulls": False,
                "z": 3 if number == 0 else 2,
                "lineStyle": {"width": 2 if number == 0 else 1, "opacity": 1 if number == 0 else 0.55},
                ":color": f"shade('{colour_of(number)}')",
                "data": list(trace.pct),
                **(_marks(plot, language) if number == 0 else {}),
            }
            for number, trace in enumerate(plot.traces)
        ],
    }


def _marks(plot: DayPlot, language: Language) -> dict[str, Any]:
    return {
        "markLine": {
            "silent": True,
            "symbol": "none",
            "lineStyle": {":color": TARGET, "type": "dashed", "width": 1},
            "label": {
                "formatter": f"{text('stop_limit', language)} < {plot.limit_pct:g} %",
                "position": "insideStartTop",
                ":color": TARGET,
                "fontSize": 11,
            },
            "data": [{"yAxis": plot.limit_pct}],
        },
        "markArea": {"silent": True, "label": {"show": False}, "data": [_area(band) for band in plot.bands]},
    }


def _area(band: Band) -> list[dict[str, Any]]:
    colour, opacity = BAND_COLOURS[band.kind]
    return [{"xAxis": band.start, "itemStyle": {":color": colour, "opacity": opacity}}, {"xAxis": band.end}]


def _tip(plot: DayPlot, locale: str) -> str:
    """A function of the browser that writes the time and what each unit showed. Names are escaped: it gives HTML."""
    names = json.dumps([escape(trace.name) for trace in plot.traces]).replace("<", "\\u003c")
    return (
        f"points => [points[0].name, ...points.filter(point => point.value != null).map(point => {names}"
        f"[point.seriesIndex] + ': ' + point.value.toLocaleString('{locale}') + ' %')].join('<br>')"
    )
