"""The parts of a change as a waterfall: floating bars, as ECharts options. Pure.

The bars lie down, for names of parts are long and a phone is narrow. They begin at no change and not at the output of
the base, beside which the parts would be thin lines.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboards.web.chart import ACTUAL, AXIS, FONT, GRID, QUIET, tooltip
from dashboards.web.texts import text
from dashboards.web.why_view import WhyBar
from models.works.localize import Language

_COLOURS = {"up": "shade('ok-sign')", "down": "shade('low-sign')", "unknown": "shade('unknown-sign')", "total": ACTUAL}
BAR_PX, AXIS_PX = 42, 54


def height_px(bars: Sequence[WhyBar]) -> int:
    """How tall the chart is."""
    return BAR_PX * len(bars) + AXIS_PX


def waterfall(bars: Sequence[WhyBar], language: Language) -> dict[str, Any]:
    """An invisible bar to where each begins, and on it the visible one. A bar across zero has a part on either side."""
    locale = "en-US" if language == "en" else "ru-RU"
    axis_label = {":color": QUIET, "fontSize": 12}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        # Room to the right for half of the last number, and below for the unit.
        "grid": {"left": 4, "right": 36, "top": 4, "bottom": 22, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": {
            "type": "value",
            "name": text("unit_t", language),
            "nameLocation": "middle",
            "nameGap": 26,
            "nameTextStyle": axis_label,
            "splitNumber": 4,
            "splitLine": {"lineStyle": {":color": GRID}},
            "axisLabel": {
                **axis_label,
                "hideOverlap": True,
                ":formatter": f"value => value.toLocaleString('{locale}')",
            },
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [bar.label for bar in bars],
            "axisTick": {"show": False},
            "axisLine": {"onZero": False, "lineStyle": {":color": AXIS}},
            "axisLabel": {**axis_label, "interval": 0, "width": 150, "overflow": "break", "lineHeight": 13},
        },
        "series": [
            _series(bars, [max(bar.low, 0.0) or min(bar.high, 0.0) for bar in bars], shown=False),
            _series(bars, [max(bar.high, 0.0) - max(bar.low, 0.0) for bar in bars], shown=True),
            _series(bars, [min(bar.low, 0.0) - min(bar.high, 0.0) for bar in bars], shown=True),
        ],
    }


def _series(bars: Sequence[WhyBar], values: Sequence[float], *, shown: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "stack": "parts",
        "silent": not shown,
        "barCategoryGap": "28%",
        "data": [
            {
                "value": value,
                "tip": "<br>".join(escape(line) for line in bar.tip),
                "itemStyle": {":color": _COLOURS[bar.kind]} if shown else {"color": "transparent"},
            }
            for bar, value in zip(bars, values, strict=True)
        ],
    }
