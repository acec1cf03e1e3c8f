"""A message of what the image holds of some keys now. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from collector.group.message import FiguresMessage, PublishedRow, SiteCatalogue, WithdrawnRow

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class GroupItem:
    """A key that waits, as the file has it; `fields` None: no row of it is published any more."""

    revision: int
    table: str
    time_ns: int
    tags: str
    fields: str | None


def worded(
    head: tuple[str, str, int, int],
    items: Sequence[GroupItem],
    image: tuple[bool, bool],
    catalogue: SiteCatalogue | None,
) -> FiguresMessage:
    """head: site, stream, number, made_ns; image: whether the message belongs to it, and whether it ends it."""
    words = [word for item in items if (word := _word(item)) is not None]
    site, stream, number, made_ns = head
    return FiguresMessage(
        site=site,
        stream=stream,
        number=number,
        made_ns=made_ns,
        in_image=image[0],
        image_ends=image[1],
        catalogue=catalogue,
        rows=tuple(word for word in words if isinstance(word, PublishedRow)),
        withdrawn=tuple(word for word in words if not isinstance(word, PublishedRow)),
    )


def _word(item: GroupItem) -> WithdrawnRow | None:
    """None for what the file does not give back as it was written: the roll-up makes such a row anew, and it is queued
    again then."""
    try:
        tags = tuple((name, tag) for name, tag in json.loads(item.tags))
        if item.fields is None:
            return WithdrawnRow(table=item.table, tags=tags, time_ns=item.time_ns, revision=item.revision)
        fields = json.loads(item.fields)
        return PublishedRow(table=item.table, tags=tags, time_ns=item.time_ns, revision=item.revision, fields=fields)
    except (ValidationError, ValueError, TypeError) as error:
        log.error("row_not_told_to_the_group", table=item.table, tags=item.tags, error=str(error)[:500])
        return None
