"""What the live page shows, and whether it is there."""

import asyncio
import time

from aiohttp import ClientSession
from playwright.async_api import Page


async def shown(page: Page) -> dict[str, str]:
    """What each card says, to the kilogram."""
    cards = await page.query_selector_all(".card")
    found = {}
    for card in cards:
        figure = await card.query_selector("[data-exact-t]")
        assert figure is not None
        found[await card.get_attribute("data-product") or ""] = await figure.get_attribute("data-exact-t") or ""
    return found


async def answers(url: str, limit_s: float) -> None:
    deadline = time.monotonic() + limit_s
    async with ClientSession() as session:
        while True:
            try:
                async with session.get(url) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert time.monotonic() < deadline, f"{url} did not answer within {limit_s} s"
                await asyncio.sleep(0.2)
