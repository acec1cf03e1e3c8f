"""The waterfall: each bar begins where the one before it ended, also across zero."""

from typing import Any

from dashboards.web.why_chart import height_px, waterfall
from dashboards.web.why_view import WhyBar


def bar(low: float, high: float, kind: str = "up") -> WhyBar:
    return WhyBar("<b>", low, high, kind, ("<b>", "1 t"))


def ends(options: dict[str, Any], at: int) -> tuple[float, float]:
    """From where to where the visible parts of a bar reach, as bars of one sign are put on each other."""
    hidden, above, below = (series["data"][at]["value"] for series in options["series"])
    return min(hidden, 0.0) + below, max(hidden, 0.0) + above


def test_bars_float_from_where_the_one_before_ended() -> None:
    bars = [bar(0, 50), bar(20, 50, "down"), bar(-30, 20, "down"), bar(-30, -10), bar(-10, 0, "total")]
    options = waterfall(bars, "en")
    shown = [ends(options, at) for at in range(len(bars))]
    assert shown[0] == (0, 50)
    assert shown[2] == (-30, 20)
    hidden = [each["value"] for each in options["series"][0]["data"]]
    assert hidden == [0, 20, 0, -10, 0]
    assert [each["value"] for each in options["series"][1]["data"]] == [50, 30, 20, 0, 0]
    assert [each["value"] for each in options["series"][2]["data"]] == [0, 0, -30, -20, -10]
    assert height_px(bars) > height_px(bars[:2])


def test_no_name_is_markup_in_what_a_bar_says() -> None:
    tips = [each["tip"] for series in waterfall([bar(0, 1)], "ru")["series"] for each in series["data"]]
    assert set(tips) == {"&lt;b&gt;<br>1 t"}
