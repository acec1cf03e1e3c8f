"""First sight of the desk over a thin line: when something is painted, when the figures stand, and the bytes of it.

python -m benchmarks.first_paint [--kbit 1000] [--rounds 3]

Chromium's own throttling (Network.emulateNetworkConditions) makes the line: so many kilobits a second both ways, 50 ms
there and back. "Painted" is the browser's first-contentful-paint, "figures" when the tonnes of a product can be read,
"drawn" when its chart is. Cold is a browser that was never here, warm the same one again. Bytes are those over the line
(compressed). Beside it the plain alternative: the same page from a server that compresses nothing.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext
from rich.console import Console
from rich.table import Table

from benchmarks.desk_stand import PinnedDesk, pinned_desk
from tests.support.browser import chromium

LATENCY_MS = 50
LIMIT_MS = 120_000
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass(frozen=True, slots=True)
class Sight:
    """One look: seconds, bytes over the line, and the largest of its files."""

    painted_s: float
    figures_s: float
    drawn_s: float
    sent: int
    files: tuple[tuple[str, int], ...]


def sight(context: BrowserContext, desk: PinnedDesk, kbit: int, *, plain: bool = False) -> Sight:
    """Open the first page over a line of so many kilobits a second. `plain`: ask for nothing compressed."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    rate = kbit * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    if plain:
        session.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "identity"}})
    names: dict[str, str] = {}
    sent: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))

    def loaded(event: dict[str, Any]) -> None:
        name = names.get(event["requestId"], "")
        if name.startswith("http"):
            sent[name] = sent.get(name, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", loaded)
    began_s = time.monotonic()
    page.goto(f"{desk.url}/?lang=en", wait_until="commit", timeout=LIMIT_MS)
    page.wait_for_selector("[data-exact-t]:not([data-exact-t=''])", timeout=LIMIT_MS)
    figures_s = time.monotonic() - began_s
    page.wait_for_selector(".card canvas", timeout=LIMIT_MS)
    drawn_s = time.monotonic() - began_s
    page.wait_for_load_state("networkidle", timeout=LIMIT_MS)
    painted_s = float(page.evaluate(_PAINTED)) / 1000
    page.close()
    largest = sorted(sent.items(), key=lambda item: -item[1])
    files = tuple((url.rsplit("/", 1)[-1] or "page", size) for url, size in largest)
    return Sight(painted_s, figures_s, drawn_s, sum(sent.values()), files)


def looked(browser: Browser, desk: PinnedDesk, kbit: int, *, plain: bool = False) -> tuple[Sight, Sight]:
    """Cold, then warm."""
    context = browser.new_context()
    try:
        return sight(context, desk, kbit, plain=plain), sight(context, desk, kbit, plain=plain)
    finally:
        context.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kbit", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    found: dict[str, list[Sight]] = {}
    with tempfile.TemporaryDirectory() as name, pinned_desk(Path(name) / "desk") as desk, chromium() as browser:
        for _ in range(given.rounds):
            for word, plain in (("the desk", False), ("uncompressed", True)):
                cold, warm = looked(browser, desk, given.kbit, plain=plain)
                found.setdefault(f"{word}, cold", []).append(cold)
                found.setdefault(f"{word}, warm", []).append(warm)
    show(found, given)


def show(found: dict[str, list[Sight]], given: argparse.Namespace) -> None:
    """Medians, and the files of a cold look."""
    table = Table(title=f"First sight over {given.kbit:,} kbit/s, medians of {given.rounds}")
    for column in ("", "painted", "figures", "drawn", "over the line"):
        table.add_column(column, justify="left" if not column else "right")
    for name, sights in found.items():
        table.add_row(
            name,
            *(
                f"{statistics.median(getattr(each, what) for each in sights):.1f} s"
                for what in ("painted_s", "figures_s", "drawn_s")
            ),
            f"{statistics.median(each.sent for each in sights) / 1000:,.0f} kB",
        )
    Console(width=100).print(table)
    cold = found["the desk, cold"][0].files
    print("Of a cold look: " + ", ".join(f"{name} {size / 1000:,.0f} kB" for name, size in cold[:8]))


if __name__ == "__main__":
    main()
