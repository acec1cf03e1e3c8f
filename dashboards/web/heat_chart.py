"""T1 and T2 against the graph as ECharts options. Pure."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboards.web.chart import ACTUAL, AXIS, FONT, GRID, QUIET, RUNNING, TARGET, lines_tooltip
from dashboards.web.heat_view import HeatLines
from dashboards.web.texts import text
from models.works.localize import Language


def heat_options(lines: HeatLines, outdoor: str, language: Language) -> dict[str, Any]:
    """Lines by hour; `outdoor`: what the outdoor temperature is called, whose axis stands to the right."""
    tips = json.dumps(["<br>".join(escape(line) for line in tip) for tip in lines.tips])
    axis_label = {":color": QUIET, "fontSize": 11}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 4, "top": 52, "bottom": 2, "containLabel": True},
        "legend": {"top": 0, "left": 4, "itemWidth": 18, "itemHeight": 8, "textStyle": {":color": QUIET}},
        "tooltip": lines_tooltip(f"points => {tips.replace('<', chr(92) + 'u003c')}[points[0].dataIndex]"),
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": list(lines.labels),
            "axisTick": {"show": False},
            # Below zero the outdoor axis would else carry the hours across the middle.
            "axisLine": {"onZero": False, "lineStyle": {":color": AXIS}},
            "axisLabel": {**axis_label, "hideOverlap": True, "lineHeight": 14},
        },
        "yAxis": [
            {
                "type": "value",
                "scale": True,
                "splitLine": {"lineStyle": {":color": GRID}},
                "axisLabel": {**axis_label, "formatter": "{value} °C"},
            },
            {
                "type": "value",
                "scale": True,
                "splitLine": {"show": False},
                "axisLabel": {**axis_label, "formatter": "{value} °C"},
            },
        ],
        "series": [
            _line(text("heat_supply_due", language), TARGET, lines.supply_due, 1.5, "dashed"),
            _line(text("heat_return_due", language), TARGET, lines.return_due, 1.5, "dotted"),
            _line(text("heat_supply", language), ACTUAL, lines.supply, 3),
            _line(text("heat_return", language), RUNNING, lines.returned, 3),
            {**_line(outdoor, QUIET, lines.outdoor, 1.5, "dashed"), "yAxisIndex": 1},
        ],
    }


def _line(name: str, colour: str, data: Sequence[float | None], width: float, kind: str = "solid") -> dict[str, Any]:
    return {
        "name": name,
        "type": "line",
        "symbol": "none",
        "connectNulls": False,
        "itemStyle": {":color": colour},
        "lineStyle": {":color": colour, "width": width, "type": kind},
        "data": list(data),
    }
