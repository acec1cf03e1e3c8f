"""A source that is run as the service would, with what it delivered."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from collector.sources.base import Delivery, Source


@asynccontextmanager
async def run_source(one: Source) -> AsyncIterator[list[Delivery]]:
    """The deliveries as they come; the source is cancelled at the end."""
    got: list[Delivery] = []

    async def accept(delivery: Delivery) -> None:
        got.append(delivery)

    task = asyncio.create_task(one.run(accept))
    try:
        yield got
        if task.done():
            task.result()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def values(delivery: Delivery) -> Mapping[int, float]:
    """By index of the tag, the value of its last reading."""
    assert delivery.readings is not None
    return dict(zip(delivery.readings.tags.tolist(), delivery.readings.values.tolist(), strict=True))
