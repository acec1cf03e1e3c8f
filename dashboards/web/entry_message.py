"""What the script of a sheet sends, as it is believed."""

from typing import Annotated

from pydantic import Field

from models.access.entry_desk import TypedCell, TypedSheet
from models.stated.entry_sheet import AskedSheet
from models.works.localize import Language
from models.works.strict import StrictModel

MOST_CELLS = 3000
"""More than any sheet has: a hundred units with three shifts are three hundred."""

_Id = Annotated[str, Field(max_length=300)]
_Text = Annotated[str, Field(max_length=200)]
_Version = Annotated[str, Field(pattern=r"^\d{1,20}$")]


class EntryMessage(StrictModel):
    """`cells`: id, what was typed, and the version that the page showed, as a text: it has more digits than numbers
    of a browser."""

    request: str = Field(pattern=r"^[0-9a-f]{32}$")
    note: str = Field(max_length=2000)
    cells: list[list[str]] = Field(max_length=MOST_CELLS)


class _Cell(StrictModel):
    id: _Id
    text: _Text
    seen: _Version


def typed_sheet(sent: object, asked: AskedSheet, language: Language) -> TypedSheet:
    """What somebody typed into that sheet. Raises ValueError (pydantic's) for what the script would not send."""
    message = EntryMessage.model_validate(sent)
    cells = [_Cell.model_validate(dict(zip(("id", "text", "seen"), cell, strict=True))) for cell in message.cells]
    return TypedSheet(
        asked=asked,
        request=message.request,
        cells=tuple(TypedCell(cell.id, cell.text, int(cell.seen)) for cell in cells),
        language=language,
        note=message.note,
    )
