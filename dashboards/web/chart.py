"""The hour-by-hour plot as ECharts options. Pure."""

from html import escape
from typing import Any

from dashboards.web.cards import HourBar, HourChart
from dashboards.web.texts import Language

ACTUAL = "#1f5f99"
RUNNING = "#8fb6d9"
MISSING = "#e3e8ee"
TARGET = "#b45309"
QUIET = "#5b6875"
FONT = "Roboto, 'Segoe UI', 'Noto Sans', Arial, sans-serif"


def chart_options(chart: HourChart, language: Language) -> dict[str, Any]:
    """Bars of the day's hours with the hour's target as a dashed line.

    An hour that should be known and is not stands as a pale hatched block, so that it does not look like zero.
    """
    locale = "en-US" if language == "en" else "ru-RU"
    known = [bar.actual for bar in chart.bars if bar.actual is not None]
    block = chart.hour_target or max(known, default=0) or 1
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 8, "top": 22, "bottom": 2, "containLabel": True},
        "tooltip": {
            "trigger": "axis",
            "confine": True,
            "axisPointer": {"type": "shadow"},
            "textStyle": {"fontSize": 13},
            ":formatter": "points => points[0].data.tip",
        },
        "xAxis": {
            "type": "category",
            "data": [bar.label for bar in chart.bars],
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "#c6ced6"}},
            "axisLabel": {"color": QUIET, "fontSize": 11, "interval": 2},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            ":max": f"extent => Math.max(extent.max, {block!r}) * 1.05",
            "splitNumber": 3,
            "splitLine": {"lineStyle": {"color": "#eef1f4"}},
            "axisLabel": {
                "color": QUIET,
                "fontSize": 11,
                "showMaxLabel": False,
                ":formatter": f"value => value.toLocaleString('{locale}')",
            },
        },
        "series": [
            {
                "type": "bar",
                "data": [_bar(bar, block) for bar in chart.bars],
                "barCategoryGap": "22%",
                "markLine": _target_line(chart),
            }
        ],
    }


def _bar(bar: HourBar, block: float) -> dict[str, Any]:
    tip = "<br>".join(escape(line) for line in bar.tip)
    if bar.missing:
        decal = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": 0.8, "color": "#c3ccd5"}
        return {"value": block, "tip": tip, "itemStyle": {"color": MISSING, "decal": decal}}
    colour = RUNNING if bar.running else ACTUAL
    return {"value": bar.actual, "tip": tip, "itemStyle": {"color": colour, "borderRadius": [2, 2, 0, 0]}}


def _target_line(chart: HourChart) -> dict[str, Any]:
    if chart.hour_target is None:
        return {"data": []}
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": TARGET, "type": "dashed", "width": 1.5},
        "label": {
            "show": True,
            "position": "insideEndTop",
            "color": TARGET,
            "fontSize": 11,
            "formatter": chart.target_text,
        },
        "data": [{"yAxis": chart.hour_target}],
    }
