"""The rows of a tree of SQLite, out of the pages of it that are sound, in order; and where rows are lost between.

By SQLite's published file format. Where a page in the middle is broken, those below it are found by the map of pages.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

from collector.storage.file.page_sums import PAGE
from collector.storage.file.sound_pages import SoundPages

_INDEX_INNER, _TABLE_INNER, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_INNER = (_INDEX_INNER, _TABLE_INNER)
_LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23
_MOST_LOCAL = {_TABLE_LEAF: PAGE - 35, _INDEX_LEAF: (PAGE - 12) * 64 // 255 - 23}
"""Bytes of a row that stand in its own page, by SQLite's file format; what is more lies in overflow pages."""

_WHOLE_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Widths of whole numbers by their serial type."""
_DEEPEST = 20
"""Levels of a tree. SQLite's own limit; more are a circle."""

LOST = None
Cell = tuple[int, tuple[Any, ...]]
"""A row: its row id (0 in a tree that has none), and its values in the order of the file."""


def tree_rows(pages: SoundPages, root: int) -> list[Cell | None]:
    """All that can be read of the tree with that root, in its order; LOST stands where rows are missing."""
    return _tree(pages, root, _DEEPEST)


def _tree(pages: SoundPages, number: int, deepest: int) -> list[Cell | None]:
    page = pages.page(number) if deepest else None
    if page is None:
        return _orphans(pages, number, deepest)
    at = 100 if number == 1 else 0
    kind = page[at]
    if kind not in (*_INNER, _INDEX_LEAF, _TABLE_LEAF):
        return [LOST]
    count = int.from_bytes(page[at + 3 : at + 5], "big")
    begin = at + (12 if kind in _INNER else 8)
    found: list[Cell | None] = []
    for (place,) in struct.iter_unpack(">H", page[begin : begin + 2 * count]):
        if kind in _INNER:
            found += _tree(pages, int.from_bytes(page[place : place + 4], "big"), deepest - 1)
        if kind != _TABLE_INNER:
            found.append(_cell(pages, page, place + (4 if kind == _INDEX_INNER else 0), kind))
    if kind in _INNER:
        found += _tree(pages, int.from_bytes(page[at + 8 : at + 12], "big"), deepest - 1)
    return found


def _orphans(pages: SoundPages, number: int, deepest: int) -> list[Cell | None]:
    """What stands below a page that is lost, as far as there is any, with a loss before, between and behind."""
    below = [_tree(pages, page, deepest - 1) for page in pages.below(number)] if deepest else []
    known = [(next((cell for cell in cells if cell is not LOST), None), cells) for cells in below]
    with_rows = sorted(
        ((_order(first), cells) for first, cells in known if first is not None), key=lambda item: item[0]
    )
    found: list[Cell | None] = [LOST]
    for _, cells in with_rows:
        found += [*cells, LOST]
    return found


def _order(cell: Cell) -> tuple[Any, ...]:
    """Row ids come first; a tree without them is in the order of its columns, texts among texts, numbers among them."""
    rank = [(1, 0, item, b"") if isinstance(item, int | float) else (2, 0, 0, _bytes(item)) for item in cell[1]]
    return (cell[0], *([] if cell[0] else rank))


def _bytes(item: object) -> bytes:
    return item if isinstance(item, bytes) else str(item or "").encode()


def _cell(pages: SoundPages, page: bytes, at: int, kind: int) -> Cell | None:
    size, at = _number(page, at)
    row_id, at = _number(page, at) if kind == _TABLE_LEAF else (0, at)
    most = _MOST_LOCAL[_TABLE_LEAF if kind == _TABLE_LEAF else _INDEX_LEAF]
    local = size
    if size > most:
        local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (PAGE - 4)
        local = local if local <= most else _LEAST_LOCAL
    content = page[at : at + local]
    if size > local:
        content = _overflow(pages, content, size, int.from_bytes(page[at + local : at + local + 4], "big"))
    return LOST if len(content) != size else (row_id, tuple(_values(content)))


def _overflow(pages: SoundPages, content: bytes, size: int, number: int) -> bytes:
    parts, have = [content], len(content)
    while have < size and number:
        page = pages.page(number)
        if page is None:
            break
        parts.append(page[4 : 4 + size - have])
        have += len(parts[-1])
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _values(record: bytes) -> Iterator[Any]:
    head_bytes, at = _number(record, 0)
    body = head_bytes
    while at < head_bytes:
        kind, at = _number(record, at)
        if kind in _WHOLE_BYTES:
            yield int.from_bytes(record[body : body + _WHOLE_BYTES[kind]], "big", signed=True)
            body += _WHOLE_BYTES[kind]
        elif kind == 7:
            yield struct.unpack(">d", record[body : body + 8])[0]
            body += 8
        elif kind in (8, 9):
            yield kind - 8
        elif kind >= 12:
            content = record[body : body + (kind - 12) // 2]
            body += len(content)
            yield content.decode() if kind % 2 else content
        else:
            yield None


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of the file format, and where the next thing stands."""
    found = 0
    for index in range(8):
        byte = data[at + index]
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, at + index + 1
    return found << 8 | data[at + 8], at + 9


def holes(cells: Sequence[Cell | None]) -> Iterator[tuple[Cell | None, Cell | None]]:
    """The rows right before and after each loss; None where there is none on that side."""
    before: Cell | None = None
    lost = False
    for cell in cells:
        if cell is LOST:
            lost = True
            continue
        if lost:
            yield before, cell
        before, lost = cell, False
    if lost:
        yield before, None
