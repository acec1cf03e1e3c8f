"""A Pareto chart as ECharts options: bars of tonnes that lie down, for names are long, and the share so far. Pure."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboards.web.chart import ACTUAL, AXIS, FONT, GRID, QUIET, TARGET, axis_top, tooltip
from dashboards.web.losses_view import LossBar
from models.works.localize import Language

BAR_PX, AXIS_PX = 42, 34
_SHARE_PX = 22
"""The axis of the share, above the bars."""


def pareto_height_px(bars: Sequence[LossBar]) -> int:
    """How tall the chart is."""
    return BAR_PX * len(bars) + AXIS_PX + (_SHARE_PX if _has_line(bars) else 0)


def pareto(bars: Sequence[LossBar], language: Language) -> dict[str, Any]:
    """`bars`: at least one, the greatest first."""
    locale = "en-US" if language == "en" else "ru-RU"
    top, _ = axis_top(max(bar.tonnes for bar in bars))
    axis_label = {":color": QUIET, "fontSize": 12, "hideOverlap": True}
    tonnes = {
        "type": "value",
        "min": 0,
        "max": top,
        "splitNumber": 4,
        "splitLine": {"lineStyle": {":color": GRID}},
        "axisLabel": {**axis_label, ":formatter": f"value => value.toLocaleString('{locale}')"},
    }
    share = {
        "type": "value",
        "min": 0,
        "max": 100,
        "interval": 50,
        "position": "top",
        "splitLine": {"show": False},
        "axisLabel": {**axis_label, "formatter": "{value}\u00a0%"},
    }
    line = {
        "type": "line",
        "xAxisIndex": 1,
        "silent": True,
        "symbol": "circle",
        "symbolSize": 6,
        "lineStyle": {":color": TARGET, "width": 2},
        "itemStyle": {":color": TARGET},
        "data": [[bar.so_far, number] for number, bar in enumerate(bars)],
    }
    has_line = _has_line(bars)
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 24, "top": 4, "bottom": 2, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": [tonnes, share] if has_line else [tonnes],
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [bar.label for bar in bars],
            "axisTick": {"show": False},
            "axisLine": {"onZero": False, "lineStyle": {":color": AXIS}},
            "axisLabel": {
                **axis_label,
                "hideOverlap": False,
                "interval": 0,
                "width": 160,
                "overflow": "break",
                "lineHeight": 13,
            },
        },
        "series": [
            {
                "type": "bar",
                "barCategoryGap": "34%",
                "data": [
                    {
                        "value": bar.tonnes,
                        "tip": "<br>".join(escape(line) for line in bar.tip),
                        "itemStyle": {":color": ACTUAL, "borderRadius": [0, 2, 2, 0]},
                    }
                    for bar in bars
                ],
            },
            *([line] if has_line else []),
        ],
    }


def _has_line(bars: Sequence[LossBar]) -> bool:
    """One bar is all of the losses: a line would be a point."""
    return len(bars) > 1 and all(bar.so_far is not None for bar in bars)
