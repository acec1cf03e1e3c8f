"""The shape of group.yaml, as strict pydantic models. Meaning across entries is checked in `group_load`."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.duration import Lapse
from collector.config.fields import Names, Text
from collector.group.kafka_document import KafkaEntry
from collector.sources.base import Code
from models.works.strict import StrictModel

MOST_SITES = 1000
"""What the protocol is worked out for on paper (docs/group.md)."""


class CompanyEntry(StrictModel):
    """The group itself."""

    code: Code = Field(description="the short code of the group, in lower case")
    names: Names = Field(description="the name of the group")


class GroupSiteEntry(StrictModel):
    """A works that belongs to the group."""

    code: Code = Field(description="the code of the works, as its plant.yaml has it")
    names: Names = Field(description="the name of the works")
    late_after: Lapse = Field(
        default=900.0, description="how long the works may say nothing before it is told to be late"
    )


class PartEntry(StrictModel):
    """A product of a works that is added to one of the group."""

    site: Code = Field(description="the code of the works")
    product: Code = Field(description="the code of its product")


class GroupProductEntry(StrictModel):
    """A product of the group, and what it is the sum of."""

    code: Code = Field(description="the short code of the product in the group")
    names: Names = Field(description="the name of the product")
    definition: Text = Field(description="what is added, in words; the works must agree with each other on theirs")
    parts: Annotated[list[PartEntry], Field(min_length=1, max_length=MOST_SITES)] = Field(
        alias="from", description="the products of works that are added"
    )


class GroupFile(StrictModel):
    """One group.yaml."""

    version: Literal[1] = Field(default=1, description="the version of this format: 1")
    group: CompanyEntry = Field(description="the group itself")
    kafka: KafkaEntry = Field(description="the Kafka through which the works send")
    data: Text = Field(default="./data", description="the folder of the group's ledger, relative to the file")
    sites: Annotated[list[GroupSiteEntry], Field(min_length=1, max_length=MOST_SITES)] = Field(
        description="the works of the group"
    )
    products: Annotated[list[GroupProductEntry], Field(min_length=1, max_length=1000)] = Field(
        description="the products of the group"
    )
