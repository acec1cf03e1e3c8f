"""What a message holds, as rows: JSON objects with their inner keys joined by points, lists of them, bare numbers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from collector.sources.mqtt.config import RECEIVED
from collector.sources.rows import Cells
from models.works.calendar import NS

MOST_BYTES = 256 * 1024
"""Of a message: a thousand rows. The broker is told, and keeps larger ones to itself."""
_MOST_ROWS = 10_000
_DEEPEST = 8
_MOST_CELLS = 500
"""Keys of one object."""


class UnreadablePayload(ValueError):
    """The text says what it is instead."""


def payload_rows(payload: bytes, received_ns: int, *, bare_text: bool = False) -> list[Cells]:
    """The rows of a message that came at `received_ns`. `bare_text`: what is no JSON is a text by itself.

    Raises UnreadablePayload.
    """
    if len(payload) > MOST_BYTES:
        raise UnreadablePayload(f"it has {len(payload)} bytes, over {MOST_BYTES}")
    try:
        held = json.loads(payload.decode("utf-8"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        if not bare_text or isinstance(error, UnicodeDecodeError | RecursionError):
            raise UnreadablePayload(f"{payload[:40]!r} is no JSON") from error
        held = payload.decode("utf-8").strip()
    received = datetime.fromtimestamp(received_ns / NS, UTC)
    objects = held if isinstance(held, list) else [held]
    if len(objects) > _MOST_ROWS:
        raise UnreadablePayload(f"it holds {len(objects)} values, over {_MOST_ROWS}")
    rows: list[Cells] = []
    for one in objects:
        if isinstance(one, dict):
            cells = dict(_flat(one, ""))
        elif isinstance(one, int | float | str | bool):
            cells = {"value": one}
        else:
            raise UnreadablePayload(f"{payload[:40]!r} holds neither a number nor an object")
        rows.append({**cells, RECEIVED: received})
    return rows


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number of JSON")


def _flat(held: dict[str, Any], path: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if depth >= _DEEPEST or len(held) > _MOST_CELLS:
        raise UnreadablePayload("its objects are nested too deep, or have too many keys")
    for key, value in held.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.", depth + 1)
        elif not isinstance(value, list):
            yield f"{path}{key}", value
