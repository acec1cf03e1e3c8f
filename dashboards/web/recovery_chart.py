"""What is made, forecast and reachable, as bars beside a line at the plan: ECharts options. Pure."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboards.web.chart import ACTUAL, AXIS, FONT, GRID, QUIET, tooltip
from dashboards.web.recovery_view import RecoveryBar
from dashboards.web.texts import text
from models.recovery.shown import shown
from models.works.localize import Language

_COLOURS = {"made": ACTUAL, "forecast": QUIET, "most": "shade('ok-sign')", "short": "shade('low-sign')"}
BAR_PX, AXIS_PX = 46, 58


def height_px(bars: Sequence[RecoveryBar]) -> int:
    """How tall the chart is."""
    return BAR_PX * len(bars) + AXIS_PX


def bars_chart(bars: Sequence[RecoveryBar], plan_t: float | None, language: Language) -> dict[str, Any]:
    """The bars lie down and begin at 0; the line says what the plan is."""
    locale = "en-US" if language == "en" else "ru-RU"
    axis_label = {":color": QUIET, "fontSize": 12}
    plan = {} if plan_t is None else {"markLine": _plan_line(plan_t, language)}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 24, "top": 26, "bottom": 2, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": {
            "type": "value",
            "min": 0,
            # The line of a plan that nothing reaches is still on the chart.
            "max": max([bar.tonnes for bar in bars] + ([] if plan_t is None else [plan_t])) * 1.02,
            "splitNumber": 4,
            "splitLine": {"lineStyle": {":color": GRID}},
            "axisLabel": {
                **axis_label,
                "hideOverlap": True,
                "showMaxLabel": False,
                ":formatter": f"value => value.toLocaleString('{locale}')",
            },
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [bar.label for bar in bars],
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            "axisLabel": {**axis_label, "interval": 0},
        },
        "series": [
            {
                "type": "bar",
                "barCategoryGap": "35%",
                "data": [
                    {
                        "value": bar.tonnes,
                        "tip": "<br>".join(escape(line) for line in bar_words(bar, language)),
                        "itemStyle": {":color": _COLOURS[bar.kind]},
                    }
                    for bar in bars
                ],
                **plan,
            }
        ],
    }


def bar_words(bar: RecoveryBar, language: Language) -> tuple[str, str]:
    """What a bar says: its name and its tonnes."""
    return bar.label, f"{shown(bar.tonnes, language)}\u00a0{text('unit_t', language)}"


def _plan_line(plan_t: float, language: Language) -> dict[str, Any]:
    name = f"{text('recovery_plan', language)} {shown(plan_t, language)}\u00a0{text('unit_t', language)}"
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {":color": AXIS, "type": "dashed", "width": 2},
        "label": {"formatter": name, "position": "start", ":color": QUIET, "fontSize": 12, "align": "right"},
        "data": [{"xAxis": plan_t}],
    }
