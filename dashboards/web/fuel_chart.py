"""Energy of fuels by day as ECharts options: bars of kinds upon each other, and the share of natural gas. Pure."""

import json
from html import escape
from typing import Any

from dashboards.web.chart import ACTUAL, AXIS, FONT, GRID, QUIET, RUNNING, TARGET, lines_tooltip
from dashboards.web.fuel_view import FuelBars
from dashboards.web.texts import text
from models.heat.fuel import FuelKind
from models.works.localize import Language
from models.works.units_of_measure import measure

_COLOURS = {
    FuelKind.NATURAL_GAS: ACTUAL,
    FuelKind.COKE_OVEN_GAS: RUNNING,
    FuelKind.BLAST_FURNACE_GAS: "shade('bad-sign')",
    FuelKind.COAL: "shade('unknown-sign')",
}


def fuel_options(bars: FuelBars, language: Language) -> dict[str, Any]:
    """Bars by day."""
    tips = json.dumps(["<br>".join(escape(line) for line in tip) for tip in bars.tips])
    # Kazakh writes numbers as Russian does, and every browser knows ru-RU.
    locale = "en-US" if language == "en" else "ru-RU"
    axis_label = {":color": QUIET, "fontSize": 11}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 4, "top": 72, "bottom": 2, "containLabel": True},
        "legend": {"top": 0, "left": 4, "itemWidth": 18, "itemHeight": 8, "textStyle": {":color": QUIET}},
        "tooltip": lines_tooltip(f"points => {tips.replace('<', chr(92) + 'u003c')}[points[0].dataIndex]"),
        "xAxis": {
            "type": "category",
            "data": list(bars.labels),
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            "axisLabel": {**axis_label, "hideOverlap": True},
        },
        "yAxis": [
            {
                "type": "value",
                "name": measure("GJ", language),
                "nameTextStyle": {":color": QUIET, "align": "right"},
                "splitLine": {"lineStyle": {":color": GRID}},
                "axisLabel": {**axis_label, ":formatter": f"value => value.toLocaleString('{locale}')"},
            },
            {
                "type": "value",
                "min": 0,
                "max": 100,
                "splitLine": {"show": False},
                "axisLabel": {**axis_label, "formatter": "{value} %"},
            },
        ],
        "series": [
            *(
                {
                    "name": name,
                    "type": "bar",
                    "stack": "energy",
                    "barMaxWidth": 40,
                    "itemStyle": {":color": _COLOURS[kind]},
                    "data": list(values),
                }
                for kind, name, values in bars.kinds
            ),
            {
                "name": text("fuel_share_line", language),
                "type": "line",
                "yAxisIndex": 1,
                "symbolSize": 6,
                "connectNulls": False,
                "itemStyle": {":color": TARGET},
                "lineStyle": {":color": TARGET, "width": 2},
                "data": list(bars.share),
            },
        ],
    }
