"""The hour-by-hour plot as ECharts options. Pure."""

from html import escape
from math import ceil, floor, log10
from typing import Any

from dashboards.web.cards import HourBar, HourChart
from dashboards.web.texts import text
from models.works.localize import Language

# Names of colours in colours.css. A key with a colon is worked out in the browser, which knows its theme.
ACTUAL = "shade('bar')"
RUNNING = "shade('bar-running')"
MISSING = "shade('bar-missing')"
HATCH = "shade('bar-hatch')"
TARGET = "shade('target')"
QUIET = "shade('quiet')"
INK = "shade('ink')"
CARD = "shade('card')"
AXIS = "shade('axis')"
GRID = "shade('grid')"
# Roboto comes with NiceGUI; the others have Cyrillic and Kazakh letters on Windows, Linux and elsewhere.
FONT = "Roboto, 'Segoe UI', 'Noto Sans', Arial, sans-serif"


def chart_options(chart: HourChart, language: Language) -> dict[str, Any]:
    """Bars of the hours of the day, each with its own target as a line across it.

    An hour that should be known and is not stands as a pale hatched block, so that it does not look like zero. If no
    hour is known, the words "no data" stand in the middle instead.
    """
    known = [bar.actual for bar in chart.bars if bar.actual is not None]
    targets = [bar.target for bar in chart.bars if bar.target is not None]
    block = max(targets, default=0) or max(known, default=0) or 1
    top, step = axis_top(max([block, *known]))
    return {
        # The page is brought up to date each second: bars that grow anew would never stand still.
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 4, "right": 8, "top": 22, "bottom": 2, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": {
            "type": "category",
            "data": [bar.label for bar in chart.bars],
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {":color": AXIS}},
            # Every third hour is labelled: more would overlap in a card of four side by side.
            "axisLabel": {":color": QUIET, "fontSize": 11, "interval": 2},
        },
        "yAxis": tonnes_axis(top, step, language),
        "graphic": [
            {
                "id": "nothing",
                "type": "text",
                "left": "center",
                "top": "middle",
                "silent": True,
                "z": 10,
                "invisible": bool(known),
                "style": {
                    "text": "" if known else text("no_data", language),
                    "font": f"15px {FONT}",
                    ":fill": QUIET,
                    ":backgroundColor": "'transparent'" if known else CARD,  # even an empty text paints its box
                    "padding": [4, 10],
                },
            },
            {
                "id": "target",
                "type": "text",
                "right": 8,
                "top": 2,
                "silent": True,
                "style": {"text": chart.target_text, "font": f"11px {FONT}", ":fill": TARGET},
            },
        ],
        "series": [
            {
                "type": "bar",
                "data": [_bar(bar, block if known else None) for bar in chart.bars],
                "barCategoryGap": "22%",
            },
            _targets(chart),
        ],
    }


def tooltip() -> dict[str, Any]:
    """What a bar says under the mouse or a finger; `tip` of its data is HTML."""
    return {
        "trigger": "axis",
        "confine": True,
        "axisPointer": {"type": "shadow", "shadowStyle": {":color": "shade('pointer')"}},
        ":backgroundColor": CARD,
        ":borderColor": AXIS,
        "textStyle": {"fontSize": 13, ":color": INK},
        ":formatter": "points => points[0].data.tip",
    }


def axis_top(highest: float) -> tuple[float, float]:
    """The upper end of an axis from 0 that holds `highest` (> 0), and the distance of its lines: 3 to 5 round steps."""
    rough = highest / 5
    power = 10.0 ** floor(log10(rough))
    # The tolerance keeps 100 / 5 from becoming the next step by a bit of rounding.
    step = next(round_part * power for round_part in (1, 2, 2.5, 5, 10) if round_part * power >= rough * (1 - 1e-9))
    return ceil(highest / step * (1 - 1e-9)) * step, step


def _bar(bar: HourBar, block: float | None) -> dict[str, Any]:
    tip = "<br>".join(escape(line) for line in bar.tip)
    if bar.missing:
        decal = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": 0.8, ":color": HATCH}
        return {"value": block, "tip": tip, "itemStyle": {":color": MISSING, "decal": decal}}
    colour = RUNNING if bar.running else ACTUAL
    return {"value": bar.actual, "tip": tip, "itemStyle": {":color": colour, "borderRadius": [2, 2, 0, 0]}}


def _targets(chart: HourChart) -> dict[str, Any]:
    """A line across each hour that has a target: as high as it, and none where nothing is due yet or is known."""
    return {
        "type": "pictorialBar",
        "silent": True,
        "z": 5,
        "symbol": "rect",
        "symbolSize": ["100%", 2],
        "symbolPosition": "end",
        "symbolOffset": [0, "-50%"],
        "barCategoryGap": "0%",
        "itemStyle": {":color": TARGET},
        "data": [bar.target for bar in chart.bars],
    }


def tonnes_axis(top: float, step: float, language: Language) -> dict[str, Any]:
    """The upright axis from 0 to `top`, with numbers as the language writes them."""
    # Kazakh writes numbers as Russian does, and every browser knows ru-RU.
    locale = "en-US" if language == "en" else "ru-RU"
    return {
        "type": "value",
        "min": 0,
        "max": top,
        "interval": step,
        "splitLine": {"lineStyle": {":color": GRID}},
        "axisLabel": {":color": QUIET, "fontSize": 11, ":formatter": f"value => value.toLocaleString('{locale}')"},
    }


def lines_tooltip(formatter: str) -> dict[str, Any]:
    """What is said of all lines at the pointer; `formatter` is JavaScript."""
    return {
        "trigger": "axis",
        "confine": True,
        ":backgroundColor": CARD,
        ":borderColor": AXIS,
        "textStyle": {"fontSize": 13, ":color": INK},
        ":formatter": formatter,
    }
