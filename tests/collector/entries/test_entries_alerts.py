"""`tundish alert`: listed, acknowledged and muted, beside a running service and without one; all of it audited."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collector.config.load import load
from collector.service.alerting import Alerting
from collector.storage.ledger import Ledger
from models.detection.finding import Finding, FindingKind
from tests.collector.alerts.receivers import Mailbox, mail_server
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
        found: list[dict[str, Any]] = json.loads(self.run("list", "--all", "--json"))
        return found


@pytest.fixture
def box() -> Any:  # noqa: ANN401 - a generator of the mailbox
    with mail_server() as box:
        yield box


async def test_an_incident_is_listed_acknowledged_and_shown_with_its_audit(
    tmp_path: Path, tundish: Command, box: Mailbox
) -> None:
    beside = Beside(tmp_path, tundish, box.port)
    await beside.holds(STOP)
    listed = beside.run("list", "--lang", "ru")
    for words in ("1", "P1", "raised", "bf3", "BF 3: остановка", "дутьё 0 %", "30.09.2026 11:50", "1 sent"):
        assert words in listed
    assert "acknowledged by Айгүл" in beside.run("ack", "1", "--by", "Айгүл", "--note", "бригада на месте")
    await beside.holds(STOP, later_s=3600)
    assert len(box.mails) == 1, "acknowledged, so it goes no further up"
    assert "was acknowledged already, by Айгүл" in beside.run("ack", "1", "--by", "Марат", code=1)
    await beside.holds(later_s=60)
    assert beside.run("list").startswith("no open incidents")
    assert "was cleared at" in beside.run("ack", "1", "--by", "Марат", code=1)
    audit = beside.run("list", "--all")
    for words in ("acknowledged", "Айгүл", "бригада на месте", "cleared"):
        assert words in audit
    (document,) = beside.documents()
    assert [event["kind"] for event in document["events"]] == [
        "raised", "message_sent", "acknowledged", "cleared", "message_sent",
    ]  # fmt: skip
    assert document["events"][2]["by"] == "Айгүл"
    await beside.ledger.close()


async def test_a_mute_silences_an_incident_or_a_unit_until_its_time_or_until_it_is_ended(
    tmp_path: Path, tundish: Command, box: Mailbox
) -> None:
    beside = Beside(tmp_path, tundish, box.port)
    await beside.holds(SLOW)
    assert len(box.mails) == 1
    assert "1: muted until" in beside.run("mute", "1", "--for", "2h", "--by", "Aigul", "--reason", "tests")
    await beside.holds(later_s=60)
    assert len(box.mails) == 1, "the end of what is muted is not told"
    muted = beside.run("mute", "--unit", "BF 3", "--until", "2099-01-01 08:00", "--by", "Aigul", "--reason", "repair")
    assert "bf3: muted until 1 Jan 2099 08:00, by Aigul" in muted
    await beside.holds(STOP)
    assert len(box.mails) == 1
    assert "bf3 is muted until 1 Jan 2099 08:00" in beside.run("list")
    assert "no longer muted" in beside.run("unmute", "--unit", "bf3", "--by", "Aigul")
    await beside.holds(STOP)
    assert len(box.mails) == 2
    assert "bf3 is not muted" in beside.run("unmute", "--unit", "bf3", "--by", "Aigul", code=1)
    first = beside.documents()[-1]
    assert ("muted", "Aigul") in [(event["kind"], event["by"]) for event in first["events"]]
    assert any("tests" in event["detail"] for event in first["events"])
    await beside.ledger.close()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ack", "7", "--by", "Aigul"), 1, "there is no incident 7: see tundish alert list --all"),
        (("ack", "1", "--by", " "), 2, "--by is empty"),
        (("mute", "1", "--for", "soon", "--by", "A", "--reason", "r"), 2, "--for soon is not a duration"),
        (("mute", "1", "--by", "A", "--reason", "r"), 2, "say how long"),
        (("mute", "--for", "2h", "--by", "A", "--reason", "r"), 2, "one of the two"),
        (("mute", "--unit", "bf9", "--for", "2h", "--by", "A", "--reason", "r"), 2, "bf9"),
        (("mute", "1", "--until", "2020-01-01", "--by", "A", "--reason", "r"), 2, "is over already"),
        (("unmute", "1", "--by", "A"), 1, "incident 1 is not muted"),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path, tundish: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.alerting.update([STOP], NOON_NS)
    await beside.ledger.close()
    assert words in beside.run(*arguments, code=code)


async def test_an_incident_that_became_part_of_another_names_it(tmp_path: Path, tundish: Command) -> None:
    beside = Beside(tmp_path, tundish)
    await beside.alerting.update([SLOW], NOON_NS)
    await beside.alerting.update([STOP, replace(SLOW, cause_unit="bf3")], NOON_NS + S)
    await beside.ledger.close()
    assert "belongs to incident 2 now" in beside.run("ack", "1", "--by", "Aigul", code=1)
    assert "part of 2" in beside.run("list", "--all")


def test_without_a_name_nothing_is_done(tundish: Command) -> None:
    ended = tundish("alert", "ack", "1")
    assert ended.code == 2
    assert "--by" in ended.err
