"""Mass is conserved by the simulated works and by its history: what the balance leaves is noise of a known size."""

from datetime import date, datetime

import numpy as np
import pytest

from benchmarks.drops.plant import whole_plant
from benchmarks.referee.history_book import book_of_history, history_of
from collector.simulation.history import made_t as made_t_of
from collector.simulation.history import make_history
from collector.simulation.history_statements import history_figures
from collector.simulation.nodes import CASTING, NODES, ROLLING
from collector.simulation.surveys import form, lying_t, survey
from collector.simulation.unit import STEP_S, ZONE, Stocks
from collector.simulation.works_model import WorksModel
from models.tables.balance import Balances
from models.works.plant import Plant

pytestmark = pytest.mark.long

END = date(2026, 7, 1)
UNSEEN = range(9_001, 9_005)
"""Seeds that chose nothing: yields, errors and rules were settled on seeds below 100."""
DAYS = 90


@pytest.fixture(scope="module")
def made_works() -> Plant:
    """The works with the nodes of its balance, as its own configuration has them."""
    return whole_plant()


def made_t(works: WorksModel) -> dict[str, float]:
    """All that the instruments showed, by product of the nodes."""
    signals = {
        "coal_total": "coal_raw", "concentrate_total": "coal_concentrate", "pushes": "coke_dry",
        "sinter_total": "sinter", "taps": "pig_iron", "heats": "steel_liquid", "slabs": "slab", "coils": "rolled",
    }  # fmt: skip
    made = dict.fromkeys(signals.values(), 0.0)
    for unit in works.units:
        for signal, grams in unit.shown.counters.items():
            made[signals[signal]] += grams / 1e6
        for event in unit.shown.finished:
            made[signals[event.signal]] += event.grams / 1e6
    return made


def test_the_works_that_runs_leaves_no_more_than_the_spread_of_its_yields_and_surveys() -> None:
    midnight = int(datetime(2026, 2, 1, tzinfo=ZONE).timestamp())
    works = WorksModel(9_010, midnight - 86_400)
    before, opening, off = None, {}, []
    for day in range(9):
        works.advance(midnight + day * 86_400 - STEP_S, frozenset())
        now = made_t(works)
        works.advance(midnight + day * 86_400, frozenset())
        surveys = {each.node: each for each in works.surveys[-len(NODES) :]}
        for node in NODES if before is not None else ():
            change = opening[node].stated_t + surveys[node].moved_t - surveys[node].stated_t
            made, taken = (now[product] - before[product] for product in (node.made, node.taken))
            sigma = np.hypot(made * node.spread_pct / 100, node.t_per_t * node.error_t * 2**0.5)
            off.append(((taken + change) * node.t_per_t - made) / sigma)
        before, opening = now, surveys
    assert len(off) == 8 * len(NODES)
    assert 0.6 < np.std(off) < 1.4
    assert abs(np.mean(off)) < 0.3
    assert max(np.abs(off)) < 4


def test_on_healthy_days_of_unseen_seeds_3_to_7_percent_of_the_residuals_are_beyond_two_sigma(
    made_works: Plant,
) -> None:
    off = []
    for seed in UNSEEN:
        book = book_of_history(made_works, history_of(made_works, seed, END), seed)
        balances = Balances(book)
        for day in range(book.end - DAYS, book.end - 1):
            for node in balances.of(day):
                assert node.residual_t is not None
                assert node.spread is not None
                off.append(node.residual_t / node.sigma_t)
    assert len(off) >= 1_000
    assert 3.0 <= 100 * np.mean(np.abs(off) > 2) <= 7.0


def test_the_stocks_of_the_history_are_never_below_zero_and_end_where_the_works_begins(made_works: Plant) -> None:
    book = book_of_history(made_works, history_of(made_works, 9_021, END), 9_021)
    stocks = [figure for (basis, *_), figures in book.no_output.items() if basis == "stock" for figure in figures]
    assert {figure.product for figure in stocks} == {node.taken for node in NODES}
    last = {figure.product: figure.grams for figure in stocks if figure.end_ns == max(each.end_ns for each in stocks)}
    for node in NODES:
        series = [(figure.grams or 0) / 1e6 for figure in stocks if figure.product == node.taken]
        assert min(series) >= 0
        assert max(series) <= 1.25 * node.high_t
        daily_t = abs((last[node.taken] or 0) / 1e6 - lying_t(Stocks(), node))
        assert daily_t < 25_000, "no more than a day's flow before the works begins"


def test_the_day_in_which_the_history_goes_over_into_the_works_closes_as_well(made_works: Plant) -> None:
    seed = 9_011
    noon = int(datetime(2026, 3, 4, 12, tzinfo=ZONE).timestamp())
    history = make_history(made_works, noon * 10**9, seed)
    morning = history.hours.day == history.hours.day[-1]
    by_history = {product: float(column[morning].sum()) for product, column in made_t_of(history).items()}
    opening = {
        (figure.shop, figure.product): (figure.grams or 0) / 1e6
        for figure in history_figures(made_works, history, seed)
        if figure.basis == "stock" and figure.end_ns == (noon - 12 * 3600) * 10**9
    }
    works = WorksModel(seed, noon)
    works.advance(noon + 12 * 3600 - STEP_S, frozenset())
    by_works = made_t(works)
    works.advance(noon + 12 * 3600, frozenset())
    for each in works.surveys:
        node = each.node
        made, taken = (by_history[product] + by_works[product] for product in (node.made, node.taken))
        change = opening[node.shop, node.taken] + each.moved_t - each.stated_t
        sigma = np.hypot(made * node.spread_pct / 100, node.t_per_t * node.error_t * 2**0.5)
        assert abs((taken + change) * node.t_per_t - made) < 4 * sigma, node.name


def test_a_yard_that_is_too_full_ships_what_is_too_much_and_the_form_says_so() -> None:
    stocks = Stocks(slab_t=60_000.0)
    found = survey(stocks, 1, 20_000)
    (yard,) = (each for each in found if each.node is ROLLING)
    assert (yard.moved_t, stocks.slab_t) == (-30_000.0, 30_000.0)
    assert yard.stated_t == pytest.approx(30_000, abs=3 * ROLLING.error_t + 1)
    assert "2024-10-04,2024-10-05,rolling,all,slab,30000,shipped" in form(found)
    assert f"2024-10-05,2024-10-05,steel,all,{CASTING.taken}" in form(found)
