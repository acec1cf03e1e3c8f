"""The charts of losses: the first bars alone, the share of all of them, a line only where it says something."""

import pytest

from dashboards.report.why.losses_document import LossReport
from dashboards.web.losses_chart import pareto, pareto_height_px
from dashboards.web.losses_view import MOST_BARS, LossBar, losses_view
from models.why.change_part import ChangePart
from models.why.stop_losses import ProductLosses, StopLoss
from models.works.calendar import HOUR_NS
from models.works.localize import LANGUAGES, Language
from tests.models.tables.test_hour_rows import PLANT

T = 1_000_000


def report(causes: int, tonnes: int = 10) -> LossReport:
    """As many causes of as many tonnes, all on Mondays of the first shift."""
    loss = StopLoss(1, HOUR_NS, tonnes * T)
    total = StopLoss(causes, causes * HOUR_NS, causes * tonnes * T)
    found = ProductLosses(
        product="pig_iron",
        days=(739_000, 739_010),
        total=total,
        units=[],
        causes={(f"r{number}", ChangePart.STOPS_OWN): loss for number in range(causes)},
        shifts={1: total},
        weekdays={0: total},
        unknown=[],
    )
    return LossReport(plant=PLANT, days=found.days, products=[found], reasons=(), as_of="")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_has_the_first_causes_and_the_table_all(language: Language) -> None:
    view = losses_view(report(MOST_BARS + 8), language)
    assert view is not None
    causes = view.rankings[0]
    assert (len(causes.bars), len(causes.lines)) == (MOST_BARS, MOST_BARS + 8)
    assert str(MOST_BARS + 8) in causes.hint
    assert [bar.so_far for bar in causes.bars] == [5.0 * number for number in range(1, MOST_BARS + 1)]


def test_only_rankings_of_many_have_a_line() -> None:
    view = losses_view(report(3), "en")
    assert view is not None
    by = {ranking.by: pareto(ranking.bars, "en") for ranking in view.rankings}
    assert {name: len(options["series"]) for name, options in by.items()} == {"cause": 2, "shift": 1, "weekday": 1}
    assert by["cause"]["series"][1]["data"][-1] == [100.0, 2]


def test_stops_that_cost_nothing_have_lines_and_no_bars() -> None:
    view = losses_view(report(2, tonnes=0), "en")
    assert view is not None
    assert [len(ranking.bars) for ranking in view.rankings] == [0, 0, 0]
    assert view.rankings[0].lines[0][4].shown == ""


def test_no_name_is_markup_in_what_a_bar_says() -> None:
    bars = [LossBar("<b>", 5.0, 100.0, ("<b>", "5 t"))]
    (series,) = pareto(bars, "ru")["series"]
    assert series["data"][0]["tip"] == "&lt;b&gt;<br>5 t"
    assert pareto_height_px(bars * 2) > pareto_height_px(bars)
