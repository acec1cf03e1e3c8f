"""Feeds a collector's reader with spoilt answers, and says how long the longest took and how much memory all took.

python -m tests.support.hostile.run [--messages 2000000] [--seed 1] [--check]

Each message is a sound answer of a server that was spoilt: its plain body inside a rightly secured message, or its raw
bytes. It is received, walked, decoded and used as the source uses it. Time is CPU time of the thread.
"""

import argparse
import asyncio
import gc
import random
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from asyncua import ua
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector.sources.opcua.quiet import quieten_library
from tests.support.hostile.answers import sound_answers
from tests.support.hostile.fed import FedCollector
from tests.support.hostile.spoil import spoilt

SECURITY = {
    "None": ua.MessageSecurityMode.None_,
    "Sign": ua.MessageSecurityMode.Sign,
    "SignAndEncrypt": ua.MessageSecurityMode.SignAndEncrypt,
}
POLLED, PUBLISHED = "polled", "subscribed"
RAW_SHARE = 0.25
"""Of the messages, whose raw bytes are spoilt: with security on they fail at the signature, which is soon known."""
LONGEST_MS = 50.0
MOST_MB = 100.0
"""More than a few whole messages with what is decoded of them, and far below what one false length once took."""


@dataclass
class Spoilt:
    """What became of the messages of one kind."""

    messages: int = 0
    used: int = 0
    ended: int = 0
    total_ns: int = 0
    longest_ns: int = 0
    longest: str = ""


@dataclass
class Campaign:
    """All of them, by security and kind, and the growth of the process's memory at its peak."""

    rows: dict[tuple[str, str], Spoilt] = field(default_factory=dict)
    grown_mb: float = 0.0

    @property
    def longest_ms(self) -> float:
        return max(row.longest_ns for row in self.rows.values()) / 1e6

    def told(self) -> Table:
        table = Table("security", "mode", "messages", "used", "refused", "connections ended", "mean, us", "longest, ms")
        for (security, mode), row in self.rows.items():
            counts = (row.messages, row.used, row.messages - row.used, row.ended)
            mean_us = row.total_ns / max(1, row.messages) / 1000
            table.add_row(
                security, mode, *(f"{count:,}" for count in counts), f"{mean_us:.0f}", f"{row.longest_ns / 1e6:.1f}"
            )
        return table


async def feed(messages: int, seed: int, advanced: Callable[[], None] = lambda: None) -> Campaign:
    """Feed so many spoilt answers, the same ones for the same seed."""
    quieten_library()
    chance = random.Random(seed)
    answers = sound_answers()
    collectors = {name: FedCollector(mode) for name, mode in SECURITY.items()}
    campaign = Campaign()
    for answer in answers:  # what is made once, at the first answer of its kind, is not of the message
        for collector in collectors.values():
            await collector.feed(answer, collector.encoded(answer.body))
    gc.collect()
    gc.freeze()
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(messages):
        answer, security = chance.choice(answers), chance.choice(tuple(SECURITY))
        collector = collectors[security]
        if chance.random() < RAW_SHARE:
            wire = spoilt(collector.encoded(answer.body), chance)
        else:
            wire = collector.encoded(spoilt(answer.body, chance))
        used, ended = collector.used, collector.ended
        took = await collector.feed(answer, wire)
        row = campaign.rows.setdefault((security, PUBLISHED if answer.use == "publish" else POLLED), Spoilt())
        row.messages += 1
        row.used += collector.used - used
        row.ended += collector.ended - ended
        row.total_ns += took
        if took > row.longest_ns:
            row.longest_ns, row.longest = took, f"message {number}: {answer.use}, {len(wire)} bytes"
        if number % 1000 == 999:
            advanced()
            await asyncio.sleep(0)
    campaign.grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1024
    return campaign


def run(messages: int, seed: int) -> Campaign:
    """With a progress bar and a table."""
    console = Console(width=120)
    with Progress(console=console) as progress:
        task = progress.add_task("spoilt messages", total=messages)
        campaign = asyncio.run(feed(messages, seed, lambda: progress.advance(task, 1000)))
    console.print(campaign.told())
    for row in campaign.rows.values():
        console.print(f"longest of its row: {row.longest_ns / 1e6:.1f} ms, {row.longest}")
    console.print(f"memory grew by {campaign.grown_mb:.0f} MB at its peak")
    return campaign


def main() -> None:
    """Of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="end with 1 if one took too long, or memory grew too far")
    options = parser.parse_args()
    campaign = run(options.messages, options.seed)
    if options.check and (campaign.longest_ms >= LONGEST_MS or campaign.grown_mb >= MOST_MB):
        sys.exit(1)


if __name__ == "__main__":
    main()
