"""A watch of numbers for some time, with a word on how it goes now and then."""

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING

from collector.cli.say import say

if TYPE_CHECKING:
    from models.counting.shape_watch import WatchedShape

TELL_EVERY_S = 15.0
"""Between two words on how it goes: nobody waits longer without wondering."""
EVERY_S = 1.0
"""A belt of whole tonnes steps every few seconds; a look a second sees each step by itself."""


async def watch(
    look: Callable[[float], Awaitable[None]], shapes: "Callable[[], Collection[WatchedShape]]", seconds: float
) -> None:
    """Look for so many seconds. `look` is told the time, in seconds, UTC; `shapes`: what was seen of each number."""
    import asyncio
    import time

    began_s = told_s = time.monotonic()
    while True:
        await look(time.time())
        now_s = time.monotonic()
        if now_s - began_s >= seconds:
            break
        if now_s - told_s >= TELL_EVERY_S:
            told_s = now_s
            seen = shapes()
            moved = sum(shape.moves > 0 for shape in seen)
            left_s = seconds - (now_s - began_s)
            say(f"{len(seen)} numbers watched, {moved} moved, {left_s:.0f} s to go", err=True)
        await asyncio.sleep(EVERY_S)
