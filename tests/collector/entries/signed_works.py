"""A works on paper with the figures of one day, counted and published, and the people who may sign it."""

import asyncio
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.entries.sign_desk import LedgerSignDesk
from models.access.sign_desk import AskedSignature, ScopeToSign
from models.access.user import User, UserRole
from models.stated.signature import WORKS, DaySignature, SignatureState
from tests.collector.entries.conftest import Command
from tests.collector.files.forms import csv_file
from tests.support.rolled_up import rolled_up

ZONE = ZoneInfo("Asia/Almaty")
DAY = datetime.now(ZONE).date() - timedelta(days=2)
"""Over in every shop: the mines' day ends at eight of the next morning."""
MINER = User(name="miner", full_name="Marat S.", roles=(UserRole.SHOP_CHIEF,), shops=("mines",))
SMELTER = User(name="smelter", full_name="", roles=(UserRole.SHOP_CHIEF,), shops=("iron",))
DIRECTOR = User(name="boss", full_name="Dana A.", roles=(UserRole.DIRECTOR,))
MADE = (("mine1", "coal_raw", 900.0), ("mine2", "coal_raw", 500.0), ("bf3", "pig_iron", 3000.0))


def figures(*made: tuple[str, str, float], day: date = DAY) -> str:
    """Lines of a file."""
    lines = [f"{day},{day + timedelta(days=1)},{unit},{product},{tonnes}" for unit, product, tonnes in made]
    return "\n".join(["start,end,unit,product,tonnes", *lines]) + "\n"


class SignedWorks:
    """`now_ns`: the clock as it was set by hand; None: it goes."""

    def __init__(self, folder: Path, file: Path, command: Command) -> None:
        self.folder, self.command = folder, command
        self.settings = load(file)
        self.now_ns: int | None = None
        self.desk = LedgerSignDesk(EntryFile(self.settings, self.clock))
        self.state(figures(*MADE))
        self.count()

    def clock(self) -> int:
        return time.time_ns() if self.now_ns is None else self.now_ns

    def state(self, lines: str) -> None:
        """Figures as a clerk states them; they are not counted yet."""
        answer = self.command("import", csv_file(self.folder, lines), "--by", "Anna", "--confirm")
        assert answer.code == 0, answer.err

    def count(self) -> None:
        asyncio.run(rolled_up(self.settings, self.clock))

    def correct(self, unit: str, product: str, tonnes: float) -> None:
        """Another figure of the day, counted."""
        self.state(figures((unit, product, tonnes)))
        self.count()

    def scope(self, code: str) -> ScopeToSign:
        return {each.judged.scope: each for each in self.desk.day(DAY.toordinal()).scopes}[code]

    def sign(self, user: User, scope: str, note: str = "") -> DaySignature:
        seen = self.scope(scope).judged.seen
        return self.desk.sign(user, AskedSignature(DAY.toordinal(), scope, seen, note))

    def sign_all(self) -> None:
        for user, scope in ((MINER, "mines"), (SMELTER, "iron"), (DIRECTOR, WORKS)):
            self.sign(user, scope)

    def states(self) -> list[SignatureState]:
        """Of the mines, the furnaces and the works."""
        return [each.judged.state for each in self.desk.day(DAY.toordinal()).scopes]
