"""What the page holds against a product ends where watching ended, and the chart shows each hour's own target."""

from dataclasses import replace

from dashboards.web.chart import chart_options
from tests.dashboards.web.test_view import (
    DAY_START,
    HOUR,
    NOW,
    S,
    Seen,
    card_of,
    health,
    hour_rows,
    plant,
    seen,
    site_row,
)  # fmt: skip

__all__ = ["plant", "seen"]


def test_target_attainment_and_completeness_end_where_watching_ended(seen: Seen) -> None:
    day = replace(site_row("pig_iron", DAY_START, 24 * HOUR, 1170.0), target_t=4800.0)
    hours = hour_rows("pig_iron", [(180.0, 200.0)] * 6 + [(90.0, 200.0)])
    live = card_of(seen(days=[day], hours=hours))
    assert (live.target_so_far, live.attainment, live.completeness) == ("1,300\u00a0t", "90.0\u00a0%", "97.3\u00a0%")
    # Silent since 06:15: the hour that ran is due to then, and the page's clock says 06:30.
    silent = (health(NOW - 15 * 60 * S),)
    card = card_of(seen(days=[day], hours=hours, sources=silent))
    assert (card.target_so_far, card.attainment, card.completeness) == ("1,250\u00a0t", "93.6\u00a0%", "93.5\u00a0%")
    assert card.chart.bars[6].tip[-1] == "Completeness: 48.6\u00a0%"
    assert card.chart.bars[5].tip[-1] == "Completeness: 97.3\u00a0%"
    # The ledger cannot be read since 06:15: figures are of then, and nothing is said of the time since.
    card = card_of(seen(days=[day], hours=hours, sources=silent, read_ns=NOW - 15 * 60 * S))
    assert (card.target_so_far, card.attainment, card.completeness) == ("1,250\u00a0t", "93.6\u00a0%", "97.3\u00a0%")


def test_the_chart_shows_the_target_of_each_hour_and_none_where_its_figures_have_none(seen: Seen) -> None:
    hours = hour_rows("pig_iron", [(430.0, 444.0)] * 3 + [(None, None)] + [(1100.0, 1111.0)] * 2)
    chart = card_of(seen(hours=hours)).chart
    drawn = chart_options(chart, "en")
    (targets,) = (series for series in drawn["series"] if series["type"] == "pictorialBar")
    assert targets["data"] == [444, 444, 444, None, 1111, 1111, *[None] * 18]
    for bar, drawn_at in zip(chart.bars, targets["data"], strict=True):
        assert any(line.startswith("Target: ") for line in bar.tip) == (drawn_at is not None)
    assert chart.target_text == "Target 444 - 1,111"
    assert card_of(seen(hours=hours[:3])).chart.target_text == "Target 444"
