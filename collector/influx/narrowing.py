"""Finding what a database refuses in a refused request: by halves, until each part is let in or is refused alone.

Halves are sent again even if a partial write let some of them in: the same point written twice is one point.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from collector.errors import SinkRejected

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
    """
    if len(items) == 1 or refusal.dropped == lines(items):
        return [(item, refusal) for item in items]
    half = len(items) // 2
    first = await send_or_narrow(items[:half], send, lines)
    return first + await send_or_narrow(items[half:], send, lines)
