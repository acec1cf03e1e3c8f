"""The month as ECharts options: made and planned to date, the running day lighter, the forecast as a fan. Pure."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboards.web.chart import (
    ACTUAL,
    AXIS,
    FONT,
    QUIET,
    RUNNING,
    TARGET,
    axis_top,
    lines_tooltip,
    tonnes_axis,
)
from dashboards.web.month_plot import MonthPlotLines
from dashboards.web.texts import text
from models.works.localize import Language


def month_options(plot: MonthPlotLines, language: Language) -> dict[str, Any]:
    """Lines over the days of the month. The fan is drawn as its lower edge and the height above it."""
    drawn = (plot.made, plot.running, plot.plan, plot.low, plot.high)
    top, step = axis_top(max((value for line in drawn for value in line if value), default=1.0))
    axis_label = {":color": QUIET, "fontSize": 11}
    height = [
        None if low is None or high is None else high - low for low, high in zip(plot.low, plot.high, strict=True)
    ]
    tips = json.dumps(["<br>".join(escape(line) for line in tip.split("\n")) for tip in plot.tips])
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 12, "top": 10, "bottom": 2, "containLabel": True},
        "tooltip": lines_tooltip(f"points => {tips.replace('<', chr(92) + 'u003c')}[points[0].dataIndex]"),
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": list(plot.labels),
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            "axisLabel": {**axis_label, "hideOverlap": True},
        },
        "yAxis": tonnes_axis(top, step, language),
        "series": [
            {**_line("", RUNNING, plot.low, 0), "stack": "fan", "lineStyle": {"opacity": 0}},
            {
                **_line(text("fan", language), RUNNING, height, 0),
                "stack": "fan",
                "lineStyle": {"opacity": 0},
                "areaStyle": {":color": RUNNING, "opacity": 0.4},
            },
            _line(text("forecast", language), RUNNING, plot.middle, 1.5, "dotted"),
            _line(text("plan_to_date", language), TARGET, plot.plan, 1.5, "dashed"),
            {
                **_line(text("made", language), ACTUAL, plot.made, 3),
                "areaStyle": {":color": ACTUAL, "opacity": 0.12},
            },
            _line(text("made_running", language), RUNNING, plot.running, 3),
        ],
    }


def _line(name: str, colour: str, data: Sequence[float | None], width: float, kind: str = "solid") -> dict[str, Any]:
    return {
        "name": name,
        "type": "line",
        "symbol": "none",
        "connectNulls": False,
        "silent": True,
        "itemStyle": {":color": colour},
        "lineStyle": {":color": colour, "width": width, "type": kind},
        "data": list(data),
    }
