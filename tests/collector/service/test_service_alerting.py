"""Alerts of the running service: durable before they are sent, over real channels, through restarts and refusals."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from collector.alerts.settings import AlertSettings, MailSettings, WebhookSettings
from collector.service.alerting import SEEN, Alerting
from collector.storage.ledger import incidents as ledger_alerts
from collector.storage.ledger import messages as ledger_messages
from collector.storage.ledger.ledger import Ledger
from models.alerts.incident import EventKind, Incident, IncidentState, Recipient, Role
from models.detection.finding import Watching
from tests.collector.alerts.receivers import hook_server, mail_server
from tests.models.alerts.days import DRIFT, FURNACE_STOPS, MILL_SLOW, MINUTE, NOON_S, STALE, finding, plant, policy
from tests.support.certificates import authority_and_server
from tests.support.ledger_calls import waiting_messages
from tests.support.ports import free_port

S = 10**9
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Clock:
    now_s: int = NOON_S

    def __call__(self) -> int:
        return self.now_s * S


@dataclass
class Works:
    """A ledger with its alerting, which can be opened anew."""

    folder: Path
    settings: AlertSettings
    clock: Clock = field(default_factory=Clock)
    simulated: bool = False
    ledger: Ledger = field(init=False)
    alerting: Alerting = field(init=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Works"]:
        self.ledger = Ledger.open(self.folder, clock_ns=self.clock, demo=self.simulated)
        self.alerting = Alerting(plant(simulated=self.simulated), self.settings, self.ledger, self.clock)
        try:
            yield self
        finally:
            await self.ledger.close()

    async def holds(self, *findings: Any, later_s: int = 0, watching: Watching = SEEN) -> None:  # noqa: ANN401
        self.clock.now_s += later_s
        await self.alerting.update(findings, self.clock(), watching)

    def incidents(self) -> list[Incident]:
        return self.ledger.read(lambda connection: ledger_alerts.newest(connection, 100))

    def audit(self, number: int | None = 1) -> list[EventKind]:
        events = self.ledger.read(lambda connection: ledger_alerts.events(connection, number))
        return [item.event.kind for item in events]


def told_over(*channels: MailSettings | WebhookSettings, **rules: object) -> AlertSettings:
    """Every role over the same channels."""
    to_all = {Recipient(role): channels for role in Role}
    return AlertSettings(notifier="tundish", policy=policy(recipients=frozenset(to_all), **rules), channels=to_all)


def mail_to(port: int, **more: object) -> MailSettings:
    fields: dict[str, Any] = {"to": ("d@works.example",), "sender": "t@works.example", "host": "127.0.0.1"}
    return MailSettings(**{**fields, "port": port, "starttls": False, **more})


async def test_a_stop_is_told_by_encrypted_mail_and_webhook_in_kazakh_and_taken_back(tmp_path: Path) -> None:
    authority, *tls = authority_and_server(tmp_path, "127.0.0.1")
    with mail_server((tls[0], tls[1])) as box, hook_server((tls[0], tls[1])) as hook:
        channels = mail_to(box.port, starttls=True, ca_file=authority), WebhookSettings(url=hook.url, ca_file=authority)
        works = Works(tmp_path / "data", told_over(*channels, language="kk"), simulated=True)
        async with works.running():
            await works.holds(FURNACE_STOPS)
            await works.alerting.send()
            await works.holds(later_s=MINUTE)
            await works.alerting.send()
            await works.alerting.send()
    assert box.subjects == [
        "ИМИТАЦИЯ (SIMULATED): ДАБЫЛ P1: 3-домна пеші: тоқтап тұр (Комбинат)",
        "ИМИТАЦИЯ (SIMULATED): ЖОЙЫЛДЫ P1: 3-домна пеші: тоқтап тұр (Комбинат)",
    ]
    assert all(box.encrypted)
    assert [(post["kind"], post["incident"]["state"]) for post in hook.posts] == [
        ("raised", "raised"),
        ("cleared", "cleared"),
    ]
    assert works.alerting.sent == 4


async def test_what_a_command_acknowledged_in_the_ledger_escalates_no_further(tmp_path: Path) -> None:
    works = Works(tmp_path, told_over(mail_to(free_port())))
    async with works.running():
        await works.holds(FURNACE_STOPS)
        acknowledged = replace(works.incidents()[0], state=IncidentState.ACKNOWLEDGED, acknowledged_by="Aigul")
        await works.ledger.write(lambda connection: ledger_alerts.put(connection, [acknowledged]))
        await works.holds(FURNACE_STOPS, later_s=60 * MINUTE)
        assert EventKind.ESCALATED not in works.audit()
        assert works.incidents()[0].acknowledged_by == "Aigul"


async def test_open_incidents_survive_a_restart_without_a_second_message(tmp_path: Path) -> None:
    with mail_server() as box:
        works = Works(tmp_path, told_over(mail_to(box.port)))
        async with works.running():
            await works.holds(FURNACE_STOPS, MILL_SLOW)
            await works.alerting.send()
        async with works.running():
            await works.holds(later_s=10, watching=Watching(certain=False))
            assert [incident.is_open for incident in works.incidents()] == [True, True]
            await works.holds(FURNACE_STOPS, later_s=10, watching=Watching(certain=False))
            await works.holds(FURNACE_STOPS, later_s=10)
            await works.alerting.send()
            assert works.alerting.open_by_severity[1] == 1
        assert [subject.split(":")[0] for subject in box.subjects] == ["ALERT P1", "ALERT P2", "CLEARED P2"]


async def test_a_message_whose_channel_is_away_waits_is_shown_and_goes_when_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    works = Works(tmp_path, told_over(mail_to(port)))
    async with works.running():
        await works.holds(FURNACE_STOPS)
        await works.alerting.send()
        (waiting,) = works.ledger.read(waiting_messages)
        assert waiting.reason.startswith(f"e-mail by 127.0.0.1:{port}:")
        assert works.audit() == [EventKind.RAISED, EventKind.MESSAGE_FAILED]
        with mail_server(port=port) as box:
            await works.alerting.send()
            assert box.mails == [], "it is not tried again at once"
            works.clock.now_s += 31
            await works.alerting.send()
            assert len(box.mails) == 1
        assert works.audit()[-1] is EventKind.MESSAGE_SENT
        assert (works.alerting.sent, works.alerting.failed) == (1, 1)


async def test_one_channel_that_is_away_keeps_nothing_from_the_other(tmp_path: Path) -> None:
    with hook_server() as hook:
        works = Works(tmp_path, told_over(mail_to(free_port()), WebhookSettings(url=hook.url)))
        async with works.running():
            await works.holds(FURNACE_STOPS)
            await works.alerting.send()
            works.clock.now_s += MINUTE
            await works.alerting.send()
        assert len(hook.posts) == 1


async def test_after_a_day_a_message_is_given_up_with_its_reason(tmp_path: Path) -> None:
    works = Works(tmp_path, told_over(mail_to(free_port())))
    async with works.running():
        await works.holds(FURNACE_STOPS)
        await works.alerting.send()
        works.clock.now_s += 86_400
        await works.alerting.send()
        (failed,) = works.ledger.read(lambda connection: ledger_messages.of_incident(connection, 1))
        assert failed.state == "failed"
        assert "127.0.0.1" in failed.reason
        assert works.audit().count(EventKind.MESSAGE_FAILED) == 2
        assert works.alerting.given_up == 1


async def test_a_channel_that_is_configured_no_more_is_told_as_such(tmp_path: Path) -> None:
    works = Works(tmp_path, told_over(mail_to(free_port()), mail_to(free_port())))
    async with works.running():
        await works.holds(FURNACE_STOPS)
    works.settings = told_over(mail_to(free_port()))
    async with works.running():
        await works.alerting.send()
        reasons = [message.reason for message in works.ledger.read(waiting_messages)]
        assert "dispatcher has no such channel any more" in reasons


CHILD = """
import asyncio, os, sys
from pathlib import Path
from tests.collector.service.test_service_alerting import Works, told_over, WebhookSettings, FURNACE_STOPS

