"""The shape of `imports:`, how files of figures and plans of this works are laid out."""

from typing import Annotated, Literal

from pydantic import Field

from collector.config.fields import Text
from collector.sources.base import Code
from models.works.strict import StrictModel

Heading = Literal[
    "start",
    "end",
    "date",
    "shift",
    "period",
    "month",
    "site",
    "shop",
    "unit",
    "product",
    "tonnes",
    "unit_of_measure",
    "basis",
    "status",
    "key",
    "definition",
    "ignored",
]
Given = Literal["site", "shop", "unit", "product", "unit_of_measure", "basis", "status", "definition"]


class ImportEntry(StrictModel):
    """One kind of file. `tundish import --learn FILE` proposes it."""

    name: Code = Field(description="the short name of the kind of file")
    files: list[Text] = Field(min_length=1, description="patterns of file names, such as 'shift*.xlsx'")
    what: Literal["figures", "plans"] = Field(
        default="figures", description="figures (tundish import) or plans (tundish plan import)"
    )
    layout: Literal["rows", "unit_columns", "month_columns"] = Field(
        default="rows",
        description="where the tonnes are: rows (one amount a row), unit_columns (a row a day, a column a unit) or "
        "month_columns (a row a unit or product, a column a month)",
    )
    sheets_are: Literal["shop", "unit", "product"] | None = Field(
        default=None, description="what the names of the sheets give, if there is a sheet for each"
    )
    columns: dict[Text, Heading] = Field(
        default={}, description="fields by the headings that only these files use; ignored for a column to leave out"
    )
    fixed: dict[Given, Text] = Field(default={}, description="fields that are the same for every row")
    units: dict[Text, Code] = Field(
        default={}, description="codes of units by the words that only these files use for them"
    )
    skip: list[Text] = Field(
        default=[], description="words with which subtotals begin, such as Итого; their rows and columns are left out"
    )
    year: Annotated[int, Field(ge=1900, le=2200)] | None = Field(
        default=None, description="the year of headings that are a month alone"
    )
    unit_of_measure: Literal["kg", "t", "kt"] | None = Field(
        default=None, description="the unit of measure, if the file does not say"
    )
    number_format: Literal["1234.5", "1,234.5", "1 234,5", "1.234,5"] | None = Field(
        default=None, description="how numbers are written as text"
    )
