"""Finding what a database refuses in a refused request: by halves, until each part is let in or is refused alone.

Halves are sent again even if a partial write let some of them in: the same point written twice is one point.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from collector.errors import SinkRejected, SinkUnavailable

Item = TypeVar("Item")
Send = Callable[[Sequence[Item]], Awaitable[None]]
Lines = Callable[[Sequence[Item]], int]


async def send_or_narrow(
    items: Sequence[Item], send: Send[Item], lines: Lines[Item] = len
) -> list[tuple[Item, SinkRejected]]:
    """Send items as one request; those that are refused, each with its refusal. `lines`: how many lines items hold.

    Raises SinkUnavailable: nothing is known of the items, so all of them are to be sent again.
    """
    try:
        await send(items)
    except SinkRejected as refusal:
        return await narrow(items, refusal, send, lines)
    return []


async def narrow(
    items: Sequence[Item], refusal: SinkRejected, send: Send[Item], lines: Lines[Item] = len
) -> list[tuple[Item, SinkRejected]]:
    """Of items that were refused together with `refusal`: those that are refused, each with its own refusal.

    A database that says it dropped every line leaves nothing to look for: a field of another type refuses a whole
    batch, and halving it would cost twice as many requests as it has lines.

    Raises SinkUnavailable if a single one is too large: it is no fault of the row that something takes so little.
    """
    if lines(items) == 1 and refusal.too_large:
        raise SinkUnavailable(
            f"{refusal}; a single row is not too large, so the rows are kept: raise the limit of the database, or "
            "of what stands before it"
        ) from refusal
    if len(items) == 1 or refusal.dropped == lines(items):
        return [(item, refusal) for item in items]
    half = len(items) // 2
    first = await send_or_narrow(items[:half], send, lines)
    return first + await send_or_narrow(items[half:], send, lines)


async def once_more(refused: Sequence[tuple[Item, SinkRejected]], send: Send[Item]) -> list[tuple[Item, SinkRejected]]:
    """Of items that were refused alone, those that are refused again, where the refusal names no fault of a row.

    What stands before the database may have begun to let requests through while it was being searched: 245 readings
    were set aside for good by a proxy that healed within that second. Raises SinkUnavailable.
    """
    kept: list[tuple[Item, SinkRejected]] = []
    for item, refusal in refused:
        if refusal.doubtful:
            kept += await send_or_narrow([item], send)
        else:
            kept.append((item, refusal))
    return kept


def check_doubtful(refusals: Sequence[SinkRejected | None], rows: int) -> None:
    """Raise SinkUnavailable if all of so many rows were refused, and no refusal names a fault of a row.

    What refuses everything is no judge of rows: a token for another bucket, a proxy, a database that starts.
    """
    doubted = [refusal for refusal in refusals if refusal is not None and refusal.doubtful]
    if rows and len(doubted) == rows:
        raise SinkUnavailable(
            f"{doubted[0]}; it refuses every row alone, so the rows are kept: check the database and what stands "
            "before it"
        ) from doubted[0]