async def main(folder, url, die_before):
    works = Works(Path(folder), told_over(WebhookSettings(url=url)))
    async with works.running():
        await works.holds(FURNACE_STOPS)
        if die_before == "sending":
            os.kill(os.getpid(), 9)
        type(works.alerting)._taken = lambda *_: os.kill(os.getpid(), 9)
        await works.alerting.send()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(("die_before", "posts"), [("sending", 1), ("marking", 2)])
async def test_a_kill_between_commit_and_send_loses_no_message_and_repeats_it_once_with_its_id(
    tmp_path: Path, die_before: str, posts: int
) -> None:
    with hook_server() as hook:
        child = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", CHILD, str(tmp_path), hook.url, die_before],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert child.returncode == -signal.SIGKILL
        works = Works(tmp_path, told_over(WebhookSettings(url=hook.url)))
        async with works.running():
            for _ in range(3):
                await works.holds(FURNACE_STOPS, later_s=10)
                await works.alerting.send()
            assert [incident.id for incident in works.incidents()] == [1]
        assert len(hook.posts) == posts
        assert len({post["id"] for post in hook.posts}) == 1


async def test_a_storm_sends_as_many_as_the_limit_and_then_one_summary(tmp_path: Path) -> None:
    with mail_server() as box:
        works = Works(tmp_path, told_over(mail_to(box.port), messages_per_hour=3))
        many = [replace(MILL_SLOW, unit=f"u{number}") for number in range(8)]
        async with works.running():
            await works.holds(*many)
            await works.alerting.send()
            await works.holds(*many, later_s=10 * MINUTE)
            await works.alerting.send()
            assert works.alerting.held == 5
        assert len(box.mails) == 4
        assert box.subjects[-1] == "5 more alerts (Works)"
        assert "tundish alert list" in box.mails[-1].get_content()


