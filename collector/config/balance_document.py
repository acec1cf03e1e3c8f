"""The shape of the mass balance in plant.yaml."""

from typing import Annotated

from pydantic import Field

from collector.sources.base import Code
from models.works.strict import StrictModel

Positive = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]


class FlowEntry(StrictModel):
    """What flows into or out of a node of the mass balance."""

    product: Code = Field(description="the product that flows")
    at: list[Code] = Field(min_length=1, description="the units where it is counted")
    yield_t_per_t: Positive = Field(
        default=1.0, description="how many tonnes of the node's output one tonne of it should make"
    )
    yield_spread_pct: NonNegative = Field(
        default=0.0, description="one standard deviation of that yield from day to day, in percent"
    )
    uncertainty_pct: Positive = Field(default=1.0, description="one standard deviation of its figure, in percent")


class StockEntry(StrictModel):
    """Stock between the inputs and the outputs of a node: figures with basis stock, and received and shipped if any."""

    product: Code = Field(description="the product in stock")
    shop: Code = Field(description="the shop that reports the stock")
    uncertainty_pct: Positive = Field(default=1.0, description="one standard deviation of its figure, in percent")
    uncertainty_t: NonNegative = Field(
        default=0.0, description="one standard deviation in tonnes beside that, such as a survey's of a heap"
    )
    least_t: NonNegative = Field(
        default=0.0, description="the tonnes that are always kept there, for tundish recover; 0 if missing"
    )
    most_t: Positive | None = Field(
        default=None, description="the tonnes for which there is room, for tundish recover; without end if missing"
    )


class BalanceEntry(StrictModel):
    """A node of the mass balance: what goes in, less what comes out, should leave nothing."""

    node: Code = Field(description="the name of the node")
    inputs: list[FlowEntry] = Field(min_length=1, description="what goes in")
    outputs: list[FlowEntry] = Field(min_length=1, description="what comes out")
    stock: list[StockEntry] = Field(default=[], description="the stocks between them")
    in_process_t: NonNegative = Field(
        default=0.0,
        description="one standard deviation of what is in process when a day ends and no stock states, in tonnes of "
        "the node's output",
    )
