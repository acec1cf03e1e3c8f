"""What a site and its group tell each other: messages of figures, and the group's answer. Pure.

A message is JSON in one gzip member. Whoever reads it believes nothing: not its length, not what it unpacks to, not
its fields. What cannot be understood is refused as a whole, for half a message would break the sum of a site.
"""

import json
import zlib
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from collector.influx.packing import gzip_member
from collector.sources.base import Code
from models.works.strict import StrictModel
from models.works.table import Row, RowKey

FIGURES_TOPIC = "tundish.figures.v1"
ANSWER_TOPIC = "tundish.group.v1"
VERSION = 1
MOST_ROWS = 2000
"""Rows and withdrawals of one message: some 300 kB packed, which every broker takes without being told to."""
MOST_BYTES = 900_000
"""Packed. A broker takes a million bytes at most unless it is told otherwise, and its own head needs some of them."""
MOST_UNPACKED_BYTES = 16_000_000
MOST_ANSWER_BYTES = 4096
_MOST_INT = 2**63
_NEWER = "it is of version"
_GZIP_CONTAINER = 31  # zlib's window bits for "gzip header and trailer, 32 kB window"


class StrangeMessage(ValueError):
    """The text says what is wrong with the message, and what to do if a person can do something."""


class NewerMessage(StrangeMessage):
    """A newer program sent it: what it says is not lost, it is taken once this one is upgraded."""


def _stored(value: int | float | str) -> int | float | str:
    if isinstance(value, int) and not -_MOST_INT <= value < _MOST_INT:
        raise ValueError("is a whole number that no table holds")
    return value


Stream = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0, lt=_MOST_INT)]
Number = Annotated[int, Field(ge=1, lt=_MOST_INT)]
Nanoseconds = Annotated[int, Field(ge=-_MOST_INT, lt=_MOST_INT)]
TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
FieldName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
TagText = Annotated[str, StringConstraints(max_length=1000)]
FieldText = Annotated[str, StringConstraints(max_length=20_000)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Stated = Annotated[int | Finite | FieldText, AfterValidator(_stored)]
"""The value of a field: a whole number stays whole, 5.0 stays 5.0."""
Spoken = Annotated[dict[Literal["en", "ru", "kk"], Words], Field(max_length=3)]
"""A text by language, as far as the works gives it."""
Tags = Annotated[tuple[tuple[FieldName, TagText], ...], Field(max_length=16)]
LocalTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class CatalogueProduct(StrictModel):
    """A product of a site. Two sites may give one name to two definitions, so the definition travels with it."""

    code: Code
    names: Spoken
    definition: Words
    basis: Words
    display_unit: Literal["t", "kt"]


class CatalogueShop(StrictModel):
    """A shop of a site, with the local time at which its production day starts."""

    code: Code
    names: Spoken
    zone: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    day_start: LocalTime


class CatalogueUnit(StrictModel):
    """A unit of a site."""

    code: Code
    shop: Code
    names: Spoken


class SiteCatalogue(StrictModel):
    """What the codes in the rows of a site mean."""

    site: Code
    names: Spoken
    zone: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    simulated: bool
    products: Annotated[tuple[CatalogueProduct, ...], Field(max_length=2000)]
    shops: Annotated[tuple[CatalogueShop, ...], Field(max_length=2000)]
    units: Annotated[tuple[CatalogueUnit, ...], Field(max_length=5000)]


class WithdrawnRow(StrictModel):
    """A row that does not hold any more. `revision`: as of `PublishedRow`."""

    table: TableName
    tags: Tags
    time_ns: Nanoseconds
    revision: Count

    def key(self) -> RowKey:
        """Its key, tags in canonical order."""
        return RowKey(self.table, tuple(sorted(self.tags)), self.time_ns)


class PublishedRow(WithdrawnRow):
    """A row as the site published it. `revision`: a later word of one key has the higher one, within a stream."""

    fields: Annotated[dict[FieldName, Stated], Field(max_length=200)]

    def row(self) -> Row:
        """The row as the tables have it."""
        return Row(self.key(), self.fields)


class FiguresMessage(StrictModel):
    """Message `number` of a stream: rows that hold from now on, and rows that do not hold any more.

    A stream begins with the whole image of what its site publishes: the messages of it are `in_image`, and the last of
    them says `image_ends`. Until then a reader goes on showing what it had. `catalogue` is there in number 1, and
    whenever it changed.
    """

    version: Literal[1] = 1
    site: Code
    stream: Stream
    number: Number
    made_ns: Nanoseconds
    in_image: bool
    image_ends: bool
    catalogue: SiteCatalogue | None
    rows: Annotated[tuple[PublishedRow, ...], Field(max_length=MOST_ROWS)]
    withdrawn: Annotated[tuple[WithdrawnRow, ...], Field(max_length=MOST_ROWS)]


class GroupAnswer(StrictModel):
    """The group has messages up to `taken` of that stream, in its own ledger. `resend`: send what is above it again."""

    version: Literal[1] = 1
    site: Code
    stream: Stream
    taken: Count
    resend: bool


def encode_message(message: FiguresMessage) -> bytes:
    """One gzip member. It may be longer than MOST_BYTES: whoever makes messages looks, and puts less into one."""
    return gzip_member(message.model_dump_json().encode())


def decode_message(data: bytes) -> FiguresMessage:
    """Raises StrangeMessage."""
    text = _unpacked(data)
    try:
        return FiguresMessage.model_validate_json(text)
    except ValidationError as error:
        why = _why(text, error)
        raise (NewerMessage if why.startswith(_NEWER) else StrangeMessage)(why) from error


def encode_answer(answer: GroupAnswer) -> bytes:
    """JSON as it is: an answer is a line."""
    return answer.model_dump_json().encode()


def decode_answer(data: bytes) -> GroupAnswer:
    """Raises StrangeMessage."""
    if len(data) > MOST_ANSWER_BYTES:
        raise StrangeMessage(f"it is {len(data)} bytes long, and an answer has {MOST_ANSWER_BYTES} at most")
    try:
        return GroupAnswer.model_validate_json(data)
    except ValidationError as error:
        raise StrangeMessage(_why(data, error)) from error


def _unpacked(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise StrangeMessage(f"it is {len(data)} bytes long, and a message has {MOST_BYTES} at most")
    unpacker = zlib.decompressobj(wbits=_GZIP_CONTAINER)
    try:
        text = unpacker.decompress(data, MOST_UNPACKED_BYTES + 1)
    except zlib.error as error:
        raise StrangeMessage("it is not packed by gzip") from error
    if len(text) > MOST_UNPACKED_BYTES:
        raise StrangeMessage(f"it unpacks to more than {MOST_UNPACKED_BYTES} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise StrangeMessage("it is cut off, or something follows it")
    return text


def _why(text: bytes, error: ValidationError) -> str:
    """A newer version may have other fields, so it is told before these."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return "it is not JSON"
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION:
        return f"{_NEWER} {version} and this program knows {VERSION}: upgrade the group and its sites first"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step)[:100] for step in first["loc"][:6])
    return f"its field {place} is wrong: {first['msg'][:200]}" if place else "it is not an object of fields"
