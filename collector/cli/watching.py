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


def now_and_then(every_s: float = TELL_EVERY_S) -> Callable[[str], None]:
    """Says a word on how it goes, of those that come, once in so many seconds, from the first such time on."""
    import time

    told_s = time.monotonic()

    def tell(how_it_goes: str) -> None:
        nonlocal told_s
        if time.monotonic() - told_s >= every_s:
            told_s = time.monotonic()
            say(how_it_goes, err=True)

    return tell


async def watch(
    look: Callable[[float], Awaitable[None]], shapes: "Callable[[], Collection[WatchedShape]]", seconds: float
) -> None:
    """Look for so many seconds. `look` is told the time, in seconds, UTC; `shapes`: what was seen of each number."""
    import asyncio
    import time

    began_s = time.monotonic()
    tell = now_and_then()
    while True:
        await look(time.time())
        now_s = time.monotonic()
        if now_s - began_s >= seconds:
            break
        seen = shapes()
        moved = sum(shape.moves > 0 for shape in seen)
        tell(f"{len(seen)} numbers watched, {moved} moved, {seconds - (now_s - began_s):.0f} s to go")
        await asyncio.sleep(EVERY_S)
