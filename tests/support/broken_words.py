"""Whether the tiles of a page have room for the words of a long amount."""

from decimal import Decimal

from playwright.sync_api import Page

from models.briefing.shown_numbers import money


def broken_words(page: Page, width: int) -> list[str]:
    """Words of the tiles that are broken in the middle once they hold a long amount: the spaces of amounts do
    not break, so a narrow tile would break letters."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(
        """(long) => [...document.querySelectorAll(".tile .pct")].flatMap((tile) => {
          tile.textContent = long;
          const node = tile.firstChild, range = document.createRange();
          return [...node.data.matchAll(/[\\p{L}\\p{N}]+/gu)].filter((word) => {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            return new Set([...range.getClientRects()].map((rect) => rect.top)).size > 1;
          }).map((word) => word[0]);
        })""",
        money(Decimal(132_300_000_000), "KZT", "ru") + " (31,5 %)",
    )
    return found
