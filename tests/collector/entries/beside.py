"""A works whose service has the ledger open, and the command `tundish alert` beside it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collector.config.load import load
from collector.service.alerting import Alerting
from collector.storage.ledger.ledger import Ledger
from models.detection.finding import Finding, FindingKind
from tests.collector.service.works_document import NOON_NS, works_yaml, write_works

if TYPE_CHECKING:
    from collector.config.settings import Settings

S = 10**9
Command = Callable[..., Any]
STOP = Finding(
    kind=FindingKind.STOP,
    shop="furnaces",
    unit="bf3",
    product="pig_iron",
    severity=1,
    since_s=NOON_NS // S - 600,
    found_s=NOON_NS // S,
    evidence={"en": "blast at 0 %", "ru": "дутьё 0 %", "kk": "үрлеу 0 %"},
)
SLOW = Finding(kind=FindingKind.SLOW, shop="mines", unit="mine1", product="coal_raw", severity=2, since_s=0, found_s=0)


class Beside:
    """A works with its ledger open in this process, as the service has it, and the command beside it."""

    def __init__(self, folder: Path, command: Command, port: int = 1) -> None:
        self._command = command
        mail = {"type": "email", "to": ["d@works.example"]}
        relay = {"host": "127.0.0.1", "port": port, "starttls": "none-on-loopback", "from": "t@works.example"}
        roles = {role: [mail] for role in ("dispatcher", "shop_chief", "shop")}
        self.file = write_works(folder, works_yaml(alerts={"language": "ru", "smtp": relay, "roles": roles}))
        self.settings: Settings = load(self.file)
        self.now_ns = NOON_NS
        self.ledger = Ledger.open(self.settings.data_dir, clock_ns=lambda: self.now_ns, demo=False)
        self.alerting = Alerting(self.settings.plant, self.settings.alerts, self.ledger, lambda: self.now_ns)

    async def holds(self, *findings: Finding, later_s: int = 0) -> None:
        self.now_ns += later_s * S
        await self.alerting.update(findings, self.now_ns)
        await self.alerting.send()

    def run(self, *arguments: str, code: int = 0) -> str:
        """What the command said; on standard error where it fails."""
        ended = self._command("alert", *arguments, "--plant", self.file)
        assert ended.code == code, ended.err
        if code:
            assert len(ended.err.strip().splitlines()) == 1, ended.err
        return str(ended.err if code else ended.out)

    def documents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("list", "--all", "--json"))["incidents"]
        return found