async def test_trends_are_told_once_a_day_in_the_digest(tmp_path: Path) -> None:
    with mail_server() as box:
        works = Works(tmp_path, told_over(mail_to(box.port)))
        async with works.running():
            await works.holds(finding(DRIFT, "bf3", 3))
            for _ in range(48):
                await works.holds(finding(DRIFT, "bf3", 3), later_s=60 * MINUTE)
                await works.alerting.send()
        assert box.subjects == ["Trends: 1 (Works)"] * 2


async def test_where_grafana_tells_people_incidents_are_kept_and_nothing_is_queued(tmp_path: Path) -> None:
    with mail_server() as box:
        ours = told_over(mail_to(box.port))
        works = Works(tmp_path, replace(ours, notifier="grafana", policy=replace(ours.policy, sends=False)))
        async with works.running():
            await works.holds(FURNACE_STOPS, finding(STALE, "hsm", 4, source="plc"))
            await works.alerting.send()
            assert works.ledger.read(waiting_messages) == []
            assert works.alerting.open_by_severity == {1: 1, 2: 0, 3: 0, 4: 1}
        assert box.mails == []


async def test_what_is_recorded_never_goes_back_with_the_clock(tmp_path: Path) -> None:
    works = Works(tmp_path, told_over(mail_to(free_port())))
    async with works.running():
        await works.holds(FURNACE_STOPS)
        await works.holds(FURNACE_STOPS, MILL_SLOW, later_s=-3600)
        await works.holds(FURNACE_STOPS, later_s=10)
        events = works.ledger.read(lambda connection: ledger_alerts.events(connection, 2))
        assert [item.recorded_ns for item in events] == [NOON_S * S] * 2
        assert works.incidents()[0].opened_s == NOON_S - 3600, "raised at the time that the clock shows"


@pytest.mark.alone
async def test_the_loop_does_under_50_ms_of_work_at_a_time_while_incidents_change(tmp_path: Path) -> None:
    works = Works(tmp_path, told_over(mail_to(free_port())))
    worst_s = 0.0

    async def watch() -> None:
        nonlocal worst_s
        while True:
            # The time that the loop's own thread worked: other programs of a busy machine do not count.
            began_s = time.thread_time()
            await asyncio.sleep(0.002)
            worst_s = max(worst_s, time.thread_time() - began_s)

    async with works.running():
        watching = asyncio.create_task(watch())
        for step in range(20):
            await works.holds(*(replace(MILL_SLOW, unit=f"u{number}", lost_t=float(step)) for number in range(30)))
            await works.alerting.send()
        watching.cancel()
    assert worst_s < 0.05
