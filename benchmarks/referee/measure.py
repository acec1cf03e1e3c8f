"""What the referee finds in made-up histories, beside the plain alternative: a residual beyond three sigma on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.referee.history_book import MeterError, book_of_history, history_of
from collector.simulation.history import History
from models.detection.referee.node_days import Accused, NodeDays
from models.detection.referee.referee import ruling
from models.tables.balance import Balances
from models.tables.referee_days import days_of_book
from models.works.plant import Plant, Tag

END = date(2026, 7, 1)
WATCHED_DAYS = 90
"""So long a drift is watched: one that is not found in a quarter is not found."""
BEFORE_DAYS = 180
"""What the referee looks back on when the drift begins."""
PLAIN_SIGMAS = 3.0


@dataclass(frozen=True, slots=True)
class FirstWord:
    """When something was said of a drift, days after it began (None: never), and whether it was right.

    `named`: how many it named.
    """

    days: int | None
    right: bool = False
    named: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """One meter with one drift in one history: what the referee said first, and what the plain rule."""

    meter: Accused
    pct: float
    referee: FirstWord
    plain: FirstWord


@dataclass(frozen=True, slots=True)
class Healthy:
    """False findings of so many days of healthy works, those that begin anew."""

    days: int
    referee: int
    plain: int


def trials(plant: Plant, seeds: Sequence[int], sizes_pct: Sequence[float]) -> Iterator[Trial]:
    """Each meter of the chain with each drift, in turn up and down."""
    meters = [tag for tag in plant.tags if any(_in_balance(plant, tag))]
    for number, seed in enumerate(seeds):
        history = history_of(plant, seed, END)
        for place, tag in enumerate(meters):
            for pct in sizes_pct:
                sign = 1.0 if (number + place) % 2 == 0 else -1.0
                yield _trial(plant, history, seed, tag, sign * pct)


def healthy(plant: Plant, seeds: Sequence[int]) -> Healthy:
    """Every day of each history after the first half year."""
    watched, by_referee, by_plain = 0, 0, 0
    for seed in seeds:
        book = book_of_history(plant, history_of(plant, seed, END), seed)
        balances = Balances(book)
        nodes = days_of_book(balances, book.first, book.end - 1)
        held = beyond = False
        for day in range(book.first + BEFORE_DAYS, book.end - 1):
            now, odd = ruling(nodes, day) is not None, bool(_beyond(balances, day))
            by_referee += now and not held
            by_plain += odd and not beyond
            held, beyond = now, odd
            watched += 1
    return Healthy(watched, by_referee, by_plain)


def _in_balance(plant: Plant, tag: Tag) -> Iterator[bool]:
    for node in plant.balance:
        for flow in (*node.inputs, *node.outputs):
            yield flow.product == tag.product and tag.unit in flow.at


def _trial(plant: Plant, history: History, seed: int, tag: Tag, pct: float) -> Trial:
    meter = Accused(tag.unit, tag.product or "")
    whole = book_of_history(plant, history, seed)
    began = whole.end - 1 - WATCHED_DAYS
    book = book_of_history(plant, history, seed, {tag.name: MeterError(began, pct)})
    balances = Balances(book)
    nodes = days_of_book(balances, began - BEFORE_DAYS, book.end - 1)
    return Trial(meter, abs(pct), _by_referee(nodes, meter, began), _by_plain(plant, balances, meter, began))


def _by_referee(nodes: Sequence[NodeDays], meter: Accused, began: int) -> FirstWord:
    for day in range(began, began + WATCHED_DAYS):
        found = ruling(nodes, day)
        if found is not None:
            accused = [each.accused for each in found.named]
            return FirstWord(day - began + 1, meter in accused, len(accused))
    return FirstWord(None)


def _by_plain(plant: Plant, balances: Balances, meter: Accused, began: int) -> FirstWord:
    """It names a node: that is right if the meter is one of its own."""
    for day in range(began, began + WATCHED_DAYS):
        for name in _beyond(balances, day):
            (node,) = (each for each in plant.balance if each.name == name)
            own = [(unit, flow.product) for flow in (*node.inputs, *node.outputs) for unit in flow.at]
            return FirstWord(day - began + 1, (meter.unit, meter.product) in own, len(own))
    return FirstWord(None)


def _beyond(balances: Balances, day: int) -> list[str]:
    return [
        node.node
        for node in balances.of(day)
        if node.residual_t is not None and abs(node.residual_t) > PLAIN_SIGMAS * node.sigma_t
    ]
