"""What lies in stock on the days that are left, in tonnes of a product and in words. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.recovery.recovered import Way
from models.recovery.recovery_texts import recovery_text
from models.recovery.shown import shown
from models.recovery.stock_course import StockCourse
from models.works.localize import Language
from models.works.plant import BalanceNode, Plant


@dataclass(frozen=True, slots=True)
class StockTonnes:
    """A stock in tonnes of one product: of its own, if it holds one; else of what its node makes. `holds`, `product`:
    codes."""

    holds: tuple[str, ...]
    product: str
    opening_t: float
    evening_t: Sequence[float]


def stocks_of(plant: Plant, way: Way) -> list[StockTonnes]:
    """The stocks of the way whose course is known."""
    nodes = {node.name: node for node in plant.balance}
    return [_in_tonnes(nodes[course.node], course) for course in way.stock_courses]


def held_named(plant: Plant, stock: StockTonnes, language: Language) -> str:
    """The products that it holds."""
    return ", ".join(plant.products[code].name(language) for code in stock.holds)


def stock_sentence(plant: Plant, way: Way, language: Language) -> Iterator[str]:
    """What will be left of each stock; nothing where none is known."""
    left = [
        recovery_text("stock_left", language).format(
            product=held_named(plant, stock, language),
            end=shown(stock.evening_t[-1], language),
            now=shown(stock.opening_t, language),
        )
        for stock in stocks_of(plant, way)
        if len(stock.evening_t)
    ]
    if left:
        yield recovery_text("stocks_left", language).format(stocks="; ".join(left))


def _in_tonnes(node: BalanceNode, course: StockCourse) -> StockTonnes:
    holds = tuple(dict.fromkeys(stock.product for stock in node.stock))
    made = node.outputs[0].product if node.outputs else holds[0]
    factor, product = 1.0, made
    if len(holds) == 1:
        product = holds[0]
        factor = next((flow.yield_t_per_t for flow in node.inputs if flow.product == product), 1.0)
    return StockTonnes(holds, product, course.opening_t / factor, [float(each) / factor for each in course.evening_t])
