"""A part of the stop, within its share of the time."""

import asyncio
from collections.abc import Awaitable

import structlog

from collector.errors import CollectorError

log = structlog.get_logger(__name__)


async def within(limit_s: float, what: str, work: Awaitable[None]) -> None:
    """Do a part of the stop, and no longer than `limit_s`: what is not done then is done at the next start."""
    try:
        async with asyncio.timeout(limit_s):
            await work
    except TimeoutError:
        log.warning("left_for_the_next_start", part=what, after_s=limit_s)
    except CollectorError as error:
        log.warning("left_for_the_next_start", part=what, error=str(error))
